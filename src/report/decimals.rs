//! Numbers with a fixed number of decimals, as all tables have them.

/// A number with fixed decimals and no negative zero.
pub(crate) fn decimal(number: f64, decimals: usize) -> String {
    let mut printed = Vec::new();
    push_decimal(&mut printed, number, decimals);
    String::from_utf8_lossy(&printed).into_owned()
}

/// A number as it is once a table has printed it with these decimals and it is read again.
#[must_use]
pub fn to_decimals(number: f64, decimals: usize) -> f64 {
    match short_decimal(number, decimals) {
        // One division, rounded once, as reading the digits would be.
        Some((0, _)) => 0.0,
        Some((digits, power)) => (f64::from(digits) / f64::from(power)).copysign(number),
        None => decimal(number, decimals).parse().unwrap_or(number),
    }
}

/// Appends a number with fixed decimals and no negative zero.
pub(super) fn push_decimal(out: &mut Vec<u8>, number: f64, decimals: usize) {
    if push_short_decimal(out, number, decimals).is_some() {
        return;
    }
    let printed = format!("{number:.decimals$}");
    let negative_zero = printed.starts_with('-') && printed[1..].bytes().all(|byte| matches!(byte, b'0' | b'.'));
    out.extend_from_slice(&printed.as_bytes()[usize::from(negative_zero)..]);
}

/// The same by whole numbers, which is many times faster.
fn push_short_decimal(out: &mut Vec<u8>, number: f64, decimals: usize) -> Option<()> {
    let (digits, power) = short_decimal(number, decimals)?;
    push_digits(out, number < 0.0, digits, power);
    Some(())
}

/// Appends a number with as many decimals as it has, at least one, if whole numbers tell them exactly:
/// as JSON has numbers, but many times faster.
pub(super) fn push_exact(out: &mut Vec<u8>, number: f64) -> Option<()> {
    let (mut digits, mut power) = short_decimal(number, 4)?;
    if f64::from(digits) / f64::from(power) != number.abs() || digits == 0 && number.is_sign_negative() {
        return None;
    }
    while power > 10 && digits % 10 == 0 {
        (digits, power) = (digits / 10, power / 10);
    }
    push_digits(out, number < 0.0, digits, power);
    Some(())
}

fn push_digits(out: &mut Vec<u8>, is_negative: bool, digits: u32, power: u32) {
    if is_negative && digits > 0 {
        out.push(b'-');
    }
    out.extend_from_slice(itoa::Buffer::new().format(digits / power).as_bytes());
    if power == 1 {
        return;
    }
    // A leading one keeps the zeros behind the point, and gives its place to it.
    let behind = out.len();
    out.extend_from_slice(itoa::Buffer::new().format(power + digits % power).as_bytes());
    out[behind] = b'.';
}

/// The digits of a number with these decimals, and the power of ten that they are divided by: for
/// numbers of everyday size that are clearly nearer to one last digit than to the next.
fn short_decimal(number: f64, decimals: usize) -> Option<(u32, u32)> {
    let power = [1_u32, 10, 100, 1_000, 10_000].get(decimals)?;
    let scaled = number.abs() * f64::from(*power);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1e9")]
    let whole = (scaled < 1e9).then_some(scaled as u32)?;
    let rest = scaled - f64::from(whole);
    ((rest - 0.5).abs() > 1e-6).then_some((whole + u32::from(rest > 0.5), *power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_numbers_are_printed_as_in_json() {
        let steps = (-20_000..20_000).map(|step| f64::from(step) / 10_000.0);
        let others = [-0.0, 0.1 + 0.2, 1.0 / 3.0, 12_345.678_9, 99_999.5, 1e9, 1e300, 0.000_1, 0.000_05, 1e-300];
        let mut exact = 0;
        for number in steps.chain(others) {
            let mut printed = Vec::new();
            if push_exact(&mut printed, number).is_some() {
                exact += 1;
                assert_eq!(printed, serde_json::to_vec(&number).expect("a number"), "{number}");
            }
        }
        assert_eq!(exact, 40_003);
    }

    #[test]
    fn numbers_are_printed_as_the_library_does() {
        for step in -40_000..40_000 {
            let number = f64::from(step) * 0.000_731;
            for decimals in 0..5 {
                let expected = format!("{number:.decimals$}");
                let negative_zero = expected.starts_with('-') && !expected.contains(|c: char| ('1'..='9').contains(&c));
                let expected = &expected[usize::from(negative_zero)..];
                assert_eq!(decimal(number, decimals), expected, "{number}");
                assert_eq!(Ok(to_decimals(number, decimals)), expected.parse(), "{number}");
            }
        }
        for number in [0.5, 0.05, 0.125, -0.125, 1e12, f64::NAN, f64::INFINITY] {
            assert_eq!(decimal(number, 2), format!("{number:.2}"), "{number}");
        }
    }
}
