//! How likely it is that a posting belongs to neither role: a sum of terms, each shown.

use super::evidence::Evidence;
use crate::lexicon::{Lexicon, NeitherFeature, NeitherModel};
use crate::log_odds::LogOdds;

/// Words of a text of common length, at which their number says nothing.
const COMMON_WORDS: f64 = 320.0;
/// Words added to every text, so that the shortest do not count without measure.
const MORE_WORDS: f64 = 20.0;

/// One reason for or against neither role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NeitherTerm {
    /// What was looked at.
    pub feature: NeitherFeature,
    /// Its size in this posting, as it enters the sum.
    pub value: f64,
    /// Coefficient times value: log-odds added for neither role.
    pub amount: LogOdds,
}

/// The terms of a posting; their sum is the log-odds that it belongs to neither role.
#[must_use]
pub fn neither_terms(lexicon: &Lexicon, evidence: &Evidence) -> Vec<NeitherTerm> {
    terms(lexicon.neither(), evidence).collect()
}

/// The terms under a model.
pub(super) fn terms<'e>(model: &'e NeitherModel, evidence: &'e Evidence) -> impl Iterator<Item = NeitherTerm> + 'e {
    model.iter().map(|(feature, coefficient)| {
        let value = value(feature, evidence);
        NeitherTerm { feature, value, amount: LogOdds::rounded(coefficient * value) }
    })
}

/// The size of a feature. Evidence is that of the body: a title alone makes no posting.
pub(crate) fn value(feature: NeitherFeature, evidence: &Evidence) -> f64 {
    let Evidence { body, skills_of_job: skills, title, words, .. } = evidence;
    let (left, right) = (body.left.to_f64(), body.right.to_f64());
    let count = |skills: usize| (skills as f64).ln_1p();
    match feature {
        NeitherFeature::Bias => 1.0,
        NeitherFeature::LeftEvidence => left.ln_1p(),
        NeitherFeature::RightEvidence => right.ln_1p(),
        NeitherFeature::Evidence => (left + right).ln_1p(),
        NeitherFeature::OneSided => (left - right).abs() / (left + right + 1.0),
        NeitherFeature::RoleSkills => count(skills.left + skills.right),
        NeitherFeature::TitleRole => f64::from(u8::from(title.role)),
        NeitherFeature::OtherEvidence => body.other_profession.to_f64().ln_1p(),
        NeitherFeature::OtherSkills => count(skills.other_profession),
        NeitherFeature::TitleOther => f64::from(u8::from(title.other_profession)),
        NeitherFeature::Words => ((*words as f64 + MORE_WORDS) / COMMON_WORDS).ln(),
    }
}
