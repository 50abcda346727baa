//! Where the records of a JSON value stand, in the words of `jq`, told from how it begins.

/// The path to the first array of objects: `.data.jobs`; that of the value itself where there is none.
pub(super) fn of_records(begins: &str) -> String {
    let mut keys: Vec<&str> = Vec::new();
    let (mut key, mut rest) = ("", begins);
    while let Some(at) = rest.find(['"', '{', '[', '}', ']', ',']) {
        let behind = &rest[at + 1..];
        match rest.as_bytes()[at] {
            b'"' => {
                let (text, after) = string(behind);
                if after.trim_start().starts_with(':') {
                    key = text;
                }
                rest = after;
                continue;
            }
            b'[' if behind.trim_start().starts_with('{') => {
                keys.push(key);
                return keys.into_iter().filter(|key| !key.is_empty()).map(step).collect();
            }
            b'{' | b'[' => keys.push(std::mem::take(&mut key)),
            b',' => key = "",
            _ => {
                keys.pop();
            }
        }
        rest = behind;
    }
    ".".to_owned()
}

/// A string whose first quote is passed, and what stands behind it.
fn string(text: &str) -> (&str, &str) {
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or((text, ""), |end| (&text[..end], &text[end + 1..]))
}

/// A key as a step of a path.
fn step(key: &str) -> String {
    let is_word =
        key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !key.starts_with(|c: char| c.is_ascii_digit());
    if is_word { format!(".{key}") } else { format!(".\"{key}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_array_of_objects_is_found() {
        let cases = [
            (r#"{"jobs": [{"id": 1"#, ".jobs"),
            (r#"{"meta": {"a": [1, 2], "b": "x[{"}, "data": {"job-list": [ {"#, ".data.\"job-list\""),
            (r#"{"a\"b": 1, "c": "[{\"", "d": [{"#, ".d"),
            (r#"{"title": "Cook"#, "."),
        ];
        for (begins, expected) in cases {
            assert_eq!(of_records(begins), expected, "{begins}");
        }
    }
}
