//! All that is said of one posting, as one object: for JSON Lines and for `explain --json`.
//!
//! `docs/postings.schema.json` is its JSON Schema. Names are those of the columns where there
//! is such a column; `null` stands where a cell would be empty.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::decimals::to_decimals;
use crate::classifier::Analysis;
use crate::document::Section;
use crate::facts::{Clearance, Period, Seniority};
use crate::input::{KeptCell, Posting, Structured};
use crate::leaning::{
    DECIMALS, Leaning, NeitherTerm, Reason, SkillMatch, Verdict, neither_terms, what_would_flip, why,
};
use crate::lexicon::{Lexicon, Side, SkillLeaning};
use crate::log_odds::LogOdds;
use crate::matching::{Mention, Requirement};
use crate::run::Classified;
use crate::text::Span;

/// One posting with its verdict, facts, matches, sections and text.
#[derive(Debug, Serialize)]
pub struct Explanation<'e> {
    posting: u64,
    id: &'e str,
    source: &'e str,
    record: Option<u64>,
    title: &'e str,
    company: &'e str,
    location: &'e str,
    language: Option<&'e str>,
    /// What fields of the table say of the job, each with its value.
    stated: &'e Structured,
    leaning: &'e str,
    reason: Option<&'static str>,
    tilt: Option<f64>,
    probability: Option<f64>,
    /// By the sides' words, and `neither`; they add up to 1.
    probabilities: BTreeMap<&'e str, f64>,
    /// Why it leans to neither role, or to both.
    why: Option<String>,
    score: LogOdds,
    /// By the sides' words, and `away`.
    evidence: BTreeMap<&'e str, LogOdds>,
    /// Distinct skills that are not negated, by where they pull.
    skills: BTreeMap<&'e str, usize>,
    /// The terms that add up to the log-odds of neither role.
    neither: Vec<ToldTerm>,
    title_leaning: Option<&'e str>,
    title_agrees: Option<bool>,
    facts: ToldFacts<'e>,
    words: usize,
    pub(super) warnings: &'e [String],
    /// Behind the warnings, which are looked for from the left: a column may be called so.
    kept: ToldKept<'e>,
    matches: Vec<ToldMatch<'e>>,
    /// Ids of the fewest skills without which the score would change its sign.
    flip: Vec<&'e str>,
    sections: Vec<ToldSection>,
    body_start: usize,
    text: &'e str,
}

/// The cells that are carried through, by their columns; `null` where nothing stood there.
#[derive(Debug)]
struct ToldKept<'e>(&'e [KeptCell]);

impl Serialize for ToldKept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = |cell: &'_ KeptCell| Some(cell.value.clone()).filter(|value| !value.is_empty());
        serializer.collect_map(self.0.iter().map(|cell| (&*cell.column, told(cell))))
    }
}

/// What the body says besides skills.
#[derive(Debug, Serialize)]
pub(super) struct ToldFacts<'e> {
    degree: Vec<&'static str>,
    degree_fields: &'e [&'static str],
    experience_instead: bool,
    years_min: Option<u32>,
    years_max: Option<u32>,
    pay: Option<ToldPay>,
    certifications: Vec<&'e str>,
    workplace: Vec<&'static str>,
    contract: Vec<&'static str>,
    seniority: Option<&'static str>,
    clearance: Option<&'static str>,
    sponsorship: Option<bool>,
}

/// A term of the log-odds of neither role.
#[derive(Debug, Serialize)]
pub(super) struct ToldTerm {
    feature: &'static str,
    value: f64,
    amount: LogOdds,
}

#[derive(Debug, Serialize)]
struct ToldPay {
    min: Option<f64>,
    max: Option<f64>,
    currency: Option<&'static str>,
    period: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct ToldMatch<'e> {
    skill: &'e str,
    skill_id: &'e str,
    category: &'e str,
    leaning: &'e str,
    weight: LogOdds,
    exposure: f64,
    contribution: LogOdds,
    away: LogOdds,
    section: &'static str,
    requirement: Option<&'static str>,
    negated: bool,
    years: Option<u32>,
    mentions: Vec<ToldMention<'e>>,
}

#[derive(Debug, Serialize)]
struct ToldMention<'e> {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    form: &'e str,
    section: &'static str,
    requirement: Option<&'static str>,
    negated: bool,
}

/// A section of the body and where it stands.
#[derive(Debug, Serialize)]
pub(super) struct ToldSection {
    section: &'static str,
    /// What a mention counts there, from 0 to 1.
    factor: f64,
    start: usize,
    end: usize,
}

impl<'e> Explanation<'e> {
    /// Puts together what is said of a posting.
    #[must_use]
    pub fn of(lexicon: &'e Lexicon, result: &'e Classified) -> Self {
        let Classified { number, posting, analysis } = result;
        let (verdict, evidence) = (&analysis.verdict, &analysis.evidence);
        let sides = Side::BOTH.map(|side| lexicon.role(side).side_id.as_str());
        Self {
            posting: *number,
            id: &posting.id,
            source: &posting.source,
            record: posting.record,
            title: &posting.title,
            company: &posting.company,
            location: &posting.location,
            language: posting.language,
            stated: &posting.structured,
            leaning: verdict.leaning.name(lexicon),
            reason: verdict.reason.map(Reason::name),
            tilt: verdict.tilt.map(printed),
            probability: verdict.probability(),
            probabilities: probabilities(lexicon, verdict),
            why: why(lexicon, verdict, evidence),
            score: evidence.score,
            evidence: BTreeMap::from([
                (sides[0], evidence.left),
                (sides[1], evidence.right),
                (SkillLeaning::OTHER_PROFESSION, evidence.other_profession),
            ]),
            skills: BTreeMap::from([
                (sides[0], evidence.skills.left),
                (sides[1], evidence.skills.right),
                (SkillLeaning::SHARED, evidence.skills.shared),
                (SkillLeaning::OTHER_PROFESSION, evidence.skills.other_profession),
            ]),
            neither: ToldTerm::all(lexicon, analysis),
            title_leaning: analysis.title_leaning.map(|side| lexicon.role(side).id.as_str()),
            title_agrees: analysis.title_agrees(),
            facts: ToldFacts::of(lexicon, analysis),
            words: evidence.words,
            warnings: &posting.warnings,
            kept: ToldKept(&posting.kept),
            matches: evidence
                .matches
                .iter()
                .map(|found| ToldMatch::of(lexicon, posting, found, evidence.mentions_of(found)))
                .collect(),
            flip: what_would_flip(evidence).iter().map(|found| lexicon.skill(found.skill).id.as_str()).collect(),
            sections: sections(lexicon, analysis),
            body_start: posting.body_start,
            text: &posting.text,
        }
    }
}

impl<'e> ToldFacts<'e> {
    pub(super) fn of(lexicon: &'e Lexicon, analysis: &'e Analysis) -> Self {
        let facts = &analysis.facts;
        Self {
            degree: facts.degrees.iter().map(|level| level.name()).collect(),
            degree_fields: &facts.degree_fields,
            experience_instead: facts.experience_instead,
            years_min: facts.years_min,
            years_max: facts.years_max,
            pay: facts.pay.as_ref().map(|pay| ToldPay {
                min: pay.min,
                max: pay.max,
                currency: pay.currency,
                period: pay.period.map(Period::name),
            }),
            certifications: analysis.certifications(lexicon),
            workplace: facts.workplace.iter().map(|place| place.name()).collect(),
            contract: facts.contract.iter().map(|contract| contract.name()).collect(),
            seniority: facts.seniority().map(Seniority::name),
            clearance: facts.clearance.map(Clearance::name),
            sponsorship: facts.sponsorship,
        }
    }
}

impl<'e> ToldMatch<'e> {
    fn of(lexicon: &'e Lexicon, posting: &'e Posting, found: &SkillMatch, mentions: &[Mention]) -> Self {
        let skill = lexicon.skill(found.skill);
        Self {
            skill: &skill.name,
            skill_id: &skill.id,
            category: &lexicon.category_of(skill).id,
            leaning: lexicon.leaning_name(skill.leaning),
            weight: skill.weight,
            exposure: printed(found.feature_value),
            contribution: found.contribution,
            away: found.other_profession,
            section: found.section.name(),
            requirement: asked(found.requirement),
            negated: found.negated,
            years: found.years,
            mentions: mentions.iter().map(|mention| ToldMention::of(posting, mention)).collect(),
        }
    }
}

impl<'e> ToldMention<'e> {
    fn of(posting: &'e Posting, mention: &Mention) -> Self {
        Self {
            start: mention.span.start,
            end: mention.span.end,
            line: mention.place.line,
            column: mention.place.column,
            form: mention.span.of(mention.around(&posting.title, &posting.text)),
            section: mention.section.name(),
            requirement: asked(mention.requirement),
            negated: mention.negated,
        }
    }
}

impl ToldTerm {
    /// The terms of a posting.
    pub(super) fn all(lexicon: &Lexicon, analysis: &Analysis) -> Vec<Self> {
        let told =
            |term: NeitherTerm| Self { feature: term.feature.name(), value: printed(term.value), amount: term.amount };
        neither_terms(lexicon, &analysis.evidence).into_iter().map(told).collect()
    }
}

/// How probable each answer is, by the sides' words and `neither`.
fn probabilities<'l>(lexicon: &'l Lexicon, verdict: &Verdict) -> BTreeMap<&'l str, f64> {
    let of_side = |side| (lexicon.role(side).side_id.as_str(), verdict.probabilities.of_side(side));
    let neither = (Leaning::Neither.name(lexicon), verdict.probabilities.neither);
    Side::BOTH.into_iter().map(of_side).chain([neither]).collect()
}

impl ToldSection {
    /// What of it lies before byte `end` of the text, if anything does.
    pub(super) fn cut(self, end: usize) -> Option<Self> {
        (self.start < end).then(|| Self { end: self.end.min(end), ..self })
    }
}

/// The sections of a posting's body.
pub(super) fn sections(lexicon: &Lexicon, analysis: &Analysis) -> Vec<ToldSection> {
    let factors = lexicon.section_factors();
    let told = |(section, span): &(Section, Span)| ToldSection {
        section: section.name(),
        factor: factors.of(*section),
        start: span.start,
        end: span.end,
    };
    analysis.sections.iter().map(told).collect()
}

/// The word for how much something is asked for, where anything says.
pub(super) fn asked(requirement: Requirement) -> Option<&'static str> {
    Some(requirement.name()).filter(|name| !name.is_empty())
}

/// A number with the decimals that the tables print.
pub(super) fn printed(value: f64) -> f64 {
    to_decimals(value, DECIMALS)
}
