//! `rolelean lexicon check`: everything that is wrong with a lexicon's files.

use std::sync::Arc;

use rolelean::workbench::soundness;

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
    let lexicon = Arc::new(lexicon);
    let unsound = soundness(&lexicon);
    for finding in &unsound {
        print_finding(choice, finding);
    }
    if !unsound.is_empty() {
        let count = unsound.len();
        let what = if count == 1 { "thing that misleads" } else { "things that mislead" };
        error(&anyhow::anyhow!("the lexicon {} has {count} {what}, though it can be used", lexicon.name()));
        return Ok(Outcome::Incomplete);
    }
    if output.quiet {
        return Ok(Outcome::Complete);
    }
    let forms: usize = lexicon.skills().iter().map(|skill| skill.forms.len()).sum();
    let open = lexicon.roles().iter().flat_map(|role| &role.statements).filter(|statement| statement.open).count();
    let covered = match open {
        0 => "every role statement is covered".to_owned(),
        1 => "every role statement is covered but one, which is [open]".to_owned(),
        _ => format!("every role statement is covered but {open}, which are [open]"),
    };
    let page = format!(
        "{} {}: {} skills, {forms} forms, {} categories; every source exists and {covered}\n",
        styled(GOOD, "ok"),
        lexicon.name(),
        lexicon.skills().len(),
        lexicon.categories().len(),
    );
    print(&wrap(&page, output_width()))
}
