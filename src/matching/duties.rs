//! Duties: a verb of a class and an object of a class in one clause.
//!
//! Reading from the left, verbs wait for their objects: `design, implement and support new billing
//! systems` is two duties with one object. Words may stand between, up to a reach; a word such as
//! `to` or `which` ends it, for what follows is done by or to something else. A noun of the doing
//! takes its object with `of`, or directly before it: `administration of servers`, `server
//! administration`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::keys::plurals;
use super::verbs::inflected;
use crate::document::{Document, DutyWord, Hit, Kinds, PhraseTableBuilder};
use crate::lexicon::{ClassId, Duty, DutyClasses, Lexicon, SkillId};
use crate::text::bytes::any;
use crate::text::{Span, is_word_char, whole_words};

/// Words that may stand between a verb and its object, or between one object and the next.
const REACH_WORDS: usize = 9;
/// Verbs that may wait for an object together, and objects for a noun.
const MOST_WAITING: usize = 8;
/// The hits of an ordinary posting for each word of a duty in it, or a few less: making more room later costs
/// a copy.
const HITS_A_WORD: usize = 4;
/// The same of such words for each duty.
const WORDS_A_DUTY: usize = 8;

/// Adds the words of duties to a table that is being made.
pub(crate) fn add_phrases(classes: &DutyClasses, table: &mut PhraseTableBuilder) {
    let mut add = |phrase: &str, set: &dyn Fn(&mut DutyWord)| set(&mut table.meaning(phrase).duty);
    for (id, class) in (0..).zip(&classes.verbs) {
        for verb in class.verbs.iter().flat_map(|verb| inflected(verb)).chain(class.words.iter().cloned()) {
            add(&verb, &|word| word.verb = word.verb.or(Some(id)));
        }
        for noun in &class.nouns {
            add(noun, &|word| word.noun = Some(id));
        }
    }
    for (id, class) in (0..).zip(&classes.objects) {
        for object in &class.phrases {
            add(object, &|word| word.object = Some(id));
        }
    }
    // A plural gives way to a phrase that is written.
    for (id, class) in (0..).zip(&classes.objects) {
        for object in &class.phrases {
            for plural in plurals(object) {
                add(&plural.apply(object), &|word| word.object = word.object.or(Some(id)));
            }
        }
    }
}

/// What a lexicon says of duties besides their phrases.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DutyLists {
    /// What they are made of, and the skill that each is.
    skills: Vec<(Duty, SkillId)>,
    ends: Vec<String>,
    persons: Vec<String>,
}

impl DutyLists {
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let skills = lexicon.skills_with_ids().flat_map(|(id, skill)| skill.does.iter().map(move |duty| (*duty, id)));
        let DutyClasses { ends, persons, .. } = lexicon.duties();
        Self { skills: skills.collect(), ends: ends.clone(), persons: persons.clone() }
    }
}

/// The duties of a lexicon, by what they are made of.
pub(super) struct Duties {
    skills: FxHashMap<Duty, SkillId>,
    ends: FxHashSet<String>,
    /// Bytes of the longest of them: most words are longer.
    longest_end: usize,
    persons: FxHashSet<String>,
}

/// A duty found in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundDuty {
    pub skill: SkillId,
    /// From its first word to its last, in the normalised text.
    pub span: Span,
}

/// A verb or an object that waits for the other.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    class: ClassId,
    start: usize,
}

/// What was read of a sentence so far.
#[derive(Debug)]
struct Clause {
    verbs: Vec<Waiting>,
    /// Objects with nothing but `and` and commas between them.
    objects: Vec<Waiting>,
    /// Whether an object was found for the verbs: another verb begins anew.
    is_served: bool,
    /// Where the last verb or object ended.
    end: usize,
}

impl Duties {
    pub(super) fn new(lists: &DutyLists) -> Self {
        let words = |words: &[String]| words.iter().cloned().collect();
        let longest_end = lists.ends.iter().map(String::len).max().unwrap_or(0);
        let skills = lists.skills.iter().copied().collect();
        Self { skills, ends: words(&lists.ends), longest_end, persons: words(&lists.persons) }
    }

    /// The duties in the body of a document, from left to right by where they end.
    pub(super) fn find(&self, document: &Document<'_>) -> Vec<FoundDuty> {
        if self.skills.is_empty() {
            return Vec::new();
        }
        let words: Vec<Hit> = duty_words(document);
        document.budget().spend(document.hits().len() + words.len());
        let mut found = Vec::with_capacity(words.len() / WORDS_A_DUTY);
        let mut clause = Clause::new();
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let sentence = document.sentence(first.span.start);
            let end = words[at..].partition_point(|word| word.span.start < sentence.end);
            let end = at + end.max(1);
            clause.clear();
            self.read_sentence(document, &words[at..end], &mut clause, &mut found);
            at = end;
        }
        found
    }

    fn read_sentence(&self, document: &Document<'_>, words: &[Hit], clause: &mut Clause, found: &mut Vec<FoundDuty>) {
        for hit in words {
            let word = document.meaning(hit).duty;
            self.cross(document, Span::new(clause.end.min(hit.span.start), hit.span.start), clause);
            if let Some(class) = word.noun {
                self.take_objects(document, class, hit.span, clause, found);
            }
            // Before any verb, `test` in `test servers` is more likely one; and `maintenance of` begins
            // what is maintained.
            let is_object = (!clause.verbs.is_empty() || word.verb.is_none())
                && !(word.noun.is_some() && document.text().lower()[hit.span.end..].starts_with(OF));
            if let Some(class) = word.object.filter(|_| is_object) {
                self.meet_object(document, class, hit.span, clause, found);
            } else if let Some(class) = word.verb {
                if begins_anew(Span::new(clause.end.min(hit.span.start), hit.span.start).of(document.text().lower())) {
                    clause.verbs.clear();
                }
                clause.meet_verb(class, hit.span);
            } else if let Some(class) = word.noun {
                clause.meet_noun(document, class, hit.span);
            }
        }
    }

    /// Goes over the words between the last word that matters and the next one.
    fn cross(&self, document: &Document<'_>, gap: Span, clause: &mut Clause) {
        if clause.verbs.is_empty() && clause.objects.is_empty() {
            return;
        }
        let text = document.text();
        if gap.of(text.lower()) == " " {
            return;
        }
        document.budget().spend_bytes(gap.end - gap.start);
        let is_end = |word: Span| {
            // `end-to-end` is one word.
            let joined = word.start > 0 && text.cased().as_bytes()[word.start - 1] == b'-';
            word.end - word.start <= self.longest_end && !joined && self.ends.contains(word.of(text.lower()))
        };
        let mark = |byte: u8| {
            (byte == b':')
                | (byte == b';')
                | (byte == b'(')
                | (byte == b')')
                | (byte == b'|')
                | (byte == b'?')
                | (byte == b'!')
        };
        let is_left = || {
            let mut words = whole_words(text.lower(), gap).enumerate();
            any(gap.of(text.lower()).as_bytes(), mark)
                || words.any(|(count, word)| count >= REACH_WORDS || is_end(word))
        };
        if !clause.verbs.is_empty() && is_left() {
            clause.verbs.clear();
        }
        if !clause.objects.is_empty() && !is_joint(gap.of(text.lower())) {
            clause.objects.clear();
        }
    }

    fn meet_object(
        &self,
        document: &Document<'_>,
        class: ClassId,
        span: Span,
        clause: &mut Clause,
        found: &mut Vec<FoundDuty>,
    ) {
        let text = document.text().lower();
        let rest = || Span::new(span.end, document.sentence(span.start).end.max(span.end));
        let next = || whole_words(text, rest()).next();
        let is_person = |next: Span| text[span.end..next.start] == *" " && self.persons.contains(next.of(text));
        if text[span.end..].starts_with(' ') && next().is_some_and(is_person) {
            clause.end = span.end;
            return;
        }
        let from = found.len();
        for verb in &clause.verbs {
            let Some(skill) = self.skills.get(&Duty { verb: verb.class, object: class }) else { continue };
            // Of two verbs of one duty the first: `design and build tools` is one.
            if !found[from..].iter().any(|other| other.skill == *skill) {
                found.push(FoundDuty { skill: *skill, span: Span::new(verb.start, span.end) });
            }
        }
        clause.is_served |= !clause.verbs.is_empty();
        clause.end = span.end;
        if clause.objects.len() < MOST_WAITING {
            clause.objects.push(Waiting { class, start: span.start });
        }
    }

    /// `server and network administration`: the objects directly before a noun.
    fn take_objects(
        &self,
        document: &Document<'_>,
        class: ClassId,
        span: Span,
        clause: &mut Clause,
        found: &mut Vec<FoundDuty>,
    ) {
        let text = document.text().lower();
        let is_next = clause.end < span.start && text[clause.end..span.start] == *" ";
        for object in clause.objects.drain(..).filter(|_| is_next) {
            if let Some(skill) = self.skills.get(&Duty { verb: class, object: object.class }) {
                found.push(FoundDuty { skill: *skill, span: Span::new(object.start, span.end) });
            }
        }
    }
}

/// What may stand between a noun of the doing and its object, or another such noun.
const OF: &str = " of ";
const JOINTS: [&str; 5] = [", ", " and ", " or ", "/", " & "];

impl Clause {
    fn new() -> Self {
        let [verbs, objects] = [(); 2].map(|()| Vec::with_capacity(MOST_WAITING));
        Self { verbs, objects, is_served: false, end: 0 }
    }

    /// Begins anew, in the same memory.
    fn clear(&mut self) {
        self.verbs.clear();
        self.objects.clear();
        (self.is_served, self.end) = (false, 0);
    }

    /// A noun waits for its object as a verb does, where `of` or another noun follows.
    fn meet_noun(&mut self, document: &Document<'_>, class: ClassId, span: Span) {
        let rest = &document.text().lower()[span.end..];
        let has_object = rest.starts_with(OF);
        if has_object || JOINTS.iter().any(|joint| rest.starts_with(joint)) {
            self.meet_verb(class, span);
            self.end = span.end + if has_object { OF.len() } else { 0 };
        }
    }

    fn meet_verb(&mut self, class: ClassId, span: Span) {
        if std::mem::take(&mut self.is_served) {
            self.verbs.clear();
        }
        if self.verbs.len() < MOST_WAITING {
            self.verbs.push(Waiting { class, start: span.start });
        }
        self.end = span.end;
    }
}

/// Whether a verb behind `gap` begins anew, for the one before has an object of its own: `write Kotlin
/// and patch`, but not `design and actively maintain`.
fn begins_anew(gap: &str) -> bool {
    let gap = gap.trim_end();
    let rest = ["and", "or"].iter().find_map(|joint| gap.strip_suffix(joint).filter(|rest| rest.ends_with([' ', ','])));
    rest.is_some_and(|rest| rest.contains(is_word_char))
}

/// Whether only `and`, `or` and commas stand there.
fn is_joint(gap: &str) -> bool {
    matches!(gap.trim(), "" | "," | "/" | "&" | "and" | "or" | ", and" | ", or")
}

/// The verbs, nouns and objects of the body; of those that overlap the longest from the left.
fn duty_words(document: &Document<'_>) -> Vec<Hit> {
    let from = document.hits().partition_point(|hit| hit.span.start < document.body());
    let hits = &document.hits()[from..];
    let mut words: Vec<Hit> = Vec::with_capacity(hits.len() / HITS_A_WORD);
    for hit in hits.iter().filter(|hit| hit.kinds.has(Kinds::DUTY)) {
        match words.last_mut() {
            Some(last) if last.span.start == hit.span.start => *last = *hit,
            Some(last) if last.span.end > hit.span.start => {}
            _ => words.push(*hit),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::classifier::Classifier;
    use crate::lexicon::testing;

    const CLASSES: &str = r#"
ends = ["to", "for", "with", "which"]
persons = ["team", "lovers"]
[verbs.shape]
verbs = ["shape", "stretch out"]
nouns = ["shaping"]
[verbs.sell]
verbs = ["sell", "offer"]
[objects]
loaf = ["loaf", "rye loaf", "bun"]
"#;

    const SKILLS: &str = r#"
category = "duties"
title = "Duties"
technical = true
[[skill]]
id = "shaping-loaves"
name = "shaping loaves"
leaning = "away"
strength = 2
forms = []
does = [{ verbs = ["shape"], objects = ["loaf"] }]
sources = ["judgement"]
yes = ["Shape the loafs by hand."]
no = ["The loaf has a good shape."]
"#;

    /// A classifier that knows the duty, as one of the left role or of another profession.
    fn classifier(leaning: &str) -> Classifier {
        let mut files = testing::files();
        files.push(("duties.toml".to_owned(), CLASSES.to_owned()));
        files.push(("skills/duties.toml".to_owned(), SKILLS.replace("\"away\"", leaning)));
        Classifier::new(testing::load(&files).unwrap_or_else(|error| panic!("{error}")))
    }

    #[test]
    fn duties_of_the_roles_count_where_a_named_skill_is_technical() {
        let cases = [("\"bread\"", "", 0), ("\"bread\"", " Know sourdough.", 1), ("\"away\"", "", 1)];
        for (leaning, more, expected) in cases {
            let mentions = classifier(leaning).mentions(&format!("Shape loafs.{more}"));
            let duties = mentions.iter().filter(|mention| mention.form.is_none()).count();
            assert_eq!(duties, expected, "{leaning}{more}");
        }
    }

    #[test]
    fn a_duty_is_a_verb_and_an_object_in_one_clause() {
        let classifier = classifier("\"away\"");
        let cases: [(&str, &[&str]); 23] = [
            ("You shape loafs.", &["shape loafs"]),
            ("Shaping our best-selling rye loaf", &["Shaping our best-selling rye loaf"]),
            ("You shaped and stretched out each bun", &["shaped and stretched out each bun"]),
            ("shape loafs, buns and more", &["shape loafs", "shape loafs, buns"]),
            ("shaping of rye loafs", &["shaping of rye loafs"]),
            ("bun shaping, by hand", &["bun shaping"]),
            ("loaf and bun shaping", &["loaf and bun shaping", "bun shaping"]),
            // One verb serves for another whose class makes no duty with the object.
            ("shape and sell loafs", &["shape and sell loafs"]),
            ("sell loafs", &[]),
            // What follows such a word belongs to something else, unless it is part of a longer word.
            ("shape dough to sell loafs", &[]),
            ("shape dough for a loaf", &[]),
            ("shape ready-to-eat loafs", &["shape ready-to-eat loafs"]),
            ("shape and gently stretch out loafs", &["shape and gently stretch out loafs"]),
            // So does one whose verb has an object that is not known.
            ("sell pans and shape a bun", &["shape a bun"]),
            ("shape pans, and sell a bun", &[]),
            // A verb after an object begins anew.
            ("shape a bun and sell a loaf", &["shape a bun"]),
            // Persons are no objects.
            ("shape the loaf team", &[]),
            ("shape loaf lovers", &[]),
            // Neither across sentences nor beyond the reach.
            ("We shape. Loafs are sold.", &[]),
            ("- shape\n- loaf", &[]),
            ("shape (a loaf)", &[]),
            ("shape what one two three four five six seven eight nine ten loaf", &[]),
            ("a loaf of good shape", &[]),
        ];
        for (text, expected) in cases {
            let mentions = classifier.mentions(text);
            let duties = mentions.iter().filter(|mention| mention.form.is_none());
            let spans: Vec<&str> = duties.map(|mention| mention.span.of(text)).collect();
            assert_eq!(spans, expected, "{text:?}");
        }
    }
}
