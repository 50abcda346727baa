//! `rolelean lexicon show`: the whole, one category, or one skill.

use std::fmt::Write as _;

use anyhow::bail;
use rolelean::lexicon::{Case, Context, Form, Lexicon, Skill, SkillLeaning};

use super::super::load;
use crate::args::LexiconChoice;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, DIM, output_width, print, styled};
use crate::wrap::wrap;

pub fn run(what: Option<&str>, choice: &LexiconChoice) -> anyhow::Result<Outcome> {
    print(&wrap(&page(&load(choice)?, what)?, output_width()))
}

fn page(lexicon: &Lexicon, what: Option<&str>) -> anyhow::Result<String> {
    let mut page = String::new();
    let Some(what) = what else {
        overview(&mut page, lexicon)?;
        return Ok(page);
    };
    if let Some(at) = lexicon.categories().iter().position(|category| category.id == what) {
        category(&mut page, lexicon, at)?;
        return Ok(page);
    }
    let named = |skill: &&Skill| skill.id == what || skill.name.eq_ignore_ascii_case(what);
    let Some(found) = lexicon.skills().iter().find(named) else {
        bail!(
            "no category or skill is called {what:?}; `rolelean lexicon show` lists the categories, `rolelean lexicon trace {what}` looks for a form"
        );
    };
    skill(&mut page, lexicon, found)?;
    Ok(page)
}

fn overview(page: &mut String, lexicon: &Lexicon) -> std::fmt::Result {
    writeln!(page, "{} version {}: {}", styled(BOLD, lexicon.name()), lexicon.version(), lexicon.description())?;
    writeln!(page, "{DIM}sha256 {}{DIM:#}", lexicon.hash())?;
    let leanings = SkillLeaning::ALL;
    let names = leanings.map(|leaning| lexicon.leaning_name(leaning));
    row(page, "skills by category", names)?;
    for (at, category) in lexicon.categories().iter().enumerate() {
        row(page, &category.id, leanings.map(|leaning| count(lexicon, leaning, Some(at))))?;
    }
    row(page, "all", leanings.map(|leaning| count(lexicon, leaning, None)))
}

fn row<T: std::fmt::Display>(page: &mut String, label: &str, [a, b, c, d]: [T; 4]) -> std::fmt::Result {
    writeln!(page, "{label:<36} {a:>9} {b:>9} {c:>9} {d:>9}")
}

fn count(lexicon: &Lexicon, leaning: SkillLeaning, category: Option<usize>) -> usize {
    let counts = |skill: &&Skill| skill.leaning == leaning && category.is_none_or(|at| skill.category == at);
    lexicon.skills().iter().filter(counts).count()
}

fn category(page: &mut String, lexicon: &Lexicon, at: usize) -> std::fmt::Result {
    writeln!(page, "{}", styled(BOLD, &lexicon.categories()[at].title))?;
    for skill in lexicon.skills().iter().filter(|skill| skill.category == at) {
        let leaning = lexicon.leaning_name(skill.leaning);
        writeln!(page, "  {:<32} {leaning:<9} {} {DIM}{}{DIM:#}", skill.id, skill.strength, skill.name)?;
    }
    Ok(())
}

fn skill(page: &mut String, lexicon: &Lexicon, skill: &Skill) -> std::fmt::Result {
    writeln!(page, "{} ({})", styled(BOLD, &skill.name), skill.id)?;
    writeln!(page, "category  {}", lexicon.category_of(skill).title)?;
    let leaning = lexicon.leaning_name(skill.leaning);
    writeln!(page, "leaning   {leaning}, strength {}, weight {:+.4}", skill.strength, skill.weight)?;
    for form in &skill.forms {
        writeln!(page, "form      {}{}", form.text, rule(form))?;
    }
    list(page, "not", &skill.not)?;
    list(page, "needs", &skill.needs)?;
    list(page, "unless", &skill.unless)?;
    sources(page, lexicon, skill)?;
    if let Some(note) = &skill.note {
        writeln!(page, "note      {note}")?;
    }
    for (label, examples) in [("yes", &skill.yes), ("no", &skill.no)] {
        for example in examples {
            writeln!(page, "{label:<9} {example}")?;
        }
    }
    Ok(())
}

fn list(page: &mut String, label: &str, words: &[String]) -> std::fmt::Result {
    if words.is_empty() { Ok(()) } else { writeln!(page, "{label:<9} {}", words.join(", ")) }
}

/// What a skill rests on: each role statement in full, then the outside sources.
pub fn sources(page: &mut String, lexicon: &Lexicon, skill: &Skill) -> std::fmt::Result {
    let mut outside = Vec::new();
    for source in &skill.sources {
        match lexicon.statement(source) {
            Some(statement) => writeln!(page, "rests on  {}: {}", lexicon.cite(source), statement.text)?,
            None => outside.push(lexicon.cite(source)),
        }
    }
    list(page, "rests on", &outside)
}

/// A form's rules in words, empty when it counts wherever it stands.
pub fn rule(form: &Form) -> String {
    let case = match form.case {
        Case::Any => "",
        Case::Exact => ", with this capitalisation only",
    };
    let context = match form.context {
        Context::Certain => "",
        Context::Anywhere => ", in a technical posting",
        Context::Near => ", with related skills or needed words near",
        Context::Weak => ", with a sure mention of its category or a needed word in the sentence",
    };
    format!("{case}{context}")
}
