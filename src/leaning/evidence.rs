//! What each skill of a posting contributes.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::document::Section;
use crate::lexicon::{Lexicon, Side, SkillId, SkillLeaning};
use crate::log_odds::LogOdds;
use crate::matching::{Mention, Requirement};

/// A skill with all its mentions in one posting.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillMatch {
    /// The skill.
    pub skill: SkillId,
    /// Its mentions, from left to right, those in the title last; at least one.
    pub mentions: Vec<Mention>,
    /// The section of the mention in the body that counts most; the title for a skill that
    /// only the title has.
    pub section: Section,
    /// How much the mention that counts most is asked for.
    pub requirement: Requirement,
    /// Whether every mention is negated; the skill then contributes nothing.
    pub negated: bool,
    /// The feature value: how much of the skill's weight counts here. More for a required
    /// skill, for one named several times and for one in the title, less in a company blurb; 0
    /// when negated.
    pub feature_value: f64,
    /// Its share of the title, whose skills share one factor: from 0 to 1, 0 for a skill that
    /// the title does not have.
    pub title_share: f64,
    /// Weight times feature value for words of other professions: evidence against both
    /// roles. No part of the score; 0 for all other skills.
    pub other_profession: LogOdds,
    /// Weight times feature value: signed log-odds added to the score (positive = right); 0 for
    /// shared skills and words of other professions.
    pub contribution: LogOdds,
}

impl SkillMatch {
    /// A skill with these mentions, at least one, before anything is told of all of them.
    fn unweighed(mentions: Vec<Mention>) -> Self {
        let Mention { skill, section, requirement, negated, .. } = mentions[0];
        Self {
            skill,
            mentions,
            section,
            requirement,
            negated,
            feature_value: 0.0,
            title_share: 0.0,
            other_profession: LogOdds::ZERO,
            contribution: LogOdds::ZERO,
        }
    }

    /// Whether a mention that is not negated stands where the job is told of.
    fn is_of_job(&self) -> bool {
        self.mentions.iter().any(|mention| !mention.negated && mention.section.tells_of_job())
    }

    /// The years of experience asked of it, where a sentence binds them to it.
    #[must_use]
    pub fn years(&self) -> Option<u32> {
        self.mentions.iter().find_map(|mention| mention.years)
    }
}

/// Everything a verdict is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The skills found, in the order of their first mentions in the body; at last those that
    /// the title alone has.
    pub matches: Vec<SkillMatch>,
    /// The size of the negative part of the score: evidence for the left role, at least 0.
    pub left: LogOdds,
    /// The positive part of the score: evidence for the right role, at least 0.
    pub right: LogOdds,
    /// Evidence of other professions, at least 0; no part of the score.
    pub other_profession: LogOdds,
    /// The sum of all contributions to the two roles: `right - left`.
    pub score: LogOdds,
    /// Distinct skills that are found and not negated.
    pub skills: SkillsByLeaning,
    /// Those of them that are said of the job: what only a company blurb, benefits or legal text
    /// names does not say whose posting it is.
    pub skills_of_job: SkillsByLeaning,
    /// The evidence without the title: what says whether the posting is of either role at all.
    pub body: EvidenceParts,
    /// What the title names.
    pub title: TitleNames,
    /// Words in the text.
    pub words: usize,
}

/// Evidence by what it speaks for, each part at least 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EvidenceParts {
    /// For the left role.
    pub left: LogOdds,
    /// For the right role.
    pub right: LogOdds,
    /// For other professions.
    pub other_profession: LogOdds,
}

impl EvidenceParts {
    /// Adds what a skill of this leaning contributes.
    pub(crate) fn add(&mut self, leaning: SkillLeaning, amount: LogOdds) {
        if leaning == SkillLeaning::OtherProfession {
            self.other_profession += amount;
        } else if amount < LogOdds::ZERO {
            self.left += -amount;
        } else {
            self.right += amount;
        }
    }
}

/// What the skills of a title speak for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TitleNames {
    /// One of the two roles.
    pub role: bool,
    /// Another profession.
    pub other_profession: bool,
}

/// Distinct skills that are found and not negated, by what they speak for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SkillsByLeaning {
    /// The left role.
    pub left: usize,
    /// The right role.
    pub right: usize,
    /// Both roles alike.
    pub shared: usize,
    /// Another profession.
    pub other_profession: usize,
}

impl SkillsByLeaning {
    /// Those of `matches`, none of which is negated.
    fn of<'m>(lexicon: &Lexicon, matches: impl Iterator<Item = &'m SkillMatch>) -> Self {
        let mut skills = Self::default();
        matches.for_each(|found| skills.add(lexicon.skill(found.skill).leaning));
        skills
    }

    fn add(&mut self, leaning: SkillLeaning) {
        *match leaning {
            SkillLeaning::Toward(Side::Left) => &mut self.left,
            SkillLeaning::Toward(Side::Right) => &mut self.right,
            SkillLeaning::Shared => &mut self.shared,
            SkillLeaning::OtherProfession => &mut self.other_profession,
        } += 1;
    }

    /// Those that speak for `side`.
    fn of_side(self, side: Side) -> usize {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

impl Evidence {
    /// Sets the feature value and the contribution of a skill that is not negated, and adds them.
    fn add(&mut self, lexicon: &Lexicon, found: &mut SkillMatch) {
        let skill = lexicon.skill(found.skill);
        let in_body = body_value(lexicon, found);
        let in_title = TitleFactor::of(lexicon).value(found.title_share, skill.weight.to_f64());
        found.feature_value = in_body + in_title;
        self.body.add(skill.leaning, skill.weight.scaled(in_body));
        self.skills.add(skill.leaning);
        if found.is_of_job() {
            self.skills_of_job.add(skill.leaning);
        }
        let is_other = skill.leaning == SkillLeaning::OtherProfession;
        if found.title_share > 0.0 {
            *(if is_other { &mut self.title.other_profession } else { &mut self.title.role }) = true;
        }
        let amount = skill.weight.scaled(found.feature_value);
        if is_other {
            found.other_profession = amount;
            self.other_profession += amount;
        } else {
            found.contribution = amount;
            self.score += amount;
            *(if amount < LogOdds::ZERO { &mut self.left } else { &mut self.right }) += amount.abs();
        }
    }

    /// The skills that speak for `side` in this posting, the strongest first.
    #[must_use]
    pub fn strongest(&self, side: Side) -> Vec<&SkillMatch> {
        let speaks = |found: &&SkillMatch| Side::of_score(found.contribution) == Some(side);
        let mut found: Vec<&SkillMatch> = self.matches.iter().filter(speaks).collect();
        found.sort_by_key(|found| Reverse(found.contribution.abs()));
        found
    }

    /// The evidence of the body alone: all that a verdict asks for, and no list of matches.
    pub(crate) fn without_title(&self, lexicon: &Lexicon) -> Self {
        let Self { body, words, .. } = *self;
        let any = |found: &SkillMatch, counts: fn(&Mention) -> bool| found.mentions.iter().any(counts);
        let in_body = self.matches.iter().filter(|found| any(found, counts_in_body));
        let of_job = |mention: &Mention| counts_in_body(mention) && mention.section.tells_of_job();
        let of_job = self.matches.iter().filter(|found| any(found, of_job));
        Self {
            left: body.left,
            right: body.right,
            other_profession: body.other_profession,
            score: body.right - body.left,
            skills: SkillsByLeaning::of(lexicon, in_body),
            skills_of_job: SkillsByLeaning::of(lexicon, of_job),
            body,
            words,
            ..Self::default()
        }
    }

    /// Whether `found` is all the evidence there is for `side`: no other skill speaks for it.
    pub(crate) fn is_sole(&self, lexicon: &Lexicon, side: Side, found: &SkillMatch) -> bool {
        self.skills.of_side(side) == 1 && lexicon.skill(found.skill).leaning == SkillLeaning::Toward(side)
    }
}

/// Groups mentions by skill and weighs each skill.
pub(crate) fn weigh(lexicon: &Lexicon, mentions: &[Mention], words: usize) -> Evidence {
    let mut matches = group(lexicon, mentions);
    let mut evidence = Evidence { words, ..Evidence::default() };
    for found in matches.iter_mut().filter(|found| !found.negated) {
        evidence.add(lexicon, found);
    }
    Evidence { matches, ..evidence }
}

/// The mentions of each skill, in the order in which skills are first mentioned; counted first, so
/// that each list has the room it needs.
fn by_skill(mentions: &[Mention]) -> impl Iterator<Item = Vec<Mention>> {
    let mut places: FxHashMap<SkillId, usize> = FxHashMap::default();
    places.reserve(mentions.len());
    let mut counts: Vec<usize> = Vec::with_capacity(mentions.len());
    let mut place_of = |mention: &Mention| {
        let place = *places.entry(mention.skill).or_insert(counts.len());
        if place == counts.len() {
            counts.push(0);
        }
        counts[place] += 1;
        place
    };
    let of_mentions: Vec<usize> = mentions.iter().map(&mut place_of).collect();
    let mut lists: Vec<Vec<Mention>> = counts.into_iter().map(Vec::with_capacity).collect();
    for (mention, place) in mentions.iter().zip(of_mentions) {
        lists[place].push(*mention);
    }
    lists.into_iter()
}

fn group(lexicon: &Lexicon, mentions: &[Mention]) -> Vec<SkillMatch> {
    let mut matches: Vec<SkillMatch> = by_skill(mentions).map(SkillMatch::unweighed).collect();
    for found in &mut matches {
        found.negated = found.mentions.iter().all(|mention| mention.negated);
        let alike = found.mentions.iter().filter(|mention| mention.negated == found.negated);
        // The first of the mentions that count most; those in the body before those in the title.
        let rank = |mention: &Mention| (mention.section != Section::Title, factor(lexicon, mention));
        let order = |a: &&Mention, b: &&Mention| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        };
        if let Some(best) = alike.rev().max_by(order) {
            (found.section, found.requirement) = (best.section, best.requirement);
        }
    }
    share_title(lexicon, &mut matches);
    matches
}

/// Shares the title out among the skills in it that count: however many a title names, it is
/// one mention of what the posting is called.
fn share_title(lexicon: &Lexicon, matches: &mut [SkillMatch]) {
    let counts = |found: &SkillMatch| {
        let in_title = |mention: &Mention| mention.section == Section::Title && !mention.negated;
        lexicon.skill(found.skill).leaning != SkillLeaning::Shared && found.mentions.iter().any(in_title)
    };
    let named = matches.iter().filter(|found| counts(found)).count();
    for found in matches.iter_mut().filter(|found| counts(found)) {
        found.title_share = 1.0 / named as f64;
    }
}

/// What a mention counts for its place and for how much it is asked.
fn factor(lexicon: &Lexicon, mention: &Mention) -> f64 {
    let factors = lexicon.requirement_factors();
    let asked = match mention.requirement {
        Requirement::Required => factors.required,
        Requirement::Preferred => factors.preferred,
        Requirement::Unstated => factors.unstated,
    };
    lexicon.section_factors().of(mention.section) * asked
}

/// What the mentions of a skill in the body count.
///
/// What a posting returns to it means more, but ten times is not ten times as much:
/// mentions count by their logarithm.
pub(crate) fn body_value(lexicon: &Lexicon, found: &SkillMatch) -> f64 {
    let counted = found.mentions.iter().filter(|mention| counts_in_body(mention));
    let often = counted.clone().count();
    if often == 0 {
        return 0.0;
    }
    let most = counted.map(|mention| factor(lexicon, mention)).fold(0.0, f64::max);
    most * (1.0 + lexicon.scoring().repeat_gain * (often as f64).ln())
}

/// Whether a mention stands in the body and is not negated.
fn counts_in_body(mention: &Mention) -> bool {
    !mention.negated && mention.section != Section::Title
}

/// What the title counts, and the most it may add.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TitleFactor {
    /// What a mention in it counts.
    pub factor: f64,
    /// The most that all its skills together may add, in log-odds.
    pub limit: f64,
}

impl TitleFactor {
    /// The one of a lexicon.
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        Self { factor: lexicon.section_factors().of(Section::Title), limit: lexicon.scoring().title_limit }
    }

    /// What the title adds to the feature value of a skill with this share of it.
    pub(crate) fn value(self, share: f64, weight: f64) -> f64 {
        let most = if weight == 0.0 { f64::INFINITY } else { self.limit / weight.abs() };
        share * self.factor.min(most)
    }
}
