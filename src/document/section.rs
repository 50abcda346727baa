//! The parts of a posting by what they are about.

use serde::{Deserialize, Serialize};

/// The part of a posting that a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Section {
    /// The title of the posting, above its body.
    Title,
    /// What the person will do.
    Responsibilities,
    /// What the person must bring.
    Requirements,
    /// What is welcome but not demanded.
    Preferred,
    /// The company about itself.
    About,
    /// What the company offers.
    Benefits,
    /// Equal opportunity, privacy, disclaimers.
    Legal,
    /// Everything else: the opening, sections of other names.
    Other,
    /// Other adverts below the posting, and what else of the page is no part of it: nothing
    /// is reported from there.
    Elsewhere,
}

impl Section {
    /// The sections of a posting's body.
    pub const ALL: [Self; 7] = [
        Self::Responsibilities,
        Self::Requirements,
        Self::Preferred,
        Self::About,
        Self::Benefits,
        Self::Legal,
        Self::Other,
    ];

    /// What a heading may open.
    pub const OPENED: [Self; 8] = [
        Self::Responsibilities,
        Self::Requirements,
        Self::Preferred,
        Self::About,
        Self::Benefits,
        Self::Legal,
        Self::Other,
        Self::Elsewhere,
    ];

    /// Whether it tells of the job, and not of the company, of what it offers or of the law.
    #[must_use]
    pub fn tells_of_job(self) -> bool {
        !matches!(self, Self::About | Self::Benefits | Self::Legal | Self::Elsewhere)
    }

    /// The name in reports and in `headings.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Responsibilities => "responsibilities",
            Self::Requirements => "requirements",
            Self::Preferred => "preferred",
            Self::About => "about",
            Self::Benefits => "benefits",
            Self::Legal => "legal",
            Self::Other => "other",
            Self::Elsewhere => "elsewhere",
        }
    }
}
