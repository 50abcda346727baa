//! Numbers that may be money, with the signs, scales and codes around them, read by hand.
//!
//! Nearly all of what a passage of pay holds is passed over by its digits alone; the pattern that the tests hold
//! this against would try every letter as the beginning of a currency.

use super::currency::CURRENCIES;
use super::line::{Line, is_one_of, is_space, is_word};
use crate::text::Span;

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenAmount {
    /// The currency before it, with what stands between.
    pub before: Option<Span>,
    /// Its digits, with marks of thousands and decimals.
    pub number: Span,
    /// What it is multiplied with.
    pub scale: Option<Span>,
    /// Whether a `+` follows.
    pub open: bool,
    /// Where it ends with its scale and a `+`.
    pub end: usize,
    /// From there to the end of the currency behind it.
    pub after: Option<Span>,
}

/// Bytes of the longest currency.
const LONGEST: usize = 8;
/// Signs of currencies, the dollar aside.
const SIGNS: [&str; 12] = ["£", "€", "₹", "¥", "₪", "₱", "₦", "₴", "₺", "₩", "฿", "₫"];
/// What makes a dollar of one country of the sign behind it.
const DOLLARS: [&str; 20] = [
    "us", "ca", "c", "a", "au", "nz", "s", "sg", "hk", "r", "mx", "nt", "usd", "cad", "aud", "nzd", "sgd", "hkd",
    "mxn", "cdn",
];
/// Codes and names that count in any case.
const NAMES: [&str; 19] = [
    "usd", "eur", "gbp", "cad", "aud", "chf", "inr", "pln", "sek", "euro", "euros", "pounds", "dollars", "rupees",
    "ringgit", "rand", "naira", "rmb", "nis",
];
/// Short ones that stand alone, in this case.
const ALONE: [&str; 5] = ["R", "RM", "Ft", "ft", "HUF"];
/// Those that a number or a dot may touch, in this case or in any.
const TOUCHING: [(&str, bool); 8] = [
    ("R", true),
    ("RM", true),
    ("Rp", true),
    ("rs", false),
    ("kshs", false),
    ("ksh", false),
    ("sfr", false),
    ("Fr.", true),
];
/// Those that may stand in the middle of a word, their letters of ASCII in any case.
const INSIDE: [&str; 2] = ["zł", "kč"];
/// The first of them without its accent, which ends a word.
const PLAIN_ZLOTY: &str = "zl";
/// What may be of three countries.
const KRONER: &str = "kr";
/// What numbers are multiplied with, in any case.
const SCALES: [&str; 20] = [
    "k", "lpa", "lakh", "lakhs", "lac", "lacs", "mio", "m", "mm", "mn", "million", "b", "bn", "billion", "t", "tn",
    "trillion", "crore", "crores", "cr",
];
/// A lakh, which counts only so.
const LAKH: &[u8] = b"L";

impl WrittenAmount {
    /// The first one from byte `at` on.
    pub(super) fn next(text: &str, at: usize) -> Option<Self> {
        let line = Line(text.as_bytes());
        let start = at + line.0[at..].iter().position(u8::is_ascii_digit)?;
        let number = Span::new(start, line.number_end(start));
        let scale_start = line.behind_space(number.end);
        let scale = line.scale_end(scale_start).map(|end| Span::new(scale_start, end));
        let end = scale.map_or(number.end, |scale| scale.end);
        let open = line.is(end, b'+');
        let end = end + usize::from(open);
        Some(Self {
            before: line.sign_start(at, start).map(|from| Span::new(from, start)),
            number,
            scale,
            open,
            end,
            after: line.after_end(end).map(|to| Span::new(end, to)),
        })
    }

    /// Where it begins.
    pub(super) fn start(&self) -> usize {
        self.before.map_or(self.number.start, |before| before.start)
    }
}

impl<'t> Line<'t> {
    fn digits_end(&self, at: usize) -> usize {
        self.run_end(at, |byte| byte.is_ascii_digit())
    }

    /// The word from `at` on, none of whose letters stands before.
    fn word(&self, at: usize) -> &'t [u8] {
        if at > 0 && self.holds(at - 1, is_word) { &[] } else { &self.0[at..self.run_end(at, is_word)] }
    }

    fn starts_with(&self, at: usize, text: &str) -> bool {
        self.phrase_end(at, text).is_some()
    }

    fn number_end(&self, start: usize) -> usize {
        let digits = self.digits_end(start);
        let grouped = || self.marked_groups_end(digits).or_else(|| self.spaced_groups_end(digits));
        let end = Some(digits - start).filter(|len| *len <= 3).and_then(|_| grouped());
        end.unwrap_or_else(|| self.decimals_end(digits))
    }

    /// `,000`, `.00.000`, ` , 000`: the last group has three digits, those before it two or three.
    fn marked_groups_end(&self, digits: usize) -> Option<usize> {
        let (mut at, mut end) = (digits, None);
        loop {
            let mark = self.behind_space(at);
            if !self.holds(mark, |byte| matches!(byte, b',' | b'.' | b'\'')) {
                break;
            }
            let from = self.behind_space(mark + 1);
            at = self.digits_end(from);
            if at - from >= 3 {
                end = Some(from + 3);
            }
            if !(2..=3).contains(&(at - from)) {
                break;
            }
        }
        end.map(|end| self.decimals_end(end))
    }

    /// ` 000 000`.
    fn spaced_groups_end(&self, digits: usize) -> Option<usize> {
        let (mut at, mut end) = (digits, None);
        while self.holds(at, is_space) {
            let from = at + 1;
            at = self.run_end(from, is_word);
            if at - from != 3 || self.digits_end(from) != at {
                break;
            }
            end = Some(at);
        }
        end
    }

    /// Past `.5`, `,50`.
    fn decimals_end(&self, at: usize) -> usize {
        let has_mark = self.holds(at, |byte| matches!(byte, b',' | b'.'));
        let digits = if has_mark { self.digits_end(at + 1) - (at + 1) } else { 0 };
        if digits > 0 { at + 1 + digits.min(2) } else { at }
    }

    fn scale_end(&self, at: usize) -> Option<usize> {
        let word = &self.0[at..self.run_end(at, is_word)];
        (word == LAKH || is_one_of(word, &SCALES)).then_some(at + word.len())
    }

    /// Where the currency before the number at `digit` begins; it lies behind `from`.
    fn sign_start(&self, from: usize, digit: usize) -> Option<usize> {
        let is_gap = |byte: &&u8| is_space(**byte) || matches!(byte, b')' | b']' | b':' | b'$');
        let gap = self.0[from..digit].iter().rev().take_while(is_gap).count();
        let first = (digit - gap).saturating_sub(LONGEST).max(from);
        let goes_on = |end: usize| self.is_before_number(end, digit);
        (first..digit).find(|at| {
            let kroner = || !self.word(*at).is_empty() && self.starts_with(*at, KRONER) && goes_on(at + KRONER.len());
            self.currency_end(*at, goes_on).is_some() || kroner()
        })
    }

    /// Whether nothing but a bracket, a colon or a dollar stands between byte `at` and the number.
    fn is_before_number(&self, at: usize, digit: usize) -> bool {
        let bracket = self.spaces_end(at);
        let is_bracket = self.holds(bracket, |byte| matches!(byte, b')' | b']' | b':'));
        let dollar = self.spaces_end(bracket + usize::from(is_bracket));
        self.spaces_end(dollar + usize::from(self.is(dollar, b'$'))) == digit
    }

    /// Where the currency ends that follows byte `at`.
    fn after_end(&self, at: usize) -> Option<usize> {
        let mark = self.spaces_end(at);
        let from = self.spaces_end(mark + usize::from(self.holds(mark, |byte| matches!(byte, b'(' | b','))));
        let ends_word = |end: usize| !(self.holds(end - 1, is_word) && self.holds(end, is_word));
        self.currency_end(from, ends_word).or_else(|| self.whole_end(from, KRONER))
    }

    /// Where a currency ends that begins at byte `at`; of several the first that `goes_on`.
    fn currency_end(&self, at: usize, goes_on: impl Fn(usize) -> bool) -> Option<usize> {
        let word = self.word(at);
        // Inside a word, where nearly all places are, only these begin.
        if word.is_empty() && self.holds(at, |byte| byte.is_ascii() && !b"$kzKZ".contains(&byte)) {
            return None;
        }
        let whole = || (goes_on(at + word.len()) && is_currency(word)).then_some(at + word.len());
        let touching = TOUCHING.iter().filter(|_| !word.is_empty()).filter_map(|(short, exact)| {
            let is = self.starts_with(at, short) && (!exact || self.0[at..].starts_with(short.as_bytes()));
            is.then_some(at + short.len())
        });
        let touching = touching.flat_map(|end| [self.is(end, b'.').then_some(end + 1), Some(end)]);
        let signs = [self.dollar_end(at, word), self.sign_end(at, word)].into_iter().flatten();
        let mut ends = signs.chain(std::iter::once_with(whole).flatten()).chain(touching.flatten());
        ends.find(|end| goes_on(*end)).or_else(|| self.inside_end(at).filter(|end| goes_on(*end)))
    }

    /// `$`, `US$`, `AUD $`.
    fn dollar_end(&self, at: usize, word: &[u8]) -> Option<usize> {
        let sign = if is_one_of(word, &DOLLARS) { self.behind_space(at + word.len()) } else { at };
        self.is(sign, b'$').then_some(sign + 1)
    }

    /// `€`, `GBP £`.
    fn sign_end(&self, at: usize, word: &[u8]) -> Option<usize> {
        let behind = |sign: &str| Some(self.behind_space(at + word.len())).filter(|from| self.starts_with(*from, sign));
        match word {
            b"GBP" => behind("£").map(|from| from + "£".len()),
            b"INR" => behind("₹").map(|from| from + "₹".len()),
            _ if self.holds(at, |byte| byte.is_ascii()) => None,
            _ => SIGNS.iter().find(|sign| self.starts_with(at, sign)).map(|sign| at + sign.len()),
        }
    }

    fn inside_end(&self, at: usize) -> Option<usize> {
        let [zloty, koruna] = INSIDE.map(|name| self.starts_with(at, name).then_some(at + name.len()));
        zloty.or_else(|| self.whole_end(at, PLAIN_ZLOTY)).or(koruna)
    }
}

/// Whether a character is the sign of a currency.
pub(super) fn is_sign(c: char) -> bool {
    c == '$' || !c.is_ascii() && SIGNS.iter().any(|sign| sign.starts_with(c))
}

/// Whether a whole word names a currency.
fn is_currency(word: &[u8]) -> bool {
    let is_code = || CURRENCIES.iter().any(|currency| currency.code.as_bytes() == word);
    is_code() || is_one_of(word, &NAMES) || ALONE.iter().any(|alone| alone.as_bytes() == word)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::pattern::Pattern;
    use super::*;

    /// What is read by hand, as a pattern.
    static AMOUNT: LazyLock<Pattern> = LazyLock::new(|| {
        let codes = CURRENCIES.iter().map(|currency| currency.code).collect::<Vec<_>>().join("|");
        // Codes before signs, so that `AUD $` is one; signs with letters before bare ones. `kr` may be
        // of three countries, and gives no code.
        let short = r"R | RM | Rp | (?i: rs | kshs? | sfr )";
        let money = |short: &str| {
            format!(
                r"(?: (?: \b(?i:us|ca|c|a|au|nz|s|sg|hk|r|mx|nt|usd|cad|aud|nzd|sgd|hkd|mxn|cdn) \s? )? \$ | \bGBP\s?£ | \bINR\s?₹ | (?u:[£€₹¥₪₱₦₴₺₩฿₫]) | \b(?:{codes})\b
                  | \b(?i: usd | eur | gbp | cad | aud | chf | inr | pln | sek )\b | \b(?i: euros? | pounds | dollars | rupees | ringgit | rand | naira | rmb | nis )\b
                  | \b(?: R | RM | [Ff]t | HUF )\b | (?: {short} | \bFr\. ) \.? | (?i: zł | zl\b | kč ) )"
            )
        };
        // A number may touch a short one that is before it; behind it a word may only begin like one.
        let before = money(&format!(r"\b(?: {short} )"));
        let after = money(&format!(r"\b(?: {short} )\b"));
        let space = r"\s*";
        Pattern::new(&format!(
            r"(?x)
              (?<before> (?: {before} | \b(?i:kr) ) (?: {space} [)\]:] )? {space} (?: \$ )? {space} )?
              (?<number> \d{{1,3}} (?: \s?[,.']\s? \d{{2,3}} )* \s?[,.']\s? \d{{3}} (?: [.,]\d{{1,2}} )? | \d{{1,3}} (?: \s \d{{3}} )+ \b | \d+ (?: [.,]\d{{1,2}} )? )
              (?: \s? (?<scale> L\b | (?i: k | lpa | lakhs? | lacs? | lakh | mio | mm? | mn | million | bn? | billion | tn? | trillion | crores? | cr ) \b ) )?
              (?<open> \+ )?
              (?<after> {space} [(,]? {space} (?: {after} | (?i:kr\b) ) )?"
        ))
    });

    /// What the pattern finds from byte `at` on.
    fn expected(text: &str, at: usize) -> Option<WrittenAmount> {
        let found = AMOUNT.captures_at(text, at)?;
        let group = |name| found.name(name).map(|group| Span::new(group.start(), group.end()));
        let after = group("after");
        Some(WrittenAmount {
            before: group("before"),
            number: group("number")?,
            scale: group("scale"),
            open: group("open").is_some(),
            end: after.map_or(found.get(0)?.end(), |after| after.start),
            after,
        })
    }

    /// Pieces of which amounts are made, and what may stand between them.
    const PIECES: [&str; 88] = [
        "1", "12", "120", "1200", "00", "000", ",", ".", "'", " ", "\n", "\t", "$", "US$", "us", "CA", "c$", "a",
        "cdn", "AUD", "aud", "usd ", "£", "GBP", "gbp", "INR", "₹", "€", "¥", "₫", "PHP", "php", "TRY", "Try", "EUR",
        "euro", "Euros", "pounds", "dollars", "RINGGIT", "rand", "nis", "rmb", "R", "RM", "Rp", "rs", "Rs", "ksh",
        "KShs", "sfr", "Fr.", "fr", "Ft", "ft", "HUF", "zł", "Zł", "ZL", "zl", "kč", "Kč", "kr", "Kr", "k", "K", "L",
        "l", "LPA", "lakhs", "lacs", "mio", "M", "mm", "bn", "tn", "million", "crore", "cr", "+", "(", ")", "]", ":",
        "-", "_", "x", "é",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn amounts_are_those_that_the_pattern_finds(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14),
            from in 0..6_usize,
        ) {
            let text = pieces.concat();
            let mut at = crate::text::char_start(&text, from);
            loop {
                let found = WrittenAmount::next(&text, at);
                prop_assert_eq!(found, expected(&text, at), "{:?} from {}", text, at);
                let Some(found) = found else { break };
                at = found.number.end;
            }
        }
    }
}
