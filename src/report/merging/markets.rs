//! Pay and years of the postings that name each skill, counted anew from the joined postings and their matches, which are
//! read side by side.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::str::FromStr;

use csv::StringRecord;

use crate::facts::Period;
use crate::lexicon::Side;
use crate::report::amounts::{amount_a_year, three_digits};
use crate::report::columns::{MatchesTable, PostingsTable};
use crate::report::market::{Currencies, Market, MarketCounts, PayAndYears};
use crate::report::reading::{Rows, file_of, invalid, place_of};
use crate::report::run_file::RunFile;

/// The counts so far, and where the postings are that the next matches belong to.
pub(super) struct Markets {
    postings: Rows,
    columns: PostingColumns,
    /// The places of two columns of the matches.
    skill_id: usize,
    negated: usize,
    /// The posting that was read last, and what it states.
    posting: u64,
    stated: PayAndYears,
    currencies: Currencies,
    skills: HashMap<String, MarketCounts>,
}

impl Markets {
    /// Begins with the joined postings in `folder`.
    pub(super) fn open(folder: &Path, run: &RunFile) -> io::Result<Self> {
        Ok(Self {
            postings: Rows::open::<PostingsTable>(&folder.join(file_of::<PostingsTable>()))?,
            columns: PostingColumns::of(run)?,
            skill_id: place_of::<MatchesTable>("skill_id")?,
            negated: place_of::<MatchesTable>("negated")?,
            posting: 0,
            stated: PayAndYears::default(),
            currencies: Currencies::default(),
            skills: HashMap::new(),
        })
    }

    /// Counts a match of a posting, which is not before that of the match before.
    pub(super) fn add(&mut self, posting: u64, record: &StringRecord) -> io::Result<()> {
        while self.posting < posting && self.next()? {}
        if &record[self.negated] == "true" {
            return Ok(());
        }
        let id = &record[self.skill_id];
        match self.skills.get_mut(id) {
            Some(skill) => skill.add(&self.stated),
            None => self.skills.entry(id.to_owned()).or_default().add(&self.stated),
        }
        Ok(())
    }

    /// Counts the postings behind the last one with a match.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        while self.next()? {}
        Ok(())
    }

    /// The currency that most postings state pay in.
    pub(super) fn currency(&self) -> Option<&str> {
        self.currencies.commonest()
    }

    /// What the postings come to that have a skill.
    pub(super) fn of(&self, id: &str) -> Market {
        self.skills.get(id).map(|skill| skill.market(self.currency())).unwrap_or_default()
    }

    /// Reads the next posting, if there is one.
    fn next(&mut self) -> io::Result<bool> {
        let Some((number, record)) = self.postings.next()? else { return Ok(false) };
        self.stated = self.columns.stated(record)?;
        self.posting = number;
        self.currencies.add(&self.stated);
        Ok(true)
    }
}

/// The places of the columns that say what a posting states, and the words in them.
struct PostingColumns {
    leaning: usize,
    min: usize,
    max: usize,
    currency: usize,
    period: usize,
    years: usize,
    roles: [String; 2],
}

impl PostingColumns {
    fn of(run: &RunFile) -> io::Result<Self> {
        Ok(Self {
            leaning: place_of::<PostingsTable>("leaning")?,
            min: place_of::<PostingsTable>("salary_min")?,
            max: place_of::<PostingsTable>("salary_max")?,
            currency: place_of::<PostingsTable>("salary_currency")?,
            period: place_of::<PostingsTable>("salary_period")?,
            years: place_of::<PostingsTable>("years_min")?,
            roles: run.lexicon.roles.clone(),
        })
    }

    /// What the posting of a row states.
    fn stated(&self, record: &StringRecord) -> io::Result<PayAndYears> {
        let [min, max] = [number::<f64>(&record[self.min])?, number(&record[self.max])?];
        let amount = amount_a_year(min, max, Period::named(&record[self.period]));
        let currency = Some(&record[self.currency]).filter(|currency| !currency.is_empty());
        Ok(PayAndYears {
            side: Side::BOTH.into_iter().find(|side| self.roles[side.index()] == record[self.leaning]),
            names_pay: min.is_some() || max.is_some(),
            pay: currency.zip(amount).map(|(currency, amount)| (currency.to_owned().into(), three_digits(amount))),
            years: number(&record[self.years])?,
        })
    }
}

/// The number in a cell, if it is not empty.
fn number<N: FromStr>(cell: &str) -> io::Result<Option<N>> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse().map(Some).map_err(|_| invalid(&format!("`{cell}` is not a number")))
}
