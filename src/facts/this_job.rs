//! Whether words such as `remote` or `contract` name a term of this very job: behind a label, in a
//! tag for job boards, before `position`, or alone in their item.

use super::cues::Cue;
use super::line;
use super::passages::Passage;
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
/// The same, between words.
const DASH: &[u8] = b" - ";
/// Bytes of the longest item that names a place and how one works there.
const PLACE: usize = 60;
/// Words of a label.
const LABEL_WORDS: usize = 3;
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
/// Those who have it.
const PEOPLE: [&str; 10] =
    ["you", "you'll", "we", "we'll", "employees", "everyone", "members", "staff", "colleagues", "engineers"];
/// Capitalised words of a job's title before the person.
const TITLE_WORDS: usize = 5;
/// Words of an item that names nothing but terms of the job.
const PLAIN: [&str; 76] = [
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
    "to",
    "unbefristet",
    "up",
    "us",
    "vollzeit",
    "w2",
    "week",
    "wfh",
    "work",
    "working",
    "worldwide",
    "yes",
];

/// Whether a word names a term of this very job: `Location: Remote`, `#LI-Remote`, `a remote,
/// full-time position`.
pub(super) fn is_named(passage: &Passage<'_>, word: Span) -> bool {
    let is_tag = word.of(passage.text()).get(..TAG.len()).is_some_and(|start| start.eq_ignore_ascii_case(TAG));
    let is_of_job = || is_of_job(passage, word) || is_said_of_job(passage, word);
    is_tag
        || is_labelled(passage, word)
        || passage.answer(word) == Some(true)
        || is_of_job() && !is_aside(passage, word)
}

/// `* Remote`, `Full-time, permanent`.
pub(super) fn is_alone(passage: &Passage<'_>, word: Span) -> bool {
    let sentence = passage.sentence(word);
    let text = passage.text();
    let (ahead, behind) = (&text[sentence.start..word.start], &text[word.end..sentence.end]);
    let start = sentence.start + last_part_start(ahead.as_bytes());
    let end = word.end + first_part_end(behind.as_bytes());
    let part = &text[start..end];
    let (before, after) = (&text[start..word.start], &text[word.end..end]);
    if is_with_place(before, after) || is_behind_place(ahead, behind) || is_with_terms(before, word.of(text), after) {
        return true;
    }
    if is_of_list(&text[end..sentence.end]) {
        return false;
    }
    let mut words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    sentence.end - sentence.start <= ITEM && words.all(|word| word.parse::<u32>().is_ok() || is_one_of(word, &PLAIN))
}

/// Where the last part of an item begins.
fn last_part_start(item: &[u8]) -> usize {
    let begins = |at: &usize| PARTS.contains(&char::from(item[at - 1])) || item[..*at].ends_with(DASH);
    (1..=item.len()).rev().find(begins).unwrap_or(0)
}

/// Where the first part of an item ends.
fn first_part_end(item: &[u8]) -> usize {
    let ends = |at: &usize| PARTS.contains(&char::from(item[*at])) || item[*at..].starts_with(DASH);
    (0..item.len()).find(ends).unwrap_or(item.len())
}

/// Whether a word is one of `words`, in any case.
fn is_one_of(word: &str, words: &[&str]) -> bool {
    line::is_one_of(word.as_bytes(), words)
}

/// Whether a phrase speaks of what may come later, or of what a person has done before.
pub(super) fn is_aside(passage: &Passage<'_>, span: Span) -> bool {
    let start = passage.sentence(span).start.max(span.start.saturating_sub(ASIDE));
    passage.cues.any(Span::new(start, span.start), Cue::Prospect)
}

/// The value behind a word that is a label: `Contract: full time`.
pub(super) fn value_of_label(passage: &Passage<'_>, word: Span) -> Option<Span> {
    let rest = Span::new(word.end, passage.sentence(word).end);
    let is_label = rest.of(passage.text()).trim_start().starts_with(':') && passage.cues.any(word, Cue::TermsLabel);
    is_label.then_some(rest)
}

/// Whether a word says what kind of job this is: `a permanent, full-time, remote position`.
fn is_of_job(passage: &Passage<'_>, word: Span) -> bool {
    let last = word.of(passage.text()).rsplit_once([' ', '-']);
    if last.is_some_and(|(_, last)| is_one_of(last, &JOBS)) {
        return true;
    }
    let after = Span::new(word.end, passage.sentence(word).end).of(passage.text());
    if begins_title(after) {
        return true;
    }
    let mut words = after.split([' ', ',', '/', '(', ')', '\n']).filter(|word| !word.is_empty());
    let first_other = words.by_ref().take(MODIFIERS).find(|word| !is_modifier(word));
    first_other.is_some_and(|word| is_one_of(word.trim_end_matches(['.', ';', ':', '!']), &JOBS))
}

/// Whether the title of a job follows: `a remote Senior Java Developer`.
fn begins_title(after: &str) -> bool {
    let words = after.strip_prefix(' ').unwrap_or_default().split([' ', '\n']);
    let mut title = words.take_while(|word| word.starts_with(char::is_uppercase)).take(TITLE_WORDS);
    title.any(|word| {
        let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
        is_one_of(word, &PERSONS)
    })
}

/// Whether a word is said of this job: `the role is fully remote`, `this is on-site`.
fn is_said_of_job(passage: &Passage<'_>, word: Span) -> bool {
    let before = Span::new(passage.sentence(word).start, word.start).of(passage.text());
    let mut words = before.rsplit([' ', '\n']).filter(|word| !word.is_empty());
    let is_job = |subject| is_one_of(subject, &JOBS) || is_one_of(subject, &["this"]);
    // `is remote` holds its verb.
    if word.of(passage.text()).get(..3).is_some_and(|verb| verb.eq_ignore_ascii_case("is ")) {
        return words.next().is_some_and(is_job);
    }
    let verb = words.by_ref().take(MODIFIERS).find(|word| !is_modifier(word));
    verb.is_some_and(|verb| is_one_of(verb, &["is", "be", "is:", "being"]))
        && words.find(|word| !is_one_of(word, &["will", "can", "may", "also", "must", "to"])).is_some_and(is_job)
}

/// Whether a word is said of those who have the job: `you may work from home`, `we work remotely`.
pub(super) fn is_said_of_people(passage: &Passage<'_>, word: Span) -> bool {
    if !word.of(passage.text()).get(..5).is_some_and(|verb| verb.eq_ignore_ascii_case("work ")) {
        return false;
    }
    let before = Span::new(passage.sentence(word).start, word.start).of(passage.text());
    let mut words = before.rsplit([' ', '\n']).filter(|word| !word.is_empty());
    let last = words.next().unwrap_or_default();
    let is_modal = is_one_of(last, &["can", "may", "will", "could", "also"]);
    let subject = if is_modal { words.next().unwrap_or_default() } else { last };
    is_one_of(subject, &PEOPLE)
}

/// Whether a word may stand between a term and the job that it is of.
fn is_modifier(word: &str) -> bool {
    word.split('-').all(|part| part.parse::<u32>().is_ok() || is_one_of(part, &PLAIN) && !is_one_of(part, &JOBS))
}

/// `On-site in Ulm`, `Remote or Bonn / Kiel`: a part of an item that begins with the word and
/// goes on with a place.
fn is_with_place(before: &str, after: &str) -> bool {
    let begins = !before.contains(char::is_alphanumeric);
    let place = [" in ", " or ", " / "].iter().find_map(|join| after.strip_prefix(join));
    begins && place.is_some_and(|place| place.starts_with(char::is_uppercase))
}

/// `Ulm, Germany (Remote)`, `UK Remote`: an item that ends with the word and names nothing before it
/// but a place.
fn is_behind_place(before: &str, after: &str) -> bool {
    let ends = after.bytes().all(|byte| matches!(byte, b')' | b']' | b' ' | b'*' | b'\n'));
    let mut words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_marked = before.trim_end().ends_with(['(', '[']) && before.contains(',');
    let is_area = |word: &str| word.len() <= 5 && word.chars().all(char::is_uppercase);
    let is_named = if is_marked {
        words.all(|word| word.starts_with(char::is_uppercase))
    } else {
        words.next().is_some_and(is_area) && words.next().is_none()
    };
    ends && before.len() <= PLACE && is_named
}

/// Whether a label follows, as where the fields of a form stand in one line: `Full-time Experience
/// level: Senior`.
pub(super) fn precedes_label(after: &str) -> bool {
    let label = after.split_once(':').map(|(label, _)| label.trim_start()).unwrap_or_default();
    label.starts_with(char::is_uppercase)
        && label.split_whitespace().count() <= LABEL_WORDS
        && !label.contains([',', '.', ';', '\n'])
}

/// `Unit, contract, and browser tests`: the last part of a list shows what it is of.
fn is_of_list(after: &str) -> bool {
    let last = [", and ", ", or "].iter().find_map(|join| after.strip_prefix(join));
    let kind = last.and_then(|last| last.split_whitespace().next());
    kind.is_some_and(|word| !is_modifier(word.trim_end_matches(PARTS).trim_end_matches('.')))
}

/// `Remote working with flexible hours`: an item that begins with a way of working.
fn is_with_terms(before: &str, word: &str, after: &str) -> bool {
    let is_way = || {
        let word = word.to_ascii_lowercase();
        ["working", " work", "home"].iter().any(|work| word.ends_with(work))
    };
    after.starts_with(" with ") && !before.contains(char::is_alphanumeric) && is_way()
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
    let line = before.trim_end_matches([' ', '-', '*']);
    line.is_empty() || line.ends_with('\n')
}

/// Whether the words between a label and a word are of the value that the label has: one
/// line, and no sentence.
fn is_one_value(between: &str) -> bool {
    let between = between.trim_start();
    !between.contains(['\n', '!', '?']) && !between.contains(". ") && between.split_whitespace().count() <= VALUE_WORDS
}
