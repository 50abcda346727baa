//! Years of experience that a posting asks for, and the skills they are asked of.

use super::cues::Cue;
use super::line::is_one_of;
use super::passages::word;
use crate::document::Document;
use crate::text::Span;

/// Bytes between a skill and the demand after it that is bound to it.
pub(super) const REACH_BACK: usize = 24;

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
    pub(super) in_preferred: bool,
    /// Whether it is one of several ways to qualify: `BS and 5 years or MS and 3 years`.
    pub(super) alternative: bool,
    /// Where it stands in the normalised text, and where what it speaks of ends there.
    pub(super) place: Span,
    pub(super) reach: usize,
}

/// Marks the demands that stand in a section of what is welcome. A lone demand counts
/// in whatever section it stands.
pub(super) fn prefer_in_sections(demands: &mut [Demand]) {
    if demands.len() > 1 {
        for demand in demands {
            demand.optional |= demand.in_preferred;
        }
    }
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
        let reaches = |demand: &&Demand| demand.place.end <= mention.start && mention.end <= demand.reach;
        let demand = demands[..next].last().filter(reaches)?;
        let enclosed = text[..demand.place.start].ends_with('(');
        let goes_on = text[demand.place.end..].trim_start_matches(['\'', 's', ' ', '\n']);
        let speaks = goes_on.starts_with(|c: char| c.is_alphanumeric() || c == '.');
        (!enclosed && speaks).then_some(demand)
    };
    let min = follows.or_else(precedes)?.min?;
    // `PhD, 3 years` says nothing of three years of doctorate.
    let inside = document.hits_in(mention).iter().filter(|hit| hit.span.end <= mention.end);
    let is_way = inside.filter_map(|hit| word(document, hit)).any(|word| word.cues & Cue::Way.bit() != 0);
    (!is_way).then_some(min)
}

/// Whether `between` ties years to the skill before them: `(`, `: at least`, `for`.
pub(super) fn leads_to(between: &str) -> bool {
    let between = between.strip_prefix("'s").unwrap_or(between);
    let bare = between.trim_matches([' ', '>', '\n']);
    let bare = bare.strip_prefix(['(', '[', ':', '-']).unwrap_or(bare);
    let leads = ["", "at least", "minimum", "minimum of", "min", "min.", "over", "for", "for at least", "for over"];
    is_one_of(bare.trim().as_bytes(), &leads)
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
        ("* Have 5+ years combined experience as an advocate", Some(5), None),
        ("Experience level:\n* 3 years\n* 4 years\n* 5 years", Some(3), Some(5)),
        ("2 years of sales experience, or at least 3 years of experience in support", Some(2), Some(3)),
        ("**Required Experience:** \n \u{a0}\n \n\n\n* 10 yrs\\+ experience as an administrator", Some(10), None),
        ("10 days off rolling over two years", None, None),
        ("IT sales experience (minimally 1 year of experience)", Some(1), None),
        // bounds
        ("No less than 5 years of Java experience", Some(5), None),
        ("Not fewer than four years in operations", Some(4), None),
        ("Not more than 3 years of experience with Linux", None, Some(3)),
        ("No more than 2 years of experience", None, Some(2)),
        ("At most 4 years of experience", None, Some(4)),
        ("A maximum of 4 years of experience", None, Some(4)),
        ("3 years of experience or less", None, Some(3)),
        ("Experience: 3 years or less", None, Some(3)),
        ("< 3 years of experience", None, Some(3)),
        ("≥ 3 years of experience", Some(3), None),
        ("Candidates with less than 4 years of experience need not apply", Some(4), None),
        ("You have between 3 and 5 years of experience with Java", Some(3), Some(5)),
        ("3~5 years of experience with Java", Some(3), Some(5)),
        ("6 months - 2 years of experience with Linux", Some(0), Some(2)),
        ("At least 18 months of experience with Linux", Some(1), None),
        ("A minimum of 24 months' experience in support", Some(2), None),
        ("10+ years preferred, 5 years required", Some(5), None),
        ("5 years required, 10+ years preferred", Some(5), None),
        ("Java: 5 years", Some(5), None),
        ("Experience needed:\n- Java: 5 years\n- Linux: 3 years", Some(5), None),
        ("5y+ experience in Java", Some(5), None),
        ("Experience (in years): 6", Some(6), None),
        ("Requirements\n- Java (5 years)\n- Linux\nNice to have\n- 8+ years of Go", Some(5), None),
        ("Must have a driving licence and 3 years of experience", Some(3), None),
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
        ("8+ years of experience (or 5 years with a Master's)", Some(5), Some(8)),
        ("1. One year of experience in support; or\n2. Two years of experience as an operator", Some(1), Some(2)),
        ("* 3 years of experience in support or\n* 5 years of experience in sales", Some(3), Some(5)),
        ("1-2 years of experience, Bachelor's degree in Finance", Some(1), Some(2)),
        // in German and Dutch
        ("Mindestens 3 Jahre Berufserfahrung in der Softwareentwicklung", Some(3), None),
        ("3-5 Jahre Erfahrung mit Java", Some(3), Some(5)),
        ("Du bringst mind. 2 Jahre Erfahrung im Support mit", Some(2), None),
        ("Sie haben mehr als fünf Jahre Berufserfahrung", Some(5), None),
        ("3 bis 5 Jahre Berufserfahrung", Some(3), Some(5)),
        ("Bis zu 3 Jahre Berufserfahrung", None, Some(3)),
        ("Berufserfahrung: 5 Jahre", Some(5), None),
        ("Minimaal 3 jaar ervaring als developer", Some(3), None),
        ("Je hebt 2 tot 5 jaar werkervaring", Some(2), Some(5)),
        // what is only welcome counts where nothing is required
        ("At least a couple of years of experience with Go", Some(2), None),
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
        ("30 years of combined experience in our team. You run VMware.", None, None),
        ("Heron has 20 years of experience in logistics", None, None),
        ("Heron Ltd. brings over 15 years of experience in logistics", None, None),
        ("You will learn from colleagues with 10+ years of experience", None, None),
        ("Join a team of engineers with 12 years of experience", None, None),
        ("5 years UK residency is required for SC clearance", None, None),
        ("You must have lived in the UK for at least 5 years", None, None),
        ("A driving licence held for at least 2 years is required", None, None),
        ("A 12 month contract with a probation of 6 months", None, None),
        ("Length of contract: 2 years", None, None),
        ("This is a 2 year rolling contract", None, None),
        ("You have completed 2 years of your Master's", None, None),
        ("A guarantee of 2 years on all parts", None, None),
        ("Limited for 3 years with possible longer-term prospects", None, None),
        ("The appointment is for a maximum of three years on a temporary contract", None, None),
        ("Seit über 20 Jahren entwickeln wir Software", None, None),
        ("Die Stelle ist auf 2 Jahre befristet", None, None),
        ("Unsere 10 Jahre Erfahrung sprechen für sich", None, None),
        ("In den letzten 5 Jahren sind wir gewachsen", None, None),
        ("Al 25 jaar bouwen wij software", None, None),
        ("You do not need 5 years of experience", None, None),
        ("5 years of experience is not required", None, None),
    ];

    #[test]
    fn demands_are_told_from_other_years() {
        assert!(ASKED.len() >= 60);
        let read = |text: &str| {
            let facts = facts(text);
            (facts.years_min, facts.years_max)
        };
        let wrong = ASKED.iter().filter(|(text, least, most)| read(text) != (*least, *most));
        let wrong: Vec<_> = wrong.map(|case| (case, read(case.0))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
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
        ("Terraform: 2 years", "Terraform", Some(2)),
        ("5y+ of Java", "Java", Some(5)),
        ("No less than 5 years of Java", "Java", Some(5)),
        ("Not more than 5 years of Java", "Java", None),
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
