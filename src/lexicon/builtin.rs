//! The files of the embedded lexicon.

/// Path in the lexicon folder, and text; in the order of their paths. The list stands
/// beside the folder, so that no name of a role stands in the code.
pub(crate) const FILES: &[(&str, &str)] = include!("../../lexicons/embedded.rs");
