//! Fields of study, and their names in a list of them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::line::is_one_of;
use crate::document::FactWord;
use crate::text::Span;

/// Fields and their spellings. A spelling in capitals counts only in capitals.
const FIELDS: &[(&str, &str)] = &[
    (
        "computer science",
        "computer science, computer sciences, computing science, computational science, computerscience, \
         computer-science, comp sci, compsci, computing, informatics, computer and information science, computer \
         and information sciences, computer & information science, informatik, CS, CSE, EECS",
    ),
    ("computer engineering", "computer engineering, CE"),
    ("software engineering", "software engineering, software development"),
    ("electrical engineering", "electrical engineering, elektrotechnik, EE, ECE"),
    ("electronics engineering", "electronics engineering, electronic engineering, electronics, microelectronics"),
    ("systems engineering", "systems engineering, system engineering"),
    ("mechanical engineering", "mechanical engineering, maschinenbau"),
    ("aerospace engineering", "aerospace engineering, aeronautical engineering, aeronautics"),
    ("industrial engineering", "industrial engineering"),
    ("civil engineering", "civil engineering"),
    ("chemical engineering", "chemical engineering"),
    ("biomedical engineering", "biomedical engineering"),
    ("network engineering", "network engineering, networking, computer networks"),
    ("telecommunications", "telecommunications, telecommunication, telecommunications engineering, telecom"),
    ("mechatronics", "mechatronics"),
    ("robotics", "robotics"),
    ("engineering", "engineering, ingenieurwesen, ingenieurwissenschaften"),
    (
        "information systems",
        "information systems, information system, computer information systems, wirtschaftsinformatik, CIS",
    ),
    ("management information systems", "management information systems, business information systems, MIS"),
    ("information technology", "information technology, information technologies, IT"),
    ("information science", "information science, information sciences"),
    ("cybersecurity", "cybersecurity, cyber security, cyber-security, information security, computer security"),
    ("data science", "data science, data sciences"),
    ("data analytics", "data analytics, data analysis, business analytics, analytics"),
    ("artificial intelligence", "artificial intelligence, AI"),
    ("machine learning", "machine learning"),
    ("mathematics", "mathematics, mathematic, mathematical sciences, applied mathematics, mathematik, maths, math"),
    ("statistics", "statistics, statistic, biostatistics"),
    ("operations research", "operations research, operational research"),
    ("physics", "physics, applied physics, physik"),
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

/// Numbers of names from here on are those of certificates.
pub(super) const CERTIFICATES: u16 = 1 << 15;
/// Words that name a field only with the `engineering` of a later one:
/// `electrical, mechanical or software engineering`.
const ENGINEERING: &str = " engineering";
/// Bytes between such a word and the `engineering` that it shares.
const LIST: usize = 160;

/// Every spelling, with its number in the phrase table: twice the place of the field in
/// [`FIELDS`], and one more where the spelling shares the `engineering` of a later one.
///
/// Whole spellings come first: `electronics` is a field by itself too.
pub(super) fn spellings() -> impl Iterator<Item = (u16, &'static str)> {
    let all = || {
        FIELDS
            .iter()
            .zip(0_u16..)
            .flat_map(|((_, spellings), at)| spellings.split(", ").map(move |spelling| (2 * at, spelling)))
    };
    let stems = all().filter_map(|(number, spelling)| Some((number + 1, spelling.strip_suffix(ENGINEERING)?)));
    all().chain(stems)
}

/// A field of study named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// The name that reports use.
    pub name: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// The fields among the words found in `text`, from left to right.
pub(super) fn fields(text: &str, words: &[(Span, FactWord)]) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    let mut waiting: Vec<Field> = Vec::new();
    let mut free_from = 0;
    let named =
        words.iter().filter_map(|(span, word)| Some((*span, word.names.filter(|number| *number < CERTIFICATES)?)));
    let named: Vec<(Span, u16)> = named.collect();
    for alike in named.chunk_by(|(a, _), (b, _)| a.start == b.start) {
        // The longest of those that begin together.
        let Some((span, number)) = alike.last().copied().filter(|(span, _)| span.start >= free_from) else { continue };
        free_from = span.end;
        let field = Field { name: FIELDS[usize::from(number / 2)].0, span };
        waiting.retain(|stem| span.start - stem.span.end <= LIST && is_list(&text[stem.span.end..span.start]));
        if number % 2 == 1 {
            waiting.push(field);
            continue;
        }
        if span.of(text).to_ascii_lowercase().ends_with("engineering") {
            found.append(&mut waiting);
        }
        found.push(field);
    }
    found.sort_by_key(|field| field.span.start);
    found
}

/// Whether nothing but the stems of fields and the marks of a list stands in `between`.
pub(super) fn is_list(between: &str) -> bool {
    let between = between.trim_matches([' ', '\n', '/', ',', '&', '-', '(', ')']);
    between.split([' ', '\n', '/', ',']).all(|word| {
        let is_joint = word.is_empty() || is_one_of(word.as_bytes(), &["and", "or", "and/or", "either", "&"]);
        is_joint || STEMS.contains(word.to_ascii_lowercase().as_str())
    })
}

/// The words that name a field together with `engineering`.
static STEMS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let spellings = FIELDS.iter().flat_map(|(_, spellings)| spellings.split(", "));
    spellings.filter_map(|spelling| spelling.strip_suffix(ENGINEERING)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::with_passages;

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
            with_passages(&format!("degree: {text}"), |passages| {
                let all = Span::new(0, passages[0].text().len());
                let names: Vec<&str> = passages[0].fields(all).iter().map(|field| field.name).collect();
                assert_eq!(names, expected, "{text}");
            });
        }
    }
}
