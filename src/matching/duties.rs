//! Duties: a verb of a class and an object of a class in one clause.
//!
//! Reading from the left, verbs wait for their objects: `design, implement and support new billing
//! systems` is two duties with one object. Words may stand between, up to a reach; a word such as
//! `to` or `which` ends it, for what follows is done by or to something else. A noun of the doing
//! takes its object with `of`, or directly before it: `administration of servers`, `server
//! administration`.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::keys::plurals;
use super::verbs::inflected;
use super::word_map::WordMap;
use crate::document::{Document, DutyWord, Kinds, PhraseTableBuilder};
use crate::lexicon::{ClassId, Duty, DutyClasses, Lexicon, SkillId};
use crate::text::bytes::any;
use crate::text::{Span, is_word_char, whole_words, word_end};

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

/// One more than there can be classes of objects.
const NO_OBJECT: usize = 1 << ClassId::BITS;

/// The duties of a lexicon, by what they are made of.
pub(super) struct Duties {
    skills: FxHashMap<Duty, SkillId>,
    /// For each class of objects, those of verbs with which it is a duty; at last none, for what is no object.
    verbs: [Classes; NO_OBJECT + 1],
    /// What words say that are no part of a duty.
    others: WordMap<Other>,
}

/// What a word says that is no part of a duty.
#[derive(Debug, Clone, Copy, Default)]
struct Other {
    /// Behind it stands no object of the verb before it.
    ends: bool,
    /// It makes a person of the object before it.
    is_person: bool,
}

/// Some classes of verbs. Of more than there are bits some are taken for others: a set tells for sure
/// what is not in it.
#[derive(Debug, Clone, Copy, Default)]
struct Classes(u64);

impl Classes {
    fn of(class: Option<ClassId>) -> Self {
        Self(class.map_or(0, |class| 1 << (u32::from(class) % u64::BITS)))
    }

    fn add_all(&mut self, others: Self) {
        self.0 |= others.0;
    }

    /// Whether they may have a class in common.
    fn may_meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
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
    /// The words behind it that were gone over, and where the last of them ended.
    passed: usize,
    passed_to: usize,
}

impl Duties {
    pub(super) fn new(lists: &DutyLists) -> Self {
        let mut others: WordMap<Other> = WordMap::default();
        lists.ends.iter().for_each(|word| others.entry(word).ends = true);
        lists.persons.iter().for_each(|word| others.entry(word).is_person = true);
        let mut verbs = [Classes::default(); NO_OBJECT + 1];
        for (duty, _) in &lists.skills {
            verbs[usize::from(duty.object)].add_all(Classes::of(Some(duty.verb)));
        }
        Self { skills: lists.skills.iter().copied().collect(), verbs, others }
    }

    /// The duties in the body of a document, from left to right by where they end.
    pub(super) fn find(&self, document: &Document<'_>) -> Vec<FoundDuty> {
        if self.skills.is_empty() {
            return Vec::new();
        }
        let words = duty_words(document);
        document.budget().spend(document.hits().len() + words.len());
        let found = Vec::with_capacity(words.len() / WORDS_A_DUTY);
        let mut reading = Reading { duties: self, document, sentence_end: 0, clause: Clause::new(), found };
        let mut rest = words.as_slice();
        while let Some(first) = rest.first() {
            reading.sentence_end = document.sentence(first.span.start).end;
            let (len, last) = self.sentence(rest, reading.sentence_end);
            reading.read_sentence(&rest[..last]);
            rest = &rest[len.max(1)..];
        }
        reading.found
    }

    fn skill(&self, verb: ClassId, object: ClassId) -> Option<SkillId> {
        self.skills.get(&Duty { verb, object }).copied()
    }

    /// How many of `words` there are in a sentence that ends there, and how many up to the last that may complete a
    /// duty: many sentences hold none.
    fn sentence(&self, words: &[Word], end: usize) -> (usize, usize) {
        // The verbs so far, and the nouns that would make a duty with an object so far.
        let (mut verbs, mut nouns) = (Classes::default(), Classes::default());
        let (mut len, mut last) = (0, 0);
        for Word { duty, .. } in words.iter().take_while(|word| word.span.start < end) {
            len += 1;
            let of_object = self.verbs[duty.object.map_or(NO_OBJECT, usize::from)];
            let noun = Classes::of(duty.noun);
            last = if of_object.may_meet(verbs) | noun.may_meet(nouns) { len } else { last };
            nouns.add_all(of_object);
            verbs.add_all(Classes::of(duty.verb));
            verbs.add_all(noun);
        }
        (len, last)
    }
}

/// What is found while a document is read.
struct Reading<'r> {
    duties: &'r Duties,
    document: &'r Document<'r>,
    sentence_end: usize,
    clause: Clause,
    found: Vec<FoundDuty>,
}

impl Reading<'_> {
    fn read_sentence(&mut self, words: &[Word]) {
        let lower = self.document.text().lower();
        self.clause.clear();
        for Word { span, duty } in words {
            let gap = Span::new(self.clause.end.min(span.start), span.start);
            self.cross(gap);
            if let Some(class) = duty.noun {
                self.take_objects(class, *span);
            }
            // Before any verb, `test` in `test servers` is more likely one; and `maintenance of` begins
            // what is maintained.
            let is_object = (!self.clause.verbs.is_empty() | duty.verb.is_none())
                & !(duty.noun.is_some() & lower[span.end..].starts_with(OF));
            if let Some(class) = duty.object.filter(|_| is_object) {
                self.meet_object(class, *span);
            } else if let Some(class) = duty.verb {
                if begins_anew(gap.of(lower)) {
                    self.clause.verbs.clear();
                }
                self.clause.meet_verb(class, *span);
            } else if let Some(class) = duty.noun {
                self.clause.meet_noun(&lower[span.end..], class, *span);
            }
        }
    }

    /// Goes over what stands between the last word that matters and the next one.
    fn cross(&mut self, gap: Span) {
        let lower = self.document.text().lower();
        let is_waiting = !self.clause.verbs.is_empty() || !self.clause.objects.is_empty();
        if !is_waiting || gap.of(lower) == " " {
            return;
        }
        self.document.budget().spend_bytes(gap.end - gap.start);
        if !self.clause.verbs.is_empty() && self.is_left(gap) {
            self.clause.verbs.clear();
        }
        if !self.clause.objects.is_empty() && !is_joint(gap.of(lower)) {
            self.clause.objects.clear();
        }
    }

    /// Whether what stands in a gap parts a verb from what follows.
    fn is_left(&mut self, gap: Span) -> bool {
        let (text, others) = (self.document.text(), &self.duties.others);
        let (lower, cased) = (text.lower(), text.cased().as_bytes());
        let Clause { passed, passed_to, .. } = &mut self.clause;
        let rest = Span::new(gap.start.max(*passed_to), gap.end);
        *passed_to = gap.end;
        let ends = |word: Span| {
            *passed += 1;
            // `end-to-end` is one word.
            let joined = word.start > 0 && cased[word.start - 1] == b'-';
            *passed > REACH_WORDS || others.get(lower, word).ends && !joined
        };
        any(rest.of(lower).as_bytes(), is_mark) || whole_words(lower, rest).any(ends)
    }

    fn meet_object(&mut self, class: ClassId, span: Span) {
        self.clause.go_on_at(span.end);
        if self.is_person(span.end) {
            return;
        }
        let clause = &mut self.clause;
        let from = self.found.len();
        for verb in &clause.verbs {
            let Some(skill) = self.duties.skill(verb.class, class) else { continue };
            // Of two verbs of one duty the first: `design and build tools` is one.
            if !self.found[from..].iter().any(|other| other.skill == skill) {
                self.found.push(FoundDuty { skill, span: Span::new(verb.start, span.end) });
            }
        }
        clause.is_served |= !clause.verbs.is_empty();
        if clause.objects.len() < MOST_WAITING {
            clause.objects.push(Waiting { class, start: span.start });
        }
    }

    /// Whether the object that ends at `end` is no more than a quality of persons: `software teams`.
    fn is_person(&self, end: usize) -> bool {
        let lower = self.document.text().lower();
        end + 1 < self.sentence_end && lower[end..].starts_with(' ') && {
            let next = Span::new(end + 1, word_end(lower, end + 1, is_word_char));
            self.duties.others.get(lower, next).is_person
        }
    }

    /// `server and network administration`: the objects directly before a noun.
    fn take_objects(&mut self, class: ClassId, span: Span) {
        let lower = self.document.text().lower();
        let is_next = self.clause.end < span.start && lower[self.clause.end..span.start] == *" ";
        for object in self.clause.objects.drain(..).filter(|_| is_next) {
            if let Some(skill) = self.duties.skill(class, object.class) {
                self.found.push(FoundDuty { skill, span: Span::new(object.start, span.end) });
            }
        }
    }
}

/// Whether a byte is a mark that parts a verb from what follows.
fn is_mark(byte: u8) -> bool {
    (byte == b':') | (byte == b';') | (byte == b'(') | (byte == b')') | (byte == b'|') | (byte == b'?') | (byte == b'!')
}

/// What may stand between a noun of the doing and its object, or another such noun.
const OF: &str = " of ";
const JOINTS: [&str; 5] = [", ", " and ", " or ", "/", " & "];

impl Clause {
    fn new() -> Self {
        let [verbs, objects] = [(); 2].map(|()| Vec::with_capacity(MOST_WAITING));
        Self { verbs, objects, is_served: false, end: 0, passed: 0, passed_to: 0 }
    }

    /// Begins anew, in the same memory.
    fn clear(&mut self) {
        self.verbs.clear();
        self.objects.clear();
        self.is_served = false;
        self.go_on_at(0);
    }

    /// Puts the end of the last word that matters.
    fn go_on_at(&mut self, end: usize) {
        (self.end, self.passed) = (end, 0);
    }

    /// A noun before `rest` waits for its object as a verb does, where `of` or another noun follows.
    fn meet_noun(&mut self, rest: &str, class: ClassId, span: Span) {
        let has_object = rest.starts_with(OF);
        if has_object || JOINTS.iter().any(|joint| rest.starts_with(joint)) {
            self.meet_verb(class, span);
            self.go_on_at(span.end + if has_object { OF.len() } else { 0 });
        }
    }

    fn meet_verb(&mut self, class: ClassId, span: Span) {
        if std::mem::take(&mut self.is_served) {
            self.verbs.clear();
        }
        if self.verbs.len() < MOST_WAITING {
            self.verbs.push(Waiting { class, start: span.start });
        }
        self.go_on_at(span.end);
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

/// A hit that may be part of a duty.
struct Word {
    span: Span,
    duty: DutyWord,
}

/// The verbs, nouns and objects of the body; of those that overlap the longest from the left.
fn duty_words(document: &Document<'_>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(document.hits().len() / HITS_A_WORD);
    for hit in document.hits_of(Kinds::DUTY).skip_while(|hit| hit.span.start < document.body()) {
        let word = || Word { span: hit.span, duty: document.meaning(hit).duty };
        match words.last_mut() {
            Some(last) if last.span.start == hit.span.start => *last = word(),
            Some(last) if last.span.end > hit.span.start => {}
            _ => words.push(word()),
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
nouns = ["shaping", "handiwork"]
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
        let cases: [(&str, &[&str]); 26] = [
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
            ("Shape the loaf\nTeam of two", &["Shape the loaf"]),
            // Neither across sentences nor beyond the reach.
            ("We shape. Loafs are sold.", &[]),
            ("- shape\n- loaf", &[]),
            ("shape (a loaf)", &[]),
            ("shape what one two three four five six seven eight nine ten loaf", &[]),
            // A noun that takes no object is a word like others.
            (
                "shape our handiwork two three four five six seven eight loaf",
                &["shape our handiwork two three four five six seven eight loaf"],
            ),
            ("shape our own handiwork two three four five six seven eight loaf", &[]),
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
