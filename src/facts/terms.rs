//! Where and how one is employed: which words say it, and where they do.
//!
//! A phrase such as `fully remote` says it wherever it stands. A word such as `remote` says it
//! only where it names a term of the job: in the title, behind a label, in a tag for job boards
//! (`#LI-Remote`), or alone in its item. `remote support` says nothing.

use std::cmp::Reverse;
use std::sync::LazyLock;

use regex::Regex;

use super::cues::Cue;
use super::passages::Passage;
use super::pattern;
use crate::text::{Span, char_start};

/// Bytes between a label and the words behind it.
const LABELLED: usize = 70;
/// Bytes before a phrase in which words say that it is no term of this job.
const ASIDE: usize = 50;
/// Words of a value before the one that is of interest.
const VALUE_WORDS: usize = 8;
/// How the tags of a job board begin.
const TAG: &str = "li-";
/// Bytes of the longest item that names terms one after another.
const ITEM: usize = 160;
/// What parts an item.
const PARTS: [char; 4] = [',', '|', ':', ';'];
/// Words of a part that is no piece of a sentence.
const PART_WORDS: usize = 3;
/// Words between a term and the job that it is of.
const MODIFIERS: usize = 8;
/// What a job is called.
const JOBS: [&str; 12] = [
    "position",
    "role",
    "job",
    "opportunity",
    "vacancy",
    "post",
    "contract",
    "employment",
    "appointment",
    "assignment",
    "internship",
    "placement",
];
/// Who is sought for a job.
const PERSONS: [&str; 16] = [
    "engineer",
    "developer",
    "manager",
    "administrator",
    "analyst",
    "architect",
    "consultant",
    "designer",
    "specialist",
    "technician",
    "scientist",
    "programmer",
    "tester",
    "lead",
    "assistant",
    "director",
];
/// Capitalised words of a job's title before the person.
const TITLE_WORDS: usize = 5;
/// Words of an item that names nothing but terms of the job.
const PLAIN: [&str; 73] = [
    "a",
    "and",
    "anywhere",
    "apprenticeship",
    "available",
    "b2b",
    "based",
    "basis",
    "benefited",
    "contract",
    "contractor",
    "day",
    "days",
    "direct",
    "employment",
    "exempt",
    "fixed",
    "flexible",
    "freelance",
    "friendly",
    "from",
    "full",
    "fulltime",
    "fully",
    "global",
    "h",
    "hire",
    "home",
    "hourly",
    "hours",
    "hrs",
    "hybrid",
    "in",
    "intern",
    "internship",
    "job",
    "minutes",
    "office",
    "on",
    "onsite",
    "opportunity",
    "option",
    "options",
    "or",
    "part",
    "partly",
    "per",
    "perm",
    "permanent",
    "person",
    "policy",
    "position",
    "possible",
    "regular",
    "remote",
    "remotely",
    "role",
    "salaried",
    "site",
    "telework",
    "temporary",
    "term",
    "the",
    "time",
    "unbefristet",
    "us",
    "vollzeit",
    "w2",
    "week",
    "work",
    "working",
    "worldwide",
    "yes",
];

/// Bytes between a place and the days of the week that one works there.
const DAYS: usize = 45;
/// Days that are a part of a week.
static FEW_DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) \b (?: [1-4] | one | two | three | four ) \b (?u:[^.;\n]){0,14} \b days? \b
              (?<longer> \s? (?: / | \b (?: per | a | each | every ) \b ) \s? (?: month | year | quarter ) )?
            | \b (?: tuesdays? | wednesdays? | thursdays? ) \b",
    )
});
/// A number of weeks or days, as in `four weeks of work from anywhere`.
static SOME_WEEKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:\d{1,3}|one|two|three|four|six|eight)[ -]?(?:weeks?|days?|months?)\b"));

/// Where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Workplace {
    /// At home, or wherever one likes.
    Remote,
    /// Some days at home, some at the employer's place.
    Hybrid,
    /// At the employer's place.
    OnSite,
}

impl Workplace {
    const SIGNS: [Sign<Self>; 3] = [
        Sign { in_part: Some(Self::Hybrid), ..Sign::new(Self::Remote, Cue::Remote, Cue::RemoteWord) },
        Sign::new(Self::Hybrid, Cue::Hybrid, Cue::HybridWord),
        Sign { in_part: Some(Self::Hybrid), ..Sign::new(Self::OnSite, Cue::OnSite, Cue::OnSiteWord) },
    ];

    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Remote => "remote",
            Self::Hybrid => "hybrid",
            Self::OnSite => "on-site",
        }
    }
}

/// How one is employed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// Employed without an end.
    Permanent,
    /// Employed for a limited time: fixed term, seasonal, as a cover.
    Temporary,
    /// Paid for a project or a time, without being employed: contractors, freelancers.
    Contract,
    /// Work to learn, beside or after studies.
    Internship,
    /// Work with a training that ends in a trade.
    Apprenticeship,
    /// The whole week.
    FullTime,
    /// A part of the week.
    PartTime,
}

impl Contract {
    const SIGNS: [Sign<Self>; 7] = [
        Sign::new(Self::Permanent, Cue::Permanent, Cue::PermanentWord),
        Sign::new(Self::Temporary, Cue::Temporary, Cue::TemporaryWord),
        Sign::new(Self::Contract, Cue::ContractWork, Cue::ContractWord),
        Sign::new(Self::Internship, Cue::Internship, Cue::InternshipWord),
        Sign::new(Self::Apprenticeship, Cue::Apprenticeship, Cue::ApprenticeshipWord),
        Sign::new(Self::FullTime, Cue::FullTime, Cue::FullTimeWord),
        Sign::new(Self::PartTime, Cue::PartTime, Cue::PartTimeWord),
    ];

    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
            Self::Contract => "contract",
            Self::Internship => "internship",
            Self::Apprenticeship => "apprenticeship",
            Self::FullTime => "full-time",
            Self::PartTime => "part-time",
        }
    }
}

/// A value, and the cues that say it.
struct Sign<V> {
    value: V,
    /// Wherever it stands.
    phrase: Cue,
    /// Where it names a term.
    word: Cue,
    /// What is meant instead where it stands beside a part of the week.
    in_part: Option<V>,
}

impl<V: Copy> Sign<V> {
    const fn new(value: V, phrase: Cue, word: Cue) -> Self {
        Self { value, phrase, word, in_part: None }
    }

    /// The value that is said at `span`: three days on site are hybrid work.
    fn value_at(&self, passage: &Passage<'_>, span: Span) -> V {
        self.in_part.filter(|_| is_part_of_week(passage, span)).unwrap_or(self.value)
    }
}

/// What a posting says of its terms.
#[derive(Debug, Default)]
pub(super) struct Terms {
    workplace: Said<Workplace>,
    contract: Said<Contract>,
}

/// The values that were said.
#[derive(Debug)]
struct Said<V> {
    /// Of this very job: in the title, behind a label, in a tag, before `position`.
    named: Vec<V>,
    /// Alone in an item.
    alone: Vec<V>,
    /// In other words.
    told: Vec<V>,
}

impl<V> Default for Said<V> {
    fn default() -> Self {
        Self { named: Vec::new(), alone: Vec::new(), told: Vec::new() }
    }
}

impl Terms {
    /// What the title says.
    pub(super) fn of_title(title: &Passage<'_>) -> Self {
        let mut terms = Self::default();
        terms.read_with(title, |_| true);
        terms
    }

    /// Adds what `passage` says.
    pub(super) fn read(&mut self, passage: &Passage<'_>) {
        self.read_with(passage, |word| is_named(passage, word));
    }

    fn read_with(&mut self, passage: &Passage<'_>, is_named: impl Fn(Span) -> bool) {
        if passage
            .cues
            .within(Span::new(0, passage.text().len()), Cue::RemoteWord)
            .any(|word| passage.answer(word) == Some(false))
        {
            self.workplace.named.push(Workplace::OnSite);
        }
        self.workplace.read(passage, &Workplace::SIGNS, &is_named);
        self.workplace.told.extend(by_days_of_week(passage));
        self.contract.read(passage, &Contract::SIGNS, &is_named);
    }

    /// Where the work is done. What is named counts before what sentences tell.
    pub(super) fn workplace(&self) -> Vec<Workplace> {
        let Said { named, alone, told } = &self.workplace;
        if !named.is_empty() {
            return sorted(named.iter().copied());
        }
        // `hybrid: two days remote`: what a hybrid job consists of.
        let is_mixed = told.contains(&Workplace::Hybrid);
        let told = told.iter().filter(|place| !is_mixed || **place == Workplace::Hybrid);
        sorted(alone.iter().chain(told).copied())
    }

    /// How one is employed.
    pub(super) fn contract(&self) -> Vec<Contract> {
        let Said { named, alone, told } = &self.contract;
        sorted(named.iter().chain(alone).chain(told).copied())
    }
}

fn sorted<V: Ord>(values: impl Iterator<Item = V>) -> Vec<V> {
    let mut values: Vec<V> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

impl<V: Copy> Said<V> {
    fn read(&mut self, passage: &Passage<'_>, signs: &[Sign<V>], is_named: impl Fn(Span) -> bool) {
        let all = Span::new(0, passage.text().len());
        let cues = signs.iter().flat_map(|sign| [sign.phrase, sign.word]).chain([Cue::TermOther]);
        let longest = outermost(cues.flat_map(|cue| passage.cues.within(all, cue)).collect());
        for sign in signs {
            let is_label = |span: Span| {
                let value = value_of_label(passage, span);
                value.is_some_and(|value| signs.iter().any(|sign| passage.cues.any(value, sign.word)))
            };
            let counts =
                |span: &Span| longest.binary_search(span).is_ok() && !is_other(passage, *span) && !is_label(*span);
            let words = || passage.cues.within(all, sign.word).filter(counts);
            let phrases = || passage.cues.within(all, sign.phrase).filter(counts);
            if let Some(word) = words().chain(phrases()).find(|word| is_named(*word)) {
                self.named.push(sign.value_at(passage, word));
            }
            if let Some(word) = words().find(|word| is_alone(passage, *word)) {
                self.alone.push(sign.value_at(passage, word));
            }
            if let Some(phrase) = phrases().find(|phrase| !is_aside(passage, *phrase)) {
                self.told.push(sign.value_at(passage, phrase));
            }
        }
    }
}

/// Those of `spans` that lie in no other one: `no remote work` is longer than `remote work`.
fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, Reverse(span.end)));
    spans.dedup();
    let mut end = 0;
    spans.retain(|span| {
        let is_outer = span.end > end;
        end = end.max(span.end);
        is_outer
    });
    spans
}

/// Whether one to four days, or days by name, stand beside a place: `3 days on site`, `onsite
/// Tuesday and Thursday`.
fn is_part_of_week(passage: &Passage<'_>, span: Span) -> bool {
    let (text, sentence) = (passage.text(), passage.sentence(span));
    let start = char_start(text, span.start.saturating_sub(DAYS).max(sentence.start));
    let end = char_start(text, (span.end + DAYS).min(sentence.end));
    FEW_DAYS.captures_iter(&text[start..end]).any(|days| days.name("longer").is_none())
}

/// Where one works by the days of the week that are counted: `in our office 4 days a week`.
fn by_days_of_week<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = Workplace> + 'p {
    let (cues, text) = (&passage.cues, passage.text());
    cues.within(Span::new(0, text.len()), Cue::InWeek).filter_map(move |week| {
        let sentence = passage.sentence(week);
        let start = char_start(text, week.start.saturating_sub(DAYS).max(sentence.start));
        let near = Span::new(start, char_start(text, (week.end + DAYS).min(sentence.end)));
        if !cues.any(near, Cue::Office) || cues.any(near, Cue::TermOther) {
            return None;
        }
        let elsewhere = || {
            let at_home = near.of(text).to_ascii_lowercase().contains("home");
            at_home || cues.any(near, Cue::RemoteWord) || cues.any(near, Cue::HybridWord)
        };
        match last_number(&text[start..week.start])? {
            1..=4 => Some(Workplace::Hybrid),
            5 if !elsewhere() => Some(Workplace::OnSite),
            _ => None,
        }
    })
}

/// The number at the end of `text`: `at least three`, `2-3`, `three (3)`, `3+`.
fn last_number(text: &str) -> Option<u32> {
    let word = text.trim_end().rsplit([' ', '-', '/', '\n']).next()?.trim_matches(['+', '(', ')', '~', '*']);
    let words = ["one", "two", "three", "four", "five"];
    let spelled =
        || words.iter().zip(1..).find(|(spelled, _)| word.eq_ignore_ascii_case(spelled)).map(|(_, number)| number);
    word.parse().ok().or_else(spelled)
}

/// Whether one may work somewhere else for some weeks of the year: `4 weeks of work from anywhere`.
fn is_for_some_weeks(passage: &Passage<'_>, span: Span) -> bool {
    let (text, sentence) = (passage.text(), passage.sentence(span));
    let start = char_start(text, span.start.saturating_sub(ASIDE).max(sentence.start));
    let end = char_start(text, (span.end + ASIDE).min(sentence.end));
    span.of(text).to_ascii_lowercase().contains("anywhere") && SOME_WEEKS.is_match(&text[start..end])
}

/// The value behind a word that is a label: `Contract: full time`.
fn value_of_label(passage: &Passage<'_>, word: Span) -> Option<Span> {
    let rest = Span::new(word.end, passage.sentence(word).end);
    let is_label = rest.of(passage.text()).trim_start().starts_with(':') && passage.cues.any(word, Cue::TermsLabel);
    is_label.then_some(rest)
}

/// Whether what stands around a word makes another thing of it: `remote support`, `a home
/// office stipend`, `not a remote position`.
fn is_other(passage: &Passage<'_>, span: Span) -> bool {
    let (cues, text) = (&passage.cues, passage.text());
    let mut after = Span::new(span.end, passage.sentence(span).end);
    // A line that begins with a capital is another value: `Remote`, `Experience: 2 years`.
    if let Some(line) =
        after.of(text).find('\n').filter(|line| after.of(text)[line + 1..].starts_with(char::is_uppercase))
    {
        after.end = span.end + line;
    }
    cues.just_after(text, after, Cue::OtherNoun)
        || passage.answer(span) == Some(false)
        || passage.is_denied(span, Cue::TermDenied)
        || is_for_some_weeks(passage, span)
}

/// Whether a word says what kind of job this is: `a permanent, full-time, remote position`.
fn is_of_job(passage: &Passage<'_>, word: Span) -> bool {
    let last = word.of(passage.text()).rsplit_once([' ', '-']).map(|(_, last)| last.to_ascii_lowercase());
    if last.is_some_and(|last| JOBS.contains(&last.as_str())) {
        return true;
    }
    let after = Span::new(word.end, passage.sentence(word).end).of(passage.text());
    if begins_title(after) {
        return true;
    }
    let mut words =
        after.split([' ', ',', '/', '(', ')', '\n']).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
    let first_other = words.by_ref().take(MODIFIERS).find(|word| !is_modifier(word));
    first_other.is_some_and(|word| JOBS.contains(&word.trim_end_matches(['.', ';', ':', '!'])))
}

/// Whether the title of a job follows: `a remote Senior Java Developer`.
fn begins_title(after: &str) -> bool {
    let words = after.strip_prefix(' ').unwrap_or_default().split([' ', '\n']);
    let mut title = words.take_while(|word| word.starts_with(char::is_uppercase)).take(TITLE_WORDS);
    title.any(|word| {
        let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
        PERSONS.iter().any(|person| word.eq_ignore_ascii_case(person))
    })
}

/// Whether a word is said of this job: `the role is fully remote`, `this is on-site`.
fn is_said_of_job(passage: &Passage<'_>, word: Span) -> bool {
    let before = Span::new(passage.sentence(word).start, word.start).of(passage.text());
    let mut words = before.rsplit([' ', '\n']).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
    // `is remote` holds its verb.
    if word.of(passage.text()).get(..3).is_some_and(|verb| verb.eq_ignore_ascii_case("is ")) {
        return words.next().is_some_and(|subject| JOBS.contains(&subject.as_str()) || subject == "this");
    }
    let verb = words.by_ref().take(MODIFIERS).find(|word| !is_modifier(word));
    let is = verb.is_some_and(|verb| matches!(verb.as_str(), "is" | "be" | "is:" | "being"));
    let subject = words.find(|word| !matches!(word.as_str(), "will" | "can" | "may" | "also" | "must" | "to"));
    is && subject.is_some_and(|subject| JOBS.contains(&subject.as_str()) || subject == "this")
}

/// Whether a word may stand between a term and the job that it is of.
fn is_modifier(word: &str) -> bool {
    word.split('-').all(|part| part.parse::<u32>().is_ok() || PLAIN.contains(&part) && !JOBS.contains(&part))
}

/// Whether a phrase speaks of what may come later, or of what a person has done before.
fn is_aside(passage: &Passage<'_>, span: Span) -> bool {
    let start = passage.sentence(span).start.max(span.start.saturating_sub(ASIDE));
    passage.cues.any(Span::new(start, span.start), Cue::Prospect)
}

/// Whether a word names a term of this very job: `Location: Remote`, `#LI-Remote`, `a remote,
/// full-time position`.
fn is_named(passage: &Passage<'_>, word: Span) -> bool {
    let is_tag = word.of(passage.text()).get(..TAG.len()).is_some_and(|start| start.eq_ignore_ascii_case(TAG));
    let is_of_job = || is_of_job(passage, word) || is_said_of_job(passage, word);
    is_tag
        || is_labelled(passage, word)
        || passage.answer(word) == Some(true)
        || is_of_job() && !is_aside(passage, word)
}

/// `* Remote`, `Full-time, permanent`.
fn is_alone(passage: &Passage<'_>, word: Span) -> bool {
    let sentence = passage.sentence(word);
    let text = passage.text();
    let start = text[sentence.start..word.start].rfind(PARTS).map_or(sentence.start, |at| sentence.start + at + 1);
    let end = text[word.end..sentence.end].find(PARTS).map_or(sentence.end, |at| word.end + at);
    let part = &text[start..end];
    let (before, after) = (&text[start..word.start], &text[word.end..end]);
    if is_with_place(before, after) || is_with_terms(before, word.of(text), after) {
        return true;
    }
    if is_of_list(&text[sentence.start..start], &text[end..sentence.end]) {
        return false;
    }
    let mut words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    sentence.end - sentence.start <= ITEM
        && words.all(|word| word.parse::<u32>().is_ok() || PLAIN.contains(&word.to_ascii_lowercase().as_str()))
}

/// `On-site in Ulm`, `Remote or Bonn / Kiel`: a part of an item that begins with the word and
/// goes on with a place.
fn is_with_place(before: &str, after: &str) -> bool {
    let begins = !before.contains(char::is_alphanumeric);
    let place = [" in ", " or ", " / "].iter().find_map(|join| after.strip_prefix(join));
    begins && place.is_some_and(|place| place.starts_with(char::is_uppercase))
}

/// `Unit, contract, and browser tests`, `You write unit, contract ...`: the parts around a word
/// are of a sentence.
fn is_of_list(before: &str, after: &str) -> bool {
    let is_long = |part: &str| part.split_whitespace().count() > PART_WORDS;
    before.split(PARTS).any(is_long) || after.starts_with(", and ") || after.starts_with(", or ")
}

/// `Remote working with flexible hours`: an item that begins with a way of working.
fn is_with_terms(before: &str, word: &str, after: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["working", " work", "home"].iter().any(|work| word.ends_with(work))
        && !before.contains(char::is_alphanumeric)
        && after.starts_with(" with ")
}

/// `Location: Remote`, `Job type: Full-time, Permanent`.
fn is_labelled(passage: &Passage<'_>, word: Span) -> bool {
    let text = passage.text();
    let near = Span::new(char_start(text, word.start.saturating_sub(LABELLED)), word.start);
    let mut labels = passage.cues.within(near, Cue::TermsLabel);
    labels.any(|label| {
        let rest = text[label.end..word.start].trim_start_matches([' ', ')']);
        let Some(value) = rest.strip_prefix([':', '-', '\n', '|']) else { return false };
        let opens = rest.starts_with(':') && label.of(text).starts_with(|c: char| c.is_ascii_uppercase());
        (opens || starts_line(&text[..label.start])) && is_one_value(value)
    })
}

/// Whether nothing but a bullet stands before a label in its line.
fn starts_line(before: &str) -> bool {
    let line = before.trim_end_matches([' ', '-', '*', '\u{2022}']);
    line.is_empty() || line.ends_with('\n')
}

/// Whether the words between a label and a word are of the value that the label has: one
/// line, and no sentence.
fn is_one_value(between: &str) -> bool {
    let between = between.trim_start();
    !between.contains(['\n', '!', '?']) && !between.contains(". ") && between.split_whitespace().count() <= VALUE_WORDS
}

#[cfg(test)]
mod tests {
    use crate::classifier::testing::CLASSIFIER;
    use crate::facts::Facts;

    /// A title, a text, and the values that reports name.
    type Case = (&'static str, &'static str, &'static str);

    /// The cases that are read otherwise than they should.
    fn wrong(cases: &[Case], read: impl Fn(&Facts) -> Vec<&'static str>) -> Vec<(Case, String)> {
        let read = |case: &Case| read(&Facts::of(&CLASSIFIER.read(case.0, case.1))).join("; ");
        cases.iter().map(|case| (*case, read(case))).filter(|(case, found)| found != case.2).collect()
    }

    #[test]
    fn workplaces_are_told_from_other_remote_and_hybrid_things() {
        let cases: [Case; 101] = [
            ("Software Engineer (Remote)", "You write Go.", "remote"),
            ("Remote Java Developer", "", "remote"),
            ("Data Engineer - Hybrid", "", "hybrid"),
            ("Systems Engineer, Onsite", "", "on-site"),
            ("Remote Sensing Engineer", "", ""),
            ("Remote Support Technician", "", ""),
            ("Hybrid Cloud Engineer", "", ""),
            ("", "This is a fully remote position.", "remote"),
            ("", "The role is 100% remote within the EU.", "remote"),
            ("", "You may work remotely from any state.", "remote"),
            ("", "Work from anywhere in Portugal.", "remote"),
            ("", "We are a remote-first company.", "remote"),
            ("", "Location: Remote (US)", "remote"),
            ("", "Location: Leeds, UK or Remote", "remote"),
            ("", "Work Type:\n* Remote", "remote"),
            ("", "Benefits\n* Remote work", "remote"),
            ("", "* Remote or hybrid", "remote; hybrid"),
            ("", "Apply today! #LI-Remote", "remote"),
            ("", "#LI-Hybrid", "hybrid"),
            ("", "Due to the team's needs this is a hybrid role based in Ghent.", "hybrid"),
            ("", "You work two days a week in the office, and three days from home.", "hybrid"),
            ("", "Our hybrid working model: 3 days in the office, fully remote on the others.", "hybrid"),
            ("", "Hybrid working", "hybrid"),
            ("", "3 remote days per week", "hybrid"),
            ("", "This position is on-site in Dayton, OH.", "on-site"),
            ("", "This is an on-site role.", "on-site"),
            ("", "This is not a remote position.", "on-site"),
            ("", "No remote work.", "on-site"),
            ("", "Remote work is not possible.", "on-site"),
            ("", "Five days a week in the office", "on-site"),
            ("", "Workplace: On-site", "on-site"),
            ("", "You maintain remote servers at remote sites.", ""),
            ("", "You give remote support to remote users over remote desktop.", ""),
            ("", "You build hybrid cloud platforms.", ""),
            ("", "Experience with hybrid environments is a plus.", ""),
            ("", "Remote monitoring", ""),
            ("", "Hybrid cloud", ""),
            ("", "Experience working in a hybrid work environment", ""),
            ("", "A work from home stipend of $500", ""),
            ("", "Free lunch for those in the office", ""),
            ("", "You will lead a remote team.", ""),
            ("", "You support our on-site teams.", ""),
            ("", "On-site gym", ""),
            ("", "On-site parking", ""),
            ("", "Escalate to on-site technicians.", ""),
            ("", "After the call we invite you to an onsite interview.", ""),
            ("", "Occasional visits on site.", ""),
            ("", "Remote code execution flaws", ""),
            ("", "Remote procedure calls", ""),
            ("", "You will work from our office in Cork.", ""),
            ("", "Home office budget", ""),
            ("", "Hybrid mobile apps", ""),
            ("", "This job may be done remotely.", "remote"),
            ("", "We offer 100% Remote, flexible hours.", "remote"),
            ("", "Work Remotely: No", "on-site"),
            ("", "Work Remotely: Yes", "remote"),
            ("", "Work Remotely:\n* No", "on-site"),
            ("", "The office is on-site 3 days a week: this is in-office work, Tuesday to Thursday.", "hybrid"),
            ("", "Permanent, full-time, Remote or Bonn", "remote"),
            ("", "Unless approved to work fully remotely, you come in.", ""),
            ("", "We seek a hybrid leader.", ""),
            ("", "This is a remote opportunity. Our hybrid working model is for others.", "remote"),
            ("", "You may work remotely from home one day per week.", "hybrid"),
            ("Onsite IT Administrator", "", "on-site"),
            ("", "Location: Remote - Canada", "remote"),
            ("", "Job Location: Onsite, Tulsa", "on-site"),
            ("", "This role is in-office, 5 days a week in the office.", "on-site"),
            ("", "You split your time between home and our office.", "hybrid"),
            ("", "Partially remote", "hybrid"),
            ("", "The position is open to remote.", "remote"),
            ("", "Teleworking is not available: not eligible for telework.", "on-site"),
            ("", "You come to our Ghent office 4 days per week; Tuesday you stay at home.", "hybrid"),
            ("", "We expect you at one of our hubs or the office at least three days each week.", "hybrid"),
            ("", "You are with us in the office 5 days a week.", "on-site"),
            ("", "Free lunch in the office two days a week", ""),
            ("", "Location: Remote (min. 1 office day/month)", "remote"),
            ("", "We work in a hybrid way with 3 days at our site.", "hybrid"),
            ("", "Enjoy a hybrid work setup, balancing on-site and remote work.", "hybrid"),
            ("", "A 4-week \"work from anywhere\" policy every year", ""),
            ("", "Regular in-person company retreats", ""),
            ("Python Developer (onsite or remote)", "", "remote; on-site"),
            ("", "You may work in the office or remote.", "remote; on-site"),
            ("", "This position can be worked remotely.", "remote"),
            ("", "We are an all-remote team.", "remote"),
            ("", "Benefits include working remotely.", "remote"),
            ("", "Experience working remotely", ""),
            ("", "* Remote working with flexible hours", "remote"),
            ("", "You love working in-person with your team.", "on-site"),
            ("", "This hybrid role combines sales and engineering.", ""),
            ("", "This involves an office-first setup.", "on-site"),
            ("", "This role is categorized as hybrid.", "hybrid"),
            ("", "We are an in-person team in Oslo.", "on-site"),
            ("", "Virtual and in-person team building", ""),
            ("", "* Flexible hours and home office options", "hybrid"),
            ("", "This position is open to remote workers. We have a largely hybrid model for most roles.", "remote"),
            ("", "We seek a hands-on remote Senior Java Developer.", "remote"),
            ("", "You must be eligible to work here (remote work supported)", "remote"),
            ("", "You guide Remote Systems and their owners.", ""),
            ("", "Location: Remote\nExperience: 2 years", "remote"),
            ("", "* Work on-site with customers to learn what they need", ""),
            ("", "Colleagues in many countries are working remotely.", ""),
        ];
        let wrong = wrong(&cases, |facts| facts.workplace.iter().map(|place| place.name()).collect());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn contracts_are_told_from_what_is_negotiated_and_built() {
        let cases: [Case; 51] = [
            ("Java Developer (Contract)", "", "contract"),
            ("Freelance Technical Writer", "", "contract"),
            ("Contract Manager", "", ""),
            ("Smart Contracts Engineer", "", ""),
            ("Software Engineering Intern", "", "internship"),
            ("Working Student Backend", "", "internship"),
            ("Apprentice Technician", "", "apprenticeship"),
            ("Administrator, part time", "", "part-time"),
            ("Network Engineer - 12 month FTC", "", "temporary"),
            ("", "This is a full-time position.", "full-time"),
            ("", "This is a permanent, full-time role.", "permanent; full-time"),
            ("", "Job Type: Full-time", "full-time"),
            ("", "Job type: Full-time, Permanent", "permanent; full-time"),
            ("", "Employment Type\nFull time", "full-time"),
            ("", "Type of contract: permanent", "permanent"),
            ("", "* Full-time", "full-time"),
            ("", "Full time, permanent", "permanent; full-time"),
            ("", "The salary range for this full-time position is $100,000 to $120,000.", "full-time"),
            ("", "This is a six month contract.", "contract"),
            ("", "A 12-month contract with possible extension", "contract"),
            ("", "Contract-to-hire", "contract"),
            ("", "A fixed-term contract of two years", "temporary"),
            ("", "We offer you a B2B contract.", "contract"),
            ("", "The day rate is £500, outside IR35.", "contract"),
            ("", "You join us as an independent contractor.", "contract"),
            ("", "We offer a permanent contract.", "permanent"),
            ("", "Part-time work is possible: a part-time position of 20 hours per week.", "part-time"),
            ("", "A paid summer internship", "internship"),
            ("", "Vollzeit, unbefristet", "permanent; full-time"),
            ("", "This is not a contract role, this is a full-time role.", "full-time"),
            ("", "A contract role with the possibility of a permanent position", "contract"),
            ("", "You lead contract negotiation with vendors.", ""),
            ("", "You find a permanent fix for each incident.", ""),
            ("", "You write smart contracts and contract tests.", ""),
            ("", "Two years of full-time experience", ""),
            ("", "Benefits for full-time employees", ""),
            ("", "Temporary files are removed.", ""),
            ("", "You work with contractors and vendors.", ""),
            ("", "You mentor interns and junior engineers.", ""),
            ("", "Experience from an internship is welcome.", ""),
            ("", "A lawful permanent resident", ""),
            ("", "This document does not create a contract of employment.", ""),
            ("", "Internal stakeholders and permanent staff", ""),
            ("", "Experience in a similar full-time position", ""),
            ("", "**Contract** : Full time, permanent", "permanent; full-time"),
            ("", "Contract: 6 months", "contract"),
            ("", "Part-Time (20 hrs/week) or Full-Time (40 hrs/week) role", "full-time; part-time"),
            ("", "Experience with unit, contract, and browser tests", ""),
            ("", "* Unit, contract, and browser tests", ""),
            ("", "Permanent remote work is considered case by case.", ""),
            ("", "This is a permanent remote job.", "permanent"),
        ];
        let wrong = wrong(&cases, |facts| facts.contract.iter().map(|contract| contract.name()).collect());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
