//! Reading a TOML file of a lexicon, with messages for people who do not program.

use serde::de::DeserializeOwned;

use super::diagnostic::{Code, Diagnostic};
use super::files::File;
use crate::text::nearest;

/// Reads a file as TOML, or says where it is none or holds what is not expected.
pub(crate) fn parse_toml<T: DeserializeOwned>(file: File<'_>) -> Result<T, Box<Diagnostic>> {
    toml::from_str(file.text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let (message, help) = plain(error.message());
        let finding = file.error(Code::Syntax, span, message);
        Box::new(match help {
            Some(help) => finding.help(help),
            None => finding,
        })
    })
}

/// What the TOML reader says, in plain words, and what to do.
fn plain(message: &str) -> (String, Option<String>) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let word = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.collect();
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "take it out, or write the key that was meant".to_owned(),
        };
        return (format!("no key is called {word:?} here; expected one of: {}", known.join(", ")), Some(help));
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        let key = key.trim_matches('`');
        return (format!("the key {key:?} is missing here"), Some(format!("add a line `{key} = ...`")));
    }
    let known = SYNTAX.iter().find(|(theirs, ..)| message.starts_with(theirs));
    if let Some((_, ours, help)) = known {
        return ((*ours).to_owned(), Some((*help).to_owned()));
    }
    let words = TYPES.iter().fold(message.to_owned(), |words, (theirs, ours)| words.replace(theirs, ours));
    (words, None)
}

/// How messages of the TOML reader begin, what they mean, and what to do.
const SYNTAX: [(&str, &str, &str); 3] = [
    ("invalid basic string", "this text does not end", "close it with a quotation mark on the same line"),
    (
        "missing comma between array elements",
        "a comma or a closing bracket is missing before this",
        "put a comma between the items of a list, and `]` after the last",
    ),
    ("duplicate key", "this key stands in this table already", "keep one of the two lines"),
];

/// Words of the reader, and ours.
const TYPES: [(&str, &str); 8] = [
    ("invalid type: string ", "found the text "),
    ("invalid type: integer ", "found the number "),
    ("invalid type: ", "found "),
    (", expected u8", ", expected 0, 1, 2 or 3"),
    (", expected usize", ", expected a whole number"),
    (", expected f64", ", expected a number such as 1.0"),
    (", expected a sequence", ", expected a list in brackets"),
    (", expected a string", ", expected a text in quotation marks"),
];
