//! Says which of two roles a job posting leans to, and shows the skills that decided it.
//!
//! A [`Lexicon`] names two roles and the skills that tell them apart; one is inside the
//! crate ([`Lexicon::builtin`]), and [`workbench::build`] makes others. A [`Classifier`] reads a
//! posting by it and gives an [`Analysis`]: the verdict, and the evidence it is the sum of.
//!
//! ```
//! use rolelean::{Classifier, Leaning, Lexicon, LogOdds, Side};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let classifier = Classifier::new(Lexicon::builtin());
//! let analysis = classifier.classify_text(
//!     "Site administrator\n\nYou patch the Linux servers, look after Active Directory and VMware, \
//!      watch them with Nagios, and restore service after an outage.",
//! )?;
//! assert_eq!(analysis.verdict.leaning, Leaning::Role(Side::Right));
//! println!("leans to {}", analysis.verdict.leaning.name(classifier.lexicon()));
//!
//! // The contributions add up to the score; nothing else enters it.
//! let sum: LogOdds = analysis.evidence.matches.iter().map(|found| found.contribution).sum();
//! assert_eq!(sum, analysis.evidence.score);
//! # Ok(())
//! # }
//! ```
//!
//! Where to look:
//!
//! - [`input`]: postings out of files, tables and memory; [`run`]: many of them in parallel
//! - [`classifier`]: one posting; [`matching`], [`facts`] and [`leaning`]: what an analysis is made of
//! - [`lexicon`]: roles, skills and scoring; [`workbench`]: making, fitting and comparing lexicons
//! - [`report`]: results as CSV, JSON Lines, HTML and XLSX
//!
//! `docs/design.md` shows how the modules depend on each other, and where to add what.
//!
//! The feature `cli`, on by default, is the program; a library needs none of it:
//! `rolelean = { version = "0.1", default-features = false }`.

pub mod classifier;
mod compiled;
pub mod document;
pub mod extract;
pub mod facts;
pub mod file;
pub mod input;
pub mod leaning;
pub mod lexicon;
mod log_odds;
pub mod matching;
pub mod report;
pub mod run;
pub mod staging;
pub mod text;
pub mod workbench;

pub use classifier::{Analysis, Classifier};
pub use input::Posting;
pub use leaning::{Evidence, Leaning, SkillMatch, Verdict};
pub use lexicon::{Lexicon, LexiconError, Side, Skill, SkillLeaning};
pub use log_odds::LogOdds;
pub use matching::Mention;
pub use report::ReportFolder;
