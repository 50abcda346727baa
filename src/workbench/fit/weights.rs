//! What skills weigh: the hand priors, scaled by category and side.

use std::collections::HashSet;

use super::example::Example;
use crate::lexicon::{Lexicon, SkillLeaning};

/// What a scale is thought to be before postings say otherwise: skills of one posting say the
/// same thing several times, so each counts a little less than by itself.
const MEAN: f64 = 0.8;
/// The least and the most that a prior is multiplied with: no skill falls silent, none shouts.
const BOUNDS: [f64; 2] = [0.2, 3.0];
/// Postings of the two roles, and sources, from which on a skill has a multiplier of its own.
const OWN_POSTINGS: usize = 30;
const OWN_SOURCES: usize = 5;
/// How far such a multiplier may move from the scale of its category, as a share of the spread.
const OWN_SPREAD: f64 = 0.5;
/// Largest change at which the fit has converged.
const CONVERGED: f64 = 1e-6;
/// Rounds over all multipliers at most; a few dozen are enough.
const MAX_ROUNDS: usize = 500;

/// The hand priors of a lexicon, and which skills are scaled together.
pub(super) struct Priors {
    /// Signed log-odds, one a skill.
    pub weights: Vec<f64>,
    /// The group of each skill of a side: twice its category, one more for the right side.
    groups: Vec<Option<usize>>,
    /// How many groups there are.
    count: usize,
}

/// Weights, and the scales they were made with.
pub(super) struct Weights {
    /// One a skill.
    pub weights: Vec<f64>,
    /// One a group: for each category that of the left side, then that of the right.
    pub scales: Vec<f64>,
}

/// A number that several priors are multiplied with.
struct Multiplier {
    value: f64,
    /// The group whose scale it is drawn to; none for the scale of a group itself.
    group: Option<usize>,
    /// For each posting that has its skills: the posting, and what one unit of it adds to the
    /// score in favour of the label.
    column: Vec<(usize, f64)>,
}

impl Priors {
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let skills = lexicon.skills();
        let group = |leaning: SkillLeaning, category: usize| Some(2 * category + leaning.side()?.index());
        Self {
            weights: skills
                .iter()
                .map(|skill| lexicon.scoring().prior(skill.leaning, skill.strength).to_f64())
                .collect(),
            groups: skills.iter().map(|skill| group(skill.leaning, skill.category)).collect(),
            count: 2 * lexicon.categories().len(),
        }
    }

    /// The most probable weights, given the postings of the two roles among `examples`.
    ///
    /// `spread` is the standard deviation of the scales around what they are thought to be:
    /// small keeps close to the hand priors, large follows the postings. `title` is what a
    /// mention in the title counts.
    pub(super) fn fit(&self, examples: &[&Example], spread: f64, title: f64) -> Weights {
        let rows: Vec<(&Example, f64)> =
            examples.iter().filter_map(|example| Some((*example, example.side()?.sign()))).collect();
        let owners = self.owners(&rows);
        let mut multipliers = self.multipliers(&rows, &owners, title);
        let mut margins = vec![0.0; rows.len()];
        for multiplier in &multipliers {
            for (row, amount) in &multiplier.column {
                margins[*row] += multiplier.value * amount;
            }
        }
        for _ in 0..MAX_ROUNDS {
            let largest = (0..multipliers.len())
                .map(|at| self.step(&mut multipliers, at, &mut margins, spread))
                .fold(0.0, f64::max);
            if largest < CONVERGED {
                break;
            }
        }
        self.multiplied(&owners, &multipliers)
    }

    /// The skills that many postings of several sources have.
    fn owners(&self, rows: &[(&Example, f64)]) -> Vec<usize> {
        let mut found: Vec<(usize, HashSet<&str>)> = vec![(0, HashSet::new()); self.weights.len()];
        for (example, _) in rows {
            for feature in &example.features {
                let (postings, sources) = &mut found[feature.skill.index()];
                *postings += 1;
                sources.insert(&example.source);
            }
        }
        let all: HashSet<&str> = rows.iter().map(|(example, _)| example.source.as_str()).collect();
        let sources = OWN_SOURCES.min(all.len());
        let owns = |skill: &usize| {
            self.groups[*skill].is_some() && found[*skill].0 >= OWN_POSTINGS && found[*skill].1.len() >= sources
        };
        (0..found.len()).filter(owns).collect()
    }

    /// The scales of the groups, then the multipliers of the `owners`.
    fn multipliers(&self, rows: &[(&Example, f64)], owners: &[usize], title: f64) -> Vec<Multiplier> {
        let mut places = self.groups.clone();
        for (at, skill) in owners.iter().enumerate() {
            places[*skill] = Some(self.count + at);
        }
        let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.count + owners.len()];
        for (row, (example, sign)) in rows.iter().enumerate() {
            for feature in &example.features {
                let Some(place) = places[feature.skill.index()] else { continue };
                let amount = sign * self.weights[feature.skill.index()] * feature.value(title);
                match columns[place].last_mut() {
                    Some((last, sum)) if *last == row => *sum += amount,
                    _ => columns[place].push((row, amount)),
                }
            }
        }
        let group = |at: usize| at.checked_sub(self.count).and_then(|owner| self.groups[owners[owner]]);
        let columns = columns.into_iter().enumerate();
        columns.map(|(at, column)| Multiplier { value: MEAN, group: group(at), column }).collect()
    }

    /// One step of Newton's method along one multiplier; the size of the change.
    fn step(&self, multipliers: &mut [Multiplier], at: usize, margins: &mut [f64], spread: f64) -> f64 {
        let (precision, own) = (spread.powi(-2), (OWN_SPREAD * spread).powi(-2));
        let Multiplier { value, group, column } = &multipliers[at];
        let (mut slope, mut curve) = match group {
            Some(group) => (own * (multipliers[*group].value - value), own),
            None => (precision * (MEAN - value), precision),
        };
        if group.is_none() {
            for owner in multipliers[self.count..].iter().filter(|owner| owner.group == Some(at)) {
                slope += own * (owner.value - value);
                curve += own;
            }
        }
        for (row, amount) in column {
            let wrong = 1.0 / (1.0 + margins[*row].exp());
            slope += amount * wrong;
            curve += amount * amount * wrong * (1.0 - wrong);
        }
        // A step of at most one keeps Newton's method from overshooting.
        let next = (value + (slope / curve).clamp(-1.0, 1.0)).clamp(BOUNDS[0], BOUNDS[1]);
        let change = next - value;
        for (row, amount) in column {
            margins[*row] += change * amount;
        }
        multipliers[at].value = next;
        change.abs()
    }

    /// The priors times their multipliers.
    fn multiplied(&self, owners: &[usize], multipliers: &[Multiplier]) -> Weights {
        let (scales, own) = multipliers.split_at(self.count);
        let scale = |(prior, group): (&f64, &Option<usize>)| group.map_or(*prior, |group| prior * scales[group].value);
        let mut weights: Vec<f64> = self.weights.iter().zip(&self.groups).map(scale).collect();
        for (skill, multiplier) in owners.iter().zip(own) {
            weights[*skill] = self.weights[*skill] * multiplier.value;
        }
        Weights { weights, scales: scales.iter().map(|scale| scale.value).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaning::{Evidence, Leaning};
    use crate::lexicon::{Side, SkillId, testing};
    use crate::workbench::fit::Feature;

    /// A posting of `side` from one of six sources, with these skills of the lexicon.
    fn example(lexicon: &Lexicon, at: usize, side: Side, skills: &str) -> Example {
        let feature = |id: &str| {
            let (skill, _): (SkillId, _) = lexicon.find(id).expect("a skill");
            Feature { skill, body: 1.0, title_share: 0.0 }
        };
        Example {
            id: at.to_string(),
            source: (at % 6).to_string(),
            label: Leaning::Role(side),
            features: skills.split(' ').map(feature).collect(),
            evidence: Evidence::default(),
        }
    }

    /// Everybody kneads and mashes; who knows hops is a brewer, and half of the bakers prove.
    fn sample(lexicon: &Lexicon, postings: usize) -> Vec<Example> {
        let skills = |at: usize| match at % 4 {
            0 => (Side::Left, "kneading mashing"),
            2 => (Side::Left, "kneading mashing proving"),
            _ => (Side::Right, "kneading mashing hops"),
        };
        (0..postings).map(|at| example(lexicon, at, skills(at).0, skills(at).1)).collect()
    }

    fn fitted(lexicon: &Lexicon, examples: &[Example], spread: f64) -> Weights {
        Priors::of(lexicon).fit(&examples.iter().collect::<Vec<_>>(), spread, 1.0)
    }

    #[test]
    fn weights_keep_their_sides_and_their_bounds() {
        let lexicon = testing::lexicon();
        let priors = Priors::of(&lexicon);
        for spread in [0.1, 0.5, 5.0] {
            for (weight, prior) in fitted(&lexicon, &sample(&lexicon, 60), spread).weights.iter().zip(&priors.weights) {
                let multiplier = if *prior == 0.0 { MEAN } else { weight / prior };
                let in_bounds = (BOUNDS[0]..=BOUNDS[1]).contains(&multiplier) || (multiplier - 1.0).abs() < 1e-12;
                assert!(in_bounds, "{multiplier}");
            }
        }
    }

    #[test]
    fn a_category_that_tells_the_roles_apart_gains() {
        let lexicon = testing::lexicon();
        let weight = |weights: &Weights, id: &str| weights.weights[lexicon.find(id).expect("a skill").0.index()];
        // So few that no skill has a multiplier of its own.
        let few = fitted(&lexicon, &sample(&lexicon, 24), 1.0);
        assert!((weight(&few, "mashing") / weight(&few, "hops") - 2.0).abs() < 1e-9, "one scale for both");
        // With more postings the skill that all of them have loses, the other gains.
        let many = fitted(&lexicon, &sample(&lexicon, 80), 1.0);
        assert!(weight(&many, "mashing") < 2.0 * weight(&many, "hops"));
    }

    #[test]
    fn a_small_spread_keeps_the_priors() {
        let lexicon = testing::lexicon();
        let weights = fitted(&lexicon, &sample(&lexicon, 60), 1e-3);
        assert!(weights.scales.iter().all(|scale| (scale - MEAN).abs() < 1e-2), "{:?}", weights.scales);
    }
}
