//! Numbers of years with the words around them, read by hand.
//!
//! Each part of such a phrase may be missing or be read in several ways. A part is therefore a function from where it
//! begins to all places where it may end, the likeliest first; each is gone on from in turn, and the first that leads
//! to the end counts. The tests hold this against a pattern.

use super::line::{Line, is_space, is_word};
use crate::text::Span;
use crate::text::bytes::{BLOCK, block, mask, ones};

/// A number or range of years as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenYears {
    pub span: Span,
    /// The number or, of a range, the first.
    pub least: Option<Span>,
    /// The unit behind the first number of a range.
    pub least_unit: Option<Span>,
    /// Whether the two are joined by `and`.
    pub is_joined_by_and: bool,
    pub most: Option<Span>,
    /// Whether more is said to be welcome before the unit: `or more`.
    pub open: bool,
    pub unit: Option<Span>,
    /// Whether a `+` follows.
    pub plus_behind: bool,
    /// The number behind a label: `Years of experience: 5`.
    pub label: Option<Span>,
    /// The second one behind it.
    pub label_most: Option<Span>,
}

/// Numbers in words, English, German and Dutch, by their first letter.
pub(super) const NUMBERS: [(&str, u32); 32] = [
    ("acht", 8),
    ("drei", 3),
    ("drie", 3),
    ("eighteen", 18),
    ("eight", 8),
    ("eleven", 11),
    ("ein", 1),
    ("four", 4),
    ("five", 5),
    ("fourteen", 14),
    ("fifteen", 15),
    ("fünf", 5),
    ("nine", 9),
    ("neun", 9),
    ("one", 1),
    ("sixteen", 16),
    ("six", 6),
    ("seven", 7),
    ("sechs", 6),
    ("sieben", 7),
    ("two", 2),
    ("three", 3),
    ("ten", 10),
    ("twelve", 12),
    ("thirteen", 13),
    ("twenty", 20),
    ("twee", 2),
    ("tien", 10),
    ("vier", 4),
    ("vijf", 5),
    ("zwei", 2),
    ("zehn", 10),
];

/// Units, in any case; a space in the phrases below stands for any single white space.
const UNITS: [&str; 22] = [
    "year", "years", "yearof", "yearsof", "yr", "yrs", "yoe", "jahr", "jahre", "jahrn", "jahren", "jaar", "jaren",
    "month", "months", "mth", "mths", "mos", "monat", "monate", "monatn", "monaten",
];
/// Those of a label.
const LABEL_UNITS: [&str; 4] = ["year", "years", "yr", "yrs"];
/// What says that more is welcome.
const MORE: [&str; 14] = [
    "or more",
    "or greater",
    "or above",
    "or higher",
    "and above",
    "and up",
    "and more",
    "and over",
    "oder mehr",
    "oder meer",
    "und mehr",
    "und meer",
    "of mehr",
    "of meer",
];
/// What joins the two ends of a range, `and` aside.
const JOINTS: [&str; 5] = ["to", "through", "or", "bis", "tot"];
/// The same of two that have units of their own.
const JOINTS_OF_UNITS: [&str; 1] = ["to"];
const AND: &str = "and";
/// What comes before a most, and may have another word before it.
const MOSTS: [&str; 8] =
    ["up to", "no more than", "not more than", "at most", "maximum of", "maximum", "max of", "max"];
const BEFORE_MOST: [&str; 4] = ["and", "but", "to", "or"];
/// A number that is none of [`NUMBERS`].
const COUPLES: [&str; 2] = ["a couple of", "couple of"];
/// How labels begin.
const LABELS: [&str; 2] = ["year", "exp"];
/// Letters of the longest word in a label, and bytes between a label and its number.
const LABEL_WORD: usize = 30;
const LABEL_GAP: usize = 12;

impl WrittenYears {
    /// Before anything is read.
    fn nothing_at(start: usize) -> Self {
        Self {
            span: Span::new(start, start),
            least: None,
            least_unit: None,
            is_joined_by_and: false,
            most: None,
            open: false,
            unit: None,
            plus_behind: false,
            label: None,
            label_most: None,
        }
    }

    /// The first one from byte `at` on.
    pub(super) fn next(text: &str, at: usize) -> Option<Self> {
        let line = Line(text.as_bytes());
        let mut starts = line.starts(at).filter(|at| line.may_begin(*at));
        starts.find_map(|at| line.counted(at).or_else(|| line.labelled(at)))
    }
}

impl Line<'_> {
    /// From byte `from` on the digits, and where words begin.
    fn starts(&self, from: usize) -> impl Iterator<Item = usize> {
        let mut after_word = from.checked_sub(1).is_some_and(|before| is_word(self.0[before]));
        (from..self.0.len()).step_by(BLOCK).flat_map(move |at| {
            let block = block(self.0, at);
            let word = mask(&block, is_word);
            let first = word & !(word << 1 | u64::from(after_word));
            after_word = word >> (BLOCK - 1) == 1;
            ones(first | mask(&block, |byte| byte.is_ascii_digit())).map(move |place| at + place)
        })
    }

    /// Whether years or their label may begin with the digit or the word at byte `at`.
    fn may_begin(&self, at: usize) -> bool {
        match &[at, at + 1, at + 2].map(|at| self.0.get(at).map_or(0, u8::to_ascii_lowercase)) {
            [b'0'..=b'9', ..] => true,
            [b'a', space, _] if is_space(*space) => true,
            [b'f', other, _] if !other.is_ascii() => true,
            b"ach" | b"cou" | b"dre" | b"dri" | b"eig" | b"ein" | b"ele" | b"exp" | b"fif" | b"fiv" | b"fou"
            | b"neu" | b"nin" | b"one" | b"sec" | b"sev" | b"sie" | b"six" | b"ten" | b"thi" | b"thr" | b"tie"
            | b"twe" | b"two" | b"vie" | b"vij" | b"yea" | b"zeh" | b"zwe" => true,
            _ => false,
        }
    }

    /// `5+ years`, `three (3) to five (5) years`.
    fn counted(&self, start: usize) -> Option<WrittenYears> {
        self.numbers(start).filter(|end| self.may_go_on(*end)).find_map(|number| {
            let years = WrittenYears { least: Some(Span::new(start, number)), ..WrittenYears::nothing_at(start) };
            let behind_more = |at| self.again(at).find_map(|at| self.ranged(&years, at));
            self.again(number).find_map(|at| either(self.more_end(at), at).find_map(behind_more))
        })
    }

    /// Whether anything that may stand behind a number of years begins like what stands at byte `at`. Most numbers
    /// are of other things.
    fn may_go_on(&self, at: usize) -> bool {
        let at = self.spaces_end(at);
        let at = self.spaces_end(self.behind(at, b",").unwrap_or(at));
        self.holds(at, |byte| b"(+-~abjmnoptuy".contains(&byte.to_ascii_lowercase()))
    }

    /// Past the same number once more in brackets, or past nothing: `three (3)`.
    fn again(&self, at: usize) -> impl Iterator<Item = usize> {
        either(self.bracket_end(at), at)
    }

    /// `(3)`, `(3 - 5+)`.
    fn bracket_end(&self, at: usize) -> Option<usize> {
        let open = self.spaces_end(at);
        if !self.is(open, b'(') {
            return None;
        }
        let with_plus = |at| either(self.behind(self.behind_space(at), b"+"), self.behind_space(at)).chain([at]);
        let range = move |at| {
            let mark = self.behind(self.behind_space(at), b"-~");
            let second = mark.into_iter().flat_map(|mark| self.numbers(self.behind_space(mark)));
            second.flat_map(with_plus).chain([at])
        };
        let first = self.numbers(self.behind_space(open + 1)).flat_map(with_plus).flat_map(range);
        first.filter_map(|at| self.behind(self.behind_space(at), b")")).next()
    }

    /// What stands behind the first number: the second one of a range, or nothing, and the end.
    fn ranged(&self, years: &WrittenYears, at: usize) -> Option<WrittenYears> {
        let from = self.spaces_end(at);
        let plain = || self.joint_ends(from, &JOINTS).find_map(|joint| self.behind_joint(years, joint));
        let and = || {
            let joint = self.whole_end(from, AND)?;
            self.behind_joint(&WrittenYears { is_joined_by_and: true, ..*years }, joint)
        };
        let most = || self.most_ends(from).find_map(|joint| self.behind_joint(years, joint));
        let of_units = || {
            let start = self.behind_space(at);
            let end = self.unit_end(start, &UNITS)?;
            let years = WrittenYears { least_unit: Some(Span::new(start, end)), ..*years };
            let from = self.spaces_end(self.behind(end, b"'").unwrap_or(end));
            let mut joints = self.joint_ends(from, &JOINTS_OF_UNITS).chain(self.most_ends(from));
            joints.find_map(|joint| self.behind_joint(&years, joint))
        };
        plain().or_else(and).or_else(most).or_else(of_units).or_else(|| self.ended(years, at))
    }

    /// The second number of a range behind byte `joint`, and the end.
    fn behind_joint(&self, years: &WrittenYears, joint: usize) -> Option<WrittenYears> {
        let start = self.spaces_end(joint);
        self.numbers(start).find_map(|end| {
            let years = WrittenYears { most: Some(Span::new(start, end)), ..*years };
            self.again(end).find_map(|at| self.ended(&years, at))
        })
    }

    /// What stands behind the last number: that more is welcome, or nothing, the unit, and a `+`.
    fn ended(&self, years: &WrittenYears, from: usize) -> Option<WrittenYears> {
        either(self.more_end(from), from).find_map(|more| {
            self.again(more).find_map(|at| {
                let (unit, end) = self.unit(at)?;
                let plus = self.behind(self.behind_space(end), b"+");
                let span = Span::new(years.span.start, plus.unwrap_or(end));
                Some(WrittenYears { span, open: more > from, unit, plus_behind: plus.is_some(), ..*years })
            })
        })
    }

    /// A mark or a word that joins the ends of a range.
    fn joint_ends(&self, at: usize, joints: &'static [&str]) -> impl Iterator<Item = usize> {
        let words = joints.iter().filter_map(move |joint| self.whole_end(at, joint));
        self.behind(at, b"-~").into_iter().chain(words)
    }

    /// `up to`, `, and not more than`.
    fn most_ends(&self, at: usize) -> impl Iterator<Item = usize> {
        let start = self.behind_space(self.behind(at, b",").unwrap_or(at));
        let before = BEFORE_MOST.iter().find_map(move |word| {
            let end = self.phrase_end(start, word)?;
            self.holds(end, is_space).then_some(end + 1)
        });
        either(before, start).flat_map(move |at| MOSTS.iter().filter_map(move |most| self.whole_end(at, most)))
    }

    /// The unit, but for a bare `y`, and where it ends.
    fn unit(&self, at: usize) -> Option<(Option<Span>, usize)> {
        let joint = self.spaces_end(at);
        let start = self.spaces_end(self.behind(joint, b"-").unwrap_or(joint));
        let unit = self.unit_end(start, &UNITS).map(|end| Span::new(start, end));
        let end = unit.map(|unit| unit.end).or_else(|| self.whole_end(at, "y"))?;
        Some((unit, end))
    }

    /// `Years of experience: 5`, `Experience (in years): 5-7`.
    fn labelled(&self, start: usize) -> Option<WrittenYears> {
        if !LABELS.iter().any(|label| self.phrase_end(start, label).is_some()) {
            return None;
        }
        let labels = self.years_label_ends(start).chain(self.experience_label_end(start));
        labels.filter_map(|from| self.behind_label(start, from)).next()
    }

    fn behind_label(&self, start: usize, from: usize) -> Option<WrittenYears> {
        let mut end = self.numbers(from).next()?;
        let label = Some(Span::new(from, end));
        let second = self.behind(self.behind_space(end), b"-~").map(|mark| self.behind_space(mark));
        let label_most = second.and_then(|from| self.numbers(from).next().map(|end| Span::new(from, end)));
        end = self.behind_space(label_most.map_or(end, |most| most.end));
        end = self.behind(end, b"+").unwrap_or(end);
        end = self.unit_end(self.behind_space(end), &LABEL_UNITS).unwrap_or(end);
        Some(WrittenYears { span: Span::new(start, end), label, label_most, ..WrittenYears::nothing_at(start) })
    }

    /// `Years of Java experience required: `.
    fn years_label_ends(&self, start: usize) -> impl Iterator<Item = usize> {
        let years = self.phrase_end(start, "years").or_else(|| self.phrase_end(start, "year"));
        let space = years.map(|end| self.behind(end, b"'").unwrap_or(end));
        let from = space.filter(|at| self.holds(*at, is_space)).map(|at| at + 1);
        let of = from.into_iter().flat_map(|at| either(self.phrase_end(at, "of "), at));
        let word = of.flat_map(|at| {
            let end = self.run_end(at, is_word);
            let is_one = (1..=LABEL_WORD).contains(&(end - at)) && self.holds(end, is_space);
            either(is_one.then_some(end + 1), at)
        });
        let experience = word.filter_map(|at| self.whole_end(at, "experience").or_else(|| self.whole_end(at, "exp")));
        let required = experience.flat_map(|at| either(self.phrase_end(at, " required"), at));
        required.filter_map(|at| {
            let end = self.run_end(at, |byte| is_space(byte) || matches!(byte, b':' | b'.' | b'-'));
            (1..=LABEL_GAP).contains(&(end - at)).then_some(end)
        })
    }

    /// `Exp (in years) : `.
    fn experience_label_end(&self, start: usize) -> Option<usize> {
        let mut at = self.phrase_end(start, "experience").or_else(|| self.phrase_end(start, "exp"))?;
        at = self.behind_space(at);
        at = self.behind_space(self.behind(at, b"(").unwrap_or(at));
        at = self.phrase_end(at, "in ").unwrap_or(at);
        at = self.behind_space(self.unit_end(at, &LABEL_UNITS)?);
        at = self.behind_space(self.behind(at, b")").unwrap_or(at));
        self.behind(at, b":-").map(|at| self.behind_space(at))
    }

    /// Where a number at byte `at` may end: `12.5`, `12`, `1`; or in words.
    fn numbers(&self, at: usize) -> impl Iterator<Item = usize> {
        let is_digit = |at: usize| self.holds(at, |byte| byte.is_ascii_digit());
        let digits = if is_digit(at) { 1 + usize::from(is_digit(at + 1)) } else { 0 };
        let numeral = (at + 1..=at + digits).rev().flat_map(move |end| {
            let half = (self.is(end, b'.') && is_digit(end + 1)).then_some(end + 2);
            either(half, end)
        });
        let first = self.0.get(at).map_or(0, u8::to_ascii_lowercase);
        let after =
            if digits > 0 { NUMBERS.len() } else { NUMBERS.partition_point(|(word, _)| word.as_bytes()[0] < first) };
        let words = NUMBERS[after..].iter().map(|(word, _)| word).take_while(move |word| word.as_bytes()[0] == first);
        numeral.chain(COUPLES.iter().chain(words).filter_map(move |word| self.phrase_end(at, word)))
    }

    /// Where words end that welcome more: `+`, ` or more`, `-plus`.
    fn more_end(&self, at: usize) -> Option<usize> {
        let at = self.spaces_end(at);
        let plus = || self.whole_end(self.behind_space(self.behind(at, b"-").unwrap_or(at)), "plus");
        let said = || MORE.iter().find_map(|more| self.whole_end(at, more));
        self.behind(at, b"+").or_else(|| self.phrase_end(at, "(+)")).or_else(plus).or_else(said)
    }

    /// Where the word at byte `at` ends, if it is one of these units.
    fn unit_end(&self, at: usize, units: &[&str]) -> Option<usize> {
        let word = &self.0[at..self.run_end(at, is_word)];
        units.iter().any(|unit| word.eq_ignore_ascii_case(unit.as_bytes())).then_some(at + word.len())
    }
}

/// What may be there, then what is without it.
fn either(with: Option<usize>, without: usize) -> impl Iterator<Item = usize> {
    with.into_iter().chain([without])
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::pattern::Pattern;
    use super::*;

    /// What is read by hand, as a pattern.
    static YEARS: LazyLock<Pattern> = LazyLock::new(|| {
        let words = NUMBERS.map(|(word, _)| format!("(?u:{word})")).join("|");
        let words = format!(r"(?:a\s)?couple\sof|{words}");
        let number = format!(r"(?:\d{{1,2}}(?:\.\d)?|{words})");
        let again = format!(r"(?:\s*\(\s?{number}\s?\+?(?:\s?[-~]\s?{number}\s?\+?)?\s?\))?");
        let open = r"(?:\+|\(\+\)|-?\s?plus\b|or\s(?:more|greater|above|higher)\b|and\s(?:above|up|more|over)\b|(?:oder|und|of)\s(?:mehr|meer)\b)";
        let unit = r"(?:years?(?:of)?|yrs?|yoe|jahre?n?|jaar|jaren|months?|mths?|mos|monate?n?)\b";
        let most_is =
            r",?\s?(?:(?:and|but|to|or)\s)?(?:up\sto|(?:no|not)\smore\sthan|at\smost|max(?:imum)?(?:\sof)?)\b";
        Pattern::new(&format!(
            r"(?xi)
              (?<least>\d{{1,2}}(?:\.\d)?|\b(?:{words})) {again} (?:\s*{open})? {again}
              (?: (?: \s* (?: [-~] | to\b | through\b | or\b | bis\b | tot\b | (?<and>and\b) | {most_is} )
                    | \s? (?<least_unit>{unit}) '? \s* (?: [-~] | to\b | {most_is} ) )
                  \s* (?<most>{number}) {again} )?
              (?<open>\s*{open})? {again}
              (?: \s*-?\s* (?<unit>{unit}) | y\b ) (?<after>\s?\+)?
            | \b(?: years?'?\s (?:of\s)? (?:\w{{1,30}}\s)? exp(?:erience)?\b (?:\srequired)? [\s:.-]{{1,12}}
                | exp(?:erience)? \s?\(?\s? (?:in\s)? (?:years?|yrs?)\b \s?\)? \s?[:-]\s? )
              (?<label>{number}) (?: \s?[-~]\s? (?<label_most>{number}) )? \s?\+? (?: \s?(?:years?|yrs?)\b )?",
        ))
    });

    /// What the pattern finds from byte `at` on.
    fn expected(text: &str, at: usize) -> Option<WrittenYears> {
        let found = YEARS.captures_at(text, at)?;
        let group = |name| found.name(name).map(|group| Span::new(group.start(), group.end()));
        Some(WrittenYears {
            span: Span::new(found.get(0)?.start(), found.get(0)?.end()),
            least: group("least"),
            least_unit: group("least_unit"),
            is_joined_by_and: group("and").is_some(),
            most: group("most"),
            open: group("open").is_some(),
            unit: group("unit"),
            plus_behind: group("after").is_some(),
            label: group("label"),
            label_most: group("label_most"),
        })
    }

    #[test]
    fn all_that_is_read_may_begin() {
        for word in NUMBERS.iter().map(|(word, _)| word).chain(&COUPLES).chain(&LABELS) {
            assert!(Line(word.as_bytes()).may_begin(0), "{word}");
        }
    }

    /// Pieces of which such phrases are made, and what may stand between them.
    const PIECES: [&str; 84] = [
        "1",
        "3",
        "5",
        "10",
        "25",
        "100",
        ".5",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "-",
        "~",
        "+",
        "(",
        ")",
        "(3)",
        "(5+)",
        "(+)",
        " (3 - 5+)",
        ",",
        ":",
        ".",
        "'",
        "_",
        "one",
        "two",
        "Three",
        "four",
        "fourteen",
        "six",
        "sixteen",
        "ten",
        "twenty",
        "eight",
        "fünf",
        "zwei",
        "acht",
        "a couple of",
        "couple of",
        "year",
        "years",
        "Years",
        "yearsof",
        "yrs",
        "yoe",
        "Jahre",
        "jaar",
        "months",
        "mos",
        "Monate",
        "y",
        "y+",
        "to",
        " to ",
        "or",
        "and",
        " and ",
        "bis",
        "tot",
        "through",
        "plus",
        "or more",
        "and above",
        "oder mehr",
        "up to",
        "no more than",
        "at most",
        "maximum of",
        "max",
        "but",
        "exp",
        "experience",
        " experience: ",
        "of ",
        "of",
        "Java",
        "required",
        "in ",
        "in years",
        "5 years",
        "3 to 5 years",
        "x",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn years_are_those_that_the_pattern_finds(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14),
            from in 0..6_usize,
        ) {
            let text = pieces.concat();
            let mut at = crate::text::char_start(&text, from);
            loop {
                let found = WrittenYears::next(&text, at);
                prop_assert_eq!(found, expected(&text, at), "{:?} from {}", text, at);
                let Some(found) = found else { break };
                at = found.span.end;
            }
        }
    }
}
