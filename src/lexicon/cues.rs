//! Phrases that change what a mention means.

use serde::{Deserialize, Serialize};

use crate::document::{PassageCue, Section};

/// The phrases of `cues.toml`, normalised.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cues {
    /// Negations whose scope runs on from them: `no`, `without any`.
    pub negation_before: Vec<String>,
    /// Negations whose scope runs back from them: `is not required`.
    pub negation_after: Vec<String>,
    /// Phrases that look like negations and are none: `not only`.
    pub negation_except: Vec<String>,
    /// Marks of what is welcome but not demanded: `a plus`.
    pub preferred: Vec<String>,
    /// The same, of what follows them only: `ideally`.
    pub preferred_before: Vec<String>,
    /// Marks of what is demanded: `must have`.
    pub required: Vec<String>,
    /// Words that begin a new clause: `but`.
    pub clause_breaks: Vec<String>,
    /// What tells the section of a passage: `founded in`, `years of experience`.
    pub passages: Vec<(String, Section, PassageCue)>,
}
