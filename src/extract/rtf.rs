//! Plain text out of rich text (RTF), in the same shape as out of HTML.
//!
//! Read here, and not by a crate: those that there are build a tree by recursion or know no code
//! pages, and what a posting needs of the format is a screenful. One pass, no recursion.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::flow::{Flow, Shape};
use super::limits::{Limits, PieceBudget};
use super::package::too_deep;

/// Groups whose text is none of the document's, besides those marked by `\*`.
const DROPPED: [&str; 26] = [
    "annotation",
    "atnauthor",
    "atnid",
    "author",
    "colortbl",
    "datafield",
    "fldinst",
    "fonttbl",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "listoverridetable",
    "listtable",
    "object",
    "pict",
    "revtbl",
    "stylesheet",
    "themedata",
    "xmlnstbl",
];

/// The text of an RTF document: headings (by outline level) as `## ` lines, list items as `* ` lines, table cells
/// between tabs. Deleted and hidden text, headers, footers, notes and comments are left out.
///
/// # Errors
/// Says which limit the file goes beyond.
pub fn rtf_to_text(bytes: &[u8], limits: &Limits) -> Result<String, String> {
    let mut reader = Reader {
        rest: bytes,
        groups: vec![Group::default()],
        flow: Flow::default(),
        encoding: WINDOWS_1252,
        bytes: Vec::new(),
        high: None,
        skip: 0,
        place: Place::Text,
    };
    let mut budget = PieceBudget::new(limits.steps);
    reader.flow.paragraph();
    while let Some(token) = reader.token() {
        budget.spend(1).map_err(|error| error.to_string())?;
        reader.take(token);
        if reader.groups.len() > limits.depth.saturating_mul(4) {
            return Err(too_deep(limits.depth.saturating_mul(4)));
        }
    }
    reader.flush();
    Ok(reader.flow.into_text())
}

/// What a group has changed, which ends with it.
#[derive(Debug, Clone, Copy)]
struct Group {
    dropped: bool,
    hidden: bool,
    /// How many characters stand in for one of `\u`, for readers that do not know it.
    stand_ins: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self { dropped: false, hidden: false, stand_ins: 1 }
    }
}

/// Where what comes next stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Cell,
    /// A cell has ended: what comes next stands in another.
    AfterCell,
    /// A row has ended: what comes next stands in another, or behind the table.
    AfterRow,
}

enum Token<'b> {
    Open,
    Close,
    /// A control word and its number.
    Word(&'b str, Option<i32>),
    /// A control symbol: a backslash and one byte that is no letter.
    Symbol(u8),
    /// A byte of text as `\'e9`.
    Byte(u8),
    Text(&'b [u8]),
}

struct Reader<'b> {
    rest: &'b [u8],
    groups: Vec<Group>,
    flow: Flow,
    encoding: &'static Encoding,
    /// Text in `encoding` that is not decoded yet: a character may be several bytes.
    bytes: Vec<u8>,
    /// The first half of a character that `\u` writes as two.
    high: Option<u16>,
    /// How many characters are still to be skipped that stand in for one of `\u`.
    skip: usize,
    place: Place,
}

impl<'b> Reader<'b> {
    fn token(&mut self) -> Option<Token<'b>> {
        let (first, rest) = self.rest.split_first()?;
        match first {
            b'{' => self.advance(rest, Token::Open),
            b'}' => self.advance(rest, Token::Close),
            b'\\' => self.control(rest),
            _ => {
                let end = self.rest.iter().position(|byte| matches!(byte, b'{' | b'}' | b'\\'));
                let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
                self.advance(rest, Token::Text(text))
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "every caller returns an option")]
    fn advance(&mut self, rest: &'b [u8], token: Token<'b>) -> Option<Token<'b>> {
        self.rest = rest;
        Some(token)
    }

    /// What stands behind a backslash.
    fn control(&mut self, rest: &'b [u8]) -> Option<Token<'b>> {
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            let (symbol, rest) = rest.split_first()?;
            let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *symbol == b'\'');
            return match byte {
                Some(byte) => self.advance(&rest[2..], Token::Byte(byte)),
                None => self.advance(rest, Token::Symbol(*symbol)),
            };
        }
        let (word, rest) = rest.split_at(letters);
        let signed = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[signed..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = rest.split_at(if digits == 0 { 0 } else { signed + digits });
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let text = |bytes: &'b [u8]| std::str::from_utf8(bytes).unwrap_or_default();
        self.advance(rest, Token::Word(text(word), text(number).parse().ok()))
    }

    fn group(&mut self) -> &mut Group {
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn take(&mut self, token: Token<'b>) {
        match token {
            Token::Open => {
                self.flush();
                let group = *self.group();
                self.groups.push(group);
            }
            Token::Close => {
                self.flush();
                self.skip = 0;
                self.groups.pop();
            }
            Token::Word("bin", Some(length)) => {
                let length = usize::try_from(length).unwrap_or(0).min(self.rest.len());
                self.rest = &self.rest[length..];
            }
            _ if self.group().dropped => {}
            Token::Word(word, number) => self.word(word, number),
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Byte(byte) => self.text(&[byte]),
            Token::Text(text) => self.text(text),
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            // Only who knows the group may read it.
            b'*' => self.group().dropped = true,
            b'~' => self.write("\u{a0}"),
            b'_' => self.write("\u{2011}"),
            b'\n' | b'\r' => self.end_paragraph(),
            b'{' | b'}' | b'\\' => self.text(&[symbol]),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "par" | "sect" | "page" => self.end_paragraph(),
            "line" => self.write("\n"),
            "tab" => self.write("\t"),
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            "intbl" => self.begin_cell(),
            "pard" => {
                self.flush();
                self.flow.shape = Shape::Plain;
            }
            "outlinelevel" if number.is_some_and(|level| level < 9) => self.flow.shape = Shape::Heading,
            // What stands for the bullet of an item, for readers that know no lists.
            "listtext" | "pntext" => {
                self.group().dropped = true;
                self.shape_item();
            }
            "ls" if number.is_some_and(|list| list > 0) => self.shape_item(),
            "v" | "deleted" => {
                self.flush();
                self.group().hidden = on;
            }
            "ansicpg" => self.encoding = number.and_then(code_page).unwrap_or(self.encoding),
            "uc" => self.group().stand_ins = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1),
            "u" => self.unicode(number.unwrap_or(0)),
            word if DROPPED.contains(&word) => self.group().dropped = true,
            word => {
                if let Some(text) = named(word) {
                    self.write(text);
                }
            }
        }
    }

    fn shape_item(&mut self) {
        if self.flow.shape != Shape::Heading {
            self.flow.shape = Shape::Item;
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        let shape = self.flow.shape;
        self.flow.end_paragraph();
        self.flow.paragraph();
        // A paragraph is as the one before until something else is said.
        self.flow.shape = shape;
    }

    /// A paragraph of a table.
    fn begin_cell(&mut self) {
        match self.place {
            Place::Text => self.flow.table(),
            Place::AfterRow => {}
            Place::Cell | Place::AfterCell => return,
        }
        self.enter(Place::Cell);
    }

    fn end_cell(&mut self) {
        self.flush();
        if self.place == Place::AfterCell {
            // One that is empty.
            self.flow.cell();
        }
        self.flow.end_paragraph();
        self.place = Place::AfterCell;
    }

    fn end_row(&mut self) {
        self.flush();
        self.flow.end_row();
        self.place = Place::AfterRow;
    }

    /// Begins a paragraph elsewhere, which keeps its shape.
    fn enter(&mut self, place: Place) {
        let shape = self.flow.shape;
        if place == Place::Cell {
            self.flow.cell();
        }
        self.flow.paragraph();
        (self.flow.shape, self.place) = (shape, place);
    }

    /// A character by its number, which is written with a sign.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.group().stand_ins;
        let Ok(unit) = u16::try_from(number.rem_euclid(0x1_0000)) else { return };
        let units = match (self.high.take(), unit) {
            (_, 0xd800..=0xdbff) => {
                self.high = Some(unit);
                return;
            }
            (Some(high), 0xdc00..=0xdfff) => vec![high, unit],
            _ => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        self.show(&text);
    }

    /// Text as it stands in the file: line breaks mean nothing there.
    fn text(&mut self, text: &[u8]) {
        for byte in text.iter().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)) {
            if self.skip > 0 {
                self.skip -= 1;
            } else {
                self.bytes.push(*byte);
            }
        }
    }

    /// A character that a control word or symbol stands for.
    fn write(&mut self, text: &str) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.show(text);
        }
    }

    /// Decodes and shows what has come of the text.
    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        if !bytes.is_empty() {
            let (text, _) = self.encoding.decode_without_bom_handling(&bytes);
            self.show(&text);
        }
    }

    fn show(&mut self, text: &str) {
        let Group { dropped, hidden, .. } = *self.group();
        if dropped || hidden {
            return;
        }
        match self.place {
            Place::AfterCell => self.enter(Place::Cell),
            Place::AfterRow => {
                self.flow.end_table();
                self.enter(Place::Text);
            }
            Place::Text | Place::Cell => {}
        }
        self.flow.write(text);
    }
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        65001 => "utf-8".to_owned(),
        10000 => "macintosh".to_owned(),
        874 | 1250..=1258 => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// Characters that have a control word.
fn named(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        "bullet" => "\u{2022}",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rtf: &str) -> Result<String, String> {
        rtf_to_text(rtf.as_bytes(), &Limits::default())
    }

    #[test]
    fn structure_is_kept() {
        let cases = [
            (r"{\rtf1\ansi Cook\par You {\b cook}.\par}", "Cook\nYou cook."),
            (r"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X 1;}{\info{\title T}}\pard Cook}", "Cook"),
            (r"{\rtf1\ansicpg1252 caf\'e9 \endash  na\u239?ve}", "caf\u{e9} \u{2013} na\u{ef}ve"),
            (r"{\rtf1\ansicpg1251 \'cf\'ee\'e2\'e0\'f0}", "\u{41f}\u{43e}\u{432}\u{430}\u{440}"),
            (r"{\rtf1 \u-10179?\u-8704?}", "\u{1f600}"),
            (r"{\rtf1{\uc2\u8364 EU}rope}", "\u{20ac}rope"),
            (
                r"{\rtf1\pard{\listtext\'b7\tab}\ls1 Java\par{\listtext\'b7\tab}Go\par\pard End\par}",
                "* Java\n* Go\n\nEnd",
            ),
            (r"{\rtf1\pard\outlinelevel0 Duties\par\pard Cook.\par}", "## Duties\nCook."),
            (r"{\rtf1 a\line b\tab c\~d\{\}}", "a\nb\tc\u{a0}d{}"),
            (r"{\rtf1 shown{\v hidden}{\deleted old}{\pict\bin3 }}x} end}", "shown end"),
            (
                r"{\rtf1 up\par\trowd\pard\intbl a\cell b\cell\row\trowd\intbl c\cell d\cell\row\pard after}",
                "up\n\na\tb\nc\td\n\nafter",
            ),
            (r"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt link}}}", "link"),
            (r"{\rtf1 a}}}} b \", "a b"),
            ("{\\rtf1 a\r\nb\\\nc}", "ab\nc"),
        ];
        for (rtf, expected) in cases {
            assert_eq!(read(rtf).as_deref(), Ok(expected), "{rtf}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let told = read(&format!("{{\\rtf1 {}", "{".repeat(600)));
        assert_eq!(told, Err("elements nested more than 512 deep".to_owned()));
    }
}
