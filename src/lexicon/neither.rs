//! `[neither]`: how strongly each feature of the evidence says that a posting belongs to
//! neither role.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is looked at to tell whether a posting belongs to neither role. Evidence and numbers
/// of skills enter by `ln(1 + n)`: the first says most. Skills are those said of the job: one that
/// only a company blurb, benefits or legal text names is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeitherFeature {
    /// Always 1: what is thought before anything is read.
    Bias,
    /// Evidence for the left role.
    LeftEvidence,
    /// Evidence for the right role.
    RightEvidence,
    /// Evidence for both roles together.
    Evidence,
    /// How far the evidence is on one side, from 0 (as much on both) to nearly 1.
    OneSided,
    /// Distinct skills of the two roles.
    RoleSkills,
    /// 1 if the title has a skill of a role.
    TitleRole,
    /// Evidence of other professions.
    OtherEvidence,
    /// Distinct skills of other professions.
    OtherSkills,
    /// 1 if the title has a skill of another profession.
    TitleOther,
    /// Words of the body, by their ratio to a text of common length: `ln((n + 20) / 320)`.
    Words,
}

impl NeitherFeature {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 11] = [
        Self::Bias,
        Self::LeftEvidence,
        Self::RightEvidence,
        Self::Evidence,
        Self::OneSided,
        Self::RoleSkills,
        Self::TitleRole,
        Self::OtherEvidence,
        Self::OtherSkills,
        Self::TitleOther,
        Self::Words,
    ];

    /// The name in `lexicon.toml` and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bias => "bias",
            Self::LeftEvidence => "left_evidence",
            Self::RightEvidence => "right_evidence",
            Self::Evidence => "evidence",
            Self::OneSided => "one_sided",
            Self::RoleSkills => "role_skills",
            Self::TitleRole => "title_role",
            Self::OtherEvidence => "other_evidence",
            Self::OtherSkills => "other_skills",
            Self::TitleOther => "title_other",
            Self::Words => "words",
        }
    }

    /// Whether it measures what a posting says of other professions.
    #[must_use]
    pub fn is_of_other_professions(self) -> bool {
        matches!(self, Self::OtherEvidence | Self::OtherSkills | Self::TitleOther)
    }
}

/// A logistic model: the log-odds that a posting belongs to neither role are the sum of
/// coefficient times feature. Features without a coefficient do not count.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NeitherModel(BTreeMap<NeitherFeature, f64>);

impl NeitherModel {
    /// The model with these coefficients.
    pub(crate) fn new(coefficients: impl IntoIterator<Item = (NeitherFeature, f64)>) -> Self {
        Self(coefficients.into_iter().collect())
    }

    /// The model of a lexicon whose labelled postings do not say enough: both sides count alike,
    /// and what a posting is called counts much, for a title names a profession, whichever it is.
    /// Found by trying it on five pairs of roles and postings of a hundred other jobs.
    pub(crate) fn untested() -> Self {
        Self::new([
            (NeitherFeature::Bias, 1.3),
            (NeitherFeature::LeftEvidence, -0.7),
            (NeitherFeature::RightEvidence, -0.7),
            (NeitherFeature::Evidence, -1.25),
            (NeitherFeature::OneSided, -1.85),
            (NeitherFeature::RoleSkills, -0.8),
            (NeitherFeature::TitleRole, -2.5),
            (NeitherFeature::OtherEvidence, 1.35),
            (NeitherFeature::OtherSkills, 0.95),
            (NeitherFeature::TitleOther, 2.3),
            (NeitherFeature::Words, 0.3),
        ])
    }

    /// Log-odds for each unit of a feature.
    #[must_use]
    pub fn coefficient(&self, feature: NeitherFeature) -> f64 {
        self.0.get(&feature).copied().unwrap_or(0.0)
    }

    /// The features that have a coefficient, each with it.
    pub fn iter(&self) -> impl Iterator<Item = (NeitherFeature, f64)> {
        self.0.iter().map(|(feature, coefficient)| (*feature, *coefficient))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_go_by_their_names() {
        for feature in NeitherFeature::ALL {
            let model: NeitherModel = toml::from_str(&format!("{} = 1.5", feature.name())).expect("a feature");
            assert_eq!(model.iter().collect::<Vec<_>>(), [(feature, 1.5)]);
        }
    }
}
