//! `rolelean merge`: the reports of separate runs in, one report out.

use anyhow::bail;
use rolelean::classifier::Classifier;
use rolelean::report::{Further, Merge, Merged};

use super::{load, shown};
use crate::args::{Merge as Given, Output};
use crate::interrupt::Interrupt;
use crate::outcome::Outcome;
use crate::summary;
use crate::terminal::note;

pub fn run(given: &Given, output: &Output) -> anyhow::Result<Outcome> {
    if !given.html && (given.lexicon.lexicon.is_some() || !given.lexicon.extend.is_empty()) {
        bail!("--lexicon and --extend are only for --html: add --html, or leave them out");
    }
    let classifier = given.html.then(|| load(&given.lexicon)).transpose()?.map(Classifier::new);
    let further = Further { html: classifier.as_ref(), xlsx: given.xlsx() };
    let merge = Merge::begin(given.reports.clone(), &given.out, further)?;
    let interrupt = Interrupt::listen(Some(merge.left_over()))?;
    let merged = merge.join()?;
    interrupt.run_has_ended();
    let published = merge.publish()?;
    if !output.quiet {
        let (reports, postings) = (given.reports.len(), merged.postings);
        let plural = if reports == 1 { "" } else { "s" };
        let folder = shown(&published.folder);
        note(&format!("{postings} postings of {reports} report{plural} joined in {folder}\n"));
        note(&notices(&merged)?);
        note(&summary::older_left(&published));
    }
    Ok(Outcome::Complete)
}

/// What there is to know of the joined report besides where it is.
fn notices(merged: &Merged) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    summary::repeated(&mut page, merged.repeated_ids)?;
    summary::split(&mut page, &merged.split_tables)?;
    summary::not_joined(&mut page, &merged.left_out)?;
    Ok(page)
}
