//! How two lexicons differ: in their skills, and in their verdicts and mentions.
//!
//! ```
//! use rolelean::Lexicon;
//! use rolelean::workbench::compare::LexiconDifference;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let old = Lexicon::builtin();
//! let new = old.clone().extended("own.toml", "category = \"own\"\ntitle = \"Own\"\ndrop = [\"c-sharp\"]\n")?;
//! let difference = LexiconDifference::between(&old, &new);
//! assert_eq!(difference.removed, ["c-sharp"]);
//! assert!(difference.added.is_empty() && difference.changed.is_empty());
//! # Ok(())
//! # }
//! ```

mod difference;
mod effect;

pub use difference::{Changed, LexiconDifference};
pub use effect::{Effect, Flip, FormCount};
