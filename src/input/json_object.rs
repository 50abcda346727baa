//! One JSON object as a posting.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::columns::{Field, NO_TEXT_COLUMN, Role, list};
use super::json_leaves::{Reach, leaves};
use super::json_records::{Plan, choose_leaves};
use super::json_repair;
use super::json_text::Plain;
use super::row::{Row, Table};
use super::stream::{NOT_TEXT, decode_record, encoding_note};
use super::structured::as_written;
use super::{Posting, Skipped, Unread};

/// An object still to be parsed.
pub(super) struct Object {
    pub table: Arc<Table>,
    pub plan: Arc<Plan>,
    pub record: u64,
    /// The line of the file it stands on, where it is one line.
    pub line: Option<u64>,
    /// Whether it is to be noted with the encoding of the table.
    pub note: bool,
    pub json: Json,
}

impl Object {
    /// An object of a file, asked for in their order.
    pub(super) fn new(table: &Arc<Table>, plan: &Arc<Plan>, record: u64, line: Option<u64>, json: Json) -> Self {
        let note = table.is_to_note(|| !matches!(json, Json::Bytes(_)));
        Self { table: Arc::clone(table), plan: Arc::clone(plan), record, line, note, json }
    }
}

/// An object as it was found.
pub(super) enum Json {
    Text(String),
    /// In another encoding than UTF-8.
    Bytes(Vec<u8>),
    /// Parsed already, as a member of a larger value.
    Value(Map<String, Value>),
}

impl Json {
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Bytes(error.into_bytes()), Self::Text)
    }
}

impl Unread for Object {
    fn source(&self) -> &str {
        &self.table.source
    }

    fn record(&self) -> Option<u64> {
        Some(self.record)
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let Self { table, plan, record, line, note, json } = *self;
        let fields = Fields { table: &table, plan: &plan };
        let parsed = match json {
            Json::Text(text) => fields.of_text(&text, line),
            Json::Bytes(bytes) => fields.of_bytes(&bytes, line),
            Json::Value(object) => Ok(fields.of_object(&object)),
        };
        let Parsed { mut row, keys, has_text, read_as } = parsed.map_err(|reason| table.skipped(record, reason))?;
        table.columns.saw(&keys);
        if !has_text {
            let reason = format!("{NO_TEXT_COLUMN}; the keys are {}; name one with `--text-column`", list(&keys));
            return Err(Skipped { id: row.take_id(), ..table.skipped(record, reason) });
        }
        row.note_encoding(note, &table, read_as);
        row.posting(&table, record).map_err(|none| none.skipped(&table, record, "no text"))
    }
}

/// What serde found wrong, with the place in the file as well as it is known.
pub(super) fn reason(error: &serde_json::Error, line: Option<u64>) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    if error.classify() == Category::Data {
        return message.to_owned();
    }
    match line {
        Some(line) => format!("not valid JSON at line {line}, column {}: {message}", error.column()),
        None => format!("not valid JSON at line {}, column {} of the record: {message}", error.line(), error.column()),
    }
}

/// The useful fields of an object, and the names of all.
struct Parsed {
    row: Row<'static>,
    keys: Vec<String>,
    /// Whether any of the names is that of a text, if only of an empty one.
    has_text: bool,
    /// A note on its encoding.
    read_as: Option<String>,
}

/// Takes the useful fields out of an object: while it is parsed where they stand in the object
/// itself, and else out of the parsed object.
#[derive(Clone, Copy)]
struct Fields<'t> {
    table: &'t Table,
    plan: &'t Plan,
}

impl Fields<'_> {
    fn of_bytes(self, bytes: &[u8], line: Option<u64>) -> Result<Parsed, String> {
        let decoded = decode_record(bytes, self.table.encoding.legacy).ok_or(NOT_TEXT)?;
        let mut parsed = self.of_text(&decoded.text, line)?;
        parsed.read_as = encoding_note(&decoded);
        Ok(parsed)
    }

    fn of_text(self, text: &str, line: Option<u64>) -> Result<Parsed, String> {
        let parsed = self.of_valid(text);
        let repaired = || json_repair::repaired(text).and_then(|text| self.of_valid(&text).ok());
        parsed.or_else(|error| repaired().ok_or_else(|| reason(&error, line)))
    }

    fn of_valid(self, text: &str) -> Result<Parsed, serde_json::Error> {
        if !self.plan.nested {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let parsed = self.deserialize(&mut deserializer)?;
            deserializer.end()?;
            if parsed.has_text && parsed.row.has_text() {
                return Ok(parsed);
            }
        }
        serde_json::from_str(text).map(|object| self.of_object(&object))
    }

    /// The fields of a parsed object, wherever they stand in it. Where the other records do not
    /// tell where its text is, its own texts are held against one another.
    fn of_object(self, object: &Map<String, Value>) -> Parsed {
        let columns = &self.table.columns;
        let leaves = leaves(object, columns, Reach::All);
        let mut roles: Vec<Option<Role>> =
            leaves.iter().map(|leaf| self.plan.role(&leaf.path, &leaf.name, columns)).collect();
        let is_text = |role: &Option<Role>| role.is_some_and(|role| role.field == Field::Text);
        if !roles.iter().any(is_text) {
            roles = vec![None; leaves.len()];
            choose_leaves(&leaves, columns).useful().for_each(|(at, role)| roles[at] = Some(role));
        }
        let named = columns.have_text(object.keys().map(String::as_str));
        let mut parsed =
            Parsed { row: Row::default(), keys: object.keys().cloned().collect(), has_text: named, read_as: None };
        for (leaf, role) in leaves.into_iter().zip(roles) {
            parsed.keys.extend((leaf.name != leaf.path).then(|| leaf.name.clone()));
            if let Some(role) = role {
                parsed.has_text |= matches!(role.field, Field::Text | Field::Part);
                match (role.field, object.get(&leaf.path)) {
                    (Field::Job(field), Some(value)) => parsed.row.push_said(role, field, &leaf.name, value),
                    _ => parsed.row.push(role, leaf.name, leaf.text),
                }
            }
        }
        parsed
    }
}

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Parsed;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Parsed, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Parsed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object with the fields of a posting")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed, A::Error> {
        let mut parsed = Parsed { row: Row::default(), keys: Vec::new(), has_text: false, read_as: None };
        let (columns, mut parts) = (&self.table.columns, 0);
        while let Some(key) = map.next_key::<String>()? {
            if let Some(role) = self.plan.role(&key, &key, columns) {
                parts += usize::from(role.field == Field::Part);
                parsed.has_text |= role.field == Field::Text || parts >= columns.enough_parts();
                match role.field {
                    Field::Job(field) => parsed.row.push_said(role, field, &key, &map.next_value()?),
                    Field::Other => parsed.row.push(role, key.clone(), as_written(&map.next_value()?)),
                    _ => {
                        let value = map.next_value_seed(Plain { depth: self.table.max_depth })?;
                        parsed.row.push(role, key.clone(), value);
                    }
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            parsed.keys.push(key);
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use crate::input::columns::Columns;

    fn read(json: &[u8], options: &ReadOptions) -> Result<Posting, String> {
        let columns = Arc::new(Columns::new(options));
        let table = Arc::new(Table::new("jobs".to_owned(), columns, options));
        let sample: Option<Map<String, Value>> = serde_json::from_slice(json).ok();
        let plan = sample.map(|sample| Plan::of(&[&sample], &table)).unwrap_or_default();
        let json = Json::of(json.to_vec());
        let object = Object::new(&table, &Arc::new(plan), 2, Some(5), json);
        Box::new(object).read().map_err(|skipped| skipped.reason)
    }

    #[test]
    fn values_of_any_kind_become_text() {
        let cases: [(&str, &str, &str); 7] = [
            (r#"{"id": 7, "text": "Cook"}"#, "7", "Cook"),
            (r#"{"id": 7.5, "text": ["Cook", "", 2, true, null]}"#, "7.5", "Cook\n2\ntrue"),
            (
                r#"{"Job ID": "a\"b", "jobDescription": "<p>Cook</p><p>Bake</p>", "x": {"text": [1]}}"#,
                "a\"b",
                "Cook\n\nBake",
            ),
            (r#"{"id": {"x": 1}, "text": "Cook"}"#, "jobs#2", "Cook"),
            (r#"{"text": "", "body": "Cook"}"#, "jobs#2", "Cook"),
            (r#"{"duties": ["Cook", "Bake"], "skills": "Fry"}"#, "jobs#2", "Duties:\nCook\nBake\n\nSkills:\nFry"),
            (r#"{"text": "Caf\u00e9"}"#, "jobs#2", "Café"),
        ];
        for (json, id, text) in cases {
            let posting = read(json.as_bytes(), &ReadOptions::default());
            let found = posting.as_ref().map(|posting| (posting.id.as_str(), posting.text.as_str()));
            assert_eq!(found, Ok((id, text)), "{json}");
        }
    }

    #[test]
    fn boards_are_read_as_they_are() {
        let greenhouse = r#"{"absolute_url": "https://b.example/7", "id": 7, "title": "Cook", "company_name": "Inn",
            "location": {"name": "Ulm"}, "content": "&lt;h2&gt;Duties&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;R&amp;amp;D&lt;/li&gt;&lt;/ul&gt;"}"#;
        let lever = r#"{"additional": "<div>We pay.</div>", "categories": {"location": "Ulm", "team": "Kitchen"}, "id": "x-1",
            "description": "<div>You cook.</div>", "descriptionPlain": "You cook.", "text": "Cook",
            "lists": [{"text": "You will", "content": "<li>bake</li><li>fry</li>"}]}"#;
        let adzuna = r#"{"id": "1", "title": "Cook", "company": {"display_name": "Inn"}, "location": {"area": ["D"], "display_name": "Ulm"},
            "description": "You cook."}"#;
        let cases = [
            (greenhouse, ["7", "Cook", "Inn", "Ulm", "## Duties\n\n* R&D"]),
            (lever, ["x-1", "Cook", "", "Ulm", "You cook.\n\n## You will\n\n* bake\n* fry\n\nAdditional:\nWe pay."]),
            (adzuna, ["1", "Cook", "Inn", "Ulm", "You cook."]),
            (
                r#"{"objectID": "9", "comment_text": "Inn | Cook<p>You cook.<p>You bake."}"#,
                ["9", "Cook", "", "", "Inn | Cook\n\nYou cook.\n\nYou bake."],
            ),
        ];
        for (json, expected) in cases {
            let found = read(json.as_bytes(), &ReadOptions::default());
            let found = found.map(|found| [found.id, found.title, found.company, found.location, found.text]);
            assert_eq!(found, Ok(expected.map(str::to_owned)), "{json}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let options = ReadOptions { max_depth: 3, ..ReadOptions::default() };
        let cases = [
            (r#"{"text": [[["Cook"]]]}"#, Ok("Cook")),
            (r#"{"text": [[[["Cook"]]]]}"#, Err("brackets nested too deep")),
            (r#"{"text": "Cook", "x": [[[[[[1]]]]]]}"#, Ok("Cook")),
        ];
        for (json, expected) in cases {
            let found = read(json.as_bytes(), &options).map(|posting| posting.text);
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{json}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_decoded_with_a_warning() {
        let json = b"{\"text\": \"You cook in the caf\xe9 \x96 na\xefve r\xe9sum\xe9s are welcome\"}";
        let posting = read(json, &ReadOptions::default());
        let found = posting.map(|posting| (posting.text, posting.warnings));
        let text = "You cook in the café – naïve résumés are welcome".to_owned();
        assert_eq!(found, Ok((text, vec!["read as windows-1252".to_owned()])));
    }

    #[test]
    fn what_is_no_posting_is_skipped_with_the_reason() {
        let none = "no text column such as `description` was found; the keys are `id`, `skills`; name one with `--text-column`";
        let cases: [(&str, &str); 7] = [
            ("5", "invalid type: integer `5`, expected a JSON object with the fields of a posting"),
            ("[]", "invalid type: sequence, expected a JSON object with the fields of a posting"),
            (r#"{"text": "Cook"#, "not valid JSON at line 5, column 14: EOF while parsing a string"),
            (r#"{"text": "Cook"} x"#, "not valid JSON at line 5, column 18: trailing characters"),
            (r#"{"text": " "}"#, "no text"),
            (r#"{"text": {"x": "y"}}"#, "no text"),
            (r#"{"id": 1, "skills": "x"}"#, none),
        ];
        for (json, expected) in cases {
            assert_eq!(read(json.as_bytes(), &ReadOptions::default()), Err(expected.to_owned()), "{json}");
        }
    }

    #[test]
    fn named_keys_are_used() {
        let options = ReadOptions {
            text_columns: vec!["wants".to_owned(), "does".to_owned()],
            title_column: Some("role".to_owned()),
            ..ReadOptions::default()
        };
        let posting = read(br#"{"does": "Cook", "role": "Chef", "title": "x", "wants": "Fire"}"#, &options);
        let found = posting.map(|posting| (posting.title, posting.text));
        assert_eq!(found, Ok(("Chef".to_owned(), "Wants:\nFire\n\nDoes:\nCook".to_owned())));
    }
}
