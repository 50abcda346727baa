//! `rolelean lexicon test`: the examples of the skills, run like tests.

use std::fmt::Write as _;

use anyhow::bail;
use rolelean::Classifier;
use rolelean::lexicon::Lexicon;
use rolelean::workbench::{ExampleOutcome, ExampleRun, check};

use super::super::load;
use crate::args::{LexiconChoice, Output};
use crate::findings::print_finding;
use crate::outcome::Outcome;
use crate::terminal::{ERROR, GOOD, plain, print, styled};

/// Runs them all, or those of one skill or category; `--verbose` lists each.
pub fn run(what: Option<&str>, choice: &LexiconChoice, output: &Output) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(choice)?);
    let outcome = chosen(check(&classifier), classifier.lexicon(), what)?;
    for failure in &outcome.failures {
        print_finding(choice, failure);
    }
    if !output.quiet {
        print(&page(classifier.lexicon(), &outcome, output.verbose)?)?;
    }
    Ok(if outcome.failures.is_empty() { Outcome::Complete } else { Outcome::Incomplete })
}

fn chosen(all: ExampleOutcome, lexicon: &Lexicon, what: Option<&str>) -> anyhow::Result<ExampleOutcome> {
    let Some(what) = what else { return Ok(all) };
    let is_meant = |run: &ExampleRun| {
        let skill = lexicon.skill(run.skill);
        skill.id == what || lexicon.category_of(skill).id == what
    };
    if !lexicon.skills().iter().any(|skill| skill.id == what || lexicon.category_of(skill).id == what) {
        bail!("no category or skill is called {what:?}; `rolelean lexicon show` lists the categories");
    }
    let runs: Vec<ExampleRun> = all.runs.into_iter().filter(is_meant).collect();
    let failures = runs.iter().filter_map(|run| run.failure.clone()).collect();
    let passed = runs.iter().filter(|run| run.failure.is_none() && run.text.is_some()).count();
    Ok(ExampleOutcome { passed, failures, runs })
}

fn page(lexicon: &Lexicon, outcome: &ExampleOutcome, every: bool) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    for run in outcome.runs.iter().filter(|run| every || run.failure.is_some()) {
        let id = &lexicon.skill(run.skill).id;
        let what = match &run.text {
            Some((text, true)) => format!("yes: {}", plain(text)),
            Some((text, false)) => format!("no: {}", plain(text)),
            None => "none of its forms reaches it".to_owned(),
        };
        let word = if run.failure.is_some() { styled(ERROR, "FAILED") } else { styled(GOOD, "ok") };
        writeln!(page, "{word} {id} {what}")?;
    }
    writeln!(page, "{} passed, {} failed", outcome.passed, outcome.failures.len())?;
    Ok(page)
}
