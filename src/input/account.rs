//! What was read of tables, told when a run has ended: which columns were taken for what, how
//! long the texts were, and which long columns were left out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::columns::Field;
use crate::text::bytes::count;

/// How many kinds of tables are told apart; what comes after is counted with the last.
const MOST: usize = 200;
/// A text of fewer words is short, if another column is longer.
const SHORT: u64 = 40;
/// How many times as long a column that was left out must be for a warning.
const LONGER: u64 = 2;

/// What was read of all tables that have the same columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRead {
    /// The first of them, as reports show it.
    pub source: String,
    /// How many there are.
    pub tables: u64,
    /// How many postings were read of them.
    pub postings: u64,
    /// The columns that were taken, and for what; of a JSON object the keys that lead to a value,
    /// dots between.
    pub columns: Vec<(Field, String)>,
    /// The words of the text in the posting in the middle, to some percent.
    pub median_words: u64,
    /// The columns that were not taken although they are long, with the words of the
    /// cell in the middle of the first rows.
    pub left_out: Vec<(String, u64)>,
}

impl TableRead {
    /// The names of the columns that were taken for `field`.
    #[must_use]
    pub fn names(&self, field: Field) -> Vec<&str> {
        self.columns.iter().filter(|(taken, _)| *taken == field).map(|(_, name)| name.as_str()).collect()
    }

    /// The column that may be the text, where what was taken for it is short.
    #[must_use]
    pub fn longer_column(&self) -> Option<&str> {
        let longest = self.left_out.iter().max_by_key(|(_, words)| *words)?;
        let short = self.postings > 0 && self.median_words < SHORT && longest.1 >= self.median_words * LONGER;
        short.then_some(longest.0.as_str())
    }
}

/// Which columns of a table were taken, and which were not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Chosen {
    pub columns: Vec<(Field, String)>,
    pub left_out: Vec<(String, u64)>,
}

/// All tables of a run, by what was chosen in them.
#[derive(Debug, Default)]
pub(super) struct Accounts(Mutex<Register>);

#[derive(Debug, Default)]
struct Register {
    /// In the order in which they were met.
    accounts: Vec<Arc<Account>>,
    /// Where in that order those with the same columns stand.
    places: HashMap<Vec<(Field, String)>, usize>,
}

impl Accounts {
    /// The account of a table that is opened.
    pub(super) fn open(&self, source: &str, chosen: Chosen) -> Arc<Account> {
        let mut register = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Register { accounts, places } = &mut *register;
        let full = accounts.len() >= MOST;
        let place = *places.entry(chosen.columns.clone()).or_insert_with(|| {
            if !full {
                accounts.push(Arc::new(Account::new(source, chosen)));
            }
            accounts.len() - 1
        });
        let account = Arc::clone(&accounts[place]);
        account.tables.fetch_add(1, Ordering::Relaxed);
        account
    }

    pub(super) fn read(&self) -> Vec<TableRead> {
        let register = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        register.accounts.iter().map(|account| account.read()).collect()
    }
}

/// What is counted of tables with the same columns while they are read.
#[derive(Debug)]
pub(super) struct Account {
    source: String,
    chosen: Chosen,
    tables: AtomicU64,
    words: WordCounts,
}

impl Account {
    fn new(source: &str, chosen: Chosen) -> Self {
        Self { source: source.to_owned(), chosen, tables: AtomicU64::new(0), words: WordCounts::default() }
    }

    /// Counts a posting with this text.
    pub(super) fn add(&self, text: &str) {
        // Words are not told from one another here: this is done for each posting of a run.
        let words = count(text.trim().as_bytes(), |byte| (byte == b' ') | (byte == b'\n')) + 1;
        self.words.add(words as u64);
    }

    fn read(&self) -> TableRead {
        let (postings, median_words) = self.words.count_and_median();
        let Chosen { columns, left_out } = self.chosen.clone();
        let (source, tables) = (self.source.clone(), self.tables.load(Ordering::Relaxed));
        TableRead { source, tables, postings, columns, median_words, left_out }
    }
}

/// Texts counted by their words: exactly up to [`EXACT`], beyond it in steps of a thirty-second
/// of a doubling, so that room does not grow with the number of texts.
#[derive(Debug)]
struct WordCounts(Box<[AtomicU32; BUCKETS]>);

const EXACT: usize = 256;
const STEPS: usize = 32;
const BUCKETS: usize = EXACT + 24 * STEPS;

impl Default for WordCounts {
    fn default() -> Self {
        Self(Box::new([const { AtomicU32::new(0) }; BUCKETS]))
    }
}

impl WordCounts {
    fn add(&self, words: u64) {
        self.0[bucket(words)].fetch_add(1, Ordering::Relaxed);
    }

    fn count_and_median(&self) -> (u64, u64) {
        let counts: Vec<u64> = self.0.iter().map(|count| u64::from(count.load(Ordering::Relaxed))).collect();
        let all: u64 = counts.iter().sum();
        let mut passed = 0;
        let middle = counts.iter().position(|count| {
            passed += count;
            passed * 2 > all
        });
        (all, middle.map_or(0, least_words))
    }
}

/// Where texts of so many words are counted.
fn bucket(words: u64) -> usize {
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    if words < EXACT {
        return words;
    }
    let doublings = words.ilog2() as usize;
    // The bits below the first tell the step.
    let step = (words >> (doublings - STEPS.ilog2() as usize)) - STEPS;
    (EXACT + (doublings - EXACT.ilog2() as usize) * STEPS + step).min(BUCKETS - 1)
}

/// The fewest words that are counted there.
fn least_words(bucket: usize) -> u64 {
    if bucket < EXACT {
        return bucket as u64;
    }
    let (doublings, step) = ((bucket - EXACT) / STEPS, (bucket - EXACT) % STEPS);
    ((STEPS + step) as u64) << (doublings + EXACT.ilog2() as usize - STEPS.ilog2() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_exact_or_nearly() {
        for words in [0, 1, 40, 255, 256, 300, 1000, 123_456] {
            let counts = WordCounts::default();
            for words in [words, words, u64::MAX] {
                counts.add(words);
            }
            let (count, median) = counts.count_and_median();
            assert!(count == 3 && median <= words && words * 31 <= median * 32, "{words}: {median}");
        }
        assert_eq!(WordCounts::default().count_and_median(), (0, 0));
    }

    #[test]
    fn tables_with_the_same_columns_are_told_together() {
        let accounts = Accounts::default();
        let columns = vec![(Field::Text, "summary".to_owned())];
        for source in ["a.csv", "b.csv"] {
            let chosen = Chosen { columns: columns.clone(), left_out: vec![("jd".to_owned(), 410)] };
            accounts.open(source, chosen).add("Cook and bake");
        }
        let read = accounts.read();
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].source.as_str(), read[0].tables, read[0].postings), ("a.csv", 2, 2));
        assert_eq!((read[0].median_words, read[0].longer_column()), (3, Some("jd")));
        assert_eq!(read[0].names(Field::Text), ["summary"]);
    }
}
