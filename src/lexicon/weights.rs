//! `weights.csv`: what fitting found, one line a skill.

use super::diagnostic::{Code, Diagnostic};
use super::raw::RawWeight;

/// The file in the lexicon folder.
pub(crate) const FILE: &str = "weights.csv";

/// Reads the weights; findings name the line and column that is wrong.
pub(crate) fn parse(text: &str, findings: &mut Vec<Diagnostic>) -> Vec<RawWeight> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(header) => ["skill_id", "weight"].map(|name| header.iter().position(|column| column == name)),
        Err(_) => [None, None],
    };
    let [Some(id), Some(weight)] = columns else {
        let message = "expected the columns skill_id and weight";
        findings.push(
            Diagnostic::error(Code::Syntax, FILE, message)
                .help("`rolelean lexicon fit` writes this file; delete it to use the priors"),
        );
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (record, line) in reader.records().zip(2_u64..) {
        let row = record.ok().and_then(|record| {
            let weight: f64 = record.get(weight)?.parse().ok()?;
            weight.is_finite().then_some(RawWeight { skill_id: record.get(id)?.to_owned(), weight, line })
        });
        match row {
            Some(row) => rows.push(row),
            None => findings.push(Diagnostic::error(
                Code::Syntax,
                FILE,
                format!("line {line}: expected a skill id and a number as its weight"),
            )),
        }
    }
    rows
}
