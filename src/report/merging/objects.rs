//! The objects of `postings.jsonl`, numbered anew without being taken apart: of each line the
//! beginning is replaced, and the list of warnings where it changes.

use std::io;
use std::ops::Range;

use memchr::memmem;

use crate::report::jsonl::{FIRST, WARNINGS};
use crate::report::reading::invalid;
use crate::run::ids;
use crate::text::inert_json;

/// The object of a line under another number, warned of an earlier posting with its id or not.
///
/// # Errors
/// When the line is not the whole object of posting `number`.
pub(super) fn renumbered(line: &[u8], number: u64, new: u64, earlier: Option<u64>) -> io::Result<Vec<u8>> {
    let beginning = format!("{FIRST}{number},");
    let rest = line.strip_prefix(beginning.as_bytes()).filter(|rest| rest.ends_with(b"}\n"));
    let rest = rest.ok_or_else(|| invalid(&format!("line {number} is not the object of posting {number}")))?;
    let mut object = format!("{FIRST}{new},").into_bytes();
    object.reserve(rest.len());
    let (place, warnings) = warnings(rest)?;
    object.extend_from_slice(&rest[..place.start]);
    object.extend_from_slice(list(warnings, earlier)?.as_bytes());
    object.extend_from_slice(&rest[place.end..]);
    Ok(object)
}

/// Where the list of warnings stands in an object, and what is in it.
fn warnings(object: &[u8]) -> io::Result<(Range<usize>, Vec<String>)> {
    let none = || invalid("an object has no list of warnings");
    let start = memmem::find(object, WARNINGS.as_bytes()).ok_or_else(none)? + WARNINGS.len();
    let mut lists = serde_json::Deserializer::from_slice(&object[start..]).into_iter();
    let list = lists.next().ok_or_else(none)??;
    Ok((start..start + lists.byte_offset(), list))
}

fn list(mut warnings: Vec<String>, earlier: Option<u64>) -> io::Result<String> {
    warnings.retain(|warning| !ids::is_warning(warning));
    if let Some(earlier) = earlier {
        warnings.insert(0, ids::warning(earlier));
    }
    Ok(inert_json(&serde_json::to_string(&warnings)?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_changed_in_two_places_alone() -> io::Result<()> {
        let line = |number: u64, warnings: &str| {
            format!(
                "{{\"posting\":{number},\"id\":\",\\\"warnings\\\":[1]\",\"warnings\":[{warnings}],\"text\":\"x\"}}\n"
            )
        };
        let cases = [
            ("", None, ""),
            ("", Some(4), "\"same id as posting 4\""),
            ("\"same id as posting 2\"", None, ""),
            ("\"same id as posting 2\",\"odd ], \\u009b\"", Some(4), "\"same id as posting 4\",\"odd ], \\u009b\""),
        ];
        for (warnings, earlier, expected) in cases {
            let found = renumbered(line(3, warnings).as_bytes(), 3, 13, earlier)?;
            assert_eq!(String::from_utf8_lossy(&found), line(13, expected));
        }
        Ok(())
    }

    #[test]
    fn what_is_no_whole_object_is_refused() {
        for line in
            ["", "{\"posting\":4,\"warnings\":[]}\n", "{\"posting\":3,\"warnings\":[]}", "{\"posting\":3,\"id\":1}\n"]
        {
            assert!(renumbered(line.as_bytes(), 3, 4, None).is_err(), "{line}");
        }
    }
}
