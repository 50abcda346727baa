//! Text and places in it: decoding bytes, plain text out of HTML, folding with
//! offsets, sentences, sections. Knows nothing of skills, roles or reports.

mod decode;
mod fold;
mod html;
mod place;
mod sections;
mod sentences;

pub use decode::{Decoded, decode};
pub use fold::{Folded, fold_key, fold_shape, is_word_char};
pub use html::{html_to_text, looks_like_html};
pub use place::{LineIndex, Place, Span};
pub use sections::{Section, SectionMap, SectionRules};
pub use sentences::{Sentences, links};
