//! Work on lexicons: making, fitting, measuring and comparing them, and moving them between programs.
//!
//! Classifying postings needs none of this.
//!
//! - [`build`]: a lexicon from two role descriptions; [`import()`]: from a table of skills; [`starter()`]: a small one to edit
//! - [`fit`]: weights from labelled postings; [`evaluate`]: verdicts against labels
//! - [`compare`]: what changed between two lexicons; [`usage`]: which of its forms are found
//! - [`export`], [`trace`] and [`SCHEMAS`]: a lexicon for other programs, for a question, for editors

mod examples;
pub mod build;
pub mod compare;
pub mod evaluate;
pub mod export;
pub mod fit;
mod import;
mod schema;
mod starter;
pub mod trace;
pub mod usage;
mod write;

pub use examples::{ExampleOutcome, ExampleRun, check};
pub use import::{ImportError, import};
pub use schema::SCHEMAS;
pub use starter::starter;
pub use write::Files;
