//! Duties: skills that are a verb of a class with an object of a class, `administer` with `server`.
//!
//! `duties.toml` names the classes; a skill that is a duty says in `does` which of them it joins.

use serde::{Deserialize, Serialize};

/// The place of a class in its list.
pub type ClassId = u8;

/// The classes of `duties.toml`, their words normalised.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DutyClasses {
    /// What is done.
    pub verbs: Vec<VerbClass>,
    /// What it is done to.
    pub objects: Vec<ObjectClass>,
    /// Words behind which no object of the verb before them stands: `to`, `which`.
    pub ends: Vec<String>,
    /// Words that make persons of the object before them: `teams` in `support software teams`.
    pub persons: Vec<String>,
}

/// Verbs that do much the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerbClass {
    /// Its name, as duties write it.
    pub name: String,
    /// Verbs in their base form; they are found in every inflection.
    pub verbs: Vec<String>,
    /// Verbs found only as they stand.
    pub words: Vec<String>,
    /// Nouns of the doing: `administration`.
    pub nouns: Vec<String>,
}

/// Things that much the same is done to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ObjectClass {
    /// Its name, as duties write it.
    pub name: String,
    /// Found in singular and plural.
    pub phrases: Vec<String>,
}

/// One verb class with one object class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Duty {
    /// The place of the verb class in [`DutyClasses::verbs`].
    pub verb: ClassId,
    /// The place of the object class in [`DutyClasses::objects`].
    pub object: ClassId,
}
