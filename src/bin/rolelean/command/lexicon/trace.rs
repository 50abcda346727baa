//! `rolelean lexicon trace`: which skill a form belongs to, under which rules, resting on what.

use std::fmt::Write as _;

use rolelean::lexicon::{Lexicon, SkillId};
use rolelean::workbench::trace::{FormOf, Trace};

use super::super::load;
use super::show::{rule, sources};
use crate::args::LexiconChoice;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, DIM, output_width, print, styled};
use crate::wrap::wrap;

/// Related forms that are listed.
const RELATED: usize = 20;

pub fn run(form: &str, choice: &LexiconChoice) -> anyhow::Result<Outcome> {
    let lexicon = load(choice)?;
    let trace = Trace::of(&lexicon, form);
    let is_known = !(trace.owners.is_empty() && trace.blocked.is_empty() && trace.needed.is_empty());
    print(&wrap(&page(&lexicon, &trace)?, output_width()))?;
    Ok(if is_known { Outcome::Complete } else { Outcome::Incomplete })
}

fn page(lexicon: &Lexicon, trace: &Trace<'_>) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    writeln!(page, "looked up as {:?}", trace.key)?;
    for entry in &trace.owners {
        owner(&mut page, lexicon, entry)?;
    }
    for (label, skills) in [("means something else for", &trace.blocked), ("is context for", &trace.needed)] {
        if !skills.is_empty() {
            let names: Vec<&str> = skills.iter().map(|id: &SkillId| lexicon.skill(*id).id.as_str()).collect();
            writeln!(page, "{label} {}", names.join(", "))?;
        }
    }
    if trace.owners.is_empty() && trace.blocked.is_empty() {
        let meant = trace.nearest.as_ref().map(|near| format!("; did you mean {:?}?", near.form.text));
        writeln!(page, "no skill owns it{}", meant.unwrap_or_default())?;
    }
    related(&mut page, lexicon, &trace.related)?;
    Ok(page)
}

fn owner(page: &mut String, lexicon: &Lexicon, entry: &FormOf<'_>) -> std::fmt::Result {
    let skill = lexicon.skill(entry.skill);
    let (id, leaning) = (styled(BOLD, &skill.id), lexicon.leaning_name(skill.leaning));
    writeln!(page, "{id} owns {:?}{}: {leaning} {}", entry.form.text, rule(entry.form), skill.strength)?;
    sources(page, lexicon, skill)
}

fn related(page: &mut String, lexicon: &Lexicon, related: &[FormOf<'_>]) -> std::fmt::Result {
    if related.is_empty() {
        return Ok(());
    }
    writeln!(page, "{}", styled(DIM, "related forms:"))?;
    for FormOf { skill, form } in related.iter().take(RELATED) {
        writeln!(page, "  {} -> {}", form.text, lexicon.skill(*skill).id)?;
    }
    match related.len().saturating_sub(RELATED) {
        0 => Ok(()),
        more => writeln!(page, "  and {more} more"),
    }
}
