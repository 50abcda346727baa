//! Building a lexicon from two role descriptions.
//!
//! Statements are read from any document (`description`); skills that a catalogue knows are found
//! in them (`known`); other terms are proposed (`terms`) when they are used more than postings of
//! all kinds use them ([`Background`], `keyness`). What comes out is a complete lexicon folder,
//! listed in the order in which a person best reviews it (`review`), and every example sentence
//! in it holds (`prune`). The same descriptions give the same bytes.
//!
//! ```
//! use rolelean::workbench::build::{Background, Build, Description};
//! use rolelean::{Classifier, Leaning, Lexicon, Posting, Side};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let left = Posting::from_text("# Baker\n\nKneads dough and bakes sourdough bread. Keeps the oven and the starter.");
//! let right = Posting::from_text("# Brewer\n\nMashes malt, boils wort with hops. Watches fermentation in the vats.");
//! let built = Build {
//!     left: Description::read(Side::Left, None, &[left])?,
//!     right: Description::read(Side::Right, None, &[right])?,
//!     catalogue: Lexicon::builtin().into(),
//!     by_statements: true,
//!     background: Background::builtin(),
//!     name: None,
//! }
//! .run()?;
//! let classifier = Classifier::new(built.lexicon);
//! let analysis = classifier.classify_text("You mash the malt, boil the wort, add hops and look after the vats during fermentation.")?;
//! assert_eq!(analysis.verdict.leaning, Leaning::Role(Side::Right));
//! # Ok(())
//! # }
//! ```

mod background;
mod description;
mod duties;
mod error;
mod everyday;
mod fitted;
mod from_descriptions;
mod keyness;
mod known;
mod proposal;
mod prune;
mod review;
mod terms;
mod titles;
mod words;

pub use background::{Background, BackgroundError, WordCounts};
pub use description::{Description, RoleStatement};
pub use error::BuildError;
pub(crate) use everyday::is_only_everyday;
pub use from_descriptions::{Build, Built};
pub use known::Origin;
pub use proposal::Proposal;
