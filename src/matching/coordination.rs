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

use super::keys::{Candidate, Entries, Entry};
use crate::document::{Document, Hit, Kinds, PhraseId};
use crate::lexicon::{Context, Lexicon, SkillId};
use crate::text::Span;

/// What joins two words that share a third.
const JOINTS: [&str; 4] = [" and ", " or ", "/", " & "];
/// The words that a modifier or a head may have.
const WORDS: usize = 2;
/// The most items of a list that share a head.
const ITEMS: usize = 6;

/// Looks for shared readings in one document.
pub(super) struct Coordination<'e, 'd> {
    pub lexicon: &'e Lexicon,
    pub entries: &'e Entries,
    pub document: &'d Document<'d>,
}

impl<'e> Coordination<'e, '_> {
    /// The hits of the document that are forms or hide some, those of shared readings and `others`,
    /// sorted; of two at the same place, that of the document comes first.
    pub(super) fn hits(&self, others: Vec<Hit>) -> Vec<Hit> {
        let mut shared = others;
        for hit in self.document.hits_of(Kinds::FORM) {
            self.share_head(hit, &mut shared);
            self.share_modifier(hit, &mut shared);
        }
        let mut hits: Vec<Hit> = self.document.hits_of(Kinds::FORM.and(Kinds::EXCLUDED)).copied().collect();
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

    fn is_technical(&self, skill: SkillId) -> bool {
        self.lexicon.category_of(self.lexicon.skill(skill)).technical
    }

    fn is_same_category(&self, one: SkillId, other: SkillId) -> bool {
        self.lexicon.skill(one).category == self.lexicon.skill(other).category
    }

    /// Reads what is joined to the start of `hit` with its head, or with the words behind it.
    fn share_head(&self, hit: &Hit, shared: &mut Vec<Hit>) {
        let lower = self.lower();
        let Some(joint) = JOINTS.iter().find(|joint| lower[..hit.span.start].ends_with(**joint)) else { return };
        let Some(skill) = self.skill(hit) else { return };
        let end = hit.span.start - joint.len();
        let heads = hit.span.of(lower).match_indices(' ').map(|(at, _)| &hit.span.of(lower)[at + 1..]);
        let with_head = heads.map(|head| (head, false));
        let behind = first_words(&lower[hit.span.end..]).map(|head| (head, true));
        for (head, is_behind) in with_head.chain(behind) {
            let fits = |modifier: &str, other: SkillId| {
                let is_same = other == skill || is_behind && modifier == hit.span.of(lower);
                if is_same {
                    false
                } else if is_behind {
                    let alone = self.form(modifier);
                    alone.is_some_and(|(_, alone)| self.is_same_category(alone, skill)) && self.is_technical(other)
                } else {
                    self.is_technical(other) == self.is_technical(skill)
                }
            };
            if self.share_with_list(end, head, fits, shared) {
                return;
            }
        }
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
                let (phrase, other) = self.form(&joined(modifier, head))?;
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
        let rest = &lower[hit.span.end..];
        let Some(joint) = JOINTS.iter().find(|joint| rest.starts_with(**joint)) else { return };
        let Some((modifier, _)) = hit.span.of(lower).rsplit_once(' ') else { return };
        let Some(skill) = self.skill(hit) else { return };
        let start = hit.span.end + joint.len();
        let len = lower[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(lower.len() - start);
        let head = &lower[start..start + len];
        if let Some((phrase, other)) = self.form(&joined(modifier, head))
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
    /// stays whole.
    pub(super) fn halves(&self, whole: Candidate<'e>) -> Option<[Candidate<'e>; 2]> {
        let skill = whole.entry.skill;
        if !self.is_technical(skill) {
            return None;
        }
        let text = whole.span.of(self.lower());
        let gaps: Vec<usize> = memchr::memchr2_iter(b' ', b'/', text.as_bytes()).collect();
        if gaps.is_empty() {
            return None;
        }
        let all = JOINTS.iter().copied().chain([" "]).flat_map(|gap| gaps.iter().map(move |at| (*at, gap)));
        let standing = all.filter(|(at, gap)| text[*at..].starts_with(gap));
        standing.map(|(at, gap)| (at, gap.len())).find_map(|(at, len)| {
            let left = Span::new(whole.span.start, whole.span.start + at);
            let right = Span::new(left.end + len, whole.span.end);
            let is_joined = &text[at..at + len] != " ";
            let [first, second] = [left, right].map(|half| self.standing(half));
            let is_own = |entry: &Entry| entry.skill == skill;
            let other =
                |entry: Option<&'e Entry>| entry.filter(|entry| !is_own(entry) && entry.context != Context::Weak);
            let own = |span| Candidate { span, entry: whole.entry };
            let separate = |span, entry| Candidate { span, entry };
            match (other(first), other(second)) {
                (Some(entry), None) if second.is_some_and(is_own) => {
                    let is_name =
                        self.lexicon.skill(entry.skill).forms[entry.form as usize].text.contains(char::is_uppercase);
                    let apart =
                        is_name && entry.context == Context::Certain && !self.is_same_category(entry.skill, skill);
                    (is_joined || apart).then(|| [separate(left, entry), own(right)])
                }
                (None, Some(entry)) if is_joined && (first.is_some() || self.shares_head(left, right, skill)) => {
                    Some([own(left), separate(right, entry)])
                }
                (Some(_), Some(entry)) if is_joined && self.shares_head(left, right, skill) => {
                    Some([own(left), separate(right, entry)])
                }
                _ => None,
            }
        })
    }

    /// What a part of a form is on its own, in any case: the form as a whole vouches for it.
    fn standing(&self, part: Span) -> Option<&'e Entry> {
        let phrase = self.document.find(part.of(self.lower()))?;
        let hit = self.document.hit(part, phrase);
        self.entries.of(self.document.entries(&hit)).iter().find(|entry| !entry.in_capitals)
    }

    /// Whether `left` with the last of several words of `right` is a form of `skill`.
    fn shares_head(&self, left: Span, right: Span, skill: SkillId) -> bool {
        let (left, right) = (left.of(self.lower()), right.of(self.lower()));
        let Some((_, head)) = right.rsplit_once(' ') else { return false };
        self.form(&joined(left, head)).is_some_and(|(_, other)| other == skill)
    }
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
