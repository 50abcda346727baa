//! Places as Python counts them: its strings are made of characters, the library's of bytes.

use serde_json::Value;

/// Names of the fields of an explanation that count bytes of its text.
const FIELDS: [&str; 3] = ["start", "end", "body_start"];

/// Turns every place in an explanation from bytes of `text` into characters.
pub(crate) fn in_characters(explanation: &mut Value, text: &str) {
    if !text.is_ascii() {
        turn(explanation, text);
    }
}

fn turn(value: &mut Value, text: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| turn(item, text)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_u64().and_then(|byte| usize::try_from(byte).ok()) {
                    Some(byte) if FIELDS.contains(&name.as_str()) => {
                        *value = text.get(..byte).unwrap_or(text).chars().count().into();
                    }
                    _ => turn(value, text),
                }
            }
        }
        _ => {}
    }
}
