//! Says which of two roles a job posting leans to, and shows the skills that decided it.
pub mod classifier;
pub mod leaning;
pub mod lexicon;
pub mod matching;
pub mod posting;
pub mod report;
pub mod run;
pub mod text;
