//! Two skills in one phrase: `unit and functional tests`, `UNIX/Linux`, `Java Spring`.
//!
//! Words that are joined share what stands before or behind them. Where the shared reading is
//! a form, it is reported at the word of its own:
//!
//! * a shared head: in `unit and functional tests`, `unit` is read as `unit tests`, because
//!   `functional tests` is a form too, of a skill of the same nature (technical or not); or
//!   because both words are forms of one category (`Linux and Windows kernel`);
//! * a shared modifier: in `software design and development`, `development` is read as
//!   `software development`, because `software design` is a form of its category.
//!
//! A reading that names the neighbour's own skill again says nothing new (`React and React
//! Native`), and is left.
//!
//! A form that names two skills ([`halves`]) is taken apart.

use std::cell::RefCell;

use super::keys::{Candidate, Entries, Entry};
use crate::document::{Document, Hit, Kinds, PhraseId};
use crate::lexicon::{Context, Lexicon, SkillId};
use crate::text::Span;
use crate::text::bytes::load;

/// The words that a modifier or a head may have.
const WORDS: usize = 2;
/// The hits of an ordinary posting for each form in it, or a few less: making more room later costs a copy.
const HITS_A_FORM: usize = 6;
/// Bytes of a number.
const NUMBER: usize = size_of::<u64>();
/// The most items of a list that share a head.
const ITEMS: usize = 6;

/// Looks for shared readings in one document.
pub(super) struct Coordination<'e, 'd> {
    lexicon: &'e Lexicon,
    pub entries: &'e Entries,
    pub document: &'d Document<'d>,
    /// The reading that is looked up, in memory that all of them share.
    reading: RefCell<String>,
}

impl<'e, 'd> Coordination<'e, 'd> {
    pub(super) fn new(lexicon: &'e Lexicon, entries: &'e Entries, document: &'d Document<'d>) -> Self {
        Self { lexicon, entries, document, reading: RefCell::default() }
    }

    /// The hits of the document that are forms or hide some, those of shared readings and `others`,
    /// sorted; of two at the same place, that of the document comes first.
    pub(super) fn hits(&self, others: Vec<Hit>) -> Vec<Hit> {
        let mut shared = others;
        let mut hits: Vec<Hit> = Vec::with_capacity(self.document.hits().len() / HITS_A_FORM);
        hits.extend(self.document.hits_of(Kinds::FORM.and(Kinds::EXCLUDED)));
        for (at, hit) in hits.iter().enumerate().filter(|(_, hit)| hit.kinds.has(Kinds::FORM)) {
            self.share_head(hit, &hits[..=at], &mut shared);
            self.share_modifier(hit, &mut shared);
        }
        if !shared.is_empty() {
            hits.append(&mut shared);
            hits.sort_by_key(|hit| hit.span);
        }
        hits
    }

    fn lower(&self) -> &str {
        self.document.text().lower()
    }

    /// The skill that a hit may be a form of.
    fn skill(&self, hit: &Hit) -> Option<SkillId> {
        self.entries.of(self.document.entries(hit)).first().map(|entry| entry.skill)
    }

    /// The phrase that a text is, and the skill it may be a form of.
    pub(super) fn form(&self, text: &str) -> Option<(PhraseId, SkillId)> {
        self.document.budget().spend(1);
        let phrase = self.document.find(text)?;
        let hit = self.document.hit(Span::new(0, 0), phrase);
        Some((phrase, self.skill(&hit)?))
    }

    /// The same for two texts with a space between them.
    pub(super) fn joined_form(&self, before: &str, behind: &str) -> Option<(PhraseId, SkillId)> {
        let mut reading = self.reading.borrow_mut();
        reading.clear();
        reading.extend([before, " ", behind]);
        self.form(&reading)
    }

    fn is_technical(&self, skill: SkillId) -> bool {
        self.lexicon.category_of(self.lexicon.skill(skill)).technical
    }

    fn is_same_category(&self, one: SkillId, other: SkillId) -> bool {
        self.lexicon.skill(one).category == self.lexicon.skill(other).category
    }

    /// Reads what is joined to the start of `hit`, the last of `hits`, with its head, or with the words behind it.
    fn share_head(&self, hit: &Hit, hits: &[Hit], shared: &mut Vec<Hit>) {
        let lower = self.lower();
        let Some(joint) = joint_before(&lower[..hit.span.start]) else { return };
        let Some(skill) = self.skill(hit) else { return };
        let end = hit.span.start - joint;
        let whole = hit.span.of(lower);
        let is_alike = |_: &str, other| other != skill && self.is_technical(other) == self.is_technical(skill);
        let mut heads = whole.match_indices(' ').map(|(at, _)| &whole[at + 1..]);
        if heads.any(|head| self.share_with_list(end, head, is_alike, shared)) || !self.ends_form(hits, end, skill) {
            return;
        }
        let is_form_alone = |modifier: &str, other| {
            let alone = || self.form(modifier).is_some_and(|(_, alone)| self.is_same_category(alone, skill));
            other != skill && modifier != whole && alone() && self.is_technical(other)
        };
        let mut behind = first_words(&lower[hit.span.end..]);
        behind.any(|head| self.share_with_list(end, head, is_form_alone, shared));
    }

    /// Whether one of `hits` that is no longer than a modifier ends at `end`, and is a form of the category of `skill`.
    fn ends_form(&self, hits: &[Hit], end: usize, skill: SkillId) -> bool {
        let longest = last_words(&self.lower()[..end]).last().map_or(0, str::len);
        let near = hits.iter().rev().take_while(|hit| hit.span.start >= end - longest);
        near.filter(|hit| hit.span.end == end)
            .any(|hit| self.skill(hit).is_some_and(|alone| self.is_same_category(alone, skill)))
    }

    /// Reads the items of a list that ends at `end` with a `head`, from right to left as long
    /// as each makes a form that fits.
    fn share_with_list(
        &self,
        mut end: usize,
        head: &str,
        fits: impl Fn(&str, SkillId) -> bool,
        shared: &mut Vec<Hit>,
    ) -> bool {
        let before = shared.len();
        for _ in 0..ITEMS {
            let read = last_words(&self.lower()[..end]).find_map(|modifier| {
                let (phrase, other) = self.joined_form(modifier, head)?;
                fits(modifier, other).then(|| self.document.hit(Span::new(end - modifier.len(), end), phrase))
            });
            let Some(hit) = read else { break };
            shared.push(hit);
            let Some(rest) = self.lower()[..hit.span.start].strip_suffix(", ") else { break };
            end = rest.len();
        }
        shared.len() > before
    }

    /// Reads what is joined to the end of `hit` with its modifier.
    fn share_modifier(&self, hit: &Hit, shared: &mut Vec<Hit>) {
        let lower = self.lower();
        let Some(joint) = joint_behind(&lower[hit.span.end..]) else { return };
        let Some((modifier, _)) = hit.span.of(lower).rsplit_once(' ') else { return };
        let Some(skill) = self.skill(hit) else { return };
        let start = hit.span.end + joint;
        let len = lower[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(lower.len() - start);
        let head = &lower[start..start + len];
        if let Some((phrase, other)) = self.joined_form(modifier, head)
            && other != skill
            && self.is_same_category(skill, other)
            && self.is_technical(other)
        {
            shared.push(self.document.hit(Span::new(start, start + head.len()), phrase));
        }
    }

    /// The two skills of a form that names two, if it does.
    ///
    /// With a joint between them (`UNIX/Linux`), each half that is a form of another skill
    /// stands for it, and the other half for the skill of the whole. Without one
    /// (`Java Spring`), the first half must be a certain name of a skill of another category,
    /// and the second one a form of the skill of the whole. What names one thing (`CI/CD`)
    /// stays whole. `beginning` are the hits that begin where it does.
    pub(super) fn halves(&self, whole: Candidate<'e>, beginning: &[Hit]) -> Option<[Candidate<'e>; 2]> {
        let text = whole.span.of(self.lower());
        let mut gaps =
            text.bytes().zip(0..).filter(|(byte, _)| matches!(byte, b' ' | b'/')).map(|(_, at)| at).peekable();
        if gaps.peek().is_none() || !self.is_technical(whole.entry.skill) {
            return None;
        }
        let mut joints = gaps.filter_map(|at| Some((at, joint_behind(&text[at..])?)));
        let mut shorter = beginning.iter().filter(|hit| hit.span.end < whole.span.end && hit.kinds.has(Kinds::FORM));
        joints
            .find_map(|(at, joint)| self.joined_halves(whole, at, joint))
            .or_else(|| shorter.find_map(|name| self.name_and_rest(whole, name)))
    }

    /// The halves of a form with a joint of so many bytes between them, `at` bytes behind its start.
    fn joined_halves(&self, whole: Candidate<'e>, at: usize, joint: usize) -> Option<[Candidate<'e>; 2]> {
        let [left, right] = parts(whole.span, at, joint);
        let [first, second] = [left, right].map(|half| self.standing(half));
        let own = |span| Candidate { span, entry: whole.entry };
        let separate = |span, entry| Candidate { span, entry };
        let shares_head = || self.shares_head(left, right, whole.entry.skill);
        match [first, second].map(|entry| entry.filter(|entry| is_other(entry, whole))) {
            [Some(entry), None] if second.is_some_and(|own| own.skill == whole.entry.skill) => {
                Some([separate(left, entry), own(right)])
            }
            [None, Some(entry)] if first.is_some() || shares_head() => Some([own(left), separate(right, entry)]),
            [Some(_), Some(entry)] if shares_head() => Some([own(left), separate(right, entry)]),
            _ => None,
        }
    }

    /// The halves of a form that begins with a `name` and a space.
    fn name_and_rest(&self, whole: Candidate<'e>, name: &Hit) -> Option<[Candidate<'e>; 2]> {
        let left = name.span;
        let right = Span::new(left.end + 1, whole.span.end);
        let entry = self.entry(name).filter(|entry| is_other(entry, whole))?;
        let is_name = || self.lexicon.skill(entry.skill).forms[entry.form as usize].text.contains(char::is_uppercase);
        let is_apart = entry.context == Context::Certain
            && self.lower()[left.end..].starts_with(' ')
            && !self.is_same_category(entry.skill, whole.entry.skill)
            && is_name()
            && self.standing(right).is_some_and(|own| own.skill == whole.entry.skill);
        is_apart.then_some([Candidate { span: left, entry }, Candidate { span: right, entry: whole.entry }])
    }

    /// What a part of a form is on its own, in any case: the form as a whole vouches for it.
    fn standing(&self, part: Span) -> Option<&'e Entry> {
        let phrase = self.document.find(part.of(self.lower()))?;
        self.entry(&self.document.hit(part, phrase))
    }

    /// The entry that a hit may fulfil in any case.
    fn entry(&self, hit: &Hit) -> Option<&'e Entry> {
        self.entries.of(self.document.entries(hit)).iter().find(|entry| !entry.in_capitals)
    }

    /// Whether `left` with the last of several words of `right` is a form of `skill`.
    fn shares_head(&self, left: Span, right: Span, skill: SkillId) -> bool {
        let (left, right) = (left.of(self.lower()), right.of(self.lower()));
        let Some((_, head)) = right.rsplit_once(' ') else { return false };
        self.joined_form(left, head).is_some_and(|(_, other)| other == skill)
    }
}

/// The parts of a span before and behind a gap of so many bytes, `at` bytes behind its start.
fn parts(whole: Span, at: usize, gap: usize) -> [Span; 2] {
    [Span::new(whole.start, whole.start + at), Span::new(whole.start + at + gap, whole.end)]
}

/// Whether a part of a form is a form of another skill, and no weak one.
fn is_other(part: &Entry, whole: Candidate<'_>) -> bool {
    part.skill != whole.entry.skill && part.context != Context::Weak
}

/// What joins two words that share a third: the number that its bytes make, and how many they are.
const JOINTS: [(u64, usize); 4] = [
    (u64::from_le_bytes(*b" and \0\0\0"), 5),
    (u64::from_le_bytes(*b" or \0\0\0\0"), 4),
    (u64::from_le_bytes(*b"/\0\0\0\0\0\0\0"), 1),
    (u64::from_le_bytes(*b" & \0\0\0\0\0"), 3),
];

/// The bytes of a joint, if a text ends with one.
fn joint_before(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let at = bytes.len().saturating_sub(NUMBER);
    // The last bytes are the highest.
    let last = load(bytes, at) << (8 * (NUMBER - (bytes.len() - at)) % 64);
    joint_where(|number, len| last >> (8 * (NUMBER - len)) == number)
}

/// The same if a text begins with it.
fn joint_behind(text: &str) -> Option<usize> {
    let first = load(text.as_bytes(), 0);
    joint_where(|number, len| first << (8 * (NUMBER - len)) == number << (8 * (NUMBER - len)))
}

/// The bytes of the joint that `is_it` holds for: few hits have one beside them, so that one branch asks for all.
fn joint_where(is_it: impl Fn(u64, usize) -> bool) -> Option<usize> {
    let len = JOINTS.iter().map(|(number, len)| len * usize::from(is_it(*number, *len))).sum();
    (len > 0).then_some(len)
}

/// Words with a space between them.
pub(super) fn joined(before: &str, behind: &str) -> String {
    [before, behind].join(" ")
}

/// The first word of a text that goes on after a space, then the first two.
pub(super) fn first_words(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| !c.is_alphanumeric();
    let mut end = 0;
    (0..WORDS).map_while(move |_| {
        let word = text[end..].strip_prefix(' ')?;
        let len = word.find(is_end).unwrap_or(word.len());
        end += 1 + len;
        (len > 0).then(|| &text[1..end])
    })
}

/// The last word of a text, then the last two.
pub(super) fn last_words(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| !c.is_alphanumeric();
    let mut start = text.len();
    (0..WORDS).map_while(move |count| {
        let rest = if count == 0 { text } else { text[..start].strip_suffix(' ')? };
        start = rest.rfind(is_end).map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
        (start < rest.len()).then(|| &text[start..])
    })
}
