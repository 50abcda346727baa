//! Says which of two roles a job posting leans to, and shows the skills that decided it.
//!
//! A [`Lexicon`] names two roles and the skills that tell them apart; one is inside the
//! crate ([`Lexicon::builtin`]), and [`building`] makes others. A [`Classifier`] reads a
//! posting by it and gives an [`Analysis`]: the verdict, and the evidence it is the sum of.
//!
//! ```
//! use rolelean::{Classifier, Leaning, Lexicon, Side};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let classifier = Classifier::new(Lexicon::builtin())?;
//! let analysis = classifier.classify_text(
//!     "Site administrator\n\nYou patch the Linux servers, look after Active Directory and VMware, \
//!      watch them with Nagios, and restore service after an outage.",
//! );
//! assert_eq!(analysis.verdict.leaning, Leaning::Role(Side::Right));
//! println!("leans to {}", analysis.verdict.leaning.name(classifier.lexicon()));
//!
//! // The contributions add up to the score; nothing else enters it.
//! let sum: f64 = analysis.evidence.matches.iter().map(|found| found.contribution).sum();
//! assert_eq!(format!("{sum:.4}"), format!("{:.4}", analysis.evidence.score));
//! # Ok(())
//! # }
//! ```
//!
//! The layers, each using only those above it:
//!
//! - [`text`]: decoding, plain text out of HTML, folding with a way back to the original
//!   bytes, sentences, sections
//! - [`file`]: opening what a user names, and nothing that could be waited for without end
//! - [`lexicon`]: reading and checking a lexicon folder
//! - [`matching`]: finding mentions of skills ([`Matcher`])
//! - [`leaning`]: from mentions to evidence to a verdict, as pure functions
//! - [`staging`]: folders put in place whole, and never over what is not ours; uses none of these
//! - [`posting`]: streaming postings out of files and tables
//! - [`run`]: many postings in parallel, results in order
//! - [`report`]: the tables as CSV
//! - [`evaluation`] and [`fitting`]: verdicts held against labels, and weights made from them
//! - [`building`]: a lexicon made from two role descriptions, or from a table of skills
//! - [`comparing`] and [`usage`]: what a change of lexicon does, and which of its forms earn their place
//!
//! The feature `cli`, on by default, is the program; a library needs none of it:
//! `rolelean = { version = "0.1", default-features = false }`.

pub mod building;
pub mod classifier;
pub mod comparing;
pub mod evaluation;
pub mod facts;
pub mod file;
pub mod fitting;
pub mod leaning;
pub mod lexicon;
pub mod matching;
pub mod posting;
pub mod report;
pub mod run;
pub mod staging;
pub mod text;
pub mod usage;

pub use classifier::{Analysis, Classifier};
pub use leaning::{Evidence, Leaning, SkillMatch, Verdict};
pub use lexicon::{Lexicon, LexiconError, Pull, Side, Skill};
pub use matching::{Matcher, Mention};
pub use posting::Posting;
pub use report::ReportFolder;
