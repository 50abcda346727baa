//! Checking the classes of `duties.toml`, and that duties join classes that exist.

use std::collections::HashMap;

use toml::Spanned;

use super::diagnostic::{Code, Diagnostic};
use super::duty::{ClassId, Duty, DutyClasses, ObjectClass, VerbClass};
use super::files::File;
use super::raw::{RawDuties, RawDuty};
use crate::text::{is_word_char, nearest, normalise};

/// Checks `duties.toml`: a word may stand in one class of its kind, for else it would be two duties.
pub(super) fn classes(file: File<'_>, raw: &RawDuties, findings: &mut Vec<Diagnostic>) -> DutyClasses {
    let mut check = ClassCheck { file, findings, classes: HashMap::new() };
    check.few_enough(raw.verbs.keys());
    check.few_enough(raw.objects.keys());
    let verbs = raw.verbs.iter().map(|(name, class)| VerbClass {
        name: name.get_ref().clone(),
        verbs: check.words("verb", name.get_ref(), &class.verbs),
        words: check.words("verb", name.get_ref(), &class.words),
        nouns: check.words("noun", name.get_ref(), &class.nouns),
    });
    let verbs = verbs.collect();
    let objects = raw.objects.iter().map(|(name, phrases)| ObjectClass {
        name: name.get_ref().clone(),
        phrases: check.words("object", name.get_ref(), phrases),
    });
    let objects = objects.collect();
    DutyClasses {
        verbs,
        objects,
        ends: check.words("end", "ends", &raw.ends),
        persons: check.words("person", "persons", &raw.persons),
    }
}

struct ClassCheck<'c, 'f> {
    file: File<'f>,
    findings: &'c mut Vec<Diagnostic>,
    /// The class of each word of each kind.
    classes: HashMap<(&'static str, String), String>,
}

impl ClassCheck<'_, '_> {
    /// [`ClassId`] must be able to number them.
    fn few_enough<'n>(&mut self, mut names: impl Iterator<Item = &'n Spanned<String>>) {
        if let Some(name) = names.nth(usize::from(ClassId::MAX)) {
            let message = format!("this is one class more than the {} that can be told apart", ClassId::MAX);
            self.findings.push(self.file.error(Code::OutOfRange, name.span(), message));
        }
    }

    fn words(&mut self, kind: &'static str, class: &str, words: &[Spanned<String>]) -> Vec<String> {
        let mut keys = Vec::with_capacity(words.len());
        for word in words {
            let key = normalise(word.get_ref());
            if !key.contains(is_word_char) {
                self.findings.push(self.file.nothing_to_match(kind, word.span(), word.get_ref()));
                continue;
            }
            if let Some(other) = self.classes.insert((kind, key.clone()), class.to_owned()) {
                let message = format!("the {kind} {:?} stands in {other} already", word.get_ref());
                let finding = self.file.error(Code::DuplicateForm, word.span(), message);
                self.findings.push(finding.help("a word belongs to one class; take it out of the other"));
            }
            keys.push(key);
        }
        keys
    }
}

/// The pairs of classes that a duty joins; classes that do not exist are findings.
pub(super) fn pairs(
    file: File<'_>,
    classes: &DutyClasses,
    raw: &[RawDuty],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Duty> {
    let verbs: Vec<&str> = classes.verbs.iter().map(|class| class.name.as_str()).collect();
    let objects: Vec<&str> = classes.objects.iter().map(|class| class.name.as_str()).collect();
    let mut places = |what: &str, names: &[&str], words: &[Spanned<String>]| -> Vec<ClassId> {
        let place = |word: &Spanned<String>| {
            let place = (0..).zip(names).find(|(_, name)| *name == word.get_ref());
            if place.is_none() {
                findings.push(unknown_class(file, what, names, word));
            }
            place.map(|(at, _)| at)
        };
        words.iter().filter_map(place).collect()
    };
    let mut pairs = Vec::new();
    for duty in raw {
        let (verbs, objects) =
            (places("class of verbs", &verbs, &duty.verbs), places("class of objects", &objects, &duty.objects));
        pairs.extend(verbs.iter().flat_map(|verb| objects.iter().map(|object| Duty { verb: *verb, object: *object })));
    }
    pairs
}

fn unknown_class(file: File<'_>, what: &str, names: &[&str], word: &Spanned<String>) -> Diagnostic {
    let message = format!("no {what} is called {:?}", word.get_ref());
    file.error(Code::UnknownWord, word.span(), message)
        .did_you_mean(nearest(word.get_ref(), names.iter().copied()), "duties.toml names the classes")
}
