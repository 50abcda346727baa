//! Titles, which name a job in their own order: `Engineer, Systems`, `Recruiter (Java)`.

use super::coordination::{Coordination, first_words, joined, last_words};
use crate::document::Hit;
use crate::text::{Span, whole_words};

/// What may stand behind the head of a title: `Engineer II, Software`.
const LEVELS: [char; 7] = [' ', 'i', 'v', '1', '2', '3', '4'];
/// What comes before the name of a job in a body, by which its form is told from other people.
const ARTICLES: [&str; 2] = ["as a", "as an"];
/// How titles shorten the words of any job; those of a field are forms of the lexicon.
const ABBREVIATIONS: [(&str, &str); 8] = [
    ("admin", "administrator"),
    ("dev", "developer"),
    ("eng", "engineer"),
    ("engg", "engineer"),
    ("engr", "engineer"),
    ("infra", "infrastructure"),
    ("mgr", "manager"),
    ("ops", "operations"),
];
/// The most words of a job's name, and the words before it that may be left out.
const NAME: usize = 4;
/// The words of a title that are looked at; a longer one is none.
const MOST_WORDS: usize = 32;

/// The forms that the title of a document stands for.
pub(super) fn hits(coordination: &Coordination<'_, '_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let title = &coordination.document.text().lower()[..coordination.document.body()];
    inverted(coordination, title, &mut hits);
    abbreviated(coordination, title, &mut hits);
    named(coordination, title, &mut hits);
    hits
}

/// A modifier that stands behind its head.
fn inverted(coordination: &Coordination<'_, '_>, title: &str, hits: &mut Vec<Hit>) {
    let joints = [", ", " - "].into_iter().flat_map(|joint| title.match_indices(joint));
    for (at, joint) in joints {
        let head = title[..at].trim_end_matches(LEVELS);
        let start = at + joint.len();
        let reading = last_words(head).find_map(|head| {
            let mut modifiers = first_words(&title[start - 1..]);
            modifiers.find_map(|modifier| {
                let (phrase, _) = coordination.joined_form(modifier, head)?;
                Some((head.len(), modifier.len(), phrase))
            })
        });
        if let Some((len, modifier, phrase)) = reading {
            hits.push(coordination.document.hit(Span::new(head.len() - len, start + modifier), phrase));
        }
    }
}

/// Names of jobs with shortened words: `Sys. Admin`.
fn abbreviated(coordination: &Coordination<'_, '_>, title: &str, hits: &mut Vec<Hit>) {
    let long = |word: &str| ABBREVIATIONS.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
    let words: Vec<Span> = whole_words(title, Span::new(0, title.len())).take(MOST_WORDS).collect();
    for pair in words.windows(2) {
        let span = Span::new(pair[0].start, pair[1].end);
        let [first, second] = [pair[0], pair[1]].map(|word| word.of(title));
        let is_apart = !matches!(&title[pair[0].end..pair[1].start], " " | "/");
        if is_apart || long(first).is_none() && long(second).is_none() {
            continue;
        }
        let [first, second] = [first, second].map(|word| long(word).unwrap_or(word));
        if let Some((phrase, _)) = coordination.joined_form(first, second) {
            hits.push(coordination.document.hit(span, phrase));
        }
    }
}

/// The name of a job, which a title needs no article to name.
fn named(coordination: &Coordination<'_, '_>, title: &str, hits: &mut Vec<Hit>) {
    let words: Vec<Span> = whole_words(title, Span::new(0, title.len())).take(2 * NAME).collect();
    for (at, first) in words.iter().enumerate().take(NAME) {
        let ends = words[at..].iter().take(NAME).map(|word| word.end);
        let longest = ends.clone().next_back().unwrap_or(first.end);
        // One text of which each name is the beginning.
        let with_articles = ARTICLES.map(|article| joined(article, &title[first.start..longest]));
        for end in ends.rev() {
            let span = Span::new(first.start, end);
            let behind = longest - end;
            let named = with_articles.iter().find_map(|text| coordination.form(&text[..text.len() - behind]));
            if let Some((phrase, _)) = named {
                hits.push(coordination.document.hit(span, phrase));
                return;
            }
        }
    }
}
