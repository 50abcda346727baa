//! Whole numbers as people type them.

use std::ops::RangeInclusive;

/// The number that a text is, within bounds that a wrong one is told.
pub fn within<N: TryFrom<u64>>(text: &str, bounds: RangeInclusive<u64>) -> Result<N, String> {
    let number = text.trim().parse().ok().filter(|number| bounds.contains(number));
    number.and_then(|number| N::try_from(number).ok()).ok_or_else(|| {
        let (low, high) = (bounds.start(), bounds.end());
        if *high == u64::MAX {
            format!("expected a whole number from {low} up")
        } else {
            format!("expected a whole number from {low} to {high}")
        }
    })
}

/// The same without an upper bound.
pub fn from<N: TryFrom<u64>>(text: &str, least: u64) -> Result<N, String> {
    within(text, least..=u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_within_the_bounds_is_told_them() {
        let told = Err("expected a whole number from 1 to 256".to_owned());
        for text in ["", "abc", "0", "257", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(within::<u16>(text, 1..=256), told, "{text}");
        }
        assert_eq!(within::<u16>(" 7", 1..=256), Ok(7));
        assert_eq!(from::<u64>("x", 0), Err("expected a whole number from 0 up".to_owned()));
    }
}
