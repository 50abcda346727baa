//! How much more a term is used here than there.
//!
//! Log-odds ratio with an informative Dirichlet prior, and its z-score (Monroe, Colaresi
//! and Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying
//! the Content of Political Conflict", 2008, equations 16 and 22). The prior of a term is
//! the mean of its share in the background list and in both descriptions together, and
//! weighs as much as the descriptions: a term used once says less than one used five times.

/// Occurrences of a term and of all words on the two sides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    /// Occurrences of the term on the left and on the right.
    pub term: [f64; 2],
    /// Words on the left and on the right.
    pub words: [f64; 2],
    /// The term's share in the background, in (0, 1).
    pub background: f64,
}

/// The z-score of the log-odds ratio, positive where the right side has more of it.
pub(crate) fn against_other_side(counts: Counts) -> f64 {
    let Counts { term: [left, right], words: [left_words, right_words], background } = counts;
    let weight = left_words + right_words;
    let pooled = (left + right) / weight.max(1.0);
    let prior = weight * (background + pooled) / 2.0;
    let odds = |here: f64, words: f64| ((here + prior) / (words + weight - here - prior)).ln();
    let variance = 1.0 / (left + prior) + 1.0 / (right + prior);
    (odds(right, right_words) - odds(left, left_words)) / variance.sqrt()
}

/// The z-score of the log-odds ratio of a term in `words` words, of which it is `here`,
/// against the background, in which it occurs `there` times.
pub(crate) fn against_background(here: f64, words: f64, there: f64, background: f64) -> f64 {
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let share = (here / words.max(here + 1.0)).max(f64::MIN_POSITIVE);
    (odds(share) - odds(background)) / (1.0 / here + 1.0 / there).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn z(left: f64, right: f64) -> f64 {
        against_other_side(Counts { term: [left, right], words: [600.0, 600.0], background: 1e-5 })
    }

    #[test]
    fn the_sign_is_the_side_and_more_is_surer() {
        assert!(z(0.0, 1.0) > 0.0 && z(1.0, 0.0) < 0.0);
        assert!((z(2.0, 2.0)).abs() < 1e-12, "{}", z(2.0, 2.0));
        assert!((z(3.0, 0.0) + z(0.0, 3.0)).abs() < 1e-12);
        let rising: Vec<f64> = (1..8).map(|count| z(0.0, f64::from(count))).collect();
        assert!(rising.windows(2).all(|pair| pair[0] < pair[1]), "{rising:?}");
    }

    #[test]
    fn what_is_common_everywhere_is_no_key_word() {
        let rare = against_background(2.0, 600.0, 30.0, 1e-5);
        let common = against_background(2.0, 600.0, 9_000.0, 3e-3);
        assert!(rare > 4.0 && common < 1.0, "{rare} {common}");
    }
}
