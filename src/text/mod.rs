//! Text and places in it: decoding bytes, plain text out of HTML, DOCX and PDF, folding
//! with offsets, sentences, sections, language, likeness. Knows nothing of skills, roles or reports.

mod decode;
mod docx;
mod fold;
mod html;
mod inert;
mod language;
mod layout;
mod limits;
pub(crate) mod masks;
#[cfg(feature = "pdf")]
mod pdf;
mod phrases;
mod place;
mod sections;
mod sentences;
pub(crate) mod sketch;

pub(crate) use decode::without_controls;
pub use decode::{Decoded, decode};
pub use docx::docx_to_text;
pub use fold::{Folded, fold_key, fold_shape, is_word_char};
pub use html::{html_to_text, json_ld, looks_like_html};
pub use inert::{inert, inert_json, inert_line};
pub use language::language_of;
pub use limits::{Budget, Limits, TooMuchWork, size};
pub(crate) use limits::{Capped, Growth};
#[cfg(feature = "pdf")]
pub use pdf::pdf_to_text;
pub(crate) use phrases::Phrases;
pub use place::{LineIndex, Place, Span};
pub use sections::{Section, SectionMap};
pub use sentences::{Sentences, links};
pub use sketch::Sketch;
