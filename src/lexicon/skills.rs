//! All skills of a lexicon.

use std::ops::Index;

use serde::{Deserialize, Serialize};

use super::skill::{Skill, SkillId};
use crate::compiled::OnDemand;

/// The skills of a lexicon, in the order of their files.
///
/// Those of the lexicon inside the program are read one by one, each when it is first asked for: a posting names
/// a few of thousands. Going over all of them reads all.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Skills(Vec<OnDemand<Skill>>);

impl Skills {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after another.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Skill> + ExactSizeIterator + Clone {
        self.0.iter().map(|skill| &**skill)
    }

    /// How many of them were read.
    #[cfg(test)]
    pub(crate) fn count_read(&self) -> usize {
        self.0.iter().filter(|skill| skill.is_read()).count()
    }

    pub(super) fn push(&mut self, skill: Skill) {
        self.0.push(skill.into());
    }

    pub(super) fn retain(&mut self, mut stays: impl FnMut(&Skill) -> bool) {
        self.0.retain(|skill| stays(skill));
    }
}

impl From<Vec<Skill>> for Skills {
    fn from(skills: Vec<Skill>) -> Self {
        Self(skills.into_iter().map(OnDemand::from).collect())
    }
}

impl Index<SkillId> for Skills {
    type Output = Skill;

    fn index(&self, id: SkillId) -> &Skill {
        &self.0[id.index()]
    }
}
