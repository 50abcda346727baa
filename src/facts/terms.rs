//! Where and how one is employed: which words say it, and where they do.
//!
//! A phrase such as `fully remote` says it wherever it stands. A word such as `remote` says it
//! only where it names a term of the job: in the title, behind a label, in a tag for job boards
//! (`#LI-Remote`), or alone in its item. `remote support` says nothing.

use std::cmp::Reverse;

use super::cues::Cue;
use super::passages::Passage;
use super::this_job::{is_alone, is_aside, is_named, is_said_of_people, precedes_label, value_of_label};
use super::working_days::{Week, days_of_week, is_for_some_weeks, is_part_of_week, is_rare, is_share};
use crate::text::Span;

/// Where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Workplace {
    /// At home, or wherever one likes.
    Remote,
    /// Some days at home, some at the employer's place.
    Hybrid,
    /// At the employer's place.
    OnSite,
}

impl Workplace {
    const SIGNS: [Sign<Self>; 3] = [
        Sign { in_part: Some(Self::Hybrid), ..Sign::new(Self::Remote, Cue::Remote, Cue::RemoteWord) },
        Sign::new(Self::Hybrid, Cue::Hybrid, Cue::HybridWord),
        Sign { in_part: Some(Self::Hybrid), weekly: true, ..Sign::new(Self::OnSite, Cue::OnSite, Cue::OnSiteWord) },
    ];

    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Remote => "remote",
            Self::Hybrid => "hybrid",
            Self::OnSite => "on-site",
        }
    }
}

/// How one is employed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// Employed without an end.
    Permanent,
    /// Employed for a limited time: fixed term, seasonal, as a cover.
    Temporary,
    /// Paid for a project or a time, without being employed: contractors, freelancers.
    Contract,
    /// Work to learn, beside or after studies.
    Internship,
    /// Work with a training that ends in a trade.
    Apprenticeship,
    /// The whole week.
    FullTime,
    /// A part of the week.
    PartTime,
}

impl Contract {
    const SIGNS: [Sign<Self>; 7] = [
        Sign::new(Self::Permanent, Cue::Permanent, Cue::PermanentWord),
        Sign::new(Self::Temporary, Cue::Temporary, Cue::TemporaryWord),
        Sign::new(Self::Contract, Cue::ContractWork, Cue::ContractWord),
        Sign::new(Self::Internship, Cue::Internship, Cue::InternshipWord),
        Sign::new(Self::Apprenticeship, Cue::Apprenticeship, Cue::ApprenticeshipWord),
        Sign::new(Self::FullTime, Cue::FullTime, Cue::FullTimeWord),
        Sign::new(Self::PartTime, Cue::PartTime, Cue::PartTimeWord),
    ];

    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
            Self::Contract => "contract",
            Self::Internship => "internship",
            Self::Apprenticeship => "apprenticeship",
            Self::FullTime => "full-time",
            Self::PartTime => "part-time",
        }
    }
}

/// A value, and the cues that say it.
struct Sign<V> {
    value: V,
    /// Wherever it stands.
    phrase: Cue,
    /// Where it names a term.
    word: Cue,
    /// What is meant instead where it stands beside a part of the week.
    in_part: Option<V>,
    /// Whether it must be meant for every week.
    weekly: bool,
}

impl<V: Copy> Sign<V> {
    const fn new(value: V, phrase: Cue, word: Cue) -> Self {
        Self { value, phrase, word, in_part: None, weekly: false }
    }

    /// Whether it is said of a day now and then.
    fn is_rare(&self, passage: &Passage<'_>, span: Span) -> bool {
        self.weekly && is_rare(passage, span)
    }

    /// The value that is said at `span`: three days on site are hybrid work.
    fn value_at(&self, passage: &Passage<'_>, span: Span) -> V {
        self.in_part.filter(|_| is_part_of_week(passage, span)).unwrap_or(self.value)
    }
}

/// What a posting says of its terms.
#[derive(Debug, Default)]
pub(super) struct Terms {
    workplace: Said<Workplace>,
    contract: Said<Contract>,
}

/// The values that were said.
#[derive(Debug)]
struct Said<V> {
    /// Of this very job: in the title, behind a label, in a tag, before `position`.
    named: Vec<V>,
    /// Alone in an item.
    alone: Vec<V>,
    /// In other words.
    told: Vec<V>,
}

impl<V> Default for Said<V> {
    fn default() -> Self {
        Self { named: Vec::new(), alone: Vec::new(), told: Vec::new() }
    }
}

impl Terms {
    /// What the title says.
    pub(super) fn of_title(title: &Passage<'_>) -> Self {
        let mut terms = Self::default();
        terms.read_with(title, |_| true);
        terms
    }

    /// Adds what `passage` says.
    pub(super) fn read(&mut self, passage: &Passage<'_>) {
        self.read_with(passage, |word| is_named(passage, word));
    }

    fn read_with(&mut self, passage: &Passage<'_>, is_named: impl Fn(Span) -> bool) {
        if passage
            .cues
            .within(Span::new(0, passage.text().len()), Cue::RemoteWord)
            .any(|word| passage.answer(word) == Some(false))
        {
            self.workplace.named.push(Workplace::OnSite);
        }
        self.workplace.read(passage, &Workplace::SIGNS, &is_named);
        self.workplace.alone.extend(choices(passage));
        self.workplace.told.extend(days_of_week(passage).map(|week| match week {
            Week::Part => Workplace::Hybrid,
            Week::Whole => Workplace::OnSite,
        }));
        self.contract.read(passage, &Contract::SIGNS, &is_named);
    }

    /// Where the work is done. What is named counts before what sentences tell.
    pub(super) fn workplace(&self) -> Vec<Workplace> {
        let Said { named, alone, told } = &self.workplace;
        if !named.is_empty() {
            return sorted(named.iter().copied());
        }
        // `hybrid: two days remote`: what a hybrid job consists of.
        let is_mixed = told.contains(&Workplace::Hybrid);
        let told = told.iter().filter(|place| !is_mixed || **place == Workplace::Hybrid);
        sorted(alone.iter().chain(told).copied())
    }

    /// How one is employed.
    pub(super) fn contract(&self) -> Vec<Contract> {
        let Said { named, alone, told } = &self.contract;
        sorted(named.iter().chain(alone).chain(told).copied())
    }
}

fn sorted<V: Ord>(values: impl Iterator<Item = V>) -> Vec<V> {
    let mut values: Vec<V> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

impl<V: Copy> Said<V> {
    fn read(&mut self, passage: &Passage<'_>, signs: &[Sign<V>], is_named: impl Fn(Span) -> bool) {
        let is_given = |sign: &&Sign<V>| passage.cues.has(sign.phrase) || passage.cues.has(sign.word);
        let given = || signs.iter().filter(is_given);
        if given().next().is_none() {
            return;
        }
        let all = Span::new(0, passage.text().len());
        let cues = given().flat_map(|sign| [sign.phrase, sign.word]);
        let named = cues.flat_map(|cue| passage.cues.within(all, cue));
        let others = passage.cues.within(all, Cue::TermOther).filter(|other| !runs_into_label(passage, *other));
        let longest = outermost(named.chain(others).collect());
        for sign in given() {
            let is_label = |span: Span| {
                let value = value_of_label(passage, span);
                value.is_some_and(|value| signs.iter().any(|sign| passage.cues.any(value, sign.word)))
            };
            let counts =
                |span: &Span| longest.binary_search(span).is_ok() && !is_other(passage, *span) && !is_label(*span);
            let said = |cue| passage.cues.within(all, cue).filter(counts).collect::<Vec<Span>>();
            let (words, phrases) = (said(sign.word), said(sign.phrase));
            if let Some(word) = words.iter().chain(&phrases).find(|word| is_named(**word)) {
                self.named.push(sign.value_at(passage, *word));
            }
            if let Some(word) = words.iter().find(|word| is_alone(passage, **word)) {
                self.alone.push(sign.value_at(passage, *word));
            }
            let is_told = |word: &&Span| is_said_of_people(passage, **word) || is_share(passage, **word);
            let mut told = phrases.iter().chain(words.iter().filter(is_told));
            if let Some(phrase) = told.find(|span| !sign.is_rare(passage, **span) && !is_aside(passage, **span)) {
                self.told.push(sign.value_at(passage, *phrase));
            }
        }
    }
}

/// `Full-time Experience` in `Full-time Experience level: Senior`.
fn runs_into_label(passage: &Passage<'_>, other: Span) -> bool {
    let last = other.of(passage.text()).rfind(' ').map(|space| other.start + space + 1);
    last.is_some_and(|last| precedes_label(Span::new(last, passage.sentence(other).end).of(passage.text())))
}

/// Those of `spans` that lie in no other one: `no remote work` is longer than `remote work`.
fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, Reverse(span.end)));
    spans.dedup();
    let mut end = 0;
    spans.retain(|span| {
        let is_outer = span.end > end;
        end = end.max(span.end);
        is_outer
    });
    spans
}

/// The ways of working that a list offers: `hybrid, remote, and in office`, `remote, hybrid or office`.
/// Two alone may be kinds of something else: `remote and on-site teams`.
fn choices(passage: &Passage<'_>) -> Vec<Workplace> {
    // A list offers all three.
    if ![Cue::RemoteWord, Cue::HybridWord].iter().all(|way| passage.cues.has(*way)) {
        return Vec::new();
    }
    let all = Span::new(0, passage.text().len());
    let ways = [
        (Cue::RemoteWord, Workplace::Remote),
        (Cue::HybridWord, Workplace::Hybrid),
        (Cue::OnSiteWord, Workplace::OnSite),
        (Cue::Office, Workplace::OnSite),
    ];
    let spans = outermost(ways.iter().flat_map(|(cue, _)| passage.cues.within(all, *cue)).collect());
    let value = |span: Span| {
        let mut named = ways.iter().filter(|(cue, _)| passage.cues.within(span, *cue).any(|word| word == span));
        named.next().map(|(_, value)| *value)
    };
    let lists = spans.chunk_by(|one, next| passage.text().get(one.end..next.start).is_some_and(is_joint));
    let offered = lists.filter_map(|list| {
        let values = sorted(list.iter().copied().filter_map(value));
        let last = *list.last()?;
        // `remote, hybrid or office, depending on the role` does not say which.
        let is_open = passage.sentence(last).of(passage.text()).contains("depending");
        (values.len() == Workplace::SIGNS.len() && !is_open && !is_other(passage, last)).then_some(values)
    });
    offered.flatten().collect()
}

/// Whether nothing but the marks of a list stands between two words.
fn is_joint(between: &str) -> bool {
    let mut words = between.split([' ', ',', '/', '\n']).filter(|word| !word.is_empty());
    !between.is_empty() && between.len() <= 8 && words.all(|word| matches!(word, "or" | "and" | "the" | "&" | "oder"))
}

/// Whether what stands around a word makes another thing of it: `remote support`, `a home
/// office stipend`, `not a remote position`.
fn is_other(passage: &Passage<'_>, span: Span) -> bool {
    let (cues, text) = (&passage.cues, passage.text());
    let mut after = Span::new(span.end, passage.sentence(span).end);
    // A line that begins with a capital is another value: `Remote`, `Experience: 2 years`.
    if let Some(line) =
        after.of(text).find('\n').filter(|line| after.of(text)[line + 1..].starts_with(char::is_uppercase))
    {
        after.end = span.end + line;
    }
    cues.just_after(text, after, Cue::OtherNoun) && !precedes_label(after.of(text))
        || passage.answer(span) == Some(false)
        || passage.is_denied(span, Cue::TermDenied)
        || is_for_some_weeks(passage, span)
}

#[cfg(test)]
mod tests {
    use crate::classifier::testing::CLASSIFIER;
    use crate::facts::Facts;

    /// A title, a text, and the values that reports name.
    type Case = (&'static str, &'static str, &'static str);

    /// The cases that are read otherwise than they should.
    fn wrong(cases: &[Case], read: impl Fn(&Facts) -> Vec<&'static str>) -> Vec<(Case, String)> {
        let read = |case: &Case| read(&Facts::of(&CLASSIFIER.read(case.0, case.1))).join("; ");
        cases.iter().map(|case| (*case, read(case))).filter(|(case, found)| found != case.2).collect()
    }

    #[test]
    fn workplaces_are_told_from_other_remote_and_hybrid_things() {
        let cases: [Case; 71] = [
            ("Software Engineer (Remote)", "You write Go.", "remote"),
            ("Remote Java Developer", "", "remote"),
            ("Data Engineer - Hybrid", "", "hybrid"),
            ("Systems Engineer, Onsite", "", "on-site"),
            ("Remote Sensing Engineer", "", ""),
            ("Remote Support Technician", "", ""),
            ("Hybrid Cloud Engineer", "", ""),
            ("", "This is a fully remote position.", "remote"),
            ("", "The role is 100% remote within the EU.", "remote"),
            ("", "You may work remotely from any state.", "remote"),
            ("", "Work from anywhere in Portugal.", "remote"),
            ("", "We are a remote-first company.", "remote"),
            ("", "Location: Remote (US)", "remote"),
            ("", "Location: Leeds, UK or Remote", "remote"),
            ("", "Work Type:\n* Remote", "remote"),
            ("", "Benefits\n* Remote work", "remote"),
            ("", "* Remote or hybrid", "remote; hybrid"),
            ("", "Apply today! #LI-Remote", "remote"),
            ("", "#LI-Hybrid", "hybrid"),
            ("", "Due to the team's needs this is a hybrid role based in Ghent.", "hybrid"),
            ("", "You work two days a week in the office, and three days from home.", "hybrid"),
            ("", "Our hybrid working model: 3 days in the office, fully remote on the others.", "hybrid"),
            ("", "Hybrid working", "hybrid"),
            ("", "3 remote days per week", "hybrid"),
            ("", "This position is on-site in Dayton, OH.", "on-site"),
            ("", "This is an on-site role.", "on-site"),
            ("", "This is not a remote position.", "on-site"),
            ("", "No remote work.", "on-site"),
            ("", "Remote work is not possible.", "on-site"),
            ("", "Five days a week in the office", "on-site"),
            ("", "Workplace: On-site", "on-site"),
            ("", "You maintain remote servers at remote sites.", ""),
            ("", "You give remote support to remote users over remote desktop.", ""),
            ("", "You build hybrid cloud platforms.", ""),
            ("", "Experience with hybrid environments is a plus.", ""),
            ("", "Remote monitoring", ""),
            ("", "Hybrid cloud", ""),
            ("", "Experience working in a hybrid work environment", ""),
            ("", "A work from home stipend of $500", ""),
            ("", "Free lunch for those in the office", ""),
            ("", "You will lead a remote team.", ""),
            ("", "You support our on-site teams.", ""),
            ("", "On-site gym", ""),
            ("", "On-site parking", ""),
            ("", "Escalate to on-site technicians.", ""),
            ("", "After the call we invite you to an onsite interview.", ""),
            ("", "Occasional visits on site.", ""),
            ("", "Remote code execution flaws", ""),
            ("", "Remote procedure calls", ""),
            ("", "You will work from our office in Cork.", ""),
            ("", "Home office budget", ""),
            ("", "Hybrid mobile apps", ""),
            ("", "This job may be done remotely.", "remote"),
            ("", "We offer 100% Remote, flexible hours.", "remote"),
            ("", "Work Remotely: No", "on-site"),
            ("", "Work Remotely: Yes", "remote"),
            ("", "Work Remotely:\n* No", "on-site"),
            ("", "The office is on-site 3 days a week: this is in-office work, Tuesday to Thursday.", "hybrid"),
            ("", "Permanent, full-time, Remote or Bonn", "remote"),
            ("", "Unless approved to work fully remotely, you come in.", ""),
            ("", "We seek a hybrid leader.", ""),
            ("", "This is a remote opportunity. Our hybrid working model is for others.", "remote"),
            ("", "You may work remotely from home one day per week.", "hybrid"),
            ("Onsite IT Administrator", "", "on-site"),
            ("", "Location: Remote - Canada", "remote"),
            ("", "Job Location: Onsite, Tulsa", "on-site"),
            ("", "This role is in-office, 5 days a week in the office.", "on-site"),
            ("", "You split your time between home and our office.", "hybrid"),
            ("", "Partially remote", "hybrid"),
            ("", "The position is open to remote.", "remote"),
            ("", "Teleworking is not available: not eligible for telework.", "on-site"),
        ];
        let wrong = wrong(&cases, |facts| facts.workplace.iter().map(|place| place.name()).collect());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn days_choices_and_ways_of_working_say_where_one_works() {
        let cases: Vec<Case> = vec![
            ("", "You come to our Ghent office 4 days per week; Tuesday you stay at home.", "hybrid"),
            ("", "We expect you at one of our hubs or the office at least three days each week.", "hybrid"),
            ("", "You are with us in the office 5 days a week.", "on-site"),
            ("", "Free lunch in the office two days a week", ""),
            ("", "Location: Remote (min. 1 office day/month)", "remote"),
            ("", "We work in a hybrid way with 3 days at our site.", "hybrid"),
            ("", "Enjoy a hybrid work setup, balancing on-site and remote work.", "hybrid"),
            ("", "A 4-week \"work from anywhere\" policy every year", ""),
            ("", "Regular in-person company retreats", ""),
            ("Python Developer (onsite or remote)", "", "remote; on-site"),
            ("", "You may work in the office or remote.", "remote; on-site"),
            ("", "This position can be worked remotely.", "remote"),
            ("", "We are an all-remote team.", "remote"),
            ("", "Benefits include working remotely.", "remote"),
            ("", "Experience working remotely", ""),
            ("", "* Remote working with flexible hours", "remote"),
            ("", "You love working in-person with your team.", "on-site"),
            ("", "This hybrid role combines sales and engineering.", ""),
            ("", "This involves an office-first setup.", "on-site"),
            ("", "This role is categorized as hybrid.", "hybrid"),
            ("", "* Remote, hybrid, or in-office", "remote; hybrid; on-site"),
            ("", "We run networks for on-premises, hybrid, and multi-cloud setups.", ""),
            ("", "We are an in-person team in Oslo.", "on-site"),
            ("", "Virtual and in-person team building", ""),
            ("", "* Flexible hours and home office options", "hybrid"),
            ("", "This position is open to remote workers. We have a largely hybrid model for most roles.", "remote"),
            ("", "We seek a hands-on remote Senior Java Developer.", "remote"),
            ("", "You must be eligible to work here (remote work supported)", "remote"),
            ("", "You guide Remote Systems and their owners.", ""),
            ("", "Location: Remote\nExperience: 2 years", "remote"),
            ("", "* Work on-site with customers to learn what they need", ""),
            ("", "Colleagues in many countries are working remotely.", ""),
            ("", "Enjoy hybrid, remote, and in office work models.", "remote; hybrid; on-site"),
            ("", "You decide: remote, hybrid or office", "remote; hybrid; on-site"),
            ("", "You may work from home.", "remote"),
            ("", "You can work from home two days a week.", "hybrid"),
            ("", "We work remotely.", "remote"),
            ("", "A minimum of 3 days in our Bonn office", "hybrid"),
            ("", "You lead remote and on-site teams.", ""),
            ("", "You work onsite at our hub four times a month.", ""),
            ("", "Perks: up to 80% work from home scheme, fruit", "hybrid"),
            ("", "We like the possibility of remote work in Ghent.", "remote"),
            ("", "You are willing to work anywhere in the stack.", ""),
            ("", "You spend at least 60% of your time in the office.", "hybrid"),
            ("", "Up to 60% remote work", "hybrid"),
            ("", "Ulm, BW (Remote)", "remote"),
            ("", "UK Remote", "remote"),
            ("", "Reno, NV - Hybrid", "hybrid"),
            ("", "Work Mode: WFO", "on-site"),
            ("", "* Work from office", "on-site"),
            ("", "This position does not offer remote work.", "on-site"),
            ("", "This position has been identified as a virtual opportunity.", "remote"),
            ("", "Work Location: Hybrid remote in Reno, NV", "hybrid"),
            ("", "Paid time off and work from anywhere flexibility", ""),
            ("", "* Homeoffice möglich", "hybrid"),
            ("", "Flexible Arbeitszeiten und Homeoffice", "hybrid"),
            ("", "* Mobiles Arbeiten", "hybrid"),
            ("", "Bis zu drei Tage pro Woche im Homeoffice", "hybrid"),
            ("", "Du kannst deutschlandweit remote arbeiten.", "remote"),
            ("", "Hybride werken: 2 dagen thuis", "hybrid"),
        ];
        let wrong = wrong(&cases, |facts| facts.workplace.iter().map(|place| place.name()).collect());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn contracts_are_told_from_what_is_negotiated_and_built() {
        let cases: Vec<Case> = vec![
            ("Java Developer (Contract)", "", "contract"),
            ("Freelance Technical Writer", "", "contract"),
            ("Contract Manager", "", ""),
            ("Smart Contracts Engineer", "", ""),
            ("Software Engineering Intern", "", "internship"),
            ("Working Student Backend", "", "internship"),
            ("Apprentice Technician", "", "apprenticeship"),
            ("Administrator, part time", "", "part-time"),
            ("Network Engineer - 12 month FTC", "", "temporary"),
            ("", "This is a full-time position.", "full-time"),
            ("", "This is a permanent, full-time role.", "permanent; full-time"),
            ("", "Job Type: Full-time", "full-time"),
            ("", "Job type: Full-time, Permanent", "permanent; full-time"),
            ("", "Employment Type\nFull time", "full-time"),
            ("", "Type of contract: permanent", "permanent"),
            ("", "* Full-time", "full-time"),
            ("", "Full time, permanent", "permanent; full-time"),
            ("", "The salary range for this full-time position is $100,000 to $120,000.", "full-time"),
            ("", "This is a six month contract.", "contract"),
            ("", "A 12-month contract with possible extension", "contract"),
            ("", "Contract-to-hire", "contract"),
            ("", "A fixed-term contract of two years", "temporary"),
            ("", "We offer you a B2B contract.", "contract"),
            ("", "The day rate is £500, outside IR35.", "contract"),
            ("", "You join us as an independent contractor.", "contract"),
            ("", "We offer a permanent contract.", "permanent"),
            ("", "Part-time work is possible: a part-time position of 20 hours per week.", "part-time"),
            ("", "A paid summer internship", "internship"),
            ("", "Vollzeit, unbefristet", "permanent; full-time"),
            ("", "This is not a contract role, this is a full-time role.", "full-time"),
            ("", "A contract role with the possibility of a permanent position", "contract"),
            ("", "You lead contract negotiation with vendors.", ""),
            ("", "You find a permanent fix for each incident.", ""),
            ("", "You write smart contracts and contract tests.", ""),
            ("", "Two years of full-time experience", ""),
            ("", "Benefits for full-time employees", ""),
            ("", "Temporary files are removed.", ""),
            ("", "You work with contractors and vendors.", ""),
            ("", "You mentor interns and junior engineers.", ""),
            ("", "Experience from an internship is welcome.", ""),
            ("", "A lawful permanent resident", ""),
            ("", "This document does not create a contract of employment.", ""),
            ("", "Internal stakeholders and permanent staff", ""),
            ("", "Experience in a similar full-time position", ""),
            ("", "**Contract** : Full time, permanent", "permanent; full-time"),
            ("", "Contract: 6 months", "contract"),
            ("", "Part-Time (20 hrs/week) or Full-Time (40 hrs/week) role", "full-time; part-time"),
            ("", "Experience with unit, contract, and browser tests", ""),
            ("", "* Unit, contract, and browser tests", ""),
            ("", "Principal Speech and Language Therapist, Band 8a, full time, permanent", "permanent; full-time"),
            ("", "Permanent remote work is considered case by case.", ""),
            ("", "This is a permanent remote job.", "permanent"),
            ("", "Job type: Full-time Experience level: Senior Role: Developer", "full-time"),
            ("", "A vacancy for a fixed term 12 month contract", "temporary"),
            ("", "Staff Nurse - Part Time, 25 hrs", "part-time"),
            ("", "Competitive salary and equity for full-time roles", ""),
            ("", "Part and Full time", "full-time; part-time"),
            ("", "Benefits (Full Time Roles)", ""),
            ("", "You must be authorized to work in the EU on a permanent basis.", ""),
            ("", "Full-Time/Permanent", "permanent; full-time"),
            ("", "Ongoing, full-time position", "permanent; full-time"),
            ("", "Teilzeit oder Vollzeit", "full-time; part-time"),
            ("", "Die Stelle ist auf zwei Jahre befristet.", "temporary"),
            ("", "Contract voor onbepaalde tijd", "permanent"),
        ];
        let wrong = wrong(&cases, |facts| facts.contract.iter().map(|contract| contract.name()).collect());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
