//! How experienced the person is who is sought.

use super::cues::Cue;
use super::passages::Passage;
use crate::text::Span;

/// From so many years on, a posting whose title is silent seeks someone of medium experience,
/// and from so many someone senior.
const MID_YEARS: u32 = 2;
const SENIOR_YEARS: u32 = 5;

/// How experienced the person is who is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seniority {
    /// Still learning, for a time.
    Intern,
    /// At the beginning: entry level, graduates.
    Junior,
    /// Neither at the beginning nor senior.
    Mid,
    /// Senior.
    Senior,
    /// Leads others by skill or as their manager: lead, staff, principal.
    Lead,
    /// Leads leaders: directors, heads, officers.
    Executive,
}

impl Seniority {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Intern => "intern",
            Self::Junior => "junior",
            Self::Mid => "mid",
            Self::Senior => "senior",
            Self::Lead => "lead",
            Self::Executive => "executive",
        }
    }

    /// What a title says: of several words the one of most weight, an intern apart.
    pub(super) fn of_title(title: &Passage<'_>) -> Option<Self> {
        // In the order in which they count.
        let levels = [
            (Cue::LevelIntern, Self::Intern),
            (Cue::LevelExecutive, Self::Executive),
            (Cue::LevelLead, Self::Lead),
            (Cue::LevelSenior, Self::Senior),
            (Cue::LevelMid, Self::Mid),
            (Cue::LevelJunior, Self::Junior),
        ];
        let all = Span::new(0, title.text().len());
        let is_other = |word: Span| {
            title.cues.within(all, Cue::LevelOther).any(|other| other.start <= word.start && word.end <= other.end)
        };
        let says = |cue| title.cues.within(all, cue).any(|word| !is_other(word));
        levels.into_iter().find_map(|(cue, level)| says(cue).then_some(level))
    }

    /// What so many years of experience amount to.
    pub(super) fn of_years(least: u32) -> Self {
        match least {
            SENIOR_YEARS.. => Self::Senior,
            MID_YEARS.. => Self::Mid,
            _ => Self::Junior,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::classifier::testing::CLASSIFIER;
    use crate::facts::Facts;

    #[test]
    fn titles_count_before_years() {
        let cases = [
            ("Senior Systems Engineer", "", "senior"),
            ("Sr. Developer", "2+ years of experience", "senior"),
            ("Junior Developer", "5 years of experience", "junior"),
            ("Software Engineer II", "", "mid"),
            ("Software Engineer III", "", "senior"),
            ("Software Engineer I", "", "junior"),
            ("Principal Engineer", "", "lead"),
            ("Staff Software Engineer", "", "lead"),
            ("Senior Staff Engineer", "", "lead"),
            ("Lead Developer", "", "lead"),
            ("Engineering Manager", "", "lead"),
            ("Head of Infrastructure", "", "executive"),
            ("Director, Engineering", "", "executive"),
            ("Associate Director of IT", "", "executive"),
            ("VP of Engineering", "", "executive"),
            ("Software Engineering Intern", "", "intern"),
            ("Graduate Engineer", "", "junior"),
            ("Associate Software Engineer", "", "junior"),
            ("Mid-Level Developer", "", "mid"),
            ("Lead Generation Specialist", "", ""),
            ("Executive Assistant", "", ""),
            ("Student Support Officer", "", ""),
            ("Member of Technical Staff", "", ""),
            ("Product Manager", "", ""),
            ("Customer Success Manager", "", ""),
            ("IT Project Manager", "", ""),
            ("Manager, Data Platforms", "", "lead"),
            ("Manager - Product Analytics", "", "lead"),
            ("Service Desk Manager", "", "lead"),
            ("Sr. Manager, Engineering", "", "lead"),
            ("Teamleitung IT-Support", "", "lead"),
            ("Fresher Java Developer", "", "junior"),
            ("SDE-2", "", "mid"),
            ("Stagiair Software", "", "intern"),
            ("Developer", "You have 1+ years of experience.", "junior"),
            ("Developer", "You have 3+ years of experience.", "mid"),
            ("Developer", "You have 6+ years of experience.", "senior"),
            ("Developer", "You work with senior stakeholders and a lead engineer.", ""),
        ];
        let read = |title, text| Facts::of(&CLASSIFIER.read(title, text)).seniority().map_or("", |level| level.name());
        let wrong: Vec<_> = cases.iter().filter(|(title, text, want)| read(title, text) != *want).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
