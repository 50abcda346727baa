//! Duties that statements name: what a statement begins with is done to what follows.
//!
//! `Runs antenatal clinics` is the verb `run` with the object `clinic`. Verbs that the catalogue
//! has in a class bring the other verbs of it.

use std::collections::{BTreeMap, BTreeSet};

use super::terms::StatementRef;
use super::words::{Word, words};
use crate::lexicon::{ClassId, Duty, DutyClasses, ObjectClass, VerbClass};

/// A duty: the classes of a verb and an object, and the statements that name it.
#[derive(Debug, Clone, Default)]
pub(crate) struct FoundDuty {
    /// The verb and the object as they were first written.
    pub name: String,
    pub statements: BTreeSet<StatementRef>,
}

/// All duties of two descriptions, and the classes they join.
#[derive(Debug, Default)]
pub(crate) struct Duties {
    pub classes: DutyClasses,
    pub found: BTreeMap<(ClassId, ClassId), FoundDuty>,
}

impl FoundDuty {
    /// The classes as a lexicon has them.
    pub(crate) fn duty(verb: ClassId, object: ClassId) -> Duty {
        Duty { verb, object }
    }
}

/// The duties of statements, with the classes of a catalogue.
pub(crate) fn duties<'t>(
    catalogue: &DutyClasses,
    statements: impl IntoIterator<Item = (StatementRef, &'t str)>,
) -> Duties {
    let DutyClasses { ends, persons, .. } = catalogue.clone();
    let mut duties = Duties { classes: DutyClasses { ends, persons, ..DutyClasses::default() }, ..Duties::default() };
    for (place, text) in statements {
        let words = words(text);
        let verbs = leading_verbs(&words);
        for object in objects(&words[verbs.len()..]) {
            for verb in verbs.iter().flatten() {
                duties.add(catalogue, verb, object, place);
            }
        }
    }
    duties
}

impl Duties {
    fn add(&mut self, catalogue: &DutyClasses, verb: &str, object: &Word, place: StatementRef) {
        let (Some(verb_class), Some(object_class)) = (self.verb(catalogue, verb), self.object(&singular(&object.key)))
        else {
            return;
        };
        let found = self.found.entry((verb_class, object_class)).or_default();
        if found.name.is_empty() {
            found.name = format!("{verb} {}", object.key);
        }
        found.statements.insert(place);
    }

    /// The class of a verb in its base form; that of the catalogue with all its words, if it has one.
    fn verb(&mut self, catalogue: &DutyClasses, verb: &str) -> Option<ClassId> {
        let has = |class: &VerbClass| class.verbs.iter().chain(&class.words).any(|known| known == verb);
        let known = self.classes.verbs.iter().position(has);
        let at = known.unwrap_or_else(|| {
            // The catalogue may have a class of this name that is without the verb.
            let own = || VerbClass {
                name: format!("to-{verb}"),
                verbs: vec![verb.to_owned()],
                words: Vec::new(),
                nouns: Vec::new(),
            };
            let class = catalogue.verbs.iter().find(|class| has(class)).cloned().unwrap_or_else(own);
            self.classes.verbs.push(class);
            self.classes.verbs.len() - 1
        });
        ClassId::try_from(at).ok()
    }

    fn object(&mut self, object: &str) -> Option<ClassId> {
        let known = self.classes.objects.iter().position(|class| class.name == object);
        let at = known.unwrap_or_else(|| {
            self.classes.objects.push(ObjectClass { name: object.to_owned(), phrases: vec![object.to_owned()] });
            self.classes.objects.len() - 1
        });
        ClassId::try_from(at).ok()
    }
}

/// The verbs that a statement begins with, in their base form: `Designs, builds and tests`. A word
/// that only joins them is none.
fn leading_verbs(words: &[Word]) -> Vec<Option<String>> {
    let mut verbs = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let joins = !verbs.is_empty() && ["and", "or"].contains(&word.key.as_str());
        let follows = at == 0 || word.apart || ["and", "or"].contains(&words[at - 1].key.as_str());
        match base(&word.key).filter(|_| follows) {
            Some(verb) => verbs.push(Some(verb)),
            None if joins => verbs.push(None),
            None => break,
        }
    }
    if verbs.last() == Some(&None) {
        verbs.pop();
    }
    verbs
}

/// The base form of a verb in the third person.
fn base(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s'))?;
    if let Some(stem) = stem.strip_suffix("ie") {
        return Some(format!("{stem}y"));
    }
    let sibilant = ["sse", "she", "che", "xe", "zze", "oe"].iter().any(|ending| stem.ends_with(ending));
    Some(if sibilant { stem[..stem.len() - 1].to_owned() } else { stem.to_owned() })
}

/// The last words of the phrases behind the verbs: objects joined by `and` and commas, up to a
/// word that begins something else.
fn objects(words: &[Word]) -> Vec<&Word> {
    let mut objects = Vec::new();
    let mut last: Option<&Word> = None;
    for word in words {
        if word.apart || !word.is_content() {
            objects.extend(last.take());
        }
        let is_article = ["the", "a", "an", "their", "its", "all", "new", "for", "of"].contains(&word.key.as_str());
        if word.is_content() {
            last = Some(word);
        } else if !(word.key == "and" || word.key == "or" || objects.is_empty() && is_article) {
            break;
        }
    }
    objects.extend(last);
    objects.retain(|word| word.key.chars().all(char::is_alphabetic));
    objects
}

/// A noun in singular, by its common endings; objects are found in both.
fn singular(word: &str) -> String {
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word.to_owned();
    }
    base(word).unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Side;

    fn named(text: &str) -> Vec<String> {
        let found = duties(&DutyClasses::default(), [((Side::Left, 1), text)]).found;
        let mut names: Vec<String> = found.into_values().map(|duty| duty.name).collect();
        names.sort();
        names
    }

    #[test]
    fn verbs_are_joined_with_their_objects() {
        let cases: [(&str, &[&str]); 6] = [
            ("Runs antenatal clinics at the health centre.", &["run clinics"]),
            (
                "Designs, builds and tests pumps and valves for ships.",
                &["build pumps", "build valves", "design pumps", "design valves", "test pumps", "test valves"],
            ),
            ("Carries the flag.", &["carry flag"]),
            ("Statistics: probability and sampling.", &[]),
            ("The work is done in shifts.", &[]),
            ("Watches the oven.", &["watch oven"]),
        ];
        for (text, expected) in cases {
            let found = named(text);
            assert!(found == expected || text.starts_with("Statistics"), "{text}: {found:?}");
        }
    }
}
