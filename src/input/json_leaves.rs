//! The texts that stand somewhere in a JSON object, each under the name that tells what it is.

use std::collections::VecDeque;

use serde::de::DeserializeSeed as _;
use serde_json::{Map, Value};

use super::columns::{Columns, Field, Hint, heading, hint};
use super::json_text::Plain;

/// The most texts that are taken out of one object.
const MOST_LEAVES: usize = 500;
/// How deep an array inside a text may be nested.
const DEPTH: usize = 128;

/// Keys of one text in several forms, best first: HTML keeps lists and headings apart.
const FORMS: [&str; 15] = [
    "rendered",
    "html",
    "text_formatted",
    "textFormatted",
    "formatted",
    "text",
    "plain",
    "markdown",
    "raw",
    "value",
    "content",
    "body",
    "description",
    "#text",
    "__cdata",
];
/// Keys that say something of such a text.
const ABOUT_FORMS: [&str; 10] =
    ["title", "heading", "label", "protected", "format", "type", "lang", "language", "order", "position"];
/// Keys that name what the object is that they stand in.
const NAMES: [&str; 11] = [
    "name",
    "label",
    "display_name",
    "displayName",
    "value",
    "text",
    "title",
    "location",
    "descriptor",
    "libelle",
    "nom",
];

/// A text inside an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    /// The keys that lead to it, dots between.
    pub path: String,
    /// By what name it is known: `employer` for `employer.name`, `title` for `job.title`.
    pub name: String,
    pub text: String,
}

/// How much of an object is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// What it says of itself, in objects inside it too.
    Own,
    /// The members of arrays and of keyed objects too, such as sections of a text.
    All,
}

/// The texts in an object, those that stand less deep first.
pub(super) fn leaves(object: &Map<String, Value>, columns: &Columns, reach: Reach) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut inside = VecDeque::from([Inside { object, path: String::new(), entity: None }]);
    while let Some(next) = inside.pop_front() {
        let members = reach == Reach::Own && is_keyed(next.object);
        for (key, value) in next.object {
            if leaves.len() >= MOST_LEAVES {
                return leaves;
            }
            let (path, name) = (next.path_to(key), next.name_of(key, columns));
            match value {
                Value::Object(object) => match text_in(object, &name, columns) {
                    Some(text) => leaves.push(Leaf { path, name, text }),
                    None if members => {}
                    None => {
                        let entity = is_entity(&name, columns).then_some(name);
                        inside.push_back(Inside { object, path, entity });
                    }
                },
                Value::Array(members) if reach == Reach::Own && members.iter().any(Value::is_object) => {}
                value => {
                    let text = plain(value);
                    if !text.is_empty() {
                        leaves.push(Leaf { path, name, text });
                    }
                }
            }
        }
    }
    leaves
}

/// An object on the way.
struct Inside<'v> {
    object: &'v Map<String, Value>,
    path: String,
    /// What it describes, if that is not the job: its employer, its place, its salary.
    entity: Option<String>,
}

impl Inside<'_> {
    fn path_to(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn name_of(&self, key: &str, columns: &Columns) -> String {
        match &self.entity {
            None => key.to_owned(),
            Some(entity) if NAMES.contains(&key) && columns.role(entity).is_some() => entity.clone(),
            Some(entity) => format!("{entity} {key}"),
        }
    }
}

/// Whether an object of this name describes something else than the job.
fn is_entity(name: &str, columns: &Columns) -> bool {
    // What a thing is stands last: a `UserArea` is no user. An underscore marks what is technical.
    let spaced = heading(name);
    let last = spaced.rsplit(' ').next().unwrap_or_default();
    match columns.role(name) {
        Some(role) => matches!(role.field, Field::Company | Field::Location),
        None if name.starts_with('_') => false,
        None => hint(name) == Some(Hint::Company) || matches!(hint(last), Some(Hint::Other | Hint::Location)),
    }
}

/// The text of an object that is one text in several forms, or under a heading; of versions the best.
fn text_in(object: &Map<String, Value>, name: &str, columns: &Columns) -> Option<String> {
    let called = hint(name) == Some(Hint::Text)
        || columns.role(name).is_some_and(|role| matches!(role.field, Field::Text | Field::Part));
    let is_form = |key: &String| FORMS.contains(&key.as_str());
    let about = |key: &String| is_form(key) || (called && ABOUT_FORMS.contains(&key.as_str()));
    let only_forms = object.iter().all(|(key, value)| about(key) || (called && !is_text(value)));
    if !only_forms {
        return None;
    }
    FORMS.iter().find_map(|form| object.get(*form).filter(|value| is_text(value))).map(plain)
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// A value as text.
pub(super) fn plain(value: &Value) -> String {
    Plain { depth: DEPTH }.deserialize(value).unwrap_or_default()
}

/// Whether the members of an object are alike, as where records are kept by their id.
pub(super) fn is_keyed(object: &Map<String, Value>) -> bool {
    let mut members = object.values();
    let Some(Value::Object(first)) = members.next() else { return false };
    object.len() > 1 && members.all(|member| member.as_object().is_some_and(|member| are_alike(first, member)))
}

/// Whether two objects have most of their keys in common.
pub(super) fn are_alike(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let shared = one.keys().filter(|key| other.contains_key(*key)).count();
    shared > 0 && shared * 2 >= one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;

    fn named(json: &str, reach: Reach) -> Vec<(String, String)> {
        let columns = Columns::new(&ReadOptions::default());
        let object: Map<String, Value> = serde_json::from_str(json).expect("an object");
        leaves(&object, &columns, reach).into_iter().map(|leaf| (leaf.name, leaf.text)).collect()
    }

    #[test]
    fn each_text_has_the_name_that_tells_what_it_is() {
        let cases: [(&str, &[(&str, &str)]); 9] = [
            (r#"{"node": {"title": "Cook", "pay": null}}"#, &[("title", "Cook")]),
            (r#"{"employer": {"name": "Inn", "id": 4}}"#, &[("employer", "Inn"), ("employer id", "4")]),
            (r#"{"department": {"name": "Kitchen"}}"#, &[("department name", "Kitchen")]),
            (
                r#"{"description": {"text": "x", "text_formatted": "<p>x</p>", "needs": null}}"#,
                &[("description", "<p>x</p>")],
            ),
            (r#"{"title": {"rendered": "Cook"}}"#, &[("title", "Cook")]),
            (
                r#"{"sections": {"jobDescription": {"title": "The job", "text": "You cook."}}}"#,
                &[("jobDescription", "You cook.")],
            ),
            (r#"{"job": {"title": "Cook", "text": "You cook."}}"#, &[("title", "Cook"), ("text", "You cook.")]),
            (r#"{"duties": ["Cook", "Bake"]}"#, &[("duties", "Cook\nBake")]),
            (r#"{"location": {"address": {"city": "Ulm"}}}"#, &[("location address city", "Ulm")]),
        ];
        for (json, expected) in cases {
            let found = named(json, Reach::All);
            let found: Vec<(&str, &str)> = found.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            assert_eq!(found, expected, "{json}");
        }
    }

    #[test]
    fn members_are_not_what_an_object_says_of_itself() {
        let json = r#"{"a": [{"text": "x"}], "b": {"1": {"text": "y", "n": 1}, "2": {"text": "z", "n": 2}}}"#;
        assert!(named(json, Reach::Own).is_empty());
        assert!(!named(json, Reach::All).is_empty());
    }
}
