//! `rolelean lexicon`: check, show, trace and test.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anyhow::{Context, bail};
use rolelean::lexicon::{
    Case, Context as FormContext, Diagnostic, Form, Lexicon, Pull, Severity, Skill, SkillId, TraceClaim,
};
use rolelean::matching::{Matcher, check};

use super::load;
use crate::args::{LexiconChoice, LexiconCommand, Output};
use crate::exit::Outcome;
use crate::terminal::{BOLD, DIM, GOOD, styled};

pub fn run(command: &LexiconCommand, output: &Output) -> anyhow::Result<Outcome> {
    match command {
        LexiconCommand::Check(choice) => check_files(choice, output),
        LexiconCommand::Show { what, lexicon } => show(&load(lexicon)?, what.as_deref()),
        LexiconCommand::Trace { form, lexicon } => trace(&load(lexicon)?, &form.join(" ")),
        LexiconCommand::Test(choice) => test(choice, output),
    }
}

fn check_files(choice: &LexiconChoice, output: &Output) -> anyhow::Result<Outcome> {
    let Ok(lexicon) = load(choice).inspect_err(crate::terminal::error) else { return Ok(Outcome::Incomplete) };
    for finding in lexicon.warnings() {
        print_finding(choice.lexicon.as_deref(), finding);
    }
    if !output.quiet {
        let forms: usize = lexicon.skills().iter().map(|skill| skill.forms.len()).sum();
        anstream::println!(
            "{} {}: {} skills, {forms} forms, {} categories; every source exists and every role statement is covered",
            styled(GOOD, "ok"),
            lexicon.name(),
            lexicon.skills().len(),
            lexicon.categories().len(),
        );
    }
    Ok(Outcome::Complete)
}

fn test(choice: &LexiconChoice, output: &Output) -> anyhow::Result<Outcome> {
    let matcher = Matcher::new(load(choice)?.into())?;
    let outcome = check(&matcher);
    for failure in &outcome.failures {
        print_finding(choice.lexicon.as_deref(), failure);
    }
    if !output.quiet {
        anstream::println!("{} passed, {} failed", outcome.passed, outcome.failures.len());
    }
    Ok(if outcome.failures.is_empty() { Outcome::Complete } else { Outcome::Incomplete })
}

/// Prints a finding with the lines it is about, when the file can be shown.
pub fn print_finding(folder: Option<&Path>, finding: &Diagnostic) {
    let text = match folder {
        Some(folder) => std::fs::read_to_string(folder.join(&finding.file)).ok(),
        None => Lexicon::builtin_file(&finding.file).map(str::to_owned),
    };
    let (Some(text), Some(span)) = (text, finding.span) else {
        anstream::eprintln!("{finding}");
        return;
    };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let path = folder.map_or_else(|| finding.file.clone(), |folder| folder.join(&finding.file).display().to_string());
    let snippet = Snippet::source(&text).path(&path).annotation(AnnotationKind::Primary.span(span.start..span.end));
    let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.code.name())).element(snippet);
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help));
    }
    anstream::eprintln!("{}\n", Renderer::styled().render(&[group]));
}

fn print(page: &str) -> anyhow::Result<Outcome> {
    anstream::stdout().write_all(page.as_bytes()).context("cannot write to standard output")?;
    Ok(Outcome::Complete)
}

fn show(lexicon: &Lexicon, what: Option<&str>) -> anyhow::Result<Outcome> {
    let mut page = String::new();
    let Some(what) = what else {
        overview(&mut page, lexicon)?;
        return print(&page);
    };
    if let Some(at) = lexicon.categories().iter().position(|category| category.id == what) {
        writeln!(page, "{}", styled(BOLD, &lexicon.categories()[at].title))?;
        for skill in lexicon.skills().iter().filter(|skill| skill.category == at) {
            line(&mut page, lexicon, skill)?;
        }
        return print(&page);
    }
    let named = lexicon.skills().iter().find(|skill| skill.id == what || skill.name.eq_ignore_ascii_case(what));
    let Some(skill) = named else {
        bail!(
            "no category or skill is called {what:?}; `rolelean lexicon show` lists the categories, `rolelean lexicon trace {what}` looks for a form"
        );
    };
    whole(&mut page, lexicon, skill)?;
    print(&page)
}

fn overview(page: &mut String, lexicon: &Lexicon) -> std::fmt::Result {
    let [left, right] = lexicon.roles();
    writeln!(page, "{} version {}: {}", styled(BOLD, lexicon.name()), lexicon.version(), lexicon.description())?;
    writeln!(page, "{DIM}sha256 {}{DIM:#}", lexicon.hash())?;
    writeln!(page, "{:<36} {:>8} {:>8} {:>8} {:>8}", "category", left.side_id, right.side_id, "shared", "away")?;
    for (at, category) in lexicon.categories().iter().enumerate() {
        let count = |wanted: &dyn Fn(Pull) -> bool| {
            lexicon.skills().iter().filter(|skill| skill.category == at && wanted(skill.pull)).count()
        };
        writeln!(
            page,
            "{:<36} {:>8} {:>8} {:>8} {:>8}",
            category.id,
            count(&|pull| pull == Pull::Toward(left.side)),
            count(&|pull| pull == Pull::Toward(right.side)),
            count(&|pull| pull == Pull::Shared),
            count(&|pull| pull == Pull::Away),
        )?;
    }
    Ok(())
}

fn line(page: &mut String, lexicon: &Lexicon, skill: &Skill) -> std::fmt::Result {
    let leaning = lexicon.pull_name(skill.pull);
    writeln!(page, "  {:<40} {leaning:<9} {} {DIM}{}{DIM:#}", skill.id, skill.strength, skill.name)
}

fn whole(page: &mut String, lexicon: &Lexicon, skill: &Skill) -> std::fmt::Result {
    writeln!(page, "{} ({})", styled(BOLD, &skill.name), skill.id)?;
    writeln!(page, "category  {}", lexicon.category_of(skill).title)?;
    writeln!(
        page,
        "leaning   {}, strength {}, weight {:+.4}",
        lexicon.pull_name(skill.pull),
        skill.strength,
        skill.weight
    )?;
    for form in &skill.forms {
        writeln!(page, "form      {}{}", form.text, rule(form))?;
    }
    list(page, "not", &skill.not)?;
    list(page, "needs", &skill.needs)?;
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

fn sources(page: &mut String, lexicon: &Lexicon, skill: &Skill) -> std::fmt::Result {
    for source in &skill.sources {
        write!(page, "rests on  {}", lexicon.cite(source))?;
        match lexicon.statement(source) {
            Some(statement) => writeln!(page, ": {}", statement.text)?,
            None => writeln!(page)?,
        }
    }
    Ok(())
}

/// A form's rules in words, empty when it counts wherever it stands.
fn rule(form: &Form) -> String {
    let case = match form.case {
        Case::Any => "",
        Case::Exact => ", in this case only",
    };
    let context = match form.context {
        FormContext::Certain => "",
        FormContext::Anywhere => ", in a technical posting",
        FormContext::Near => ", with related skills or needed words near",
        FormContext::Weak => ", with a sure mention of its category or a needed word in the sentence",
    };
    format!("{case}{context}")
}

fn trace(lexicon: &Lexicon, form: &str) -> anyhow::Result<Outcome> {
    let trace = lexicon.trace(form);
    let mut page = String::new();
    writeln!(page, "looked up as {:?}", trace.key)?;
    for claim in &trace.owners {
        owner(&mut page, lexicon, claim)?;
    }
    for (label, skills) in [("means something else for", &trace.blocked), ("is company for", &trace.needed)] {
        if !skills.is_empty() {
            let names: Vec<&str> = skills.iter().map(|id: &SkillId| lexicon.skill(*id).id.as_str()).collect();
            writeln!(page, "{label} {}", names.join(", "))?;
        }
    }
    if trace.owners.is_empty() && trace.blocked.is_empty() {
        writeln!(page, "no skill owns it")?;
    }
    if !trace.related.is_empty() {
        writeln!(page, "{}", styled(DIM, "related forms:"))?;
        for TraceClaim { skill, form } in trace.related.iter().take(20) {
            writeln!(page, "  {} -> {}", form.text, lexicon.skill(*skill).id)?;
        }
    }
    print(&page)
}

fn owner(page: &mut String, lexicon: &Lexicon, claim: &TraceClaim<'_>) -> std::fmt::Result {
    let skill = lexicon.skill(claim.skill);
    writeln!(
        page,
        "{} owns {:?}{}: {} {}",
        styled(BOLD, &skill.id),
        claim.form.text,
        rule(claim.form),
        lexicon.pull_name(skill.pull),
        skill.strength
    )?;
    sources(page, lexicon, skill)
}
