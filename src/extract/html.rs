//! Plain text out of HTML, with the breaks a reader sees.
//!
//! Works on the tokens of html5gum, which are linear on hostile pages and come without
//! any unsafe code. A tree, which would cost the square of deep nesting, is not needed to
//! know where lines end; and a tokenizer that gathers the attributes of a tag would compare
//! each with all the others.

use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer};
use memchr::memchr_iter;

use super::limits::{PieceBudget, TooManyPieces};
use super::line_breaks::line_ends;

/// Whether `text` holds HTML markup, plain or escaped once (`&lt;p&gt;`).
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    tags(text).take(2).count() == 2 || is_escaped_html(text)
}

fn is_escaped_html(text: &str) -> bool {
    // Most texts have few ampersands.
    memchr_iter(b'&', text.as_bytes()).any(|at| text[at..].starts_with("&lt;"))
        && tags(text).next().is_none()
        && tags(&text.replace("&lt;", "<")).take(2).count() == 2
}

/// Places where a known tag opens or closes.
fn tags(text: &str) -> impl Iterator<Item = usize> + '_ {
    memchr_iter(b'<', text.as_bytes()).filter(|at| {
        let name: String = text[at + 1..]
            .trim_start_matches('/')
            .chars()
            .take(10)
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        // Scrapers blank addresses out as `<ADDRESS>`, which is no markup.
        is_known_tag(&name) && name != "address"
    })
}

fn is_known_tag(name: &str) -> bool {
    block_of(name).is_some()
        || is_dropped(name)
        || matches!(name, "b" | "i" | "u" | "a" | "em" | "strong" | "span" | "font" | "html" | "body" | "img" | "meta")
}

/// The text of an HTML page or fragment.
///
/// Headings become `## ` lines, list items `* ` lines, paragraphs are set apart by
/// blank lines, table cells by tabs. Scripts, styles, navigation and form controls
/// are dropped. HTML that was escaped once is unescaped once. Of a page with the microdata
/// of a job posting that posting alone is read, and what a page hides is left out unless it is
/// most of it, as where a button shows the rest of the description.
///
/// # Errors
/// When there are more tags, attributes and pieces of text than `budget` allows.
pub fn html_to_text(html: &str, budget: &mut PieceBudget) -> Result<String, TooManyPieces> {
    let first = text_of(html, budget)?;
    if is_escaped_html(html) { text_of(&first, budget) } else { Ok(first) }
}

fn text_of(html: &str, budget: &mut PieceBudget) -> Result<String, TooManyPieces> {
    let text = visit(html, Text::default(), budget)?.shown();
    Ok(String::from_utf8_lossy(&text).trim().to_owned())
}

/// The contents of a page's `application/ld+json` scripts.
///
/// # Errors
/// When there are more tags, attributes and pieces of text than `budget` allows.
pub fn json_ld(html: &str, budget: &mut PieceBudget) -> Result<Vec<String>, TooManyPieces> {
    if !html.contains("ld+json") && !html.contains("LD+JSON") {
        return Ok(Vec::new());
    }
    let scripts = visit(html, LinkedData::default(), budget)?.scripts;
    Ok(scripts.iter().map(|script| String::from_utf8_lossy(script).into_owned()).collect())
}

/// Is shown a page piece by piece. A character may be cut between two pieces of text.
pub(super) trait Visitor {
    /// An attribute of the tag that comes next.
    fn attribute(&mut self, _name: &[u8], _value: &[u8]) {}

    /// A tag; gives the state in which what follows is read, where it is no markup.
    fn tag(&mut self, tag: &Tag) -> Option<State>;

    fn text(&mut self, text: &[u8]);
}

#[derive(Default)]
pub(super) struct Tag {
    /// In lower case.
    name: Vec<u8>,
    pub(super) opens: bool,
    self_closing: bool,
}

impl Tag {
    pub(super) fn name(&self) -> &str {
        std::str::from_utf8(&self.name).unwrap_or_default()
    }
}

/// Shows `visitor` the page, and gives it back.
pub(super) fn visit<V: Visitor>(html: &str, mut visitor: V, budget: &mut PieceBudget) -> Result<V, TooManyPieces> {
    let pieces = Pieces {
        visitor: &mut visitor,
        budget,
        over: None,
        tag: Tag::default(),
        attribute: Vec::new(),
        value: Vec::new(),
        last_start_tag: Vec::new(),
    };
    let unmarked = html.strip_prefix('\u{feff}').unwrap_or(html);
    match Tokenizer::new_with_emitter(unmarked, pieces).next() {
        Some(Ok(over)) => Err(over),
        None => Ok(visitor),
    }
}

/// Puts together what a visitor is shown, and counts the work.
struct Pieces<'p, V> {
    visitor: &'p mut V,
    budget: &'p mut PieceBudget,
    /// Set once the budget is spent, which ends the reading.
    over: Option<TooManyPieces>,
    tag: Tag,
    /// The name of the attribute that is being read, empty where there is none, and its value.
    attribute: Vec<u8>,
    value: Vec<u8>,
    last_start_tag: Vec<u8>,
}

impl<V: Visitor> Pieces<'_, V> {
    fn spend(&mut self) {
        self.over = self.budget.spend(1).err();
    }

    fn begin_tag(&mut self, opens: bool) {
        self.tag.name.clear();
        (self.tag.opens, self.tag.self_closing) = (opens, false);
    }

    fn end_attribute(&mut self) {
        if !self.attribute.is_empty() {
            self.visitor.attribute(&self.attribute, &self.value);
            self.attribute.clear();
            self.value.clear();
        }
    }
}

/// Comments, declarations and errors are of no use here.
impl<V: Visitor> Emitter for Pieces<'_, V> {
    type Token = TooManyPieces;

    fn pop_token(&mut self) -> Option<TooManyPieces> {
        self.over.take()
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.spend();
        self.visitor.text(text);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(false);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn init_attribute(&mut self) {
        self.spend();
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.value.extend_from_slice(value);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.spend();
        self.end_attribute();
        if self.tag.opens {
            self.last_start_tag.clone_from(&self.tag.name);
        }
        self.visitor.tag(&self.tag)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.tag.opens && !self.tag.name.is_empty() && self.tag.name == self.last_start_tag
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn emit_current_doctype(&mut self) {}
}

/// Gathers scripts that hold linked data.
#[derive(Default)]
struct LinkedData {
    scripts: Vec<Vec<u8>>,
    /// Whether the tag that is being read says that it holds linked data, where it says so at all.
    marked: Option<bool>,
    /// Whether the script that is open does.
    open: bool,
}

impl Visitor for LinkedData {
    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        if name == b"type" {
            let kind = value.trim_ascii_start();
            let start = kind.get(..LINKED_DATA.len()).unwrap_or_default();
            self.marked.get_or_insert(start.eq_ignore_ascii_case(LINKED_DATA));
        }
    }

    fn tag(&mut self, tag: &Tag) -> Option<State> {
        let is_script = tag.opens && tag.name() == "script";
        self.open = self.marked.take() == Some(true) && is_script;
        if self.open {
            self.scripts.push(Vec::new());
        }
        is_script.then_some(State::ScriptData)
    }

    fn text(&mut self, text: &[u8]) {
        if let Some(script) = self.scripts.last_mut().filter(|_| self.open) {
            script.extend_from_slice(text);
        }
    }
}

/// What stands on both sides of bold print.
const BOLD: &[u8] = b"**";

const LINKED_DATA: &[u8] = b"application/ld+json";

/// How far apart a tag sets what stands before and after it.
#[derive(Clone, Copy)]
enum Block {
    Break,
    Line,
    Paragraph,
    Heading,
    Item,
    Row,
    Cell,
    Preformatted,
}

fn block_of(name: &str) -> Option<Block> {
    Some(match name {
        "br" => Block::Break,
        "div" | "dt" | "dd" | "option" | "figcaption" | "caption" => Block::Line,
        "p" | "ul" | "ol" | "table" | "section" | "article" | "header" | "footer" | "blockquote" | "dl" | "hr"
        | "main" | "aside" | "form" | "fieldset" | "address" => Block::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Block::Heading,
        "li" => Block::Item,
        "tr" => Block::Row,
        "td" | "th" => Block::Cell,
        "pre" => Block::Preformatted,
        _ => return None,
    })
}

/// Elements that are left out with all they hold.
const DROPPED: [&str; 11] =
    ["script", "style", "noscript", "template", "svg", "nav", "iframe", "select", "button", "title", "object"];

fn is_dropped(name: &str) -> bool {
    DROPPED.contains(&name)
}

/// The text of a page, as far as it has been read.
#[derive(Default)]
struct Text {
    text: Vec<u8>,
    dropped: Dropped,
    preformatted: usize,
    /// Whether a cell of the row has begun.
    cell_in_row: bool,
    /// Where bold print begins that a line begins with, behind its mark.
    bold: Option<usize>,
    /// What the attributes of the tag that is being read say.
    marks: Marks,
    hidden: Regions,
    /// Items of the type `JobPosting`.
    postings: Regions,
    /// Where a description of one begins.
    descriptions: Vec<usize>,
}

/// What attributes say of an element.
#[derive(Default)]
struct Marks {
    hidden: bool,
    posting: bool,
    description: bool,
}

/// The text of elements of one kind, those within them left aside.
#[derive(Default)]
struct Regions {
    /// Bytes of the text, from left to right.
    closed: Vec<Range<usize>>,
    open: Option<OpenRegion>,
}

struct OpenRegion {
    /// The name of its element.
    name: Vec<u8>,
    start: usize,
    /// How many elements of that name are open within it.
    within: usize,
}

impl Regions {
    fn tag(&mut self, tag: &Tag, marked: bool, at: usize) {
        match &mut self.open {
            Some(region) if region.name != tag.name || tag.self_closing => {}
            Some(region) if tag.opens => region.within += 1,
            Some(OpenRegion { within: 0, start, .. }) => {
                self.closed.push(*start..at);
                self.open = None;
            }
            Some(region) => region.within -= 1,
            None if marked && tag.opens && !tag.self_closing && !is_void(tag.name()) => {
                self.open = Some(OpenRegion { name: tag.name.clone(), start: at, within: 0 });
            }
            None => {}
        }
    }

    /// All of them in a text of so many bytes, which lost white space after they were found.
    fn of(&self, len: usize) -> impl Iterator<Item = Range<usize>> {
        let open = self.open.as_ref().map(|region| region.start..len);
        self.closed.iter().cloned().chain(open).map(move |region| region.start.min(len)..region.end.min(len))
    }
}

/// Elements that hold nothing and are never closed.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "wbr"
    )
}

/// The elements of [`DROPPED`] that are open, by their places there.
#[derive(Default)]
struct Dropped {
    /// Innermost last.
    open: Vec<usize>,
    /// How many of each are open, so that one that is not need not be looked for.
    counts: [usize; DROPPED.len()],
}

impl Dropped {
    fn open(&mut self, element: usize) {
        self.open.push(element);
        self.counts[element] += 1;
    }

    /// Closes the innermost one of its kind, and all that stand open within it.
    fn close(&mut self, element: usize) {
        if self.counts[element] == 0 {
            return;
        }
        while let Some(innermost) = self.open.pop() {
            self.counts[innermost] -= 1;
            if innermost == element {
                break;
            }
        }
    }
}

impl Visitor for Text {
    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"hidden" => self.marks.hidden = true,
            b"style" => self.marks.hidden |= hides(value),
            b"itemtype" => self.marks.posting |= value.trim_ascii_end().ends_with(b"JobPosting"),
            b"itemprop" => self.marks.description |= value.trim_ascii() == b"description",
            _ => {}
        }
    }

    fn tag(&mut self, tag: &Tag) -> Option<State> {
        let marks = std::mem::take(&mut self.marks);
        self.hidden.tag(tag, marks.hidden, self.text.len());
        self.postings.tag(tag, marks.posting, self.text.len());
        if marks.description && tag.opens && self.postings.open.is_some() {
            self.descriptions.push(self.text.len());
        }
        let name = tag.name();
        if let Some(element) = DROPPED.iter().position(|dropped| *dropped == name) {
            return self.dropped_tag(tag, element);
        }
        if !self.dropped.open.is_empty() {
            return None;
        }
        if let Some(block) = block_of(name) {
            self.end_bold();
            self.block(block, tag.opens);
        } else if matches!(name, "b" | "strong") {
            if tag.opens { self.begin_bold() } else { self.end_bold() }
        }
        None
    }

    fn text(&mut self, text: &[u8]) {
        if !self.dropped.open.is_empty() {
            return;
        }
        // Zeros are no part of a page's text.
        let text = text.iter().filter(|byte| **byte != 0);
        if self.preformatted > 0 {
            self.text.extend(text);
            return;
        }
        for byte in text {
            if !byte.is_ascii_whitespace() {
                self.text.push(*byte);
            } else if self.text.last().is_some_and(|last| !matches!(last, b' ' | b'\n' | b'\t')) {
                self.text.push(b' ');
            }
        }
    }
}

/// Whether a style keeps an element from being shown.
fn hides(style: &[u8]) -> bool {
    let plain: Vec<u8> = style.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    [b"display:none".as_slice(), b"visibility:hidden"]
        .iter()
        .any(|hidden| plain.windows(hidden.len()).any(|part| part == *hidden))
}

fn count_words(text: &[u8]) -> usize {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count()
}

/// Hidden text is read where it is more than this many times what is shown: then the page shows
/// the beginning of a posting only.
const HIDDEN_SHARE: usize = 2;

impl Text {
    /// The text of the posting in the page, as far as can be told, without what is hidden.
    fn shown(self) -> Vec<u8> {
        let posting = self.posting();
        let hidden: Vec<Range<usize>> = self
            .hidden
            .of(self.text.len())
            .map(|region| region.start.max(posting.start)..region.end.min(posting.end))
            .filter(|region| !region.is_empty())
            .collect();
        let hidden_words: usize = hidden.iter().map(|region| count_words(&self.text[region.clone()])).sum();
        let shown_words = count_words(&self.text[posting.clone()]) - hidden_words;
        if hidden_words > shown_words * HIDDEN_SHARE {
            return self.text[posting].to_vec();
        }
        let mut shown = Vec::with_capacity(posting.len());
        let mut from = posting.start;
        for region in hidden {
            shown.extend_from_slice(self.text[from..region.start].trim_ascii_end());
            from = region.end;
        }
        shown.extend_from_slice(&self.text[from..posting.end]);
        shown
    }

    /// The first item that is a job posting and has a description; else all of the text.
    fn posting(&self) -> Range<usize> {
        let described = |region: &Range<usize>| {
            let next = self.descriptions.partition_point(|at| *at < region.start);
            self.descriptions.get(next).is_some_and(|at| *at < region.end)
        };
        self.postings.of(self.text.len()).find(described).unwrap_or(0..self.text.len())
    }

    fn block(&mut self, block: Block, opens: bool) {
        match block {
            // A second one leaves a blank line, as a page shows it.
            Block::Break => self.newlines(if self.text.ends_with(b"\n") { 2 } else { 1 }),
            Block::Line => self.newlines(1),
            Block::Paragraph => self.newlines(2),
            Block::Heading => {
                self.newlines(2);
                if opens {
                    self.text.extend_from_slice(b"## ");
                }
            }
            Block::Item => {
                self.newlines(1);
                if opens {
                    self.text.extend_from_slice(b"* ");
                }
            }
            Block::Cell if opens => {
                if self.cell_in_row {
                    self.text.push(b'\t');
                }
                self.cell_in_row = true;
            }
            Block::Cell => {}
            Block::Row => {
                self.newlines(1);
                self.cell_in_row = false;
            }
            Block::Preformatted => {
                self.newlines(2);
                self.preformatted = if opens { self.preformatted + 1 } else { self.preformatted.saturating_sub(1) };
            }
        }
    }

    /// Marks bold print where a line begins with it, as headings do that are no `<h2>`.
    fn begin_bold(&mut self) {
        let starts_line = self.text.is_empty() || self.text.ends_with(b"\n");
        if starts_line && self.preformatted == 0 {
            self.text.extend_from_slice(BOLD);
            self.bold = Some(self.text.len());
        }
    }

    fn end_bold(&mut self) {
        let Some(from) = self.bold.take() else { return };
        let words = self.text[from..].trim_ascii_end().len();
        if words == 0 {
            self.text.truncate(from - BOLD.len());
        } else {
            let behind = self.text.split_off(from + words);
            self.text.extend_from_slice(BOLD);
            self.text.extend(behind);
        }
    }

    fn dropped_tag(&mut self, tag: &Tag, element: usize) -> Option<State> {
        if !tag.opens {
            self.dropped.close(element);
            return None;
        }
        if tag.self_closing {
            return None;
        }
        self.dropped.open(element);
        match DROPPED[element] {
            "script" => Some(State::ScriptData),
            "style" | "noscript" | "iframe" => Some(State::RawText),
            "title" => Some(State::RcData),
            _ => None,
        }
    }

    /// Ends the line, and leaves a blank one where `count` is 2.
    fn newlines(&mut self, count: usize) {
        // An item or heading that turned out empty leaves no mark behind.
        for mark in [b"## ".as_slice(), b"* "] {
            let Some(before) = self.text.strip_suffix(mark).filter(|before| before.ends_with(b"\n")) else { continue };
            if count == 2 && mark == b"* " {
                return;
            }
            self.text.truncate(before.len());
        }
        let ends = self.text.iter().rev().take_while(|byte| **byte == b' ').count();
        self.text.truncate(self.text.len() - ends);
        self.text.extend_from_slice(line_ends(&self.text, count).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_is_kept() {
        let cases = [
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<h2>Duties</h2><ul><li>Java</li><li><p>Go</p></li></ul>", "## Duties\n\n* Java\n* Go"),
            ("A<br>B<br/>C", "A\nB\nC"),
            ("A<br><br>B<br />\n<br />\n<br />C", "A\n\nB\n\nC"),
            ("<div>A</div><div><br></div><div>B<br></div><div>C</div>", "A\n\nB\nC"),
            ("<ul><li>A<br></li><li>B<br><br></li></ul><br>C", "* A\n* B\n\nC"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
            ("C<b>++</b> and <i>C</i>#", "C++ and C#"),
            ("<p><b>Duties:</b></p><p><strong>Pay</strong> and <b>more</b></p>", "**Duties:**\n\n**Pay** and more"),
            ("<p><b> </b>A</p><b>B <br></b>C<li><b>D</b> E", "A\n\n**B**\nC\n* D E"),
            ("R&amp;D &nbsp; &lt;x&gt;", "R&D \u{a0} <x>"),
            ("<nav>Home</nav>x<script>if (a<b) { go() }</script><style>p{}</style>y", "xy"),
            ("&lt;p&gt;Hello&lt;/p&gt;&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "Hello\n\nR&D"),
            ("<div><div>a</div><div>b</div></div>", "a\nb"),
            ("\u{feff}a\0b<pre>\0c</pre>", "ab\n\nc"),
        ];
        for (html, text) in cases {
            assert_eq!(html_to_text(html, &mut PieceBudget::default()).as_deref(), Ok(text), "{html}");
        }
    }

    #[test]
    fn what_a_page_shows_is_read() {
        let posting = "itemscope itemtype='https://schema.org/JobPosting'";
        let cases = [
            (
                "<p>You bake bread.</p><div hidden>Sell <div>cars</div> now</div><p>Daily.</p>".to_owned(),
                "You bake bread.\n\nDaily.",
            ),
            ("<p>You bake.</p><p style='color:red; DISPLAY : none'>Cars</p>".to_owned(), "You bake."),
            ("<p>You bake.<input hidden> Daily.</p>".to_owned(), "You bake. Daily."),
            // a button shows the rest
            (
                "<p>You bake.</p><div hidden>You knead dough and heat the oven.</div>".to_owned(),
                "You bake.\n\nYou knead dough and heat the oven.",
            ),
            (
                format!("<p>Jobs</p><div {posting}><p itemprop='description'>You bake.</p></div><p>Cars</p>"),
                "You bake.",
            ),
            (format!("<div {posting}><h2>Cook</h2></div><p>You cook.</p>"), "## Cook\n\nYou cook."),
        ];
        for (html, text) in cases {
            assert_eq!(html_to_text(&html, &mut PieceBudget::default()).as_deref(), Ok(text), "{html}");
        }
    }

    #[test]
    fn dropped_elements_end_where_they_are_closed() {
        let cases = [
            ("a<nav>b<button>c</nav>d", "ad"),
            ("a<nav>b</button>c</nav>d", "ad"),
            ("a<nav><nav>b</nav>c</nav>d", "ad"),
            ("a</nav>b<svg/>c<svg>d", "abc"),
            ("a<textarea>b</textarea>c<TITLE>d<b></TITLE>e", "abce"),
            ("a<script>b<!--</scrip></script>c<script/>d", "acd"),
        ];
        for (html, text) in cases {
            assert_eq!(html_to_text(html, &mut PieceBudget::default()).as_deref(), Ok(text), "{html}");
        }
    }

    /// Each took the square of its length once: a minute and more at these.
    #[test]
    fn hostile_pages_are_read_in_one_pass() {
        let n = 100_000;
        let attributes: String = (0..n).map(|at| format!(" a{at}=1")).collect();
        let cases = [
            ("<button>".repeat(n) + &"</select>".repeat(n) + "x", ""),
            (format!("<p{attributes}>x</p>"), "x"),
            (format!("<pre>{}</pre>{}x", "\n".repeat(n), "<br>".repeat(n)), "x"),
            ("<".repeat(n) + " x", &("<".repeat(n) + " x")),
            ("<!--".repeat(n) + "x", ""),
            ("<div hidden>".repeat(n) + &"</div>".repeat(n) + "x y z", "x y z"),
            ("<p hidden></p>".repeat(n) + "x", "x"),
            (format!("<script>{}</script>x", "</scrip".repeat(n)), "x"),
        ];
        for (html, text) in &cases {
            let read = html_to_text(html, &mut PieceBudget::default());
            assert!(read.as_deref() == Ok(*text), "{}", &html[..20]);
        }
    }

    #[test]
    fn the_work_is_counted() {
        let pages = ["<b>".repeat(11), format!("<p {}>", "a ".repeat(10)), "&amp;".repeat(11), "&lt;p&gt;".repeat(5)];
        for html in pages {
            let told = html_to_text(&html, &mut PieceBudget::new(10)).map_err(|error| error.to_string());
            let expected =
                "made of more than 10 tags, attributes and pieces of text, which is the limit for one posting";
            assert_eq!(told, Err(expected.to_owned()), "{html}");
            assert!(html_to_text(&html, &mut PieceBudget::new(40)).is_ok(), "{html}");
            let linked = format!("<!--ld+json-->{html}");
            assert!(json_ld(&linked, &mut PieceBudget::new(9)).is_err(), "{html}");
        }
    }

    #[test]
    fn linked_data_is_found_among_scripts() {
        let html = "<script>var a = 'application/ld+json';</script>\
                    <script type=\"Application/LD+JSON; charset=utf-8\">{\"a\": \"<b>\"}</script>\
                    <style>p{}</style><script type='application/ld+json'>[1]</script><p>x</p>\
                    <p type='application/ld+json'>[2]</p><script type='text/plain' type='application/ld+json'>[3]</script>";
        let found = |html| json_ld(html, &mut PieceBudget::default());
        assert_eq!(found(html), Ok(vec!["{\"a\": \"<b>\"}".to_owned(), "[1]".to_owned()]));
        assert_eq!(found("<p>x</p>"), Ok(Vec::new()));
    }

    #[test]
    fn only_markup_counts_as_html() {
        let cases = [
            ("<p>Hello</p>", true),
            ("a < b and c > d", false),
            ("List<String> and Map<K, V>", false),
            ("line<br>line<br>", true),
            ("&lt;ul&gt;&lt;li&gt;x&lt;/li&gt;&lt;/ul&gt;", true),
            ("plain R&amp;D text", false),
            ("at <ORGANIZATION>, <ADDRESS> <ADDRESS>", false),
        ];
        for (text, expected) in cases {
            assert_eq!(looks_like_html(text), expected, "{text}");
        }
    }
}
