//! Reports read back as tables.

use std::collections::BTreeMap;

/// A CSV table with a header.
pub struct Table {
    pub header: String,
    pub rows: Vec<BTreeMap<String, String>>,
}

impl Table {
    pub fn parse(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().unwrap().clone();
        let row =
            |record: csv::StringRecord| names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
        let rows = reader.records().map(|record| row(record.unwrap())).collect();
        Self { header: text.lines().next().unwrap_or_default().to_owned(), rows }
    }

    /// The cells of one column, from top to bottom.
    pub fn column(&self, name: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row[name].as_str()).collect()
    }
}

/// A number of a report as a whole number of its last digit, so that sums are exact.
#[track_caller]
pub fn units(cell: &str) -> i64 {
    let (_, decimals) = cell.split_once('.').unwrap_or_else(|| panic!("{cell:?} has no decimals"));
    assert_eq!(decimals.len(), 4, "{cell:?}");
    cell.replace('.', "").parse().unwrap()
}
