//! Text and places in it: normalising with a way back to the original bytes, sentences,
//! phrases, language, likeness. Knows nothing of postings, skills, roles or reports.

pub(crate) mod bytes;
mod capitals;
mod items;
mod language;
mod links;
pub(crate) mod minhash;
mod nearest;
mod normalise;
mod phrases;
mod sanitize;
mod sentences;
mod span;
mod stretches;
mod whole_words;
mod word;

pub use capitals::lines_in_capitals;
pub(crate) use items::is_item;
pub use language::language_of;
pub use links::links;
pub(crate) use links::{is_link, link_token};
pub use minhash::Sketch;
pub use nearest::nearest;
pub(crate) use normalise::is_white;
pub use normalise::{Edit, Normalised, normalise, normalise_cased};
pub use phrases::{Scanner, is_bounded};
pub(crate) use sanitize::{begins_obeyed, obeyed};
pub use sanitize::{inert, inert_json, inert_line};
pub(crate) use sentences::Ends;
pub use sentences::Sentences;
pub(crate) use span::char_start;
pub use span::{LineCursor, Place, Span};
pub(crate) use stretches::Stretches;
pub(crate) use whole_words::whole_words;
pub use word::is_word_char;
pub(crate) use word::{count_words, word_end, word_start, words};
