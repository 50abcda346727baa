//! Degrees that a posting asks for, and the fields of study they are asked in.

use super::cues::Cue;
use super::degree_names::{DegreeLevel, Name, Named, field_within, is_between_degrees, may_support, names};
use super::fields::{Field, is_list};
use super::line::is_one_of;
use super::passages::Passage;
use crate::text::Span;

/// What a posting says of degrees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Degrees {
    /// The levels, lowest first.
    pub levels: Vec<DegreeLevel>,
    /// The fields, in the order they are named.
    pub fields: Vec<&'static str>,
    /// Whether experience may stand in for the degree.
    pub or_experience: bool,
}

/// Bytes between a degree and its first field, and between two fields.
const TO_FIRST_FIELD: usize = 90;
const TO_NEXT_FIELD: usize = 60;
/// Bytes between a degree and the words that say it is not needed.
const TO_NEGATION: usize = 60;
/// Words between `no` and the degree it denies.
const NEGATED_WORDS: usize = 4;

impl Degrees {
    /// Adds what `passage` says.
    pub(super) fn read(&mut self, passage: &Passage<'_>) {
        Reader { passage, names: names(passage) }.read(self);
        self.levels.sort_unstable();
        self.levels.dedup();
    }

    fn add_field(&mut self, name: &'static str) {
        if !self.fields.contains(&name) {
            self.fields.push(name);
        }
    }
}

/// A passage whose names of degrees are known.
struct Reader<'t> {
    passage: &'t Passage<'t>,
    names: Vec<Named>,
}

impl Reader<'_> {
    fn read(&self, degrees: &mut Degrees) {
        let mut levelled = None;
        for (at, named) in self.names.iter().enumerate() {
            // `a master's or PhD degree`: the level is known, the word may lead to fields.
            let known = named.name == Name::Bare && levelled == Some(named.sentence);
            let level =
                if known { self.kind(named).filter(|level| *level == DegreeLevel::Master) } else { self.level(at) };
            if level.is_none() && !known || self.is_aside(named) {
                continue;
            }
            if let Some(level) = level {
                degrees.levels.push(level);
                degrees.or_experience |= self.is_replaceable(named);
                field_within(named.span.of(self.passage.text())).into_iter().for_each(|field| degrees.add_field(field));
                self.fields_before(named).into_iter().for_each(|field| degrees.add_field(field));
                if !matches!(named.name, Name::Bare | Name::Diploma) {
                    levelled = Some(named.sentence);
                }
            }
            self.fields_after(named).into_iter().for_each(|field| degrees.add_field(field));
        }
    }

    fn before(&self, named: &Named) -> Span {
        Span::new(named.sentence.start, named.span.start)
    }

    /// What follows a name in its sentence, the mark of a genitive or an abbreviation left out.
    fn after(&self, named: &Named) -> Span {
        let rest = Span::new(named.span.end, named.sentence.end).of(self.passage.text());
        let bare = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("s'")).unwrap_or(rest);
        let bare = bare.trim_start_matches(['\'', '.', ')', '(', ',', ' ', '\n']);
        Span::new(named.sentence.end - bare.len(), named.sentence.end)
    }

    fn follows(&self, named: &Named, cue: Cue) -> bool {
        self.passage.cues.just_after(self.passage.text(), self.after(named), cue)
    }

    /// The level of the degree at `at`, and `None` where the word means something else.
    fn level(&self, at: usize) -> Option<DegreeLevel> {
        let named = &self.names[at];
        match named.name {
            Name::Certain(level) => (!self.is_manner(named)).then_some(level),
            Name::Beside(level) => self.is_beside_degrees(at).then_some(level),
            Name::Bare => self.bare(named),
            Name::Diploma => self.is_of_college(named).then_some(DegreeLevel::Associate),
        }
    }

    /// `PhD-level debates`, `our PhDs`: no one is asked for those.
    fn is_manner(&self, named: &Named) -> bool {
        named.name == Name::Certain(DegreeLevel::Doctorate)
            && self.passage.text()[named.span.end..].starts_with(['-', 's'])
            && !self.passage.text()[named.span.end..].starts_with("-level degree")
    }

    /// `diploma in IT`, `degree/diploma`, but not `high school diploma` or `graduate diploma`.
    fn is_of_college(&self, named: &Named) -> bool {
        let text = self.passage.text();
        let before = self.before(named).of(text).to_ascii_lowercase();
        let after = text[named.span.end..named.sentence.end].to_ascii_lowercase();
        let begins = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        let ends = |words: &[&str]| words.iter().any(|word| before.trim_end().ends_with(word));
        let is_other = ends(&["school", "secondary", "graduate", "postgraduate", "hs", "ged"]);
        let is_beside =
            begins(&[" in ", "/degree", " / degree", "/bachelor", " or degree", " or a degree", " or bachelor"])
                || ends(&["advanced", "national", "polytechnic", "degree/", "degree /", "degree or"]);
        is_beside && !is_other
    }

    /// Whether a word that may be a degree is one: another stands beside it in a list,
    /// or what follows it follows degrees.
    fn is_beside_degrees(&self, at: usize) -> bool {
        let named = &self.names[at];
        let text = self.passage.text();
        let beside = |other: usize, between: Span| {
            let supported = self.names.get(other).is_some_and(|other| may_support(named, other, text));
            supported && between.start <= between.end && is_between_degrees(between.of(text))
        };
        let after = self.after(named);
        let next = self.names.get(at + 1).is_some_and(|next| beside(at + 1, Span::new(after.start, next.span.start)));
        let previous = || {
            at.checked_sub(1).is_some_and(|before| {
                let from = self.names[before].span.end;
                beside(before, Span::new(from, named.span.start))
            })
        };
        if self.is_title(named) {
            return false;
        }
        next || previous() || named.name != Name::Beside(DegreeLevel::Associate) && self.reads_as_degree(named)
    }

    fn reads_as_degree(&self, named: &Named) -> bool {
        let text = self.passage.text();
        let rest = self.after(named).of(text);
        let at_once = &text[named.span.end..named.sentence.end];
        if named.span.end - named.span.start > 2 {
            let possessive = at_once.strip_prefix("'s").is_some_and(ends_clause);
            let place = rest.starts_with("in the") || rest.starts_with("in our");
            // `Masters: Computer Science`, a line of a form.
            let labels = || {
                let start = named.sentence.end - at_once.strip_prefix(": ").unwrap_or_default().len();
                let value = Span::new(start, named.sentence.end);
                self.passage.fields(value).first().is_some_and(|field| field.span.start == start)
            };
            return possessive
                || labels()
                || starts_with_years(rest)
                || self.follows(named, Cue::DegreeAfter) && !place;
        }
        // Capitals of a shouted line follow one another; `BA` and `ME` are more than degrees.
        let shouted = rest.starts_with(|c: char| c.is_ascii_uppercase());
        let science = matches!(named.span.of(text), "BS" | "MS");
        let after = self.after(named);
        let at_start = || self.passage.fields(after).first().is_some_and(|field| field.span.start == after.start);
        let field = at_once.starts_with(' ') && at_start();
        field
            || science && (starts_with_years(rest) || at_once.starts_with('+') || self.follows(named, Cue::DegreeAfter))
            || !shouted && ["in ", "degree"].iter().any(|word| rest.starts_with(word))
    }

    /// `Scrum Master`, `postmaster`.
    fn is_title(&self, named: &Named) -> bool {
        let before = self.before(named).of(self.passage.text()).trim_end().to_ascii_lowercase();
        ["scrum", "post", "web", "station"].iter().any(|word| before.ends_with(word))
    }

    /// The level of a `degree` whose name does not say it.
    fn bare(&self, named: &Named) -> Option<DegreeLevel> {
        let text = self.passage.text();
        let after = &text[named.span.end..named.sentence.end];
        let before = self.before(named).of(text);
        let number = before.trim_end_matches([' ', '-', '°']).ends_with(|c: char| c.is_ascii_digit());
        if after.starts_with(" of ") {
            return None;
        }
        if let Some(level) = self.kind(named) {
            return Some(level);
        }
        if number {
            return None;
        }
        let plural = named.span.of(text).ends_with(['s', 'S']);
        let of_field = || {
            let last = self.passage.fields(self.before(named)).last();
            last.is_some_and(|field| is_list(&text[field.span.end..named.span.start]))
        };
        let asked = !plural && (of_field() || self.follows(named, Cue::DegreeAfter) || is_short_degree(after));
        asked.then_some(DegreeLevel::Bachelor)
    }

    /// The level said directly before a `degree`.
    fn kind(&self, named: &Named) -> Option<DegreeLevel> {
        let text = self.passage.text();
        let before = self.before(named).of(text).trim_end();
        let end = named.sentence.start + before.strip_suffix("level").unwrap_or(before).len();
        let kinds = [
            (Cue::KindMaster, DegreeLevel::Master),
            (Cue::KindAssociate, DegreeLevel::Associate),
            (Cue::KindBachelor, DegreeLevel::Bachelor),
        ];
        let said = |cue| self.passage.cues.just_before(text, Span::new(named.sentence.start, end), cue);
        kinds.into_iter().find_map(|(cue, level)| said(cue).then_some(level))
    }

    /// Whether the degree is not asked for: negated, or spoken of for another reason.
    fn is_aside(&self, named: &Named) -> bool {
        let (cues, text) = (&self.passage.cues, self.passage.text());
        let share =
            named.sentence.of(text).split('%').rev().skip(1).any(|part| part.ends_with(|c: char| c.is_ascii_digit()));
        let before = self.before(named);
        let denied = cues.last(before, Cue::NegatesBefore).is_some_and(|no| {
            let between = &text[no.end..before.end];
            between.split_whitespace().count() < NEGATED_WORDS && !between.contains([',', '.', ';', '('])
        });
        let near = Span::new(named.span.end, named.sentence.end.min(named.span.end + TO_NEGATION));
        let after = Span::new(named.span.end, named.sentence.end);
        let excused = cues.any(near, Cue::NegatesAfter) && !cues.any(after, Cue::Welcome);
        share || denied || excused || cues.any(named.sentence, Cue::Aside)
    }

    /// Whether experience may stand in for the degree.
    fn is_replaceable(&self, named: &Named) -> bool {
        let tells = |cue| self.passage.cues.any(named.sentence, cue);
        let text = named.sentence.of(self.passage.text());
        let or_years = || {
            let mut parts = text.split("or ").skip(1);
            parts.any(|part| years_start(part).is_some_and(|at| at == 0))
        };
        tells(Cue::Experience) && (tells(Cue::Equivalent) || or_years()) || tells(Cue::OrExperience)
    }

    /// `a degree in X, Y or Z`, `BS X`.
    fn fields_after(&self, named: &Named) -> Vec<&'static str> {
        let text = self.passage.text();
        let start = named.span.end + of_science(&text[named.span.end..named.sentence.end]);
        let rest = Span::new(start, named.sentence.end);
        let stop = self.passage.cues.within(rest, Cue::FieldsEnd).next().map_or(rest.end, |stop| stop.start);
        let rest = &text[start..stop];
        let end = start + rest.find(';').or_else(|| years_start(rest)).unwrap_or(rest.len());
        let mut reach = start + TO_FIRST_FIELD;
        let near = self.passage.fields(Span::new(start, end)).iter().take_while(|field| {
            let near = field.span.start <= reach;
            reach = field.span.end + TO_NEXT_FIELD;
            near
        });
        // `Bachelor or Master of Science in X`.
        let is_title = |field: &Field| field.name == "science" && text[start..field.span.start].ends_with("of ");
        near.filter(|field| !is_title(field)).map(|field| field.name).collect()
    }

    /// `an X or Y degree`, `an X bachelor's`.
    fn fields_before(&self, named: &Named) -> Vec<&'static str> {
        let text = self.passage.text();
        let mut end = named.span.start;
        let mut names = Vec::new();
        for field in self.passage.fields(self.before(named)).iter().rev() {
            if !is_list(&text[field.span.end..end]) {
                break;
            }
            end = field.span.start;
            names.push(field.name);
        }
        names.reverse();
        names
    }
}

/// `with 5 years`, `+ 5 years`, `5-7 years`.
fn starts_with_years(rest: &str) -> bool {
    let number = rest.strip_prefix("with ").unwrap_or(rest).trim_start_matches(['+', '>', ' ']);
    number.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a clause ends where `rest` begins.
fn ends_clause(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ')']);
    rest.is_empty() || rest.starts_with([',', '.', ';', '\n'])
}

/// `degree (BS, MS or PhD)`.
fn is_short_degree(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', '(']);
    ["BS", "BA", "B.S", "B.A", "MS", "M.S", "PhD"].iter().any(|short| rest.starts_with(short))
}

/// The length of ` of Science in` and its like at the start of `text`, in which the
/// science is no field.
fn of_science(text: &str) -> usize {
    let rest = text.strip_prefix("'s").or_else(|| text.strip_prefix('\'')).unwrap_or(text);
    let Some(subject) = behind(behind(rest, " degree").unwrap_or(rest), " of ") else { return 0 };
    let subject = behind(subject, "applied ").unwrap_or(subject);
    let word = subject.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(subject.len());
    let general = ["science", "sciences", "arts", "art", "engineering", "technology"];
    let is_general = is_one_of(&subject.as_bytes()[..word], &general);
    let goes_on = subject[word..].trim_start_matches([' ', ',']);
    let leads =
        || ["degree", "in ", "/", "or ", "(bs", "(ba", "(b."].iter().any(|lead| behind(goes_on, lead).is_some());
    if is_general && leads() { text.len() - subject.len() + word } else { 0 }
}

/// What follows `start`, in any case, at the start of `text`.
fn behind<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (own, rest) = text.split_at_checked(start.len())?;
    own.eq_ignore_ascii_case(start).then_some(rest)
}

/// Where a number of years begins: `5+`, `5 years`, `5-7 years`.
fn years_start(text: &str) -> Option<usize> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ');
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    let mut years = starts.filter(|at| {
        let rest = text[*at..].trim_start_matches(is_number);
        ["+", "or more", "years", "yrs"].iter().any(|unit| rest.starts_with(unit))
    });
    years.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::facts;

    /// A text, the levels it asks for by their first letters, and the fields.
    const ASKED: &[(&str, &str, &[&str])] = &[
        ("Bachelor's degree in Computer Science or a related field", "b", &["computer science"]),
        ("bachelor’s degree in Physics", "b", &["physics"]),
        ("A 2:1 degree in Engineering", "b", &["engineering"]),
        ("A degree (2:1 or above) in Physics", "b", &["physics"]),
        ("A first class degree", "b", &[]),
        ("BSCS or MSCS is required", "bm", &["computer science"]),
        ("BSEE preferred", "b", &["electrical engineering"]),
        ("B. Tech in Computer Science", "b", &["computer science"]),
        ("B.Tech/B.E. in Electronics", "b", &["electronics engineering"]),
        ("Hochschulabschluss oder Masterabschluss", "bm", &[]),
        ("BS in CS or EE", "b", &["computer science", "electrical engineering"]),
        ("B.S. in Mathematics", "b", &["mathematics"]),
        ("BS Computer Engineering", "b", &["computer engineering"]),
        ("BS/MS in Statistics", "bm", &["statistics"]),
        ("BS, MS or PhD in Physics", "bmd", &["physics"]),
        ("BA/BS required", "b", &[]),
        ("BE/B.Tech in Engineering", "b", &["engineering"]),
        ("B.Sc. or M.Sc. in Informatics", "bm", &["computer science"]),
        ("BS+ in Computer Science", "b", &["computer science"]),
        ("BS 5-7 years, MS 3-5 years, PhD 0-2 years", "bmd", &[]),
        ("Bachelor of Science in Software Engineering", "b", &["software engineering"]),
        ("Bachelor of Engineering", "b", &["engineering"]),
        ("Bachelors or Masters in Data Science", "bm", &["data science"]),
        ("Bachelor / Master's in Economics", "bm", &["economics"]),
        ("Master's degree preferred", "m", &[]),
        ("Masters in Electrical or Computer Engineering", "m", &["electrical engineering", "computer engineering"]),
        ("Master of Science in Robotics", "m", &["robotics"]),
        ("Masters: Computer Science", "m", &["computer science"]),
        ("Bachelor or Master of Science in Geography", "bm", &["geography"]),
        ("MBA preferred", "m", &[]),
        ("An advanced degree in Math", "m", &["mathematics"]),
        ("BS or advanced degree in Chemistry", "bm", &["chemistry"]),
        ("Ph.D. in Machine Learning", "d", &["machine learning"]),
        ("A doctorate in Biology", "d", &["biology"]),
        ("Associate's degree in IT", "a", &["information technology"]),
        ("Associate or Bachelor's degree", "ab", &[]),
        ("A two-year degree", "a", &[]),
        ("University degree in Finance", "b", &["finance"]),
        ("A four-year college degree", "b", &[]),
        ("Degree in Computer Science/Engineering", "b", &["computer science", "engineering"]),
        ("A Computer Science or Engineering degree", "b", &["computer science", "engineering"]),
        ("STEM degree", "b", &["STEM"]),
        ("Degree or equivalent experience required", "b", &[]),
        (
            "**Bachelor's degree** in _Information Systems_, MIS",
            "b",
            &["information systems", "management information systems"],
        ),
        ("Bachelor's degree and 5 years of software engineering", "b", &[]),
        ("Bachelor's degree with strong mathematics", "b", &[]),
        ("Masters level study", "m", &[]),
        ("Graduating with a Computer Science bachelor's", "b", &["computer science"]),
        ("An MS in Physics. A BS with substantial direct experience", "bm", &["physics"]),
        ("HND in Computing", "a", &["computer science"]),
        ("Abgeschlossenes technisches Studium", "b", &[]),
        ("Abgeschlossene Ausbildung als Fachinformatiker oder Studium", "vb", &[]),
        ("Studium der Informatik oder vergleichbare Ausbildung", "vb", &["computer science"]),
        ("Abgeschlossene IT-Ausbildung", "v", &[]),
        ("HBO/WO werk- en denkniveau", "b", &[]),
        ("MBO niveau 4 of HBO niveau", "vb", &[]),
        ("Diploma in Information Technology", "a", &["information technology"]),
        ("Diploma/Degree in Computer Science", "ab", &["computer science"]),
        ("Degree or Diploma in Computer Engineering", "ab", &["computer engineering"]),
        ("A 2:1 or above in Computer Science", "b", &["computer science"]),
        ("Tertiary qualifications in IT", "b", &["information technology"]),
        ("Education: any graduate", "b", &[]),
        ("Certificate IV in Information Technology", "v", &["information technology"]),
        ("A degree is desirable", "b", &[]),
        ("Fachinformatiker:in Systemintegration oder vergleichbar", "v", &[]),
        ("A degree in physics or completed apprenticeship", "vb", &["physics"]),
        ("Vocational training in IT or Bachelor's degree", "vb", &["information technology"]),
        ("Diplom oder Master in Physics", "m", &["physics"]),
        // no degrees
        ("Deine Ausbildung zum Fachinformatiker", "", &[]),
        ("A technical diploma", "", &[]),
        ("High school diploma or GED", "", &[]),
        ("High school diploma or degree", "", &[]),
        ("Neben deinem Studium in Ulm, während deines Studiums", "", &[]),
        ("A high degree of ownership", "", &[]),
        ("A 360 degree review, to some degree", "", &[]),
        ("Scrum Master in our team", "", &[]),
        ("Master our code base; master data", "", &[]),
        ("MS Office, MS SQL Server and MS Teams", "", &[]),
        ("TO BE GIVEN BOTH", "", &[]),
        ("WOULD BE A PLUS:", "", &[]),
        ("Remote in CT, MA, ME, NY", "", &[]),
        ("Azure Administrator Associate; Sales Associate", "", &[]),
        ("Tuition is paid for bachelor's degrees", "", &[]),
        ("No degree required", "", &[]),
        ("A bachelor's degree is not required", "", &[]),
        ("Our team holds PhDs; 36% MSc and 53% BSc", "", &[]),
        ("PhD-level debates", "", &[]),
        ("We care about BA's and UX's", "", &[]),
    ];

    #[test]
    fn degrees_and_their_fields_are_read() {
        assert!(ASKED.len() >= 50);
        for (text, levels, fields) in ASKED {
            let facts = facts(text);
            let found: String = facts.degrees.iter().map(|level| &level.name()[..1]).collect();
            assert_eq!(found, *levels, "{text}");
            assert_eq!(facts.degree_fields, *fields, "{text}");
        }
    }

    #[test]
    fn the_lowest_level_is_the_degree() {
        assert_eq!(facts("PhD, MS or BS").degree(), Some(DegreeLevel::Bachelor));
        assert_eq!(facts("none").degree(), None);
    }

    #[test]
    fn experience_instead_of_a_degree_is_noted() {
        let cases = [
            ("Bachelor's degree or equivalent experience", true),
            ("BS in Physics, or equivalent practical work experience", true),
            ("Bachelor's degree or equivalent.", true),
            ("Bachelor's degree or relevant work experience", true),
            ("A BS in Physics, or 2-3 years of experience", true),
            ("Bachelor's degree required. 5 years of experience.", false),
        ];
        for (text, expected) in cases {
            assert_eq!(facts(text).experience_instead, expected, "{text}");
        }
    }
}
