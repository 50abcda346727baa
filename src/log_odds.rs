//! Log-odds to four decimals: weights, contributions and scores.
//!
//! They are whole numbers of ten-thousandths, so that sums are exact: the printed contributions of
//! a posting add up to its printed score, to the last digit.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Log-odds in units of 0.0001; positive for the right side of a lexicon, negative for the left.
///
/// ```
/// use rolelean::LogOdds;
///
/// let weight = LogOdds::rounded(0.35);
/// // Twice and a half of it, rounded once.
/// let contribution = weight.scaled(2.5);
/// assert_eq!(contribution.to_string(), "0.8750");
/// let score: LogOdds = [contribution, -weight].into_iter().sum();
/// assert_eq!(score.to_string(), "0.5250");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogOdds(i64);

/// Units in one.
const UNITS: u16 = 10_000;

impl LogOdds {
    /// No evidence.
    pub const ZERO: Self = Self(0);

    /// The decimals that are kept and printed.
    pub const DECIMALS: usize = 4;

    /// The nearest value; infinities become the largest, and what is not a number becomes zero.
    #[must_use]
    pub fn rounded(value: f64) -> Self {
        Self((value * f64::from(UNITS)).round() as i64)
    }

    /// This times `factor`, rounded once.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self::rounded(self.to_f64() * factor)
    }

    /// The number nearest to it.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / f64::from(UNITS)
    }

    /// Its size, whatever its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Appends it with all its decimals, as [`Display`](fmt::Display) prints it, but many times
    /// faster: tables hold millions.
    pub fn push(self, out: &mut Vec<u8>) {
        let units = u64::from(UNITS);
        let size = self.0.unsigned_abs();
        if self.0 < 0 {
            out.push(b'-');
        }
        let (whole, part) = (size / units, size % units);
        match u8::try_from(whole) {
            Ok(digit @ 0..=9) => out.push(b'0' + digit),
            _ => out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes()),
        }
        // Below ten.
        let digit = |power: u64| b'0' + u8::try_from(part / power % 10).unwrap_or(0);
        out.extend_from_slice(&[b'.', digit(1_000), digit(100), digit(10), digit(1)]);
    }
}

impl From<LogOdds> for f64 {
    fn from(value: LogOdds) -> Self {
        value.to_f64()
    }
}

impl Add for LogOdds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for LogOdds {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for LogOdds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for LogOdds {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for LogOdds {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, Self::add)
    }
}

impl fmt::Display for LogOdds {
    /// With four decimals, or as many as the format asks for; never a negative zero.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if out.precision().is_some_and(|decimals| decimals != Self::DECIMALS) {
            return fmt::Display::fmt(&self.to_f64(), out);
        }
        let (size, units) = (self.0.unsigned_abs(), u64::from(UNITS));
        out.pad_integral(self.0 >= 0, "", &format!("{}.{:04}", size / units, size % units))
    }
}

/// A plain number where people may read it, a whole number of units in compiled data.
impl Serialize for LogOdds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_f64(self.to_f64())
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for LogOdds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            f64::deserialize(deserializer).map(Self::rounded)
        } else {
            i64::deserialize(deserializer).map(Self)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pushed(value: LogOdds) -> String {
        let mut out = Vec::new();
        value.push(&mut out);
        String::from_utf8(out).expect("digits")
    }

    #[test]
    fn it_is_printed_with_four_decimals_and_no_negative_zero() {
        let cases = [
            (0.0, "0.0000"),
            (-0.000_04, "0.0000"),
            (-0.000_06, "-0.0001"),
            (1.5, "1.5000"),
            (-12.345_67, "-12.3457"),
            (100.0, "100.0000"),
        ];
        for (value, printed) in cases {
            let value = LogOdds::rounded(value);
            assert_eq!((value.to_string().as_str(), pushed(value).as_str()), (printed, printed));
        }
        let value = LogOdds::rounded(-1.234_5);
        assert_eq!(format!("{value:+.2} {value:>+9} {:>+8.4}", -value), "-1.23   -1.2345  +1.2345");
    }

    proptest! {
        #[test]
        fn it_is_printed_as_numbers_are_and_read_back(units in -1_000_000_000_i64..1_000_000_000) {
            let value = LogOdds(units);
            let printed = pushed(value);
            prop_assert_eq!(&printed, &format!("{:.4}", value.to_f64()));
            prop_assert_eq!(&printed, &value.to_string());
            prop_assert_eq!(LogOdds::rounded(printed.parse().expect("a number")), value);
            let json = serde_json::to_string(&value).expect("a number");
            prop_assert_eq!(serde_json::from_str::<LogOdds>(&json).expect("a number"), value);
            let compiled = postcard::to_stdvec(&value).expect("plain data");
            prop_assert_eq!(postcard::from_bytes::<LogOdds>(&compiled).expect("plain data"), value);
        }
    }
}
