//! The files of the embedded lexicon.

/// Path in the lexicon folder, and text; in the order of their paths. The list is kept beside
/// the folder, so that the code names no role.
pub(crate) const FILES: &[(&str, &str)] = include!("../../lexicons/embedded.rs");
