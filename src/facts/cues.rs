//! Words that tell what a number, a sum or a degree near them means.
//!
//! All of them are found in one pass over a passage. A fact then asks what stands
//! directly before or after a place, or somewhere in its sentence. A pattern for each
//! question would say the same and cost twenty milliseconds to compile, more than
//! reading a posting may take.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::phrases::{Phrases, is_whole};
use crate::text::Span;

/// What a cue tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// Directly after years that are no experience: `ago`, `in a row`.
    TimeAfter,
    /// The same after `of`, with at most a word between: `of age`, `of steady growth`.
    TimeOf,
    /// Directly before such years: `in the last`, `every`.
    TimeBefore,
    /// The age of a person.
    Age,
    /// The age of children, before a number.
    Child,
    /// A company speaks of itself.
    Company,
    /// The same where it opens a sentence, or stands before the number at once.
    Since,
    /// Something is asked of a person.
    Asking,
    /// The years are of experience.
    Experience,
    /// Directly after years of an activity: `in`, `as`.
    Activity,
    /// Directly before the fewest years.
    Least,
    /// Directly before a most.
    UpTo,
    /// Directly before a least sum.
    From,
    /// What is welcome but not demanded.
    Welcome,
    /// Years that stand in for a degree.
    Instead,
    /// A degree or a grade: demands that name one are ways to qualify.
    Way,
    /// Where the part of a sentence that years speak of ends.
    Break,
    /// The sum is pay.
    Pay,
    /// The sum is something else than pay.
    OtherSum,
    /// The same, said after the sum.
    OtherSumAfter,
    /// Words between a sum and a noun after which that noun says nothing of the sum.
    Joint,
    /// What a sum is paid for, said before it.
    PerHour,
    PerDay,
    PerWeek,
    PerMonth,
    PerYear,
    /// Degrees are spoken of, but none is asked for.
    Aside,
    /// Before a degree that is not asked for.
    NegatesBefore,
    /// After a degree that is not asked for.
    NegatesAfter,
    /// Directly after a word that is a degree only in such company.
    DegreeAfter,
    /// Directly before a bare `degree` of this level.
    KindAssociate,
    KindBachelor,
    KindMaster,
    /// Something of equal worth, in a sentence that names experience.
    Equivalent,
    /// Experience is enough.
    OrExperience,
    /// Where the fields of study of a degree end.
    FieldsEnd,
}

impl Cue {
    fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// The phrases of each cue. A phrase with capitals counts only so written.
const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::TimeAfter,
        "ago, old, older, of age, in a row, running, straight, consecutive, young, later, from now, to come, \
         before, preceding, immediately, history, contract, term, plan, warranty, anniversary, sabbatical, period, \
         degree, college, university, diploma, bachelor, bachelor's, program, programs, programme, programmes, \
         scheme, service, roadmap, forecast, runway, in business, down the, or older, and older, or over, and over, \
         fixed, renewable, initial, golden, exercise, with us, with the company, with our company, with the team, \
         with the firm, of continuous, of leadership in",
    ),
    (
        Cue::TimeOf,
        "age, service, tenure, employment, growth, history, innovation, research, funding, progress, operation, \
         operations, success, existence, business, heritage, tradition, coursework, college, university, study, \
         studies, school, schooling, training, education, employ, runway, collective, industry leadership, post \
         graduate coursework, post-graduate coursework",
    ),
    (
        Cue::TimeBefore,
        "after, within, every, each, per, since, founded, another, turned, last, past, next, first, previous, \
         recent, coming, in only, in just, in under, in about, in over, in less than, in fewer than, in as little \
         as, just, once every, valid for, contract, contract of, contract for, duration, term, vest over, vests \
         over, vesting over, vested over, aged, ages, over the, for the, for these, for those, during the, these, \
         those, retained for, on file for, around for, top, warranty of, months to, patients over, adults over, \
         children over, children from, people over, individuals over, persons over, pupils from",
    ),
    (Cue::Age, "years of age, or older, of age, age, aged, children, toddlers, pupils"),
    (Cue::Child, "age, aged, ages, children, toddlers, pupils"),
    (
        Cue::Company,
        "we, we've, our, us, company, firm, founded, established, since, history, heritage, team has, has been, \
         have been, has spent, business for, clients, customers, founder, founders, backed, trusted, leader, \
         leaders, employees, workers",
    ),
    (
        Cue::Since,
        "with over, with more than, with nearly, with almost, with, for over, for more than, for nearly, for \
         almost, boasting, drawing on",
    ),
    (
        Cue::Asking,
        "you, your, you'll, you've, you're, candidate, candidates, applicant, applicants, looking, seek, seeks, \
         seeking, need, needs, require, requires, required, requiring, requirement, requirements, must, minimum, \
         min, at least, atleast, ideal, ideally, want, expect, expects, expected, like to, welcome, someone, hire, \
         hiring, prefer, preferred, preferably, experienced, should, qualification, qualifications",
    ),
    (
        Cue::Experience,
        "exp, experience, experienced, experiences, background, expertise, track record, hands-on, hands on, \
         knowledge, proficient, proficiency, career, industry, practice, qualified, qualification, qualifications, \
         qualifying, working, worked",
    ),
    (Cue::Activity, "in, as, of, with, on, using, relevant"),
    (
        Cue::Least,
        "at least, atleast, minimum, min, over, more than, must have, require, requires, required, exp, experience",
    ),
    (
        Cue::UpTo,
        "up to, upto, less than, fewer than, no more than, max, maximum, as much as, not exceed, not exceeding, \
         under",
    ),
    (
        Cue::From,
        "from, starting at, starting from, starts at, starts from, start at, min, minimum, at least, upwards of, od",
    ),
    (
        Cue::Welcome,
        "ideally, preferably, prefer, preferred, desired, desirable, bonus, a plus, a big plus, a huge plus, a \
         strong plus, a definite plus, an advantage, advantageous, an asset, a bonus, nice to have, welcome",
    ),
    (
        Cue::Instead,
        "in lieu of, in place of, instead of, without a, if no, if missing, substitute, substitutes, substituted, \
         substitution",
    ),
    (
        Cue::Way,
        "bachelor, bachelors, bachelor's, master's, masters, phd, ph.d, ph. d, doctorate, doctoral, degree, \
         diploma, ged, bsc, b.sc, msc, m.sc, b.s, m.s, b.a, m.a, BS, BA, MS, MA, associate, associate's, for \
         senior, for a senior, for junior, for a junior, for staff, for mid, for principal, for lead, for entry, \
         level 1, level 2, level 3, level 4, option",
    ),
    (
        Cue::Break,
        "degree, bachelor, bachelor's, master's, knowledge, understanding, familiar, familiarity, strong, \
         excellent, solid, ability, skill, skills, preferred, preferably, plus, you, we, our, which, including, \
         equivalent, proficient, proficiency, passion, passionate, must, ideally, nice, BS, MS, BA, MA, phd, ph.d, \
         masters",
    ),
    (
        Cue::Pay,
        "salary, salaries, pay, pays, paid, paying, compensation, wage, wages, remuneration, rémunération, stawka, \
         gehalt, rate, rates, earn, earns, earning, base range, base rate, base of, base is, ote, package, ctc, \
         income, band, bands, range, ranges, hiring range, offering, we offer",
    ),
    (
        Cue::OtherSum,
        "relocation package, relocation, one time, one-time, incentive, incentives, bonus, bonuses, stipend, \
         stipends, allowance, allowances, reimburse, reimburses, reimbursed, reimbursement, raised, raise, raising, \
         funding, funded, invest, invested, investment, investments, value, valued, valuation, revenue, revenues, \
         arr, grant, grants, credit, premium, premiums, deductible, match, matches, matching, contribute, \
         contribution, contributions, 401k, 401, insurance, coverage, sign-on, sign on, signing, golden hello, \
         referral, donate, donation, donations, rewards, rewarded, save, saves, saving, savings, saved, spend, \
         spends, spending, worth, cost, costs, fee, fees, discount, discounts, discounted, subsidy, subsidised, \
         subsidized, tuition, education, learning, equipment, wellness, well-being, wellbeing, gym, fsa, hsa, \
         equity, stock, options, shares, processed, transactions, volume, assets, loan, loans, debt, profit, \
         turnover, accommodation, ticket, per diem, mileage, commuter, adoption, fertility, lifestyle",
    ),
    (
        Cue::OtherSumAfter,
        "bonus, incentive, stipend, allowance, reimbursement, reimbursed, budget, funding, of funding, investment, \
         valuation, revenue, market, arr, sales, grant, credit, premium, contribution, match, relocation, sign-on, \
         referral, donation, reward, rewards, savings, voucher, vouchers, equipment, training, learning, education, \
         wellness, setup, set-up, for books, toward, towards, to spend, to help, to set, to cover, to use, to buy, \
         to put, payment, in funding, in sales, in revenue, in savings, in assets, in value, in transactions, in \
         loans, in grants, in debt, in rewards, off, discount, subsidy, welcome, recruitment, golden, perk, perks, \
         benefit, deductible, companies, company, customers, industry, adoption, donated",
    ),
    (Cue::Joint, "plus, and, with, in, or, up, from, salary, base, to, inclusive, including, excluding"),
    (Cue::PerHour, "hourly, per hour, an hour, hour rate"),
    (Cue::PerDay, "day rate, daily, per day"),
    (Cue::PerWeek, "weekly, per week"),
    (Cue::PerMonth, "monthly, per month, a month"),
    (Cue::PerYear, "annual, annually, annualized, annualised, yearly, per year, per annum"),
    (
        Cue::Aside,
        "tuition, reimburse, reimbursement, scholarship, scholarships, debt-free, debt free, sponsored degree, \
         further education, degree programs, degree programmes, programs range, our team, our engineers, our \
         founders, our people, our employees, our colleagues, earn a, earn your, pursue a, pursue your, pursue \
         their, regardless of",
    ),
    (
        Cue::NegatesBefore,
        "no, not, without, don't need, don't require, don't care, don't have, doesn't require, lieu of, instead of, \
         place of, replace, waive",
    ),
    (
        Cue::NegatesAfter,
        "not required, not be required, not strictly required, not necessary, not needed, not essential, not \
         mandatory, not a must, not a requirement, isn't required, isn't necessary, isn't needed",
    ),
    (
        Cue::DegreeAfter,
        "in, or higher, or above, or greater, or better, and above, or equivalent, or related, or comparable, or \
         similar, or diploma, or relevant, or advanced, or an advanced, or a related, or an equivalent, or \
         commensurate, or certificate, required, preferred, desired, is required, is preferred, is desired, \
         strongly preferred, highly preferred, is a plus, a plus, level, educated, qualified, holder, from a, from \
         an, of science, of sciences, of arts, of business, of engineering, of technology, of computer, of \
         information, of philosophy, of public, of applied, of education, of social, of data, equivalent",
    ),
    (
        Cue::KindAssociate,
        "associate, associates, associate's, associates', two-year, two year, 2-year, 2 year, foundation",
    ),
    (
        Cue::KindBachelor,
        "university, college, four-year, four year, 4-year, 4 year, undergraduate, undergrad, technical, relevant, \
         related, accredited, honours, honors, tertiary, third-level, third level, academic, formal, scientific, \
         quantitative, numerate, technological",
    ),
    (Cue::KindMaster, "advanced, graduate, postgraduate, post-graduate, post graduate"),
    (Cue::Equivalent, "equivalent, commensurate, comparable, similar"),
    (
        Cue::OrExperience,
        "or equivalent, in lieu of, or experience, or work experience, or relevant experience, or related \
         experience, or professional experience, or industry experience, or practical experience, or proven \
         experience, or relevant work experience, or related work experience",
    ),
    (
        Cue::FieldsEnd,
        "with, having, strong, solid, excellent, good, great, proven, extensive, demonstrated, knowledge, \
         understanding, familiar, familiarity, skill, skills, ability, background, minimum, years, at least, \
         certification, certifications, certificate, certified, hands-on, hands on, passion, passionate, interest, \
         and experience, plus experience, experience with, experience as, experience working, experience building, \
         relevant experience in, professional experience in, industry experience in, work experience in, working \
         experience in, related experience in",
    ),
];

static FINDER: LazyLock<Phrases<u64>> = LazyLock::new(|| {
    let mut kinds: BTreeMap<&'static str, u64> = BTreeMap::new();
    for (cue, phrases) in PHRASES {
        for phrase in phrases.split(", ") {
            *kinds.entry(phrase).or_default() |= cue.bit();
        }
    }
    Phrases::new(kinds)
});

/// The cues of a passage, by where they begin.
#[derive(Debug)]
pub(super) struct Cues(Vec<(Span, u64)>);

impl Cues {
    /// Finds the cues of a folded text.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Vec::with_capacity(text.len() / 16);
        FINDER.find(text, |span, kinds| {
            if is_whole(text, span) {
                found.push((span, kinds));
            }
        });
        Self(found)
    }

    /// The cues of a kind that lie in `span`, from left to right.
    pub(super) fn within(&self, span: Span, cue: Cue) -> impl DoubleEndedIterator<Item = Span> {
        let from = self.0.partition_point(|(found, _)| found.start < span.start);
        let to = self.0.partition_point(|(found, _)| found.start < span.end);
        let inside = &self.0[from..to.max(from)];
        inside
            .iter()
            .filter(move |(found, kinds)| kinds & cue.bit() != 0 && found.end <= span.end)
            .map(|(found, _)| *found)
    }

    /// Whether a cue of a kind lies in `span`.
    pub(super) fn any(&self, span: Span, cue: Cue) -> bool {
        self.within(span, cue).next().is_some()
    }

    /// The cue of a kind in `span` that stands last; of those that begin together, the
    /// longest.
    pub(super) fn last(&self, span: Span, cue: Cue) -> Option<Span> {
        self.within(span, cue).next_back()
    }

    /// Whether a cue of a kind stands directly before the end of `span`, small words
    /// aside.
    pub(super) fn just_before(&self, text: &str, span: Span, cue: Cue) -> bool {
        self.within(span, cue).any(|found| is_filler(&text[found.end..span.end]))
    }

    /// Whether a cue of a kind stands directly after the start of `span`.
    pub(super) fn just_after(&self, text: &str, span: Span, cue: Cue) -> bool {
        self.within(span, cue).take_while(|found| is_gap(&text[span.start..found.start])).next().is_some()
    }
}

/// What may stand between a number and the cue before it.
fn is_filler(between: &str) -> bool {
    between.len() <= 24
        && between.split([' ', '\n', ':', ',', '(', '-', '>', '.']).all(|word| {
            matches!(
                word,
                "" | "of" | "a" | "an" | "the" | "over" | "about" | "almost" | "approximately" | "nearly" | "few"
            )
        })
}

/// What may stand between a number and the cue after it.
fn is_gap(between: &str) -> bool {
    between.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\'' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_whole_words_before_between_and_after() {
        let text = "within the last 5 years of service";
        let cues = Cues::of(text);
        let all = Span::new(0, text.len());
        let number = text.find('5').expect("a number");
        assert!(cues.just_before(text, Span::new(0, number), Cue::TimeBefore));
        assert!(!cues.just_before(text, Span::new(0, number), Cue::Least));
        assert!(cues.any(all, Cue::TimeOf));
        let of = text.find("of").expect("a word");
        assert!(cues.just_after(text, Span::new(of + 2, text.len()), Cue::TimeOf));
        assert!(!Cues::of("servicemen").any(Span::new(0, 10), Cue::TimeOf));
    }

    #[test]
    fn phrases_with_capitals_count_only_so_written() {
        let way = |text: &str| Cues::of(text).any(Span::new(0, text.len()), Cue::Way);
        assert!(way("an MS"));
        assert!(!way("25 ms"));
        assert!(way("PHD"));
    }

    #[test]
    fn kinds_fit_their_bits() {
        assert!((Cue::FieldsEnd as u64) < 64);
    }
}
