//! The figures that say how good verdicts are. Pure functions over judged postings.

use crate::leaning::Leaning;
use crate::lexicon::Side;

/// Bins of predicted probability in the reliability table and the calibration error.
const BINS: usize = 10;
/// Resamples behind an interval.
const RESAMPLES: usize = 2000;

/// A share with its 95 % bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Hits.
    pub hits: usize,
    /// Trials.
    pub of: usize,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

impl Share {
    /// Hits by trials; `None` without trials.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        ratio(self.hits, self.of)
    }

    /// Counts the hits and resamples them (percentile bootstrap, fixed seed).
    pub(crate) fn of(hits: &[bool]) -> Self {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let mut shares: Vec<f64> = (0..RESAMPLES)
            .map(|_| {
                let drawn = (0..hits.len()).filter(|_| hits[random.below(hits.len())]).count();
                ratio(drawn, hits.len()).unwrap_or(0.0)
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        let at = |share: usize| shares.get(RESAMPLES * share / 1000).copied().unwrap_or(0.0);
        Self { hits: hits.iter().filter(|hit| **hit).count(), of: hits.len(), low: at(25), high: at(975) }
    }
}

/// A small generator (xorshift), so that intervals are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

pub(super) fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The four verdicts in the order of tables: left, right, balanced, neither.
pub const LEANINGS: [Leaning; 4] =
    [Leaning::Role(Side::Left), Leaning::Role(Side::Right), Leaning::Balanced, Leaning::Neither];

fn place(leaning: Leaning) -> usize {
    LEANINGS.iter().position(|each| *each == leaning).unwrap_or(LEANINGS.len() - 1)
}

/// How often each label got each verdict: rows are labels, columns verdicts.
pub(crate) fn confusion(pairs: impl Iterator<Item = (Leaning, Leaning)>) -> [[usize; 4]; 4] {
    let mut table = [[0; 4]; 4];
    for (label, verdict) in pairs {
        table[place(label)][place(verdict)] += 1;
    }
    table
}

/// The mean of the four verdicts' F1, over those that occur among labels or verdicts.
pub(crate) fn macro_f1(table: &[[usize; 4]; 4]) -> f64 {
    let scores: Vec<f64> = (0..4)
        .filter_map(|at| {
            let (label, verdict): (usize, usize) = (table[at].iter().sum(), table.iter().map(|row| row[at]).sum());
            ratio(2 * table[at][at], label + verdict)
        })
        .collect();
    ratio(1, scores.len()).map_or(0.0, |share| share * scores.iter().sum::<f64>())
}

/// The area under the ROC curve of `scores` for telling `true` from `false`, ties
/// counted half; `None` when one of the two is missing.
pub(crate) fn auc(scored: &[(f64, bool)]) -> Option<f64> {
    let mut ranked: Vec<&(f64, bool)> = scored.iter().collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wins, mut negatives) = (0_usize, 0_usize);
    // Doubled, so that ties stay whole numbers.
    for tied in ranked.chunk_by(|a, b| a.0 == b.0) {
        let positive = tied.iter().filter(|(_, yes)| *yes).count();
        let negative = tied.len() - positive;
        wins += positive * (2 * negatives + negative);
        negatives += negative;
    }
    ratio(wins, 2 * negatives * (scored.len() - negatives))
}

/// One bin of a reliability table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityBin {
    /// Postings in it.
    pub postings: usize,
    /// Their mean predicted probability.
    pub predicted: f64,
    /// The share of them that was right.
    pub observed: f64,
}

/// How well predicted probabilities agree with what was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The bins that hold a posting, from the lowest probability up.
    pub bins: Vec<ReliabilityBin>,
    /// The mean gap between predicted and observed, weighted by postings (ECE).
    pub expected_error: f64,
    /// The mean squared gap of single postings (Brier score).
    pub brier: f64,
}

/// Compares probabilities with whether they were right.
pub(crate) fn calibration(predicted: &[(f64, bool)]) -> Calibration {
    let mut groups: [Vec<(f64, bool)>; BINS] = Default::default();
    for (probability, right) in predicted {
        groups[((probability * BINS as f64) as usize).min(BINS - 1)].push((*probability, *right));
    }
    let bins: Vec<ReliabilityBin> = groups
        .iter()
        .filter(|group| !group.is_empty())
        .map(|group| ReliabilityBin {
            postings: group.len(),
            predicted: group.iter().map(|(probability, _)| probability).sum::<f64>() / group.len() as f64,
            observed: group.iter().filter(|(_, right)| *right).count() as f64 / group.len() as f64,
        })
        .collect();
    let whole = predicted.len().max(1) as f64;
    let squared = |(probability, right): &(f64, bool)| (probability - f64::from(u8::from(*right))).powi(2);
    Calibration {
        expected_error: bins.iter().map(|bin| bin.postings as f64 / whole * (bin.predicted - bin.observed).abs()).sum(),
        brier: predicted.iter().map(squared).sum::<f64>() / whole,
        bins,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auc_counts_pairs_in_the_right_order() {
        type Case<'c> = (&'c [(f64, bool)], Option<f64>);
        let cases: [Case<'_>; 4] = [
            (&[(0.1, false), (0.9, true)], Some(1.0)),
            (&[(0.9, false), (0.1, true)], Some(0.0)),
            (&[(0.5, false), (0.5, true)], Some(0.5)),
            (&[(0.5, true)], None),
        ];
        for (scored, expected) in cases {
            assert_eq!(auc(scored), expected);
        }
    }

    #[test]
    fn an_interval_holds_its_share_and_repeats() {
        let hits: Vec<bool> = (0..100).map(|at| at % 4 != 0).collect();
        let share = Share::of(&hits);
        assert_eq!(share.value(), Some(0.75));
        assert!(share.low < 0.75 && share.high > 0.75 && share.high - share.low < 0.25, "{share:?}");
        assert_eq!(share, Share::of(&hits));
    }

    #[test]
    fn f1_is_taken_over_the_verdicts_that_occur() {
        assert!((macro_f1(&[[2, 0, 0, 0], [0, 2, 0, 0], [0; 4], [0; 4]]) - 1.0).abs() < 1e-12);
        assert!((macro_f1(&[[1, 1, 0, 0], [0, 2, 0, 0], [0; 4], [0; 4]]) - (2.0 / 3.0 + 0.8) / 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_error_is_zero_when_as_many_are_right_as_predicted() {
        let predicted: Vec<(f64, bool)> = (0..10).map(|at| (0.8, at < 8)).collect();
        let found = calibration(&predicted);
        assert!(found.expected_error < 1e-12);
        assert!((found.brier - 0.16).abs() < 1e-12);
        assert_eq!(found.bins.len(), 1);
    }
}
