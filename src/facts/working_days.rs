//! Days on which one works at a place: of every week, or some weeks of a year.

use std::sync::LazyLock;

use super::cues::Cue;
use super::passages::Passage;
use super::pattern::Pattern;
use crate::text::{Span, char_start};

/// Bytes between a place and the days of the week that one works there.
const DAYS: usize = 45;

/// Bytes behind a place in which it is said how often one comes.
const RARELY: usize = 60;
/// Percent that are all of the time.
const WHOLE: u32 = 100;
/// Bytes around `anywhere` in which it is said for how long.
const NEAR: usize = 50;
/// Days that are a part of a week.
static FEW_DAYS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?ix) \b (?: [1-4] | one | two | three | four | ein(?:en)? | zwei | drei | vier | twee | drie ) \b (?u:[^.;\n]){0,14} \b (?: days? | tagen? | tage? | dagen? ) \b
              (?<longer> \s? (?: / | \b (?: per | a | each | every ) \b ) \s? (?: month | year | quarter ) )?
            | \b (?: tuesdays? | wednesdays? | thursdays? ) \b",
    )
});

/// How often one comes who does not come every week.
static RARE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?i)(?:/|\b(?:a|per|each|every)\b)\s?(?:month|quarter|year)\b|\b(?:monthly|quarterly|annually)\b")
});

/// A number of weeks or days, as in `four weeks of work from anywhere`.
static SOME_WEEKS: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?i)\b(?:\d{1,3}|one|two|three|four|six|eight)[ -]?(?:weeks?|days?|months?)\b"));

/// How much of every week one works at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Week {
    Part,
    Whole,
}

/// Whether one to four days, days by name or a part of the time stand beside a place: `3 days on
/// site`, `onsite Tuesday and Thursday`, `60% remote`.
pub(super) fn is_part_of_week(passage: &Passage<'_>, span: Span) -> bool {
    let (text, sentence) = (passage.text(), passage.sentence(span));
    let start = char_start(text, span.start.saturating_sub(DAYS).max(sentence.start));
    let end = char_start(text, (span.end + DAYS).min(sentence.end));
    is_share(passage, span) || FEW_DAYS.captures_iter(&text[start..end]).any(|days| days.name("longer").is_none())
}

/// Whether a part of the time stands before a way of working: `up to 80% work from home`.
pub(super) fn is_share(passage: &Passage<'_>, span: Span) -> bool {
    let before = Span::new(passage.sentence(span).start, span.start);
    last_share(before.of(passage.text())).is_some_and(|share| share < WHOLE)
}

/// Whether one comes to a place only now and then: `on site four times a month`.
pub(super) fn is_rare(passage: &Passage<'_>, span: Span) -> bool {
    let text = passage.text();
    let end = char_start(text, (span.end + RARELY).min(passage.sentence(span).end));
    RARE.is_match(&text[span.end..end])
}

/// The days of the week on which one works somewhere: `in our office 4 days a week`.
pub(super) fn days_of_week<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = Week> + 'p {
    let (cues, text) = (&passage.cues, passage.text());
    cues.within(Span::new(0, text.len()), Cue::InWeek).filter_map(move |week| {
        let sentence = passage.sentence(week);
        let start = char_start(text, week.start.saturating_sub(DAYS).max(sentence.start));
        let near = Span::new(start, char_start(text, (week.end + DAYS).min(sentence.end)));
        if !cues.any(near, Cue::Office) || cues.any(near, Cue::TermOther) {
            return None;
        }
        let near_words = near.of(passage.lower());
        let elsewhere =
            || near_words.contains("home") || cues.any(near, Cue::RemoteWord) || cues.any(near, Cue::HybridWord);
        let before = &text[start..week.start];
        if let Some(share) = last_share(before) {
            return (share < WHOLE && !near_words.contains("travel")).then_some(Week::Part);
        }
        match last_number(before)? {
            1..=4 => Some(Week::Part),
            5 if !elsewhere() => Some(Week::Whole),
            _ => None,
        }
    })
}

/// The percentage at the end of `text`: `at least 60%`.
fn last_share(text: &str) -> Option<u32> {
    let number = text.trim_end().strip_suffix('%')?.trim_end();
    number.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The number at the end of `text`: `at least three`, `2-3`, `three (3)`, `3+`.
fn last_number(text: &str) -> Option<u32> {
    let word = text.trim_end().rsplit([' ', '-', '/', '\n']).next()?.trim_matches(['+', '(', ')', '~', '*']);
    let words = [["one", "ein"], ["two", "zwei"], ["three", "drei"], ["four", "vier"], ["five", "fünf"]];
    let spelled = || {
        let is_spelled = |spellings: &[&str; 2]| spellings.iter().any(|spelled| word.eq_ignore_ascii_case(spelled));
        words.iter().zip(1..).find(|(spellings, _)| is_spelled(spellings)).map(|(_, number)| number)
    };
    word.parse().ok().or_else(spelled)
}

/// Whether one may work somewhere else for some weeks of the year: `4 weeks of work from anywhere`.
pub(super) fn is_for_some_weeks(passage: &Passage<'_>, span: Span) -> bool {
    if !span.of(passage.lower()).contains("anywhere") {
        return false;
    }
    let (text, sentence) = (passage.text(), passage.sentence(span));
    let start = char_start(text, span.start.saturating_sub(NEAR).max(sentence.start));
    let end = char_start(text, (span.end + NEAR).min(sentence.end));
    SOME_WEEKS.is_match(&text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::with_passages;

    #[test]
    fn days_of_every_week_are_counted() {
        let cases = [
            ("We are in the office three (3) days a week", Some(Week::Part)),
            ("2-3 days per week at our hub", Some(Week::Part)),
            ("In the office 5 days/week", Some(Week::Whole)),
            ("5 days a week, remote or in the office", None),
            ("You spend at least 60% of your time in the office", Some(Week::Part)),
            ("You travel 50% of the time to offices abroad", None),
            ("Drei Tage pro Woche im Büro", Some(Week::Part)),
            ("Training two days a week", None),
            ("Breakfast in the office two days a week", None),
        ];
        for (text, expected) in cases {
            let mut found = None;
            with_passages(text, |passages| found = passages.iter().find_map(|passage| days_of_week(passage).next()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
