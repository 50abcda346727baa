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

const BITS: usize = 4;
/// The bit of [`PassageCue::Opening`] of every section.
const OPENINGS: u32 = 0x4444_4444;

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

    /// The places in [`Section::ALL`] of the sections that it speaks for.
    pub(super) fn speaks_for(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let at = (left != 0).then(|| left.trailing_zeros() as usize / BITS)?;
            left &= !(((1 << BITS) - 1) << (at * BITS));
            Some(at)
        })
    }

    /// Whether it speaks so for the section at a place of [`Section::ALL`].
    pub(super) fn has(self, at: usize, cue: PassageCue) -> bool {
        self.0 >> (at * BITS + cue as usize) & 1 == 1
    }

    /// Whether it speaks for any section where a passage begins with it.
    pub(super) fn opens(self) -> bool {
        self.0 & OPENINGS != 0
    }
}
