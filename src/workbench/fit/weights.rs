//! What a fit leaves behind: `weights.csv`, a row for each skill that was found.

use super::example::Example;
use crate::lexicon::{Lexicon, Side};
use crate::report::decimal;
use crate::workbench::csv_text::CsvText;

/// Decimals of priors and weights in the file.
const DECIMALS: usize = 4;

/// `weights.csv`: `skill_id, prior, weight` and the postings of each side that have the skill,
/// sorted by id. Skills that no example has are left out: they keep their priors.
#[must_use]
pub fn weights_table(lexicon: &Lexicon, priors: &[f64], weights: &[f64], examples: &[Example]) -> String {
    let mut postings = vec![[0_usize; 2]; weights.len()];
    for (example, side) in examples.iter().filter_map(|example| Some((example, example.side()?))) {
        for (skill, _) in &example.features {
            postings[skill.index()][side.index()] += 1;
        }
    }
    let mut found: Vec<usize> = (0..weights.len()).filter(|at| postings[*at] != [0, 0]).collect();
    found.sort_by(|a, b| lexicon.skills()[*a].id.cmp(&lexicon.skills()[*b].id));
    let [left, right] = Side::BOTH.map(|side| format!("{}_postings", lexicon.role(side).side_id));
    let mut table = CsvText::new(["skill_id", "prior", "weight", &left, &right]);
    for at in found {
        let [left, right] = postings[at].map(|count| count.to_string());
        let [prior, weight] = [priors[at], weights[at]].map(|number| decimal(number, DECIMALS));
        table.row([&lexicon.skills()[at].id, &prior, &weight, &left, &right]);
    }
    table.finish()
}
