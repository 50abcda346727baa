//! What each skill of a posting contributes.

use std::ops::Range;

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
    /// Which of [`Evidence::mentions`] are its own; at least one.
    pub mentions: Range<usize>,
    /// The section of the mention in the body that counts most; the title for a skill that
    /// only the title has.
    pub section: Section,
    /// How much the mention that counts most is asked for.
    pub requirement: Requirement,
    /// Whether every mention is negated; the skill then contributes nothing.
    pub negated: bool,
    /// The years of experience asked of it, where a sentence binds them to it.
    pub years: Option<u32>,
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
    /// What `own` of all `mentions`, those of one skill, say of it before it is weighed. Its share of the
    /// title is 1 if it has any.
    fn unweighed(lexicon: &Lexicon, mentions: &[Mention], own: Range<usize>) -> Self {
        let of_skill = &mentions[own.clone()];
        let skill = of_skill[0].skill;
        let negated = of_skill.iter().all(|mention| mention.negated);
        let best = best(lexicon, of_skill.iter().filter(|mention| mention.negated == negated)).unwrap_or(&of_skill[0]);
        let is_in_title = || of_skill.iter().any(|mention| mention.section == Section::Title && !mention.negated);
        let has_share = is_in_title() && lexicon.skill(skill).leaning != SkillLeaning::Shared;
        Self {
            skill,
            mentions: own,
            section: best.section,
            requirement: best.requirement,
            negated,
            years: of_skill.iter().find_map(|mention| mention.years),
            feature_value: 0.0,
            title_share: f64::from(u8::from(has_share)),
            other_profession: LogOdds::ZERO,
            contribution: LogOdds::ZERO,
        }
    }
}

/// Everything a verdict is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The skills found, in the order of their first mentions in the body; at last those that
    /// the title alone has.
    pub matches: Vec<SkillMatch>,
    /// All their mentions: those of one skill together, in the order of `matches`, from left to right, but
    /// those in the title last.
    pub mentions: Vec<Mention>,
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
        // To each a one or a zero, without a branch.
        self.left += usize::from(leaning == SkillLeaning::Toward(Side::Left));
        self.right += usize::from(leaning == SkillLeaning::Toward(Side::Right));
        self.shared += usize::from(leaning == SkillLeaning::Shared);
        self.other_profession += usize::from(leaning == SkillLeaning::OtherProfession);
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
    /// The mentions of a skill, from left to right, those in the title last; at least one.
    #[must_use]
    pub fn mentions_of(&self, found: &SkillMatch) -> &[Mention] {
        &self.mentions[found.mentions.clone()]
    }

    /// Sets the feature value and the contribution of a skill that is not negated, and adds them.
    fn add(&mut self, lexicon: &Lexicon, found: &mut SkillMatch, mentions: &[Mention]) {
        let skill = lexicon.skill(found.skill);
        let in_body = body_value(lexicon, found, mentions);
        let in_title = TitleFactor::of(lexicon).value(found.title_share, skill.weight.to_f64());
        found.feature_value = in_body + in_title;
        self.body.add(skill.leaning, skill.weight.scaled(in_body));
        self.skills.add(skill.leaning);
        if mentions.iter().any(|mention| !mention.negated && mention.section.tells_of_job()) {
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

    /// The skills that speak for `side` in this posting, the strongest first, and no more than so many.
    #[must_use]
    pub fn strongest(&self, side: Side, most: usize) -> Vec<&SkillMatch> {
        let strength = |found: &SkillMatch| match side {
            Side::Left => -found.contribution,
            Side::Right => found.contribution,
        };
        let mut strongest: Vec<&SkillMatch> = Vec::with_capacity(most.min(self.matches.len()) + 1);
        // What others have to be stronger than.
        let mut least = LogOdds::ZERO;
        for found in &self.matches {
            if strength(found) > least {
                let place = strongest.iter().position(|other| strength(other) < strength(found));
                strongest.insert(place.unwrap_or(strongest.len()), found);
                strongest.truncate(most);
                least = strongest.get(most.saturating_sub(1)).map_or(LogOdds::ZERO, |weakest| strength(weakest));
            }
        }
        strongest
    }

    /// The evidence of the body alone: all that a verdict asks for, and no list of matches.
    pub(crate) fn without_title(&self, lexicon: &Lexicon) -> Self {
        let Self { body, words, .. } = *self;
        let any = |found: &SkillMatch, counts: fn(&Mention) -> bool| self.mentions_of(found).iter().any(counts);
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
    let (mentions, groups) = by_skill(mentions);
    let mut matches = Vec::with_capacity(groups.len());
    matches.extend(groups.into_iter().map(|own| SkillMatch::unweighed(lexicon, &mentions, own)));
    share_title(&mut matches);
    let mut evidence = Evidence { words, ..Evidence::default() };
    for found in matches.iter_mut().filter(|found| !found.negated) {
        let own = found.mentions.clone();
        evidence.add(lexicon, found, &mentions[own]);
    }
    Evidence { matches, mentions, ..evidence }
}

/// The mentions with those of each skill together, in the order in which skills are first mentioned, and
/// where those of each stand.
fn by_skill(mentions: &[Mention]) -> (Vec<Mention>, Vec<Range<usize>>) {
    let mut places: FxHashMap<SkillId, usize> = FxHashMap::default();
    places.reserve(mentions.len());
    let mut groups: Vec<Range<usize>> = Vec::with_capacity(mentions.len());
    let mut place_of = |mention: &Mention| {
        let place = *places.entry(mention.skill).or_insert(groups.len());
        if place == groups.len() {
            groups.push(0..0);
        }
        groups[place].end += 1;
        place
    };
    let of_mentions: Vec<usize> = mentions.iter().map(&mut place_of).collect();
    // Each begins where the one before will end, and is filled from there.
    let mut start = 0;
    for group in &mut groups {
        let len = group.len();
        *group = start..start;
        start += len;
    }
    let mut grouped = mentions.to_vec();
    for (mention, place) in mentions.iter().zip(of_mentions) {
        let group = &mut groups[place];
        grouped[group.end] = *mention;
        group.end += 1;
    }
    (grouped, groups)
}

/// The first of the mentions that count most; those in the body before those in the title.
fn best<'m>(lexicon: &Lexicon, mentions: impl Iterator<Item = &'m Mention>) -> Option<&'m Mention> {
    let rank =
        |mention: &Mention| (mention.section != Section::Title, factor(lexicon, mention.section, mention.requirement));
    let ranked = mentions.map(|mention| (rank(mention), mention));
    ranked.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, mention)| mention)
}

/// Shares the title out among the skills in it that count: however many a title names, it is
/// one mention of what the posting is called.
fn share_title(matches: &mut [SkillMatch]) {
    let named: f64 = matches.iter().map(|found| found.title_share).sum();
    for found in matches.iter_mut().filter(|found| found.title_share > 0.0) {
        found.title_share /= named;
    }
}

/// What a mention counts for its place and for how much it is asked.
fn factor(lexicon: &Lexicon, section: Section, requirement: Requirement) -> f64 {
    let factors = lexicon.requirement_factors();
    let asked = match requirement {
        Requirement::Required => factors.required,
        Requirement::Preferred => factors.preferred,
        Requirement::Unstated => factors.unstated,
    };
    lexicon.section_factors().of(section) * asked
}

/// What the `mentions` of a skill in the body count.
///
/// What a posting returns to it means more, but ten times is not ten times as much:
/// mentions count by their logarithm.
pub(crate) fn body_value(lexicon: &Lexicon, found: &SkillMatch, mentions: &[Mention]) -> f64 {
    let often = mentions.iter().filter(|mention| counts_in_body(mention)).count();
    if often == 0 {
        return 0.0;
    }
    // The mention that counts most is one of these.
    let most = factor(lexicon, found.section, found.requirement);
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
