//! `postings.jsonl` and `explain --json`: all of a posting as one object, compared with the
//! published schema and the tables.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::sandbox::{Sandbox, package};
use crate::table::Table;

fn objects(sandbox: &Sandbox) -> Vec<Value> {
    sandbox.run("classify samples --jsonl --out report --quiet").ends(0);
    sandbox.read("report/postings.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Fails unless the objects in `value` have the properties that the schema lists, in that
/// order, and requires. `tests/outside/check_schema.py` checks the values, too.
fn agrees(schema: &Value, root: &Value, value: &Value, place: &str) {
    let target = schema["$ref"].as_str().map(|path| root.pointer(&path[1..]).unwrap());
    let schema = target.unwrap_or(schema);
    let schema = schema["oneOf"].as_array().map_or(schema, |either| &either[usize::from(!value.is_null())]);
    if let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        let names: Vec<_> = object.keys().collect();
        assert_eq!(names, properties.keys().collect::<Vec<_>>(), "{place}");
        let mut required: Vec<&str> =
            schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        required.sort_unstable();
        let mut sorted: Vec<&str> = names.into_iter().map(String::as_str).collect();
        sorted.sort_unstable();
        assert_eq!(sorted, required, "{place}");
        for (name, value) in object {
            agrees(&properties[name], root, value, &format!("{place}.{name}"));
        }
    }
    for item in value.as_array().into_iter().flatten() {
        agrees(&schema["items"], root, item, place);
    }
}

#[test]
fn every_object_is_as_the_schema_says() {
    let schema: Value = serde_json::from_slice(&std::fs::read(package("docs/postings.schema.json")).unwrap()).unwrap();
    for object in objects(&Sandbox::with_samples()) {
        agrees(&schema, &schema, &object, object["id"].as_str().unwrap());
    }
}

#[test]
fn objects_say_what_the_tables_say() {
    let sandbox = Sandbox::with_samples();
    let objects = objects(&sandbox);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(objects.len(), postings.rows.len());
    let mut matches: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in Table::parse(&sandbox.read("report/matches.csv")).rows {
        matches.entry(row["posting"].clone()).or_default().push(row);
    }
    for (object, row) in objects.iter().zip(&postings.rows) {
        let number = |value: &Value| value.as_f64().map_or(String::new(), |value| format!("{value:.4}"));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for name in ["id", "source", "title", "company", "location", "leaning", "reason", "title_leaning"] {
            assert_eq!(text(&object[name]), row[name].trim_start_matches('\''), "{name}");
        }
        for (value, name) in [
            (&object["tilt"], "tilt"),
            (&object["probability"], "probability"),
            (&object["probabilities"]["software"], "p_software"),
            (&object["probabilities"]["systems"], "p_systems"),
            (&object["probabilities"]["neither"], "p_neither"),
            (&object["score"], "score"),
            (&object["evidence"]["software"], "software_evidence"),
            (&object["evidence"]["systems"], "systems_evidence"),
        ] {
            assert_eq!(number(value), row[name], "{name} of {}", row["id"]);
        }
        let found = object["matches"].as_array().unwrap();
        assert_eq!(object["posting"].to_string(), row["posting"]);
        let rows = matches.remove(&row["posting"]).unwrap_or_default();
        assert_eq!(found.len(), rows.len(), "{}", row["id"]);
        for (found, row) in found.iter().zip(&rows) {
            assert_eq!(text(&found["skill_id"]), row["skill_id"]);
            assert_eq!(number(&found["contribution"]), row["contribution"]);
            assert_eq!(found["mentions"].as_array().unwrap().len().to_string(), row["mentions"]);
            assert_eq!(found["mentions"][0]["start"].to_string(), row["start"]);
        }
    }
}

#[test]
fn mentions_and_sections_lie_in_the_text() {
    for object in objects(&Sandbox::with_samples()) {
        let text = object["text"].as_str().unwrap();
        let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        for mention in
            object["matches"].as_array().unwrap().iter().flat_map(|found| found["mentions"].as_array().unwrap())
        {
            let in_title = mention["section"] == "title";
            let whole = if in_title { object["title"].as_str().unwrap() } else { text };
            assert_eq!(&whole[at(&mention["start"])..at(&mention["end"])], mention["form"].as_str().unwrap());
            if in_title {
                continue;
            }
            let around = object["sections"].as_array().unwrap().iter().find(|section| {
                at(&section["start"]) <= at(&mention["start"]) && at(&mention["start"]) < at(&section["end"])
            });
            assert_eq!(around.unwrap()["section"], mention["section"], "{mention} of {}", object["id"]);
        }
        let mut end = at(&object["body_start"]);
        for section in object["sections"].as_array().unwrap() {
            assert_eq!(at(&section["start"]), end, "{}", object["id"]);
            end = at(&section["end"]);
        }
        assert_eq!(end, text.len(), "{}", object["id"]);
    }
}

#[test]
fn explain_prints_the_same_object() {
    let sandbox = Sandbox::with_samples();
    let mut expected = objects(&sandbox).into_iter().find(|object| object["id"] == "csv-03").unwrap();
    assert_eq!(expected["posting"].take(), 45);
    // It is the third of the table that is explained.
    expected["posting"] = 3.into();
    let ran = sandbox.run("explain samples/postings.csv --posting csv-03 --json").ends(0).says("");
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).unwrap(), expected);
}
