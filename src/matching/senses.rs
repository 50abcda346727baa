//! Whether a form means the skill at all, told by what stands right around it.
//!
//! The name of a skill may be the employer's (`Oracle is hiring`), a person's (`contact
//! Ruby Jones`) or a place's; a letter may number a series; a role may be that of the people
//! one works with; the words of another trade may be those of the customers. The lexicon
//! says which phrases show it; a word that a skill lists as `unless` shows it as well.

use super::beside::{BesidePhrases, Phrases, Shows};
use super::cues::{CueKind, Cued, joined};
use super::keys::ContextWords;
use super::overlap::Candidate;
use crate::document::{Document, Kinds};
use crate::lexicon::{Category, Lexicon, SkillLeaning, is_part_of_word};
use crate::text::{Span, is_word_char, word_end, word_start, words};

/// The words of the longest phrase that is looked for right beside a name.
const PHRASE_WORDS: usize = 4;
/// The bytes of the longest such phrase.
const PHRASE_BYTES: usize = 48;
/// Other words that a name in capitals may have: `Swift Logistics Group`.
const NAME_WORDS: usize = 2;
/// Words behind a cue among which the people one works with are named.
const COLLEAGUE_WORDS: usize = 24;

/// Words of an item that is listed behind people without a noun of its own: `designers, QA`.
const ITEM_WORDS: usize = 3;

/// What a phrase before a name may show of what the name stands for.
const TELLING_BEFORE: Shows = Shows::EMPLOYER.and(Shows::EMPLOYER_IN_OPENING).and(Shows::PERSON).and(Shows::ELSEWHERE);
/// The same of a phrase behind it.
const TELLING_BEHIND: Shows = Shows::EMPLOYER.and(Shows::ELSEWHERE);

/// What is known of the senses of the forms in one document.
pub(crate) struct Senses<'m> {
    lexicon: &'m Lexicon,
    phrases: &'m BesidePhrases,
    /// For each skill the words that show another sense, sorted.
    unless: &'m ContextWords,
    document: &'m Document<'m>,
    /// Where colleagues are named; sorted and apart.
    colleagues: Vec<Span>,
    /// What is told of customers and products; sorted and apart.
    others: Vec<Span>,
}

impl<'m> Senses<'m> {
    /// Reads what `document` says of colleagues, customers and products.
    pub(crate) fn new(
        lexicon: &'m Lexicon,
        phrases: &'m BesidePhrases,
        unless: &'m ContextWords,
        document: &'m Document<'m>,
        cued: &Cued<'_, '_>,
    ) -> Self {
        let mut senses = Self { lexicon, phrases, unless, document, colleagues: Vec::new(), others: Vec::new() };
        let people = cued.of_kind(CueKind::NamesColleagues).filter_map(|cue| senses.people_behind(cue));
        let people = people.collect();
        senses.colleagues = joined(people);
        senses.others = joined(cued.clauses_behind(CueKind::TellsOfOthers).collect());
        senses
    }

    /// Whether a candidate may mean its skill: nothing around it shows another sense.
    pub(crate) fn may_mean_skill(&self, candidate: &Candidate<'_>) -> bool {
        let span = candidate.span;
        self.document.budget().spend(1);
        !(self.has_word_of(self.unless, candidate)
            || is_inside(&self.colleagues, span) && !self.is_own(candidate)
            || self.is_of_other_profession(candidate) && self.is_told_of_others(span)
            || self.is_name_of_other(span)
            || span.end - span.start == 1 && self.is_mere_letter(span))
    }

    /// Whether what stands at `span` is the name of an employer, a person or a place.
    fn is_name_of_other(&self, span: Span) -> bool {
        let name = self.name(span);
        self.is_elsewhere(&name)
            || self.is_capitalised(span) && self.has_telling_word_beside(&name) && {
                let whole = self.whole_name(name);
                self.is_employer(&whole) || self.is_person(span, &whole)
            }
    }

    /// Whether a word right beside a name may belong to it, or to a phrase that shows what it
    /// stands for.
    fn has_telling_word_beside(&self, name: &Name) -> bool {
        let starts_like_name =
            |beside: &Neighbour| starts_like_name(&self.document.text().cased()[beside.word.start..]);
        name.before.shows.has(TELLING_BEFORE)
            || name.behind.shows.has(TELLING_BEHIND)
            || starts_like_name(&name.before)
            || starts_like_name(&name.behind)
    }

    /// Whether what stands at `span` is the employer's name, all of it.
    pub(crate) fn is_employers_name(&self, span: Span) -> bool {
        self.is_capitalised(span) && {
            let whole = self.whole_name(self.name(span));
            whole.span == span && self.is_employer(&whole)
        }
    }

    /// Whether the sentence itself asks for what stands at `span`.
    pub(crate) fn is_asked_for(&self, span: Span) -> bool {
        self.phrase_before(&self.before(span.start), Shows::ASKING).is_some()
            || self.phrase_behind(&self.behind(span.end), Shows::ASKING).is_some()
    }

    /// Whether one of the words that `lists` has for the skill of a candidate stands in its
    /// sentence, outside of it.
    pub(crate) fn has_word_of(&self, lists: &ContextWords, candidate: &Candidate<'_>) -> bool {
        let list = lists.of(candidate.entry.skill);
        if list.is_empty() {
            return false;
        }
        let sentence = self.document.sentence(candidate.span.start);
        self.document.hits_in(sentence).iter().any(|hit| {
            self.document.budget().spend(1);
            hit.kinds.has(Kinds::CONTEXT)
                && list.binary_search(&hit.phrase).is_ok()
                && !hit.span.overlaps(candidate.span)
        })
    }

    /// The category of a candidate's skill.
    pub(crate) fn category_of(&self, candidate: &Candidate<'_>) -> &'m Category {
        self.lexicon.category_of(self.lexicon.skill(candidate.entry.skill))
    }

    /// Whether a skill is the person's own even where colleagues are named, as that of
    /// working with them is.
    fn is_own(&self, candidate: &Candidate<'_>) -> bool {
        let is_listed = |id: &String| self.phrases.own.contains(id.as_str());
        is_listed(&self.category_of(candidate).id) || is_listed(&self.lexicon.skill(candidate.entry.skill).id)
    }

    /// Whether a candidate's skill speaks for another profession.
    pub(crate) fn is_of_other_profession(&self, candidate: &Candidate<'_>) -> bool {
        self.lexicon.skill(candidate.entry.skill).leaning == SkillLeaning::OtherProfession
    }

    /// Whether the sentence around `span` asks for something.
    pub(crate) fn stands_where_asked(&self, span: Span) -> bool {
        let lower = self.document.text().lower();
        words(lower, self.document.sentence(span.start), is_part_of_word).any(|word| {
            self.document.budget().spend(1);
            self.phrases.said_by(lower, word).asks
        })
    }

    pub(crate) fn is_told_of_others(&self, span: Span) -> bool {
        is_inside(&self.others, span)
            || self.phrase_behind(&self.behind(span.end), Shows::OTHERS).is_some()
                && self.phrase_before(&self.before(span.start), Shows::ASKING).is_none()
    }

    /// The list of people behind `cue`, if it names any: to the last item that holds a noun for
    /// people, and the short ones that follow it.
    fn people_behind(&self, cue: Span) -> Option<Span> {
        let sentence = self.document.sentence(cue.start);
        let lower = self.document.text().lower();
        let (mut people_to, mut end, mut item_words) = (None, cue.end, 0);
        for word in words(lower, Span::new(cue.end, sentence.end.max(cue.end)), is_part_of_word).take(COLLEAGUE_WORDS) {
            self.document.budget().spend(1);
            let (between, text) = (&lower[end..word.start], word.of(lower));
            let said = self.phrases.said_by(lower, word);
            let joint = matches!(text, "and" | "or");
            let begins_item = between.contains([',', '/', '&']);
            if between.contains([';', ':', '(', '\n'])
                || said.ends_people
                || people_to.is_some() && begins_item && is_participle(text)
            {
                break;
            }
            if begins_item || joint {
                people_to = people_to.map(|to| if item_words <= ITEM_WORDS { end } else { to });
                item_words = 0;
            }
            if said.is_people {
                (people_to, item_words) = (Some(word.end), 0);
            } else if !joint {
                item_words += 1;
            }
            end = word.end;
        }
        let last = if item_words <= ITEM_WORDS { end } else { 0 };
        people_to.map(|to| Span::new(cue.end, to.max(last)))
    }

    /// Whether a phrase beside the name shows that it is no skill's: `island of`, `tower`.
    fn is_elsewhere(&self, name: &Name) -> bool {
        self.phrase_before(&name.before, Shows::ELSEWHERE).is_some()
            || self.phrase_behind(&name.behind, Shows::ELSEWHERE).is_some()
    }

    /// Whether a whole name is the employer's.
    fn is_employer(&self, name: &Name) -> bool {
        let opens = |at: usize| self.opens_sentence(at);
        let is_told_of = self.phrase_before(&name.before, Shows::EMPLOYER).is_some()
            || self.phrase_before(&name.before, Shows::EMPLOYER_IN_OPENING).is_some_and(|cue| opens(cue.start))
            || self.phrase_behind(&name.behind, Shows::EMPLOYER).is_some() && opens(name.span.start);
        // "Linux Administrator is a ..." tells of the job.
        is_told_of && !self.names_people(name.span)
    }

    /// Whether a word in a name is a noun for people: `Linux Administrator`.
    fn names_people(&self, name: Span) -> bool {
        let lower = self.document.text().lower();
        words(lower, name, is_part_of_word).any(|word| self.phrases.said_by(lower, word).is_people)
    }

    /// Whether what stands at `span` is a part of a person's name: one of several words, behind a
    /// colon, or a given name. `name` is all of it.
    fn is_person(&self, span: Span, name: &Name) -> bool {
        let text = self.document.text();
        let given = || self.phrases.said_by(text.lower(), span).is_given_name;
        let is_longer = name.span != span;
        // "MS Office" and "Call Centre" name something themselves.
        let called = self.phrase_before(&name.before, Shows::PERSON).filter(|cue| !self.begins_longer_form(*cue));
        let is_called = called
            .is_some_and(|cue| is_longer || text.cased()[cue.end..name.span.start].contains(':') || given())
            || name.span.end > span.end && self.phrase_behind(&name.behind, Shows::PERSON).is_some() && given();
        // "Call Python Developers ..." asks for what they know.
        is_called && (given() || !self.names_people(name.span))
    }

    /// Whether what stands at `span` is the beginning of a form that goes on behind it.
    fn begins_longer_form(&self, span: Span) -> bool {
        let first_byte = Span::new(span.start, span.start + 1);
        let hits = self.document.hits_in(first_byte).iter();
        hits.rev().take_while(|hit| hit.span.end > span.end).any(|hit| hit.kinds.has(Kinds::FORM))
    }

    /// Whether a letter is none of a language: a mark, an initial, the number of a series.
    fn is_mere_letter(&self, span: Span) -> bool {
        let cased = self.document.text().cased();
        let (before, behind) = (&cased[..span.start], &cased[span.end..]);
        let in_brackets = before.ends_with('(') && behind.starts_with(')');
        if in_brackets {
            let attached = before[..before.len() - 1].ends_with(is_word_char);
            let dated = behind[1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
            return attached || dated || before[..before.len() - 1].trim_end().ends_with("opyright");
        }
        self.is_initial(span) || self.is_numbering(span)
    }

    /// Whether a letter numbers something: `Block C`, `grades A to C`.
    fn is_numbering(&self, span: Span) -> bool {
        let from = self.letters_from(span.start);
        let is_kind = |end: usize| self.phrase_before(&self.before(end), Shows::LETTER).is_some();
        // Several letters number several things.
        let plural = || self.document.text().lower()[..from].trim_end().strip_suffix('s').map(str::len);
        is_kind(from) || from < span.start && plural().is_some_and(is_kind)
    }

    /// Whether a letter with a dot stands in a person's name: `Dr C. Jones`.
    fn is_initial(&self, span: Span) -> bool {
        let cased = self.document.text().cased();
        let dotted = cased[span.end..].strip_prefix(". ").is_some_and(starts_like_name);
        dotted && self.phrase_before(&self.before(span.start), Shows::PERSON).is_some()
    }

    /// Where a run of letters that ends at `at` begins: `A to C`, `A, B or C`.
    fn letters_from(&self, at: usize) -> usize {
        let lower = self.document.text().lower();
        let mut from = at;
        for _ in 0..PHRASE_WORDS {
            let before = lower[..from].trim_end_matches([' ', ',', '/', '-']);
            let before = ["to", "and", "or", "through"]
                .iter()
                .find_map(|joint| before.strip_suffix(joint).filter(|rest| rest.ends_with(' ')))
                .unwrap_or(before)
                .trim_end_matches([' ', ',']);
            let Some(letter) = before.char_indices().next_back().filter(|(_, c)| c.is_ascii_lowercase()) else { break };
            if before[..letter.0].ends_with(is_word_char) {
                break;
            }
            from = letter.0;
        }
        from
    }

    /// The words in capitals that a name stands among: `Swift Logistics`.
    fn whole_name(&self, name: Name) -> Name {
        // Wrapping may have put a name in two lines.
        let white = [' ', '\n'];
        let cased = self.document.text().cased();
        let sentence = self.document.sentence(name.span.start);
        let Name { span: Span { mut start, mut end }, mut before, behind } = name;
        for _ in 0..NAME_WORDS {
            let Some(rest) = cased[..start].strip_suffix(white).filter(|rest| rest.len() > sentence.start) else {
                break;
            };
            let word = rest.rfind(white).map_or(0, |at| at + 1);
            let may_belong = starts_like_name(&cased[word..]) && rest.ends_with(is_word_char);
            if !may_belong
                || self.phrase_before(&before, Shows::EMPLOYER_IN_OPENING).is_some()
                || self.phrase_before(&before, Shows::PERSON).is_some()
            {
                break;
            }
            start = word;
            before = self.before(start);
        }
        for _ in 0..NAME_WORDS {
            let rest = cased[end..].strip_prefix(white).filter(|_| end + 1 < sentence.end);
            let Some(rest) = rest.filter(|rest| starts_like_name(rest)) else { break };
            end += 1 + rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
        }
        let behind = if end > name.span.end { self.behind(end) } else { behind };
        Name { span: Span::new(start, end), before, behind }
    }

    fn is_capitalised(&self, span: Span) -> bool {
        span.of(self.document.text().cased()).starts_with(char::is_uppercase)
    }

    /// Whether nothing but marks stands between the start of the sentence and `at`.
    fn opens_sentence(&self, at: usize) -> bool {
        let sentence = self.document.sentence(at);
        let before = &self.document.text().lower()[sentence.start..at];
        !before.contains(is_word_char) || before.trim_end().ends_with([':', '.', '!', '?'])
    }

    fn name(&self, span: Span) -> Name {
        Name { span, before: self.before(span.start), behind: self.behind(span.end) }
    }

    /// The word right before `at`, but for spaces and marks.
    fn before(&self, at: usize) -> Neighbour {
        let lower = self.document.text().lower();
        let end = end_before(lower, at, is_mark_before);
        let word = Span::new(word_start(lower, end, is_part_of_word), end);
        Neighbour { word, shows: self.phrases.before.touching_with(lower, word) }
    }

    /// The word right behind `at`, but for spaces and marks.
    fn behind(&self, at: usize) -> Neighbour {
        let lower = self.document.text().lower();
        let start = start_behind(lower, at, is_mark_behind);
        let word = Span::new(start, word_end(lower, start, is_part_of_word));
        Neighbour { word, shows: self.phrases.behind.touching_with(lower, word) }
    }

    /// A phrase that shows one of `what` and ends with the word before a name.
    #[inline]
    fn phrase_before(&self, beside: &Neighbour, what: Shows) -> Option<Span> {
        if !beside.shows.has(what) {
            return None;
        }
        let lower = self.document.text().lower();
        let longer = |span: Span| {
            let end = end_before(lower, span.start, is_between_words);
            Span::new(word_start(lower, end, is_part_of_word), span.end)
        };
        self.phrase_beside(beside.word, longer, &self.phrases.before, what)
    }

    /// A phrase that shows one of `what` and begins with the word behind a name.
    #[inline]
    fn phrase_behind(&self, beside: &Neighbour, what: Shows) -> Option<Span> {
        if !beside.shows.has(what) {
            return None;
        }
        let lower = self.document.text().lower();
        let longer = |span: Span| {
            let start = start_behind(lower, span.end, is_between_words);
            Span::new(span.start, word_end(lower, start, is_part_of_word))
        };
        self.phrase_beside(beside.word, longer, &self.phrases.behind, what)
    }

    /// The first of `phrases` that shows one of `what`, among a word beside a name and what `longer` makes of
    /// it, word by word.
    fn phrase_beside(&self, word: Span, longer: impl Fn(Span) -> Span, phrases: &Phrases, what: Shows) -> Option<Span> {
        let lower = self.document.text().lower();
        self.document.budget().spend(1);
        std::iter::successors(Some(word), |span| Some(longer(*span)))
            .take(PHRASE_WORDS)
            .take_while(|span| span.end - span.start <= PHRASE_BYTES)
            .find(|span| phrases.whole(span.of(lower)).has(what))
    }
}

/// A word beside a name.
struct Neighbour {
    word: Span,
    /// What those phrases show that have it there.
    shows: Shows,
}

/// A name, with the words right beside it.
struct Name {
    span: Span,
    before: Neighbour,
    behind: Neighbour,
}

/// Where that ends which stands before `at`, but for bytes that `may_be_between`.
fn end_before(text: &str, at: usize, may_be_between: impl Fn(u8) -> bool) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| !may_be_between(*byte)).map_or(0, |last| last + 1)
}

/// Where that begins which stands behind `at`, but for bytes that `may_be_between`.
fn start_behind(text: &str, at: usize, may_be_between: impl Fn(u8) -> bool) -> usize {
    text.as_bytes()[at..].iter().position(|byte| !may_be_between(*byte)).map_or(text.len(), |len| at + len)
}

/// Whether a mark may stand between a phrase and the name behind it.
fn is_mark_before(byte: u8) -> bool {
    is_mark_behind(byte) | (byte == b':')
}

/// Whether a mark may stand between a name and the phrase behind it.
fn is_mark_behind(byte: u8) -> bool {
    is_between_words(byte) | (byte == b'"') | (byte == b'\'') | (byte == b'*')
}

/// Whether a mark may stand between the words of a phrase.
fn is_between_words(byte: u8) -> bool {
    (byte == b' ') | (byte == b'-')
}

/// Whether `span` begins in one of `spans`, which are sorted and apart.
fn is_inside(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|other| other.end <= span.start);
    spans.get(next).is_some_and(|other| other.start <= span.start)
}

/// Whether a word at the start of an item tells a new action: `teams, installing servers`.
fn is_participle(word: &str) -> bool {
    word.ends_with("ing") && !word.ends_with("eering") && !matches!(word, "marketing" | "manufacturing" | "accounting")
}

/// A capital and then small letters, as names have.
fn starts_like_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}
