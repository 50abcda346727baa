//! Numbers as the page shows them.

/// A count with its thousands set apart: `12,345`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share as a percentage: whole from ten on, with a decimal below; `0 %` only for none.
pub fn percent(part: u64, whole: u64) -> String {
    let share = 100.0 * share(part, whole);
    match share {
        _ if part == 0 => "0 %".to_owned(),
        share if share < 0.1 => "< 0.1 %".to_owned(),
        share if share < 9.95 => format!("{share:.1} %"),
        share => format!("{share:.0} %"),
    }
}

/// A share from 0 to 1; 0 of nothing.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// A count to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts of postings, far below 2^52")]
pub fn number(count: u64) -> f64 {
    count as f64
}

/// A length in a drawing, to a tenth.
pub fn rounded(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_shares_as_people_write_them() {
        let counts = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")];
        for (count, shown) in counts {
            assert_eq!(grouped(count), shown);
        }
        let shares =
            [(0, 0, "0 %"), (0, 5, "0 %"), (1, 3, "33 %"), (1, 20, "5.0 %"), (1, 5_000, "< 0.1 %"), (5, 5, "100 %")];
        for (part, whole, shown) in shares {
            assert_eq!(percent(part, whole), shown, "{part} of {whole}");
        }
    }
}
