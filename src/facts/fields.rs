//! Fields of study, and their names in a list of them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::phrases::is_whole;
use crate::text::Span;

/// Fields and their spellings. A spelling in capitals counts only in capitals.
const FIELDS: &[(&str, &str)] = &[
    (
        "computer science",
        "computer science, computer sciences, computing science, computational science, computerscience, \
         computer-science, comp sci, compsci, computing, informatics, computer and information science, computer \
         and information sciences, computer & information science, CS, CSE, EECS",
    ),
    ("computer engineering", "computer engineering, CE"),
    ("software engineering", "software engineering, software development"),
    ("electrical engineering", "electrical engineering, EE, ECE"),
    ("electronics engineering", "electronics engineering, electronic engineering, electronics, microelectronics"),
    ("systems engineering", "systems engineering, system engineering"),
    ("mechanical engineering", "mechanical engineering"),
    ("aerospace engineering", "aerospace engineering, aeronautical engineering, aeronautics"),
    ("industrial engineering", "industrial engineering"),
    ("civil engineering", "civil engineering"),
    ("chemical engineering", "chemical engineering"),
    ("biomedical engineering", "biomedical engineering"),
    ("network engineering", "network engineering, networking, computer networks"),
    ("telecommunications", "telecommunications, telecommunication, telecommunications engineering, telecom"),
    ("mechatronics", "mechatronics"),
    ("robotics", "robotics"),
    ("engineering", "engineering"),
    ("information systems", "information systems, information system, computer information systems, CIS"),
    ("management information systems", "management information systems, business information systems, MIS"),
    ("information technology", "information technology, information technologies, IT"),
    ("information science", "information science, information sciences"),
    ("cybersecurity", "cybersecurity, cyber security, cyber-security, information security, computer security"),
    ("data science", "data science, data sciences"),
    ("data analytics", "data analytics, data analysis, business analytics, analytics"),
    ("artificial intelligence", "artificial intelligence, AI"),
    ("machine learning", "machine learning"),
    ("mathematics", "mathematics, mathematic, mathematical sciences, applied mathematics, maths, math"),
    ("statistics", "statistics, statistic, biostatistics"),
    ("operations research", "operations research, operational research"),
    ("physics", "physics, applied physics"),
    ("chemistry", "chemistry"),
    ("biology", "biology, biological sciences, life sciences, molecular biology, computational biology"),
    ("bioinformatics", "bioinformatics"),
    ("natural sciences", "natural sciences, natural science, physical sciences, physical science"),
    ("science", "science, sciences, applied science, applied sciences"),
    ("STEM", "STEM"),
    ("economics", "economics, econometrics"),
    ("finance", "finance"),
    ("accounting", "accounting, accountancy"),
    ("business", "business administration, business management, business, commerce"),
    ("marketing", "marketing"),
    ("communications", "communications, communication, journalism, public relations"),
    ("human resources", "human resources, human resource management"),
    ("supply chain", "supply chain, supply chain management, logistics"),
    ("design", "design, graphic design, interaction design, industrial design"),
    ("human-computer interaction", "human-computer interaction, human computer interaction, HCI"),
    ("psychology", "psychology"),
    ("social work", "social work"),
    ("nursing", "nursing"),
    ("public health", "public health, healthcare administration, health administration"),
    ("public administration", "public administration, public policy"),
    ("geography", "geography, geographic information systems, geographic information science, GIS"),
    ("law", "law, legal studies"),
];

/// Words that name a field only with the `engineering` of a later one:
/// `electrical, mechanical or software engineering`.
const ENGINEERING: &str = " engineering";

static FINDER: LazyLock<Finder> = LazyLock::new(Finder::new);

struct Finder {
    automaton: AhoCorasick,
    forms: Vec<Form>,
}

/// A spelling of a field.
struct Form {
    /// The place of the field in [`FIELDS`].
    field: usize,
    text: &'static str,
    shares_engineering: bool,
}

impl Finder {
    fn new() -> Self {
        let mut forms = Vec::new();
        for (field, (_, spellings)) in FIELDS.iter().enumerate() {
            for text in spellings.split(", ") {
                forms.push(Form { field, text, shares_engineering: false });
                if let Some(stem) = text.strip_suffix(ENGINEERING) {
                    forms.push(Form { field, text: stem, shares_engineering: true });
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(forms.iter().map(|form| form.text))
            .unwrap_or_else(|error| unreachable!("two hundred short forms fit an automaton: {error}"));
        Self { automaton, forms }
    }
}

/// A field of study named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The name that reports use.
    pub name: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// The fields named in `text`, from left to right.
pub(super) fn fields(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut waiting: Vec<Found> = Vec::new();
    for hit in FINDER.automaton.find_iter(text) {
        let span = Span::new(hit.start(), hit.end());
        let form = &FINDER.forms[hit.pattern().as_usize()];
        if !is_whole(text, span) || !has_case(span.of(text), form.text) {
            continue;
        }
        let field = Found { name: FIELDS[form.field].0, span };
        waiting.retain(|stem| is_list(&text[stem.span.end..span.start]));
        if form.shares_engineering {
            waiting.push(field);
            continue;
        }
        if span.of(text).to_ascii_lowercase().ends_with("engineering") {
            found.append(&mut waiting);
        }
        found.push(field);
    }
    found
}

fn has_case(found: &str, form: &str) -> bool {
    found == form || form.chars().any(char::is_lowercase)
}

/// Whether nothing but other stems and the marks of a list stands in `between`.
pub(super) fn is_list(between: &str) -> bool {
    let between = between.trim_matches([' ', '\n', '*', '_', '/', ',', '&', '-', '(', ')']);
    between.split([' ', '\n', '/', ',']).all(|word| {
        let word = word.to_ascii_lowercase();
        matches!(word.as_str(), "" | "and" | "or" | "and/or" | "either" | "&")
            || FINDER.forms.iter().any(|form| form.shares_engineering && form.text == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_fields_is_read_whole() {
        let cases: [(&str, &[&str]); 10] = [
            ("Computer Science or Math", &["computer science", "mathematics"]),
            ("CS, EE or MIS", &["computer science", "electrical engineering", "management information systems"]),
            ("it and cs", &[]),
            ("Electrical or Computer Engineering", &["electrical engineering", "computer engineering"]),
            (
                "electrical, mechanical, or software engineering",
                &["electrical engineering", "mechanical engineering", "software engineering"],
            ),
            (
                "Electrical/Electronics Engineering, Engineering",
                &["electrical engineering", "electronics engineering", "engineering"],
            ),
            ("Software, statistics", &["statistics"]),
            ("management information systems", &["management information systems"]),
            ("Computer Sciences", &["computer science"]),
            ("bioengineering of mathletes", &[]),
        ];
        for (text, expected) in cases {
            let names: Vec<&str> = fields(text).iter().map(|field| field.name).collect();
            assert_eq!(names, expected, "{text}");
        }
    }
}
