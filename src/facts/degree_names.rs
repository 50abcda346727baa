//! The names of degrees in a passage, and how each is told from the other words it may be.

use std::sync::LazyLock;

use super::passages::Passage;
use super::pattern::Patterns;
use crate::text::Span;

/// How far an academic degree goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DegreeLevel {
    /// A training that ends in a trade, or a certificate of a technical school.
    Vocational,
    /// Two years of college.
    Associate,
    /// A first university degree; also a degree of which no level is said.
    Bachelor,
    /// A graduate degree.
    Master,
    /// A doctorate.
    Doctorate,
}

impl DegreeLevel {
    /// Every level, the lowest first.
    pub const ALL: [Self; 5] = [Self::Vocational, Self::Associate, Self::Bachelor, Self::Master, Self::Doctorate];

    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Vocational => "vocational",
            Self::Associate => "associate",
            Self::Bachelor => "bachelor",
            Self::Master => "master",
            Self::Doctorate => "doctorate",
        }
    }
}

/// The kinds of names, and how each is written; of two that begin together, the first counts.
const NAMES: [(Name, &str); 13] = {
    use DegreeLevel::{Associate, Bachelor, Doctorate, Master, Vocational};
    [
        (Name::Certain(Doctorate), r"(?i: ph\.?\s?d | doctorate | doctoral | d\.phil ) | DPhil"),
        (
            Name::Certain(Bachelor),
            r"(?i: bachelors? | bachelorabschluss | hochschulabschluss | hochschulstudium | bac\s?\+\s?3 | baccalaureate | b\.\s?sc | b\.?\s?tech | bsc | b\.s | b\.a ) | BS(?:CS|EE|IT|IS|ME|SE) | B\.\s?E | B\.?Eng | BCA | BBA",
        ),
        (
            Name::Certain(Master),
            r"(?i: masterabschluss | bac\s?\+\s?5 | m\.\s?sc | m\.?\s?tech | msc | m\.s | m\.a | mba ) | MS(?:CS|EE|IT|IS|ME|SE) | M\.E | M\.?Eng | MCA",
        ),
        (Name::Beside(Master), r"(?i: masters? )"),
        (Name::Beside(Associate), r"(?i: associates? )"),
        (Name::Beside(Bachelor), r"B[SAE]"),
        (Name::Beside(Master), r"M[SAE]"),
        (Name::Bare, r"(?i: degrees? )"),
        (Name::Certain(Associate), r"HN[CD] | (?i: higher\snational\s(?:diploma|certificate) | bac\s?\+\s?2 )"),
        (
            Name::Certain(Bachelor),
            r"(?i: abgeschlossene[ns]?\s(?:(?u:[^\x20\n,.;])+\s){0,2}studium | (?:informatik-?|(?u:universitäts))studium
                | studium\s(?:der|des|im|in)\b | (?:ein|oder)\sstudium
                | hbo[-/\s]{1,3}(?:wo\b|werk|denk|opleiding|diploma|niveau|level|degree|studie) | any\sgraduates?
                | 2:[12]\s(?:or\s(?:above|higher|better)|in) | (?:tertiary|university)[\s-](?:qualifications?|education|educated)
                | studienabschluss | (?u:universitätsabschluss) | fachhochschulabschluss )",
        ),
        (Name::Certain(Master), r"Diplom | (?i: dipl\.[\s-]?ing | diplom-informatiker )"),
        (
            Name::Certain(Vocational),
            r"(?i: (?:berufs)?ausbildung\s(?:als|zum|zur|im|in)\b | berufsausbildung
                | abgeschlossene\s(?:(?u:[^\x20\n,.;])+\s){0,2}(?:\w+-)?ausbildung | vergleichbare\sausbildung
                | mbo[-/\s]{1,3}(?:4|niveau|opleiding|diploma|werk|hbo) | (?:higher\s)?nitec | cert(?:ificate)?\s(?:iii|iv)
                | fachinformatiker(?:in)? | informatikkaufmann
                | vocational\s(?:training|qualifications?|education|degree|apprenticeship)
                | (?:completed|technical)\sapprenticeship ) | NVQ",
        ),
        (Name::Diploma, r"(?i: diplomas? )"),
    ]
};

static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(&NAMES.map(|(_, written)| format!(r"(?x) \b (?: {written} ) \b"))));

/// How a name of a degree is told from the other words it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// It is nothing else.
    Certain(DegreeLevel),
    /// `master`, `MS`: a degree beside others.
    Beside(DegreeLevel),
    /// `degree`: its level is said beside it, if at all.
    Bare,
    /// `diploma`: of a college where a field or a degree stands beside it.
    Diploma,
}

/// A name of a degree where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub name: Name,
    pub span: Span,
    pub sentence: Span,
}

/// The names of degrees in `passage`, from left to right.
pub(super) fn names(passage: &Passage<'_>) -> Vec<Named> {
    let found = PATTERNS.find_iter(passage.text()).map(|(kind, found)| {
        let span = Span::new(found.start(), found.end());
        Named { name: NAMES[kind].0, span, sentence: passage.sentence(span) }
    });
    found.collect()
}

/// Whether `other` shows that `named` is a degree. Two of `MA` and `ME` do not: they
/// are states as well.
pub(super) fn may_support(named: &Named, other: &Named, text: &str) -> bool {
    let state = |named: &Named| matches!(named.span.of(text), "MA" | "ME" | "MS");
    let associate = |named: &Named| named.name == Name::Beside(DegreeLevel::Associate);
    let bare = other.name == Name::Bare;
    let no_support = associate(other) || associate(named) && bare || state(named) && state(other);
    !no_support
}

/// The field that a degree's own name holds: `BSCS`.
pub(super) fn field_within(name: &str) -> Option<&'static str> {
    match name.strip_prefix("BS").or_else(|| name.strip_prefix("MS"))? {
        "CS" => Some("computer science"),
        "EE" => Some("electrical engineering"),
        "IT" => Some("information technology"),
        "IS" => Some("information systems"),
        "ME" => Some("mechanical engineering"),
        "SE" => Some("software engineering"),
        _ => None,
    }
}

/// Whether nothing but the marks of a list stands between two names of degrees.
pub(super) fn is_between_degrees(between: &str) -> bool {
    between.len() <= 24
        && between.split([' ', '\n', '/', ',', '.', '(', ')', '&', '-', '\'']).all(|word| {
            matches!(
                word,
                "" | "s"
                    | "a"
                    | "an"
                    | "or"
                    | "and"
                    | "of"
                    | "Science"
                    | "science"
                    | "level"
                    | "degree"
                    | "Degree"
                    | "and/or"
            )
        })
}
