//! What phrases say of sections: as headings, and in the passages they stand in.

use serde::{Deserialize, Serialize};

use super::section::Section;

/// What a phrase opens as a heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HeadingWord {
    /// The section that it opens.
    pub section: Option<Section>,
    /// The section that it opens together with a name: `About Heron`.
    pub with_name: Option<Section>,
}

impl HeadingWord {
    /// Whether it opens any section.
    pub(super) fn opens_anything(self) -> bool {
        self.section.is_some() | self.with_name.is_some()
    }

    /// Adds a phrase of `headings.toml`, ` *` at its end for a name; of several the first
    /// stands.
    pub(crate) fn add(&mut self, section: Section, with_name: bool) {
        let place = if with_name { &mut self.with_name } else { &mut self.section };
        place.get_or_insert(section);
    }
}

/// How a phrase speaks for a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PassageCue {
    /// Leaves little doubt.
    Strong,
    /// Is a hint.
    Weak,
    /// Leaves little doubt at the beginning of a passage, and says nothing elsewhere.
    Opening,
}

/// What a phrase says of the passage it stands in: for each of [`Section::ALL`] four bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PassageWord(u32);

pub(super) const BITS: usize = 4;
/// The lowest bit of every section.
pub(super) const LOWEST: u32 = 0x1111_1111;

impl PassageWord {
    /// Adds that it speaks for `section`.
    pub(crate) fn add(&mut self, section: Section, cue: PassageCue) {
        if let Some(at) = Section::ALL.iter().position(|each| *each == section) {
            self.0 |= 1 << (at * BITS + cue as usize);
        }
    }

    /// Whether it speaks for any section.
    pub(super) fn says_anything(self) -> bool {
        self.0 != 0
    }

    /// The sections of [`Section::ALL`] that it speaks for so: the lowest of four bits for each.
    pub(super) fn speaks_for(self, cue: PassageCue) -> u32 {
        self.0 >> cue as usize & LOWEST
    }

    /// Whether it speaks for any section where a passage begins with it.
    pub(super) fn opens(self) -> bool {
        self.speaks_for(PassageCue::Opening) != 0
    }
}
