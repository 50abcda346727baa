//! `rolelean merge`: the reports of separate runs in, one report out.

use rolelean::report::Merge;

use crate::args::{Merge as Given, Output};
use crate::exit::Outcome;
use crate::interrupt::Interrupt;
use crate::terminal::note;

pub fn run(given: &Given, output: &Output) -> anyhow::Result<Outcome> {
    let merge = Merge::begin(given.reports.clone(), &given.out)?;
    let interrupt = Interrupt::listen(Some(merge.temporary()))?;
    let merged = merge.join()?;
    interrupt.run_has_ended();
    let folder = merge.publish()?;
    if !output.quiet {
        let (reports, postings) = (given.reports.len(), merged.postings);
        let plural = if reports == 1 { "" } else { "s" };
        note(&format!("{postings} postings of {reports} report{plural} joined in {}\n", super::shown(&folder)));
        if !merged.left_out.is_empty() {
            note(&format!("not joined: {}\n", merged.left_out.join(", ")));
        }
    }
    Ok(Outcome::Complete)
}
