//! Which postings to label next: those of which the verdict is least sure and that say
//! something the ones before them do not.

use std::collections::{BTreeSet, HashSet};

use crate::leaning::{Leaning, Probabilities};
use crate::lexicon::{Side, SkillId};
use crate::run::{Classified, Rows, Sink, SinkError};

/// Postings kept to choose from, the least sure ones: memory stays bounded whatever is read.
const POOL: usize = 4000;
/// What skills that no posting chosen before has count, against the doubt of the verdict.
const NOVELTY: f64 = 0.5;

/// A posting that would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The verdict.
    pub leaning: Leaning,
    /// How probable each answer is.
    pub probabilities: Probabilities,
    /// Skills that no posting suggested before it has.
    pub new_skills: usize,
    skills: BTreeSet<SkillId>,
}

impl Suggestion {
    /// The entropy of the answers, from 0 (sure) to 1 (all three alike).
    fn doubt(&self) -> f64 {
        let Probabilities { left, right, neither } = self.probabilities;
        let part = |share: f64| if share > 0.0 { -share * share.ln() } else { 0.0 };
        (part(left) + part(right) + part(neither)) / 3.0_f64.ln()
    }

    /// The two most probable answers, the likelier first.
    #[must_use]
    pub fn between(&self) -> [Leaning; 2] {
        let Probabilities { left, right, neither } = self.probabilities;
        let mut answers =
            [(left, Leaning::Role(Side::Left)), (right, Leaning::Role(Side::Right)), (neither, Leaning::Neither)];
        answers.sort_by(|a, b| b.0.total_cmp(&a.0));
        [answers[0].1, answers[1].1]
    }
}

/// Collects the postings of a run that have no label yet.
#[derive(Debug, Default)]
pub struct Suggester {
    labelled: HashSet<String>,
    pool: Vec<Suggestion>,
}

impl Suggester {
    /// Passes over postings with these ids.
    #[must_use]
    pub fn new(labelled: impl IntoIterator<Item = String>) -> Self {
        Self { labelled: labelled.into_iter().collect(), pool: Vec::new() }
    }

    /// The `count` postings whose labels would help most, the most helpful first.
    #[must_use]
    pub fn suggestions(mut self, count: usize) -> Vec<Suggestion> {
        self.keep_least_sure();
        let mut seen: BTreeSet<SkillId> = BTreeSet::new();
        let mut chosen = Vec::new();
        while chosen.len() < count {
            let worth = |posting: &Suggestion| {
                let new = posting.skills.difference(&seen).count() as f64;
                posting.doubt() + NOVELTY * new / (posting.skills.len() as f64 + 1.0)
            };
            let best = (0..self.pool.len()).max_by(|a, b| {
                let (a, b) = (&self.pool[*a], &self.pool[*b]);
                worth(a).total_cmp(&worth(b)).then_with(|| b.id.cmp(&a.id))
            });
            let Some(best) = best else { break };
            let mut posting = self.pool.swap_remove(best);
            posting.new_skills = posting.skills.difference(&seen).count();
            seen.extend(&posting.skills);
            chosen.push(posting);
        }
        chosen
    }

    fn keep_least_sure(&mut self) {
        self.pool.sort_by(|a, b| b.doubt().total_cmp(&a.doubt()).then_with(|| a.id.cmp(&b.id)));
        self.pool.truncate(POOL);
    }
}

impl Sink for Suggester {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        let Classified { posting, analysis, .. } = result;
        if self.labelled.contains(&posting.id) {
            return Ok(());
        }
        self.pool.push(Suggestion {
            id: posting.id.clone(),
            title: posting.title.clone(),
            leaning: analysis.verdict.leaning,
            probabilities: analysis.verdict.probabilities,
            new_skills: 0,
            skills: analysis.evidence.matches.iter().map(|found| found.skill).collect(),
        });
        if self.pool.len() >= 2 * POOL {
            self.keep_least_sure();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(id: &str, left: f64, right: f64, skills: &[u32]) -> Suggestion {
        Suggestion {
            id: id.to_owned(),
            title: String::new(),
            leaning: Leaning::Neither,
            probabilities: Probabilities { left, right, neither: 1.0 - left - right },
            new_skills: 0,
            skills: skills.iter().map(|skill| SkillId(*skill)).collect(),
        }
    }

    #[test]
    fn the_least_sure_come_first_and_then_what_is_new() {
        let pool = vec![
            posting("sure", 0.98, 0.01, &[1, 2]),
            posting("torn", 0.4, 0.4, &[1, 2]),
            posting("torn too", 0.4, 0.4, &[1, 2]),
            posting("torn and new", 0.42, 0.38, &[3, 4]),
        ];
        let chosen = Suggester { pool, ..Suggester::default() }.suggestions(3);
        let ids: Vec<&str> = chosen.iter().map(|posting| posting.id.as_str()).collect();
        assert_eq!(ids, ["torn", "torn and new", "torn too"]);
        assert_eq!((chosen[0].new_skills, chosen[2].new_skills), (2, 0));
        assert_eq!(chosen[0].between(), [Leaning::Role(Side::Left), Leaning::Role(Side::Right)]);
    }
}
