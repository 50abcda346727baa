//! Years of experience that a posting asks for, and the skills they are asked of.

use std::sync::LazyLock;

use regex::Regex;

use regex::Captures;

use super::cues::Cue;
use super::passages::{Passage, word};
use super::pattern;
use crate::document::{Document, Section};
use crate::text::Span;

/// More years than anyone is asked for: such a number is a company's age.
const MOST: u32 = 30;
/// From this number on, years may be a person's age.
const ADULT: u32 = 16;
/// Bytes after a demand within which a skill may be bound to it.
const REACH: usize = 140;
/// Bytes after a demand in which the words are still of what the years are.
const OF_WHAT: usize = 30;
/// Bytes between a skill and the demand after it that is bound to it.
const REACH_BACK: usize = 24;
/// Bytes before a number in which a child's age is told.
const CHILD_REACH: usize = 24;
/// Words between `ideally` and a number, and between a number of one year and the
/// experience it is of.
const FEW_WORDS: usize = 4;

/// Years of experience asked for at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// Where the number and its `years` stand in the text.
    pub span: Span,
    /// The fewest years; none for `up to 5 years`.
    pub min: Option<u32>,
    /// The most years; none where the demand is open, as most are.
    pub max: Option<u32>,
    /// Whether the years are only welcome, or stand in for a degree.
    pub optional: bool,
    /// Whether it stands in a section of what is welcome.
    in_preferred: bool,
    /// Whether it is one of several ways to qualify: `BS and 5 years or MS and 3 years`.
    alternative: bool,
    /// Where it stands in the normalised text, and where what it speaks of ends there.
    place: Span,
    reach: usize,
}

/// Number, range, openness and unit: `5+ years`, `three (3) to five (5) years`; or the
/// number after `Years of experience:`.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"(?:\d{1,2}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)";
    let again = format!(r"(?:\s*\(\s?{number}\s?\+?\s?\))?");
    let open = r"(?:\+|\(\+\)|-?\s?plus\b|or\s(?:more|greater|above|higher)\b|and\s(?:above|up|more|over)\b)";
    pattern(&format!(
        r"(?xi)
          (?<least>{number}) {again} (?:\s*{open})? {again}
          (?: \s* (?:-|to\b|or\b) \s* (?<most>{number}) {again} )?
          (?<open>\s*{open})? {again}
          \s*-?\s* (?<unit>(?:years?|yrs?|yoe)\b) (?<after>\s?\+)?
        | years?'?\s (?:of\s)? (?:\w{{1,30}}\s)? exp(?:erience)?\b (?:\srequired)? [\s:.-]{{1,12}}
          (?<label>{number}) (?: \s?-\s? (?<label_most>{number}) )? \s?\+? (?: \s?(?:years?|yrs?)\b )?",
    ))
});

/// Marks the demands that stand in a section of what is welcome. A lone demand counts
/// in whatever section it stands.
pub(super) fn prefer_in_sections(demands: &mut [Demand]) {
    if demands.len() > 1 {
        for demand in demands {
            demand.optional |= demand.in_preferred;
        }
    }
}

/// The demands for years in `passage`, from left to right.
pub(super) fn demands(passage: &Passage<'_>) -> Vec<Demand> {
    let text = passage.text();
    let hits: Vec<Hit> = YEARS.captures_iter(text).filter_map(|captures| Hit::new(text, &captures)).collect();
    let places = hits.iter().enumerate().map(|(at, hit)| {
        let sentence = passage.sentence(hit.span);
        let from = at.checked_sub(1).map_or(0, |before| hits[before].span.end);
        let to = hits.get(at + 1).map_or(text.len(), |next| next.span.start);
        let part = Span::new(sentence.start.max(from).min(hit.span.start), sentence.end.min(to).max(hit.span.end));
        Place { passage, hit, sentence, part }
    });
    places.filter(Place::asks).map(|place| place.demand()).collect()
}

/// The fewest and the most years that the demands of a posting amount to.
///
/// A person must meet every demand, in one of its ways if it has several, so the
/// greatest of the demands decides. Its own upper end is the most; of several ways,
/// the way that asks most. What is optional counts if nothing is required.
pub(super) fn overall(demands: &[Demand]) -> (Option<u32>, Option<u32>) {
    let any_required = demands.iter().any(|demand| !demand.optional);
    let counted = || demands.iter().filter(|demand| !(demand.optional && any_required));
    let ways = counted().filter(|demand| demand.alternative);
    let least_way = ways.clone().filter_map(|demand| demand.min).min();
    let most_way = ways.filter_map(|demand| demand.max.max(demand.min)).max();
    let ends = counted()
        .filter(|demand| !demand.alternative)
        .map(|demand| (demand.min, demand.max))
        .chain(least_way.map(|least| (Some(least), most_way.filter(|most| *most > least))));
    // Of equal demands, the one with an upper end.
    ends.max().unwrap_or_default()
}

/// The years asked of the skill mentioned at `mention`, if a demand is bound to it:
/// `5+ years of Java`, `Java (5+ years)`.
pub(super) fn bound_to(demands: &[Demand], document: &Document<'_>, mention: Span) -> Option<u32> {
    let text = document.text().cased();
    let next = demands.partition_point(|demand| demand.place.start < mention.end);
    let follows = demands.get(next).filter(|demand| {
        demand.place.start - mention.end <= REACH_BACK && leads_to(&text[mention.end..demand.place.start])
    });
    let precedes = || {
        let demand = demands[..next].last().filter(|demand| demand.place.end <= mention.start)?;
        let enclosed = text[..demand.place.start].ends_with('(');
        let goes_on = text[demand.place.end..].trim_start_matches(['\'', 's', ' ', '\n']);
        let speaks = goes_on.starts_with(|c: char| c.is_alphanumeric() || c == '.');
        (mention.end <= demand.reach && !enclosed && speaks).then_some(demand)
    };
    let min = follows.or_else(precedes)?.min?;
    // `PhD, 3 years` says nothing of three years of doctorate.
    let inside = document.hits_in(mention).iter().filter(|hit| hit.span.end <= mention.end);
    let is_way = inside.filter_map(|hit| word(document, hit)).any(|word| word.cues & Cue::Way.bit() != 0);
    (!is_way).then_some(min)
}

/// Whether `between` ties years to the skill before them: `(`, `: at least`, `for`.
fn leads_to(between: &str) -> bool {
    let between = between.strip_prefix("'s").unwrap_or(between);
    let bare = between.trim_matches([' ', '>', '\n']);
    let bare = bare.strip_prefix(['(', '[', ':', '-']).unwrap_or(bare);
    matches!(
        bare.trim().to_ascii_lowercase().as_str(),
        "" | "at least" | "minimum" | "minimum of" | "min" | "min." | "over" | "for" | "for at least" | "for over"
    )
}

/// A number of years, whatever they are of.
struct Hit {
    span: Span,
    least: u32,
    most: Option<u32>,
    /// `5+`, `5 or more`, a range, or the number after `Years of experience:`.
    telling: bool,
    /// `5-year`, `1 year`.
    singular: bool,
}

impl Hit {
    fn new(text: &str, captures: &Captures<'_>) -> Option<Self> {
        let whole = captures.get(0)?;
        let span = Span::new(whole.start(), whole.end());
        let number = |name: &str| captures.name(name).and_then(|found| count(found.as_str()));
        let has = |name: &str| captures.name(name).is_some();
        let glued = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '$' | '£' | '€' | '/');
        if !has("label") && text[..span.start].ends_with(glued) {
            return None;
        }
        let least = number("label").or_else(|| number("least"))?;
        let most = number("most").or_else(|| number("label_most")).filter(|most| *most > least);
        let open = has("open") || has("after") || whole.as_str().contains('+');
        let singular = captures.name("unit").is_some_and(|unit| unit.as_str().eq_ignore_ascii_case("year"));
        let telling = has("label") || open || most.is_some();
        (least <= MOST).then_some(Self { span, least, most, telling, singular: singular && !open })
    }
}

/// The number a word or a numeral stands for; halves are rounded down.
fn count(number: &str) -> Option<u32> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let digits = number.split('.').next()?;
    digits.parse().ok().or_else(|| match number.to_ascii_lowercase().as_str() {
        "fifteen" => Some(15),
        "twenty" => Some(20),
        word => WORDS.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok()),
    })
}

/// A number of years where it stands.
struct Place<'t> {
    passage: &'t Passage<'t>,
    hit: &'t Hit,
    sentence: Span,
    /// The part of the sentence up to the numbers of years before and after.
    part: Span,
}

impl Place<'_> {
    fn before(&self) -> Span {
        Span::new(self.sentence.start, self.hit.span.start)
    }

    fn after(&self) -> Span {
        Span::new(self.hit.span.end, self.sentence.end)
    }

    /// Whether the sentence holds a cue.
    fn tells(&self, cue: Cue) -> bool {
        self.passage.cues.any(self.sentence, cue)
    }

    fn follows(&self, cue: Cue) -> bool {
        self.passage.cues.just_after(self.passage.text(), self.after(), cue)
    }

    fn precedes(&self, cue: Cue) -> bool {
        self.passage.cues.just_before(self.passage.text(), self.before(), cue)
    }

    /// Whether the years are experience asked of the reader.
    fn asks(&self) -> bool {
        let other = self.follows(Cue::TimeAfter) || self.is_of_other() || self.precedes(Cue::TimeBefore);
        let vague = self.hit.singular && !(self.tells(Cue::Experience) && self.is_of_experience());
        if other || vague || self.is_age() || self.is_of_company() {
            return false;
        }
        let text = self.passage.text();
        let opens = !self.before().of(text).contains(char::is_alphanumeric);
        let marked = self.before().of(text).trim_end().ends_with(['>', '≥', '=']);
        self.hit.telling
            || opens
            || marked
            || self.tells(Cue::Experience)
            || self.precedes(Cue::Least)
            || self.is_of_activity()
            || self.is_form_line()
    }

    /// `5 years of steady growth`.
    fn is_of_other(&self) -> bool {
        let text = self.passage.text();
        let after = self.after().of(text).trim_start_matches(['\'', 's', ' ']);
        let Some(rest) = after.strip_prefix("of ") else { return false };
        let start = self.sentence.end - rest.len();
        let second = rest.find(' ').map(|space| start + space);
        let is_other =
            |from: usize| self.passage.cues.just_after(text, Span::new(from, self.sentence.end), Cue::TimeOf);
        is_other(start) || second.is_some_and(is_other)
    }

    /// Whether the years are someone's age.
    fn is_age(&self) -> bool {
        let near =
            Span::new(self.hit.span.start.saturating_sub(CHILD_REACH).max(self.sentence.start), self.hit.span.start);
        self.hit.least >= ADULT && self.tells(Cue::Age) || self.passage.cues.any(near, Cue::Child)
    }

    /// Whether an employer writes how long it has existed.
    fn is_of_company(&self) -> bool {
        let (cues, before) = (&self.passage.cues, self.before());
        let text = self.passage.text();
        // A list item opens with a bullet: `* With 5 years of experience` asks.
        let opens = |since: Span| is_blank(&text[before.start..since.start]);
        let at_once = |since: Span| since.of(text).starts_with(['f', 'F']) && is_blank(&text[since.end..before.end]);
        let since = || cues.within(before, Cue::Since).any(|since| opens(since) || at_once(since));
        (cues.any(before, Cue::Company) || since()) && !self.tells(Cue::Asking)
    }

    /// `1 year of Java experience`, `1 year in support`; or the clause ends with the year.
    fn is_of_experience(&self) -> bool {
        let after = self.after().of(self.passage.text());
        let ends = after.trim_start_matches([' ', ')']);
        let near = after.split_whitespace().take(FEW_WORDS + 1).map(str::len).sum::<usize>() + FEW_WORDS;
        let end = (self.hit.span.end + near + 1).min(self.sentence.end);
        let within = Span::new(self.hit.span.end, end);
        let speaks = |cue| self.passage.cues.any(within, cue);
        ends.is_empty() || ends.starts_with(['.', ';', ',', '\n']) || speaks(Cue::Activity) || speaks(Cue::Experience)
    }

    /// `5 years in operations`, `5 years developing firmware`.
    fn is_of_activity(&self) -> bool {
        let after = self.after().of(self.passage.text());
        self.follows(Cue::Activity) || after.split_whitespace().next().is_some_and(|word| word.ends_with("ing"))
    }

    /// How a form with one line for each skill ends: `Java: 8 years (Required)`.
    fn is_form_line(&self) -> bool {
        let after = self.after().of(self.passage.text()).trim_start();
        ["(Required", "(Preferred"].iter().any(|end| after.starts_with(end))
    }

    fn demand(&self) -> Demand {
        let up_to = self.hit.most.is_none() && self.precedes(Cue::UpTo);
        Demand {
            span: self.passage.original(self.hit.span),
            place: self.passage.in_document(self.hit.span),
            in_preferred: self.passage.section(self.hit.span.start) == Section::Preferred,
            min: (!up_to).then_some(self.hit.least),
            max: if up_to { Some(self.hit.least) } else { self.hit.most },
            optional: self.is_optional(),
            alternative: self.passage.cues.any(self.part, Cue::Way),
            reach: self.reach(),
        }
    }

    /// `ideally 5 years`, `5 years of Java preferred`, `5 years in lieu of a degree`.
    fn is_optional(&self) -> bool {
        let (cues, text) = (&self.passage.cues, self.passage.text());
        let before = Span::new(self.part.start, self.hit.span.start);
        let after = Span::new(self.hit.span.end, self.part.end);
        let few = |between: &str| between.split_whitespace().count() < FEW_WORDS && !between.contains(['.', ';']);
        // `5 years of X, experience with Y preferred` prefers Y.
        let ends = |welcome: Span| {
            let rest = text[welcome.end..self.sentence.end].trim_start();
            let ended = rest.is_empty() || rest.starts_with(['.', ';', ',', ')', '\n']) || rest.starts_with("but");
            let between = &text[after.start..welcome.start];
            ended && between.matches("experience").count() < 2 && !between.contains(". ")
        };
        cues.last(before, Cue::Welcome).is_some_and(|welcome| few(&text[welcome.end..before.end]))
            || cues.within(after, Cue::Welcome).any(ends)
            || cues.any(self.part, Cue::Instead)
    }

    /// Where in the normalised text the words end that the years are bound to.
    fn reach(&self) -> usize {
        let (text, after) = (self.passage.text(), self.after());
        let words = after.of(text);
        let mark = words.find([';', '\n']).or_else(|| words.find(". ")).unwrap_or(words.len());
        // `EC2` goes on, `2 years` does not.
        let is_number = |at: &usize| !words[..*at].ends_with(char::is_alphanumeric);
        let mut digits = words.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
        let number = digits.find(is_number).unwrap_or(words.len());
        // `3 years of working knowledge of X` speaks of X.
        let breaks = |cue: &Span| {
            let between = &text[after.start..cue.start];
            between.len() > OF_WHAT || between.contains("exp")
        };
        let mut cues = self.passage.cues.within(after, Cue::Break).filter(breaks);
        let cue = cues.next().map_or(words.len(), |cue| cue.start - after.start);
        let end = after.start + mark.min(number).min(cue).min(REACH);
        self.passage.in_document(Span::new(self.hit.span.start, end.max(self.hit.span.end))).end
    }
}

fn is_blank(between: &str) -> bool {
    between.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::{facts, years_for};

    /// A text, and the fewest and the most years that it asks for in all.
    const ASKED: &[(&str, Option<u32>, Option<u32>)] = &[
        ("* 5+ years of experience with backend services", Some(5), None),
        ("* 3-5 years of experience", Some(3), Some(5)),
        ("* 3 – 5 years' experience in a similar role", Some(3), Some(5)),
        ("3 to 5 years of relevant work", Some(3), Some(5)),
        ("A minimum of five years in operations", Some(5), None),
        ("At least 2 yrs as a developer", Some(2), None),
        ("five (5) years of experience in the field", Some(5), None),
        ("Three (3) to five (5) years of experience", Some(3), Some(5)),
        ("10 years' experience building compilers", Some(10), None),
        ("**8 years** demonstrating mastery of C", Some(8), None),
        ("_3+ years_ of mobile work", Some(3), None),
        ("> 4+ years of lab experience", Some(4), None),
        ("6 -10 + years of experience", Some(6), Some(10)),
        ("At least 5 years of combined experience in the two", Some(5), None),
        ("3.5+ years of engineering experience", Some(3), None),
        ("4+years of on-call experience", Some(4), None),
        ("2\\+ years of Rust", Some(2), None),
        ("Five-plus (5+) years of commercial work", Some(5), None),
        ("4 or more years of experience", Some(4), None),
        ("nine (9) years or more experience", Some(9), None),
        ("10 years and above in the same trade", Some(10), None),
        ("Exp - 8+ yrs", Some(8), None),
        ("5+ YoE with any typed language", Some(5), None),
        ("**Years of experience:** 12 years", Some(12), None),
        ("Total years of experience: 6-8", Some(6), Some(8)),
        ("Experience in firmware (7+ years).", Some(7), None),
        ("1 year of experience on a help desk", Some(1), None),
        ("0-2 years of experience", Some(0), Some(2)),
        ("Up to 3 years of experience", None, Some(3)),
        ("Oracle: 8 years (Required)", Some(8), None),
        ("We are looking for someone with over 5 years of experience", Some(5), None),
        ("* With 5+ years of experience in QA", Some(5), None),
        // every demand must be met
        ("* 6+ years of development\n* 4+ years with cloud services\n* 1+ years of management", Some(6), None),
        ("5-7 years overall, with 3+ years of experience in tests", Some(5), Some(7)),
        // several ways to qualify
        ("BS and 8 years of experience, or MS and 6 years, or PhD and 3 years", Some(3), Some(8)),
        ("8 years of experience with a Bachelor's degree; or 6 years and a Master's degree", Some(6), Some(8)),
        ("Option 1: BS and 5 years of experience. Option 2: 9 years of experience", Some(5), Some(9)),
        ("5 years of experience with AWS (9 years in lieu of a degree)", Some(5), None),
        // what is only welcome counts where nothing is required
        ("Minimum 10 years, ideally 15+ years writing APIs", Some(10), None),
        ("2+ years of support. 6+ years of support is a plus.", Some(2), None),
        ("Requirements:\n\n* 3+ years of Go\n\nNice to have:\n\n* 5+ years of Go", Some(3), None),
        ("Nice to have:\n\n* 5+ years of Go", Some(5), None),
        // no demands
        ("Plants lived on employees who worked for 20-30 years in one place", None, None),
        ("We match your 401k after 2 years", None, None),
        ("For over 20 years we have built pumps", None, None),
        ("With more than 25 years of experience, Acme leads its field", None, None),
        ("Our 30+ years of history speak for us", None, None),
        ("You must be 18 years of age or older", None, None),
        ("Applicants must be at least 21 years old", None, None),
        ("This is a 2-year contract", None, None),
        ("A fixed term of 3 years, renewable", None, None),
        ("Sabbatical after 6 years of service", None, None),
        ("A four-year degree from a college", None, None),
        ("We grew tenfold in the last 3 years", None, None),
        ("Named a best employer five years in a row", None, None),
        ("Reviews take place every 2 years", None, None),
        ("Your first 2 years on the job", None, None),
        ("We plan to double over the next five years", None, None),
        ("The shop was founded 12 years ago", None, None),
        ("Options vest over 4 years", None, None),
        ("A nursery for children aged 3 to 5 years", None, None),
        ("25 vacation days per year and 2 volunteer days a year", None, None),
        ("$120,000/year", None, None),
        ("Applications are kept on file for two years", None, None),
        ("In just 4 years, we became profitable", None, None),
        ("It was 2019 years ago", None, None),
    ];

    #[test]
    fn demands_are_told_from_other_years() {
        assert!(ASKED.len() >= 60);
        for (text, least, most) in ASKED {
            let facts = facts(text);
            assert_eq!((facts.years_min, facts.years_max), (*least, *most), "{text}: {:?}", facts.demands);
        }
    }

    /// A text, a skill named in it, and the years bound to the skill.
    const BOUND: &[(&str, &str, Option<u32>)] = &[
        ("5+ years of Java", "Java", Some(5)),
        ("3 years' experience with Linux and Bash", "Linux", Some(3)),
        ("3 years' experience with Linux and Bash", "Bash", Some(3)),
        ("At least 4 years of **Python**", "Python", Some(4)),
        ("* Java (6+ years)", "Java", Some(6)),
        ("* JavaScript (3+ years), especially React (2+ years)", "JavaScript", Some(3)),
        ("* JavaScript (3+ years), especially React (2+ years)", "React", Some(2)),
        ("PHP 5+ years, Laravel 8+ years", "PHP", Some(5)),
        ("PHP 5+ years, Laravel 8+ years", "Laravel", Some(8)),
        ("Terraform: 2+ years", "Terraform", Some(2)),
        ("Worked with Ansible for at least 3 years", "Ansible", Some(3)),
        ("6+ years of Java, 2+ years of Go", "Go", Some(2)),
        ("6+ years of Java, 2+ years of Go", "Java", Some(6)),
        ("2 to 4 years in Perl", "Perl", Some(2)),
        ("3+ years of conceptual knowledge of clouds: AWS, EC2, Azure", "Azure", Some(3)),
        ("BS and 8 years of experience, or MS in Java and 6 years", "Java", None),
        ("5 years of experience. Knows Java.", "Java", None),
        ("5 years of experience; Java is used here", "Java", None),
        ("5 years of experience and strong knowledge of Java", "Java", None),
        ("Java and 5 years of experience with SAP", "Java", None),
        ("* 5 years of experience\n* Java", "Java", None),
        ("Up to 5 years of Java", "Java", None),
        ("For 20 years we have loved Java", "Java", None),
        ("Java, no years named", "Java", None),
        ("MS with 3 years or PhD 1+ years", "PhD", None),
    ];

    #[test]
    fn years_are_bound_to_the_skills_of_their_clause() {
        for (text, skill, years) in BOUND {
            let found = years_for(text, skill);
            assert_eq!(found, *years, "{skill}: {text}");
        }
    }
}
