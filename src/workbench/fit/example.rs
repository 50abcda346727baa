//! A labelled posting, as the model sees it.

use crate::leaning::{Evidence, EvidenceParts, Leaning, SkillMatch, TitleFactor, body_value};
use crate::lexicon::{Lexicon, Side, SkillId, SkillLeaning};
use crate::log_odds::LogOdds;
use crate::workbench::evaluate::Judged;

/// A labelled posting: what its skills count, and its label.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its id, by which folds are drawn.
    pub id: String,
    /// Where it comes from; empty where that is not known.
    pub source: String,
    /// Its label; only postings of the two roles say what skills weigh.
    pub label: Leaning,
    /// The skills that are not negated and speak for a side or for another profession.
    pub features: Vec<Feature>,
    /// Its evidence under the weights in use; matches and mentions are left out.
    pub evidence: Evidence,
}

/// A skill of a posting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// The skill.
    pub skill: SkillId,
    /// What its mentions in the body count.
    pub body: f64,
    /// Its share of the title.
    pub title_share: f64,
}

impl Feature {
    /// Its feature value where a mention in the title counts `title`, whatever its weight.
    pub(super) fn value(&self, title: f64) -> f64 {
        self.body + title * self.title_share
    }
}

impl Example {
    /// What a fit needs of labelled postings that were classified with `lexicon`.
    #[must_use]
    pub fn of(lexicon: &Lexicon, judged: &[Judged]) -> Vec<Self> {
        let example = |posting: &Judged| {
            let evidence = &posting.result.analysis.evidence;
            let counts =
                |found: &&SkillMatch| !found.negated && lexicon.skill(found.skill).leaning != SkillLeaning::Shared;
            let feature = |found: &SkillMatch| Feature {
                skill: found.skill,
                body: body_value(lexicon, found, evidence.mentions_of(found)),
                title_share: found.title_share,
            };
            Self {
                id: posting.id.clone(),
                source: posting.source.clone(),
                label: posting.label,
                features: evidence.matches.iter().filter(counts).map(feature).collect(),
                evidence: Evidence { matches: Vec::new(), mentions: Vec::new(), ..evidence.clone() },
            }
        };
        judged.iter().map(example).collect()
    }

    /// The role of its label, where it has one.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.label.side()
    }

    /// Its evidence under other weights, one a skill of the lexicon.
    pub(super) fn evidence_under(&self, lexicon: &Lexicon, weights: &[f64], title: TitleFactor) -> Evidence {
        let mut whole = EvidenceParts::default();
        let mut body = EvidenceParts::default();
        for feature in &self.features {
            let (weight, leaning) = (weights[feature.skill.index()], lexicon.skill(feature.skill).leaning);
            let in_title = title.value(feature.title_share, weight);
            whole.add(leaning, LogOdds::rounded(weight * (feature.body + in_title)));
            body.add(leaning, LogOdds::rounded(weight * feature.body));
        }
        let EvidenceParts { left, right, other_profession } = whole;
        Evidence { left, right, other_profession, score: right - left, body, ..self.evidence.clone() }
    }
}
