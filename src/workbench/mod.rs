//! Work on lexicons: making, fitting, measuring and comparing them, and moving them between programs.
//!
//! Classifying postings needs none of this.
//!
//! - [`build`]: a lexicon from two role descriptions; [`import()`]: from a table of skills; [`starter()`]: a small one to edit
//! - [`review`]: a person's decisions on what was built, carried out; [`soundness`]: what would mislead
//! - [`suggest`]: which postings to label next
//! - [`fit`]: weights from labelled postings; [`evaluate`]: verdicts against labels
//! - [`compare`]: what changed between two lexicons; [`usage`]: which of its forms are found
//! - [`export`], [`trace`] and [`SCHEMAS`]: a lexicon for other programs, for a question, for editors

pub mod build;
pub mod compare;
mod csv_text;
pub mod evaluate;
mod examples;
pub mod export;
pub mod fit;
mod folder;
mod import;
pub mod review;
mod schema;
mod soundness;
mod starter;
pub mod suggest;
pub mod trace;
pub mod usage;

pub use examples::{ExampleOutcome, ExampleRun, check};
pub use folder::LexiconFiles;
pub use import::{ImportError, import};
pub use schema::SCHEMAS;
pub use soundness::soundness;
pub use starter::starter;
