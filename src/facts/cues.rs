//! What the words around a number, a sum or a degree tell of it.
//!
//! A fact asks which cue stands directly before or after a place, or somewhere in its
//! sentence. The phrases of each cue are in `words.toml`.

use std::cell::Cell;
use std::cmp::Reverse;

use serde::Deserialize;

use crate::document::FactWord;
use crate::text::Span;

/// Bytes before a place in which a cue directly before it begins.
const REACH: usize = 72;
/// The most of them that may be small words.
const FILLER: usize = 24;

/// What a cue tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Cue {
    /// Directly after years that are no experience: `ago`, `in a row`.
    TimeAfter,
    /// The same after `of`, with at most a word between: `of age`, `of steady growth`.
    TimeOf,
    /// Directly before such years: `in the last`, `every`.
    TimeBefore,
    /// The age of a person.
    Age,
    /// The age of children, before a number.
    Child,
    /// The employer writes about itself.
    Company,
    /// The same where it opens a sentence, or stands before the number at once.
    Since,
    /// Something is asked of a person.
    Asking,
    /// The years are of experience.
    Experience,
    /// Directly after years of an activity: `in`, `as`.
    Activity,
    /// Directly before the fewest years.
    Least,
    /// Directly before a most.
    UpTo,
    /// Directly after a most.
    AtMostAfter,
    /// Those of whom it is said are turned away.
    Refused,
    /// Directly after a number that is asked for: `required`.
    AskedAfter,
    /// Before years that are not needed.
    Unneeded,
    /// After years that several people have together.
    Shared,
    /// Directly before what someone who is named has.
    Holder,
    /// Someone who is sought.
    Person,
    /// People who are there already.
    Colleagues,
    /// Directly before what such people have.
    Owned,
    /// After the years that a contract runs.
    Contract,
    /// What is had for years without being experience: a licence, residency.
    Standing,
    /// Directly before a least sum.
    From,
    /// What is welcome but not demanded.
    Welcome,
    /// Years that stand in for a degree.
    Instead,
    /// A degree or a grade: demands that name one are ways to qualify.
    Way,
    /// Where the part of a sentence that years speak of ends.
    Break,
    /// The sum is pay.
    Pay,
    /// Directly before or after a sum that is pay.
    Basic,
    /// The sum is something else than pay.
    OtherSum,
    /// The same, said after the sum.
    OtherSumAfter,
    /// Directly after a number without a currency: what it counts.
    Counted,
    /// Words between a sum and a noun after which that noun says nothing of the sum.
    Joint,
    /// What a sum is paid for, said before it.
    PerHour,
    PerDay,
    PerWeek,
    PerMonth,
    PerYear,
    PerFortnight,
    /// What sums that are no pay are spent on.
    Goods,
    /// Places and customs of a country whose dollar a bare `$` is.
    PlaceUsd,
    PlaceAud,
    PlaceCad,
    PlaceNzd,
    PlaceSgd,
    /// Degrees are spoken of, but none is asked for.
    Aside,
    /// Before a degree that is not asked for.
    NegatesBefore,
    /// After a degree that is not asked for.
    NegatesAfter,
    /// Directly after a word that is a degree only in this context.
    DegreeAfter,
    /// Directly before a bare `degree` of this level.
    KindAssociate,
    KindBachelor,
    KindMaster,
    /// Something of equal worth, in a sentence that names experience.
    Equivalent,
    /// Experience is enough.
    OrExperience,
    /// Where the fields of study of a degree end.
    FieldsEnd,
    /// What the terms of the job are, wherever it stands; and, as `...Word`, where the word
    /// names a term: in a title, behind a label, alone in its item.
    Remote,
    RemoteWord,
    Hybrid,
    HybridWord,
    OnSite,
    OnSiteWord,
    Permanent,
    PermanentWord,
    Temporary,
    TemporaryWord,
    ContractWork,
    ContractWord,
    Internship,
    InternshipWord,
    Apprenticeship,
    ApprenticeshipWord,
    FullTime,
    FullTimeWord,
    PartTime,
    PartTimeWord,
    /// So many days of every week, behind their number.
    InWeek,
    /// Where one works on such days.
    Office,
    /// Longer words in which such a word says nothing: `smart contract`.
    TermOther,
    /// A label behind which terms stand.
    TermsLabel,
    /// Directly after a word that names a term, what makes another thing of it.
    OtherNoun,
    /// Before what a job is not, or what is not offered.
    TermDenied,
    /// Before what may come later, or was before.
    Prospect,
    /// A security clearance.
    Clearance,
    /// What need not be held yet.
    Obtainable,
    /// Someone sponsors a permit to work.
    Sponsor,
    /// What is sponsored is no permit to work.
    SponsorOther,
    /// The permit is offered.
    Offered,
    /// Words of a title that say how experienced the person is.
    LevelIntern,
    LevelJunior,
    LevelMid,
    LevelSenior,
    LevelLead,
    LevelExecutive,
    /// Longer words in which such a word says nothing of the person.
    LevelOther,
    /// What makes a certificate of a name beside it.
    CertificateWord,
    /// What makes one of the name of a vendor.
    VendorCertificate,
}

impl Cue {
    /// Whether a term of the job, a clearance or a sponsor may stand where it does.
    pub(super) fn is_of_terms(self) -> bool {
        (Self::Remote..=Self::PartTimeWord).contains(&self)
            || matches!(self, Self::InWeek | Self::Clearance | Self::Sponsor)
    }

    pub(super) fn bit(self) -> u128 {
        1 << self as u128
    }
}

/// The cues of a passage, by where they begin.
#[derive(Debug)]
pub(super) struct Cues {
    /// The words that a passage holds, sorted by start, then by end.
    words: Vec<(Span, FactWord)>,
    /// The kinds of cue among them, as a set: most that are asked for are not there.
    kinds: u128,
    /// How many words have been looked at.
    looked_at: Cell<usize>,
}

impl Cues {
    /// The cues among the words that a passage holds, sorted by start, then by end.
    pub(super) fn new(words: Vec<(Span, FactWord)>) -> Self {
        let kinds = words.iter().fold(0, |kinds, (_, word)| kinds | word.cues);
        Self { words, kinds, looked_at: Cell::new(0) }
    }

    /// How many words have been looked at so far.
    pub(super) fn looked_at(&self) -> usize {
        self.looked_at.get()
    }

    /// The words that begin in `span`, from left to right.
    pub(super) fn words_in(&self, span: Span) -> &[(Span, FactWord)] {
        let from = self.words.partition_point(|(found, _)| found.start < span.start);
        let len = self.words[from..].partition_point(|(found, _)| found.start < span.end);
        &self.words[from..from + len]
    }

    /// Whether there is a cue of a kind at all.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.kinds & cue.bit() != 0
    }

    /// The cues of a kind that lie in `span`, from left to right.
    pub(super) fn within(&self, span: Span, cue: Cue) -> impl DoubleEndedIterator<Item = Span> {
        let words = if self.has(cue) { self.words_in(span) } else { &[] };
        let looked_at = words.iter().inspect(|_| self.looked_at.set(self.looked_at.get() + 1));
        let is_one = move |(found, word): &&(Span, FactWord)| word.cues & cue.bit() != 0 && found.end <= span.end;
        looked_at.filter(is_one).map(|(found, _)| *found)
    }

    /// Whether a cue of a kind lies in `span`.
    pub(super) fn any(&self, span: Span, cue: Cue) -> bool {
        self.within(span, cue).next().is_some()
    }

    /// The cue of a kind in `span` that stands last; of those that begin together, the
    /// longest.
    pub(super) fn last(&self, span: Span, cue: Cue) -> Option<Span> {
        self.within(span, cue).next_back()
    }

    /// Whether a cue of a kind stands directly before the end of `span`, small words
    /// aside.
    pub(super) fn just_before(&self, text: &str, span: Span, cue: Cue) -> bool {
        self.nearest_before(text, span, cue).is_some()
    }

    /// The cue of a kind that stands directly before the end of `span`, small words aside; of
    /// those that end together, the longest.
    pub(super) fn nearest_before(&self, text: &str, span: Span, cue: Cue) -> Option<Span> {
        let near = Span::new(span.start.max(span.end.saturating_sub(REACH)), span.end);
        let adjacent = self.within(near, cue).filter(|found| is_filler(&text[found.end..span.end]));
        adjacent.max_by_key(|found| (found.end, Reverse(found.start)))
    }

    /// Whether a cue of a kind stands directly after the start of `span`.
    pub(super) fn just_after(&self, text: &str, span: Span, cue: Cue) -> bool {
        self.within(span, cue).take_while(|found| is_gap(&text[span.start..found.start])).next().is_some()
    }
}

/// What may stand between a number and the cue before it.
fn is_filler(between: &str) -> bool {
    between.len() <= FILLER
        && between.split([' ', '\n', ':', ',', '(', '-', '>', '.']).all(|word| {
            matches!(
                word,
                "" | "of" | "a" | "an" | "the" | "over" | "about" | "almost" | "approximately" | "nearly" | "few"
            )
        })
}

/// What may stand between a number and the cue after it.
fn is_gap(between: &str) -> bool {
    between.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\'' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::passages::Passage;
    use crate::facts::testing::with_passages;

    #[test]
    fn cues_are_whole_words_before_between_and_after() {
        with_passages("within the last 5 years of service", |passages| {
            let Passage { cues, .. } = &passages[0];
            let text = passages[0].text();
            let all = Span::new(0, text.len());
            let number = text.find('5').expect("a number");
            assert!(cues.just_before(text, Span::new(0, number), Cue::TimeBefore));
            assert!(!cues.just_before(text, Span::new(0, number), Cue::Least));
            assert!(cues.any(all, Cue::TimeOf));
            let of = text.find("of").expect("a word");
            assert!(cues.just_after(text, Span::new(of + 2, text.len()), Cue::TimeOf));
        });
        with_passages("5 years of servicemen", |passages| {
            assert!(!passages[0].cues.any(Span::new(0, passages[0].text().len()), Cue::TimeOf));
        });
    }

    #[test]
    fn phrases_with_capitals_count_only_so_written() {
        for (text, expected) in [("an MS and 5 years", true), ("25 ms and 5 years", false), ("PHD and 5 years", true)] {
            with_passages(text, |passages| {
                let all = Span::new(0, passages[0].text().len());
                assert_eq!(passages[0].cues.any(all, Cue::Way), expected, "{text}");
            });
        }
    }
}
