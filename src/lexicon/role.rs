//! The two roles that a lexicon compares, and their sides of the scale.

use serde::{Deserialize, Serialize};

use super::statements::Statement;

/// Which of the two roles: the first of the lexicon is left and negative, the
/// second right and positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// The first role; its evidence is negative.
    Left,
    /// The second role; its evidence is positive.
    Right,
}

impl Side {
    /// Both sides, left first.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// -1 for left, +1 for right.
    #[must_use]
    pub fn sign(self) -> f64 {
        match self {
            Self::Left => -1.0,
            Self::Right => 1.0,
        }
    }

    /// The side that a number of this sign is evidence for, be it a score or a tilt; `None` at
    /// zero.
    #[must_use]
    pub fn of_score(score: impl Into<f64>) -> Option<Self> {
        let score = score.into();
        if score < 0.0 {
            Some(Self::Left)
        } else if score > 0.0 {
            Some(Self::Right)
        } else {
            None
        }
    }

    /// The side across.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// 0 for left, 1 for right.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Left => 0,
            Self::Right => 1,
        }
    }
}

/// One of the two roles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// The word of a verdict, such as `head-gardener`.
    pub id: String,
    /// What people call it, such as `head gardener`.
    pub label: String,
    /// The short word in column names and leanings, such as `garden`.
    pub side_id: String,
    /// Left for the first role, right for the second.
    pub side: Side,
    /// The file of its description.
    pub file: String,
    /// Its description, statement by statement.
    pub statements: Vec<Statement>,
}
