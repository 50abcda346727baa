//! What was read of tables, told when a run has ended: which columns were taken for what, how
//! long the texts were, and which long columns were left out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::columns::Field;
use super::document_account::{DocumentAccounts, DocumentsRead};
use super::word_counts::WordCounts;

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

    /// What may be wrong with what was taken, and what to do then.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let column = self.longer_column()?;
        Some(format!("the text is short, and `{column}` is longer: `--text-column` takes it instead"))
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub(super) struct Chosen {
    pub columns: Vec<(Field, String)>,
    pub left_out: Vec<(String, u64)>,
}

/// All that is read in a run: tables by what was chosen in them, documents by their kind.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    tables: Mutex<Register>,
    documents: DocumentAccounts,
}

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
        let mut register = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// What has been read of tables.
    pub(super) fn tables(&self) -> Vec<TableRead> {
        let register = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        register.accounts.iter().map(|account| account.read()).collect()
    }

    /// What is counted of documents.
    pub(super) fn of_documents(&self) -> &DocumentAccounts {
        &self.documents
    }

    /// What has been read of documents.
    pub(super) fn documents(&self) -> Vec<DocumentsRead> {
        self.documents.read()
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
        self.words.add(text);
    }

    fn read(&self) -> TableRead {
        let (postings, median_words) = self.words.count_and_median();
        let Chosen { columns, left_out } = self.chosen.clone();
        let (source, tables) = (self.source.clone(), self.tables.load(Ordering::Relaxed));
        TableRead { source, tables, postings, columns, median_words, left_out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_the_same_columns_are_told_together() {
        let accounts = Accounts::default();
        let columns = vec![(Field::Text, "summary".to_owned())];
        for source in ["a.csv", "b.csv"] {
            let chosen = Chosen { columns: columns.clone(), left_out: vec![("jd".to_owned(), 410)] };
            accounts.open(source, chosen).add("Cook and bake");
        }
        let read = accounts.tables();
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].source.as_str(), read[0].tables, read[0].postings), ("a.csv", 2, 2));
        assert_eq!((read[0].median_words, read[0].longer_column()), (3, Some("jd")));
        assert_eq!(read[0].names(Field::Text), ["summary"]);
    }
}
