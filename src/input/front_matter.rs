//! Front matter: what a Markdown file says of itself above its text, in YAML between lines of `---` or
//! in TOML between lines of `+++`.
//!
//! Of YAML no more is read than keys at the left margin and their plain values, which is what
//! generators of sites write there; a parser of all of it would be the largest crate of this program.

use std::sync::LazyLock;

use super::ReadOptions;
use super::columns::{Columns, Field};

/// The names of fields are among those of tables.
static COLUMNS: LazyLock<Columns> = LazyLock::new(|| Columns::new(&ReadOptions::default()));

/// The most lines of front matter.
const MOST_LINES: usize = 200;

/// What front matter says of a posting.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub title: String,
    pub company: String,
    pub location: String,
    /// The byte where the text begins; 0 where there is no front matter.
    pub end: usize,
}

impl FrontMatter {
    /// The front matter that `text` begins with.
    pub(super) fn of(text: &str) -> Self {
        let fence = text.lines().next().unwrap_or_default().trim_end();
        let fields = match fence {
            "---" | "+++" => enclosed(text, fence),
            _ => None,
        };
        let Some((inner, end)) = fields else { return Self::default() };
        let fields = if fence == "+++" { toml_fields(inner) } else { yaml_fields(inner) };
        let Some(fields) = fields else { return Self::default() };
        let best = |field: Field| {
            let ranked = fields.iter().filter_map(|(name, value)| {
                let role = COLUMNS.role(name).filter(|role| role.field == field && !value.is_empty())?;
                Some((role.rank, value))
            });
            ranked.min_by_key(|(rank, _)| *rank).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self { title: best(Field::Title), company: best(Field::Company), location: best(Field::Location), end }
    }
}

/// What stands between the first line and the next that is the same, and where that ends.
fn enclosed<'t>(text: &'t str, fence: &str) -> Option<(&'t str, usize)> {
    let mut at = 0;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate().take(MOST_LINES) {
        at += line.len();
        if number == 0 {
            start = at;
        } else if line.trim_end() == fence {
            return Some((&text[start..at - line.len()], at));
        }
    }
    None
}

fn toml_fields(inner: &str) -> Option<Vec<(String, String)>> {
    let table: toml::Table = inner.parse().ok()?;
    let fields: Vec<(String, String)> = table.into_iter().map(|(name, value)| (name, toml_text(&value))).collect();
    (!fields.is_empty()).then_some(fields)
}

/// A value on one line: of a table its name.
fn toml_text(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.trim().to_owned(),
        toml::Value::Array(values) => values.iter().map(toml_text).collect::<Vec<_>>().join(", "),
        toml::Value::Table(table) => table.get("name").map(toml_text).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// The fields of YAML, unless this is none: a rule above a text is written as its fence is.
fn yaml_fields(inner: &str) -> Option<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in inner.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let item = trimmed.strip_prefix("- ");
        if line.starts_with([' ', '\t']) || item.is_some() {
            let (_, value) = fields.last_mut()?;
            add(value, item.unwrap_or(trimmed));
        } else {
            let (name, value) = line.split_once(':')?;
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
            let (name, value) = is_name.then_some((name.trim(), value.trim()))?;
            fields.push((name.to_owned(), yaml_text(value)));
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// Adds a line that stands below a name: an item of a list, more of a long text, or the name of what is
/// described by several.
fn add(value: &mut String, line: &str) {
    let line = match line.split_once(": ") {
        Some(("name", name)) => yaml_text(name.trim()),
        Some((key, _)) if key.chars().all(char::is_alphanumeric) => return,
        _ => yaml_text(line),
    };
    if !value.is_empty() && !line.is_empty() {
        value.push_str(", ");
    }
    value.push_str(&line);
}

/// A value without its quotes, brackets and comment.
fn yaml_text(value: &str) -> String {
    if matches!(value, "|" | ">" | "|-" | ">-" | "~" | "null") {
        return String::new();
    }
    for quote in ['"', '\''] {
        if let Some((quoted, _)) = value.strip_prefix(quote).and_then(|rest| rest.rsplit_once(quote)) {
            return if quote == '"' { quoted.replace("\\\"", "\"") } else { quoted.replace("''", "'") };
        }
    }
    if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return list.split(',').map(|item| yaml_text(item.trim())).collect::<Vec<_>>().join(", ");
    }
    value.split(" #").next().unwrap_or(value).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_above_the_text() {
        let cases = [
            (
                "---\ntitle: \"Cook: \\\"grill\\\"\"\ncompany: Inn # ours\nlocation: [Ulm, 'Bonn']\n---\nx",
                ["Cook: \"grill\"", "Inn", "Ulm, Bonn"],
            ),
            (
                "---\r\njob_title: Cook\r\nemployer:\r\n  name: Inn\r\n  url: x\r\nlocation:\r\n  - Ulm\r\n  - Bonn\r\n---\r\nx",
                ["Cook", "Inn", "Ulm, Bonn"],
            ),
            (
                "+++\ntitle = 'Cook'\nlocation = ['Ulm', 'Bonn']\n[company]\nname = 'Inn'\n+++\nx",
                ["Cook", "Inn", "Ulm, Bonn"],
            ),
            ("---\ntitle:\n---\nx", ["", "", ""]),
        ];
        for (text, expected) in cases {
            let FrontMatter { title, company, location, end } = FrontMatter::of(text);
            assert_eq!(([title, company, location], &text[end..]), (expected.map(str::to_owned), "x"), "{text}");
        }
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        let long = format!("---\n{}---\n", "a: b\n".repeat(300));
        for text in
            ["---\nYou cook.\n---\nx", "--- a: b", "---\na: b\n", "+++\nno toml\n+++\n", "", "---\n---\nx", &long]
        {
            assert_eq!(FrontMatter::of(text), FrontMatter::default(), "{text}");
        }
    }
}
