//! Whether a form of one letter, such as `C`, is only a letter where it stands: the initial of a
//! name, one of a row (`Series A to C`), or what numbers a place (`Block C`).

use super::keys::Entries;
use crate::document::{Document, Hit};
use crate::text::Span;

/// Words before a letter that it tells apart from others of their kind.
const NUMBERED: [&str; 41] = [
    "annex",
    "appendix",
    "band",
    "bay",
    "block",
    "building",
    "category",
    "class",
    "column",
    "division",
    "exhibit",
    "figure",
    "floor",
    "form",
    "gate",
    "grade",
    "group",
    "hall",
    "hepatitis",
    "house",
    "level",
    "lot",
    "option",
    "part",
    "phase",
    "plan",
    "point",
    "round",
    "schedule",
    "section",
    "series",
    "site",
    "stage",
    "suite",
    "table",
    "terminal",
    "tier",
    "tower",
    "vitamin",
    "wing",
    "zone",
];
/// Words before the initial of a person.
const BEFORE_NAMES: [&str; 8] = ["contact", "dr", "miss", "mr", "mrs", "ms", "prof", "professor"];
/// What stands between the letters of a row.
const JOINTS: [&str; 7] = [" to ", " through ", " and ", " or ", "-", "/", ", "];

/// Whether the letter at `span` is only a letter.
pub(super) fn is_only_a_letter(entries: &Entries, document: &Document<'_>, span: Span) -> bool {
    let (before, after) = (&document.text().cased()[..span.start], &document.text().cased()[span.end..]);
    is_numbering(before) || is_initial(document, before, after) || is_of_a_row(entries, document, before, after)
}

/// `Block C`
fn is_numbering(before: &str) -> bool {
    before.strip_suffix(' ').is_some_and(|before| NUMBERED.contains(&last_word(before).to_lowercase().as_str()))
}

/// `R. Smith`, but not `in R. Knowledge of`: names are no words that the phrases know.
fn is_initial(document: &Document<'_>, before: &str, after: &str) -> bool {
    let Some(name) = after.strip_prefix(". ").filter(|name| name.starts_with(char::is_uppercase)) else { return false };
    let title = last_word(before.trim_end_matches([' ', '.'])).to_lowercase();
    let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    BEFORE_NAMES.contains(&title.as_str()) || !document.knows_word(&name.to_lowercase())
}

/// `A to C`, `B, C`: a neighbour is another letter that is no form.
fn is_of_a_row(entries: &Entries, document: &Document<'_>, before: &str, after: &str) -> bool {
    let is_mere_letter = |letter: &str| {
        let phrase = document.find(&letter.to_lowercase());
        let is_form = phrase.is_some_and(|phrase| {
            let hit = Hit { span: Span::new(0, 0), phrase };
            !entries.of(document.meaning(&hit)).is_empty()
        });
        letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_uppercase()) && !is_form
    };
    let left = JOINTS.iter().filter_map(|joint| before.strip_suffix(joint)).map(last_word);
    let right = JOINTS.iter().filter_map(|joint| after.strip_prefix(joint)).map(first_word);
    left.chain(right).any(is_mere_letter)
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}
