//! Text and places in it: decoding bytes, plain text out of HTML, DOCX and PDF, folding
//! with offsets, sentences, phrases, language, likeness. Knows nothing of skills, roles or reports.

pub(crate) mod bytes;
mod decode;
mod docx;
mod html;
mod inert;
mod language;
mod layout;
mod limits;
mod links;
mod nearest;
mod normalise;
#[cfg(feature = "pdf")]
mod pdf;
mod phrases;
mod sentences;
pub(crate) mod sketch;
mod span;

pub(crate) use decode::without_controls;
pub use decode::{Decoded, decode};
pub use docx::docx_to_text;
pub use html::{html_to_text, json_ld, looks_like_html};
pub use inert::{inert, inert_json, inert_line};
pub use language::language_of;
pub use limits::{Budget, Limits, TooMuchWork, size};
pub(crate) use limits::{Capped, Growth};
pub use links::links;
pub(crate) use nearest::nearest;
pub use normalise::{Normalised, is_word_char, normalise, normalise_cased};
#[cfg(feature = "pdf")]
pub use pdf::pdf_to_text;
pub use phrases::{Scanner, is_bounded};
pub use sentences::Sentences;
pub use sketch::Sketch;
pub use span::{LineIndex, Place, Span};
