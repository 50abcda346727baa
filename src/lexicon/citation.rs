//! What skills rest on: statements of the role descriptions, and outside sources.

use serde::{Deserialize, Serialize};

use super::role::Side;

/// What a skill rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Citation {
    /// A numbered statement of one of the role descriptions.
    Statement {
        /// Whose description.
        side: Side,
        /// The statement's number.
        number: usize,
    },
    /// A source declared in `lexicon.toml`, with the code in it where it has codes.
    Declared {
        /// The id of the source.
        id: String,
        /// The code, such as an O*NET occupation.
        code: Option<String>,
    },
}

impl Citation {
    /// The citation as lexicon files have it, given the ids of the two roles: `role:baker#3`,
    /// `onet:15-1252.00`, `judgement`.
    pub(crate) fn cite(&self, role_ids: [&str; 2]) -> String {
        match self {
            Self::Statement { side, number } => format!("role:{}#{number}", role_ids[side.index()]),
            Self::Declared { id, code: Some(code) } => format!("{id}:{code}"),
            Self::Declared { id, code: None } => id.clone(),
        }
    }

    /// The statement cited: a side and a number.
    pub(crate) fn statement(&self) -> Option<(Side, usize)> {
        match self {
            Self::Statement { side, number } => Some((*side, *number)),
            Self::Declared { .. } => None,
        }
    }
}

/// An outside source that skills may cite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeclaredSource {
    /// The word skills cite it by.
    pub id: String,
    /// Its full name and version.
    pub title: String,
    /// Its licence.
    pub licence: String,
    /// Whether skills may add a code to it, as in `onet:15-1252.00`.
    pub codes: bool,
}
