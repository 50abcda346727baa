//! What a fit leaves behind: `weights.csv`, a row for each skill that was met.

use std::io::{self, Write};

use super::Example;
use crate::lexicon::{Lexicon, Side};

/// Decimals of priors and weights in the file.
const DECIMALS: usize = 4;

/// Writes `skill_id, prior, weight` and the postings of each side that have the skill,
/// sorted by id. Skills that no example has are left out: they keep their priors.
///
/// # Errors
/// When it cannot be written.
pub fn write_weights(
    out: impl Write,
    lexicon: &Lexicon,
    priors: &[f64],
    weights: &[f64],
    examples: &[Example],
) -> io::Result<()> {
    let mut postings = vec![[0_usize; 2]; weights.len()];
    for (example, side) in examples.iter().filter_map(|example| Some((example, example.side()?))) {
        for (skill, _) in &example.exposures {
            postings[skill.index()][side.index()] += 1;
        }
    }
    let mut rows: Vec<usize> = (0..weights.len()).filter(|at| postings[*at] != [0, 0]).collect();
    rows.sort_by(|a, b| lexicon.skills()[*a].id.cmp(&lexicon.skills()[*b].id));
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    let count_of = |side: Side| format!("{}_postings", lexicon.role(side).side_id);
    let header =
        ["skill_id".to_owned(), "prior".to_owned(), "weight".to_owned(), count_of(Side::Left), count_of(Side::Right)];
    table.write_record(header)?;
    for at in rows {
        let number = |value: f64| crate::report::decimal(value, DECIMALS);
        let [left, right] = postings[at];
        let id = lexicon.skills()[at].id.clone();
        table.write_record([id, number(priors[at]), number(weights[at]), left.to_string(), right.to_string()])?;
    }
    table.flush()
}
