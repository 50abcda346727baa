//! Shares of counts, and what can be said of the difference of two: textbook statistics, each by its name.

use serde::Serialize;

/// The 97.5 % quantile of the normal distribution: both ends of an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// The least number of postings that chance alone would have put into each cell of a two-by-two table; with fewer the test
/// is not exact enough to be printed.
const LEAST_EXPECTED: f64 = 1.0;

/// A count out of a total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Proportion {
    /// Those that have it.
    pub count: u64,
    /// All of them; never fewer.
    pub of: u64,
}

impl Proportion {
    /// From 0 to 1; none of nothing.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| number(self.count) / number(self.of))
    }

    /// Wilson's score interval at 95 %: the shares of a whole from which such a sample is likely (E. B. Wilson,
    /// "Probable inference, the law of succession, and statistical inference", JASA 22, 1927).
    #[must_use]
    pub fn interval(self) -> Option<[f64; 2]> {
        let share = self.share()?;
        let (of, square) = (number(self.of), Z * Z);
        let centre = share + square / (2.0 * of);
        let half = Z * (share * (1.0 - share) / of + square / (4.0 * of * of)).sqrt();
        let scale = 1.0 + square / of;
        Some([((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0)])
    }
}

/// How a share moved from one sample to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// The new share less the old one.
    pub difference: f64,
    /// Newcombe's hybrid score interval of the difference at 95 % (R. G. Newcombe, "Interval estimation for the difference
    /// between independent proportions", method 10, Statistics in Medicine 17, 1998).
    pub interval: [f64; 2],
    /// How probable so large a difference is by chance alone: the two-sided "N - 1" chi-squared test (I. Campbell,
    /// "Chi-squared and Fisher-Irwin tests of two-by-two tables", Statistics in Medicine 26, 2007). None where so few have
    /// it, or lack it, that the test does not hold.
    pub chance: Option<f64>,
}

impl Shift {
    /// Between two independent samples; none where one is empty.
    #[must_use]
    pub fn between(old: Proportion, new: Proportion) -> Option<Self> {
        let (was, is) = (old.share()?, new.share()?);
        let ([old_low, old_high], [new_low, new_high]) = (old.interval()?, new.interval()?);
        let difference = is - was;
        let down = (is - new_low).hypot(old_high - was);
        let up = (new_high - is).hypot(was - old_low);
        Some(Self { difference, interval: [difference - down, difference + up], chance: chance(old, new) })
    }
}

fn chance(old: Proportion, new: Proportion) -> Option<f64> {
    let (a, b) = (number(old.count), number(old.of - old.count));
    let (c, d) = (number(new.count), number(new.of - new.count));
    let (having, lacking, all) = (a + c, b + d, a + b + c + d);
    let least = having.min(lacking) * (a + b).min(c + d) / all;
    if least < LEAST_EXPECTED {
        return None;
    }
    let squared = (a * d - b * c).powi(2) * (all - 1.0) / (having * lacking * (a + b) * (c + d));
    // The upper tail of chi-squared with one degree of freedom.
    Some(libm::erfc((squared / 2.0).sqrt()))
}

/// Which of many chances are findings, if a share `rate` of all that are called so may be false (Y. Benjamini and
/// Y. Hochberg, "Controlling the false discovery rate", JRSS B 57, 1995).
#[must_use]
pub(super) fn findings(chances: &[f64], rate: f64) -> Vec<bool> {
    let mut sorted = chances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let step = rate / number(sorted.len() as u64);
    // The largest that is below its rung of the ladder; with it, all that are smaller.
    let bound = sorted.iter().zip(1..).filter(|(chance, rank)| **chance <= step * number(*rank)).last();
    chances.iter().map(|chance| bound.is_some_and(|(bound, _)| chance <= bound)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of postings, far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shift(old: (u64, u64), new: (u64, u64)) -> Shift {
        let part = |(count, of)| Proportion { count, of };
        Shift::between(part(old), part(new)).expect("no empty sample")
    }

    #[test]
    fn intervals_are_those_that_newcombe_prints() {
        // Table II of the paper, method 10; there the first sample is the one the other is taken from.
        let cases = [
            ((48, 80), (56, 70), [0.0524, 0.3339]),
            ((3, 10), (9, 10), [0.1705, 0.8090]),
            ((0, 29), (5, 56), [-0.0381, 0.1926]),
            ((0, 20), (0, 10), [-0.1611, 0.2775]),
            ((0, 10), (10, 10), [0.6075, 1.0]),
        ];
        for (old, new, expected) in cases {
            let found = shift(old, new).interval;
            let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 6e-5);
            assert!(near, "{old:?} and {new:?}: {found:?}, expected {expected:?}");
        }
    }

    #[test]
    fn the_chance_is_that_of_the_test() {
        // 149 * (48 * 14 - 32 * 56)^2 / (104 * 46 * 80 * 70) = 6.9766.
        let chance = shift((48, 80), (56, 70)).chance.expect("enough of both");
        assert!((chance - 0.008_26).abs() < 1e-4, "{chance}");
        assert_eq!(shift((40, 80), (35, 70)).chance, Some(1.0));
        // Chance would put less than one posting into a cell.
        assert_eq!(shift((0, 80), (1, 70)).chance, None);
        assert_eq!(Shift::between(Proportion::default(), Proportion { count: 1, of: 2 }), None);
    }

    #[test]
    fn findings_are_those_of_benjamini_and_hochberg() {
        // The fifteen chances of their example, four of which are findings.
        let chances = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        let found = findings(&chances, 0.05);
        assert_eq!(found.iter().filter(|found| **found).count(), 4);
        assert!(found[..4].iter().all(|found| *found));
        assert_eq!(findings(&[], 0.05), Vec::<bool>::new());
    }

    proptest! {
        #[test]
        fn a_shift_backwards_is_the_same_with_its_sign_turned(a in 0_u64..50, b in 1_u64..50, c in 0_u64..50, d in 1_u64..50) {
            let (old, new) = ((a, a + b), (c, c + d));
            let (there, back) = (shift(old, new), shift(new, old));
            prop_assert!((there.difference + back.difference).abs() < 1e-12);
            prop_assert!((there.interval[0] + back.interval[1]).abs() < 1e-12);
            let [low, high] = there.interval;
            prop_assert!((-1.0..=there.difference).contains(&low) && (there.difference..=1.0).contains(&high));
            let same = match (there.chance, back.chance) {
                (Some(there), Some(back)) => (there - back).abs() < 1e-12,
                (there, back) => there == back,
            };
            prop_assert!(same);
        }
    }
}
