//! Plain text out of HTML, with the breaks a reader sees.
//!
//! Works on html5ever's tokenizer, which is linear on hostile pages; the tree
//! builder, quadratic on deep nesting, is not needed to know where lines end.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};

use super::layout::end_line;

/// Whether `text` holds HTML markup, plain or escaped once (`&lt;p&gt;`).
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    tags(text, '<').take(2).count() == 2 || is_escaped_html(text)
}

fn is_escaped_html(text: &str) -> bool {
    text.contains("&lt;")
        && tags(text, '<').next().is_none()
        && tags(&text.replace("&lt;", "<"), '<').take(2).count() == 2
}

/// Places where a known tag opens or closes.
fn tags(text: &str, open: char) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(open).map(|(at, _)| at).filter(|at| {
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
/// are dropped. HTML that was escaped once is unescaped once.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let first = tokenize(html);
    if is_escaped_html(html) { tokenize(&first) } else { first }
}

fn tokenize(html: &str) -> String {
    let sink = TextSink { state: RefCell::new(State::default()) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let text = tokenizer.sink.state.into_inner().text;
    text.trim().to_owned()
}

/// The contents of a page's `application/ld+json` scripts.
#[must_use]
pub fn json_ld(html: &str) -> Vec<String> {
    if !html.contains("ld+json") && !html.contains("LD+JSON") {
        return Vec::new();
    }
    let tokenizer = Tokenizer::new(ScriptSink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.scripts.into_inner()
}

#[derive(Default)]
struct ScriptSink {
    scripts: RefCell<Vec<String>>,
    /// Whether the script that is open holds linked data.
    open: Cell<bool>,
}

impl TokenSink for ScriptSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag && &*tag.name == "script" => {
                self.open.set(is_linked_data(&tag));
                if self.open.get() {
                    self.scripts.borrow_mut().push(String::new());
                }
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            Token::TagToken(_) => self.open.set(false),
            Token::CharacterTokens(text) if self.open.get() => {
                if let Some(script) = self.scripts.borrow_mut().last_mut() {
                    script.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn is_linked_data(tag: &Tag) -> bool {
    let kind = tag.attrs.iter().find(|attribute| &*attribute.name.local == "type");
    kind.is_some_and(|kind| kind.value.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}

/// How far apart a tag sets what stands before and after it.
#[derive(Clone, Copy)]
enum Block {
    Line,
    Paragraph,
    Heading,
    Item,
    Cell,
    Preformatted,
}

fn block_of(name: &str) -> Option<Block> {
    Some(match name {
        "br" | "div" | "tr" | "dt" | "dd" | "option" | "figcaption" | "caption" => Block::Line,
        "p" | "ul" | "ol" | "table" | "section" | "article" | "header" | "footer" | "blockquote" | "dl" | "hr"
        | "main" | "aside" | "form" | "fieldset" | "address" => Block::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Block::Heading,
        "li" => Block::Item,
        "td" | "th" => Block::Cell,
        "pre" => Block::Preformatted,
        _ => return None,
    })
}

fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "nav"
            | "iframe"
            | "select"
            | "button"
            | "title"
            | "object"
    )
}

#[derive(Default)]
struct State {
    text: String,
    /// Dropped elements open at this place, innermost last.
    dropped: Vec<String>,
    preformatted: usize,
}

struct TextSink {
    state: RefCell<State>,
}

impl TokenSink for TextSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => state.tag(&tag),
            Token::CharacterTokens(text) => {
                state.text(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if is_dropped(name) {
            return self.dropped_tag(tag, name);
        }
        if !self.dropped.is_empty() {
            return TokenSinkResult::Continue;
        }
        let Some(block) = block_of(name) else { return TokenSinkResult::Continue };
        let opens = tag.kind == TagKind::StartTag;
        match block {
            Block::Line => self.newlines(1),
            Block::Paragraph => self.newlines(2),
            Block::Heading => {
                self.newlines(2);
                if opens {
                    self.text.push_str("## ");
                }
            }
            Block::Item => {
                self.newlines(1);
                if opens {
                    self.text.push_str("* ");
                }
            }
            Block::Cell => {
                if !opens {
                    self.text.push('\t');
                }
            }
            Block::Preformatted => {
                self.newlines(2);
                self.preformatted = if opens { self.preformatted + 1 } else { self.preformatted.saturating_sub(1) };
            }
        }
        TokenSinkResult::Continue
    }

    fn dropped_tag(&mut self, tag: &Tag, name: &str) -> TokenSinkResult<()> {
        if tag.kind == TagKind::EndTag {
            if let Some(open) = self.dropped.iter().rposition(|dropped| dropped == name) {
                self.dropped.truncate(open);
            }
            return TokenSinkResult::Continue;
        }
        if tag.self_closing {
            return TokenSinkResult::Continue;
        }
        self.dropped.push(name.to_owned());
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn text(&mut self, text: &str) {
        if !self.dropped.is_empty() {
            return;
        }
        if self.preformatted > 0 {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }

    /// Ends the line, and leaves a blank one where `count` is 2.
    fn newlines(&mut self, count: usize) {
        // An item or heading that turned out empty leaves no mark behind.
        for mark in ["## ", "* "] {
            if self.text.ends_with(mark) && self.text[..self.text.len() - mark.len()].ends_with('\n') {
                if count == 2 && mark == "* " {
                    return;
                }
                self.text.truncate(self.text.len() - mark.len());
            }
        }
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(kept);
        end_line(&mut self.text, count);
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
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
            ("C<b>++</b> and <i>C</i>#", "C++ and C#"),
            ("R&amp;D &nbsp; &lt;x&gt;", "R&D \u{a0} <x>"),
            ("<nav>Home</nav>x<script>if (a<b) { go() }</script><style>p{}</style>y", "xy"),
            ("&lt;p&gt;Hello&lt;/p&gt;&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "Hello\n\nR&D"),
            ("<div><div>a</div><div>b</div></div>", "a\nb"),
        ];
        for (html, text) in cases {
            assert_eq!(html_to_text(html), text, "{html}");
        }
    }

    #[test]
    fn linked_data_is_found_among_scripts() {
        let html = "<script>var a = 'application/ld+json';</script>\
                    <script type=\"Application/LD+JSON; charset=utf-8\">{\"a\": \"<b>\"}</script>\
                    <style>p{}</style><script type='application/ld+json'>[1]</script><p>x</p>";
        assert_eq!(json_ld(html), ["{\"a\": \"<b>\"}", "[1]"]);
        assert!(json_ld("<p>x</p>").is_empty());
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
