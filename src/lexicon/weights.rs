//! `weights.csv`: what fitting found, one line a skill.

use std::ops::Range;

use super::diagnostic::{Code, Diagnostic};
use super::files::File;
use super::raw::RawWeight;
use super::scoring::LARGEST;
use crate::log_odds::LogOdds;

/// The file in the lexicon folder.
pub(crate) const FILE: &str = "weights.csv";

/// Reads the weights; findings name the line that is wrong.
pub(crate) fn parse(file: File<'_>, findings: &mut Vec<Diagnostic>) -> Vec<RawWeight> {
    let text = file.text;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(header) => ["skill_id", "weight"].map(|name| header.iter().position(|column| column == name)),
        Err(_) => [None, None],
    };
    let [Some(id), Some(weight)] = columns else {
        let header = 0..text.find('\n').unwrap_or(text.len());
        findings.push(
            file.error(Code::Syntax, header, "expected the columns skill_id and weight")
                .help("`rolelean lexicon fit` writes this file; delete it to use the priors"),
        );
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut start = offset(&reader);
    loop {
        let read = reader.read_record(&mut record);
        let span = trimmed(text, start..offset(&reader));
        start = offset(&reader);
        let row = match read {
            Ok(false) => break,
            Ok(true) => row(&record, id, weight),
            Err(_) => None,
        };
        match row {
            Some((skill_id, weight)) if !(-LARGEST..=LARGEST).contains(&weight) => {
                let message = format!("the weight of {skill_id} is {weight:?}; expected -{LARGEST} to {LARGEST}");
                findings.push(
                    file.error(Code::OutOfRange, span, message)
                        .help("weights are log-odds: write one such as 1.5, or run `rolelean lexicon fit` again"),
                );
            }
            Some((skill_id, weight)) => rows.push(RawWeight { skill_id, weight: LogOdds::rounded(weight), span }),
            None => findings.push(file.error(Code::Syntax, span, "expected a skill id and a number as its weight")),
        }
    }
    rows
}

fn row(record: &csv::StringRecord, id: usize, weight: usize) -> Option<(String, f64)> {
    Some((record.get(id)?.to_owned(), record.get(weight)?.parse().ok()?))
}

/// The byte of the file that is read next.
fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// The span without the white space around what it covers.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let end = span.end.min(text.len());
    let lines = &text[span.start.min(end)..end];
    let start = end - lines.trim_start().len();
    start..start + lines.trim().len()
}
