//! `rolelean lexicon check`: everything that is wrong with a lexicon's files.

use super::super::load;
use crate::args::{LexiconChoice, Output};
use crate::findings::print_finding;
use crate::outcome::Outcome;
use crate::terminal::{GOOD, error, output_width, print, styled};
use crate::wrap::wrap;

pub fn run(choice: &LexiconChoice, output: &Output) -> anyhow::Result<Outcome> {
    let Ok(lexicon) = load(choice).inspect_err(error) else { return Ok(Outcome::Incomplete) };
    for finding in lexicon.warnings() {
        print_finding(choice, finding);
    }
    if output.quiet {
        return Ok(Outcome::Complete);
    }
    let forms: usize = lexicon.skills().iter().map(|skill| skill.forms.len()).sum();
    let page = format!(
        "{} {}: {} skills, {forms} forms, {} categories; every source exists and every role statement is covered\n",
        styled(GOOD, "ok"),
        lexicon.name(),
        lexicon.skills().len(),
        lexicon.categories().len(),
    );
    print(&wrap(&page, output_width()))
}
