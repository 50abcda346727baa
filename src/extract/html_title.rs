//! What a page calls itself: its `<h1>` headings and its `<title>`.

use html5gum::State;

use super::html::{Tag, Visitor, visit};
use super::limits::{PieceBudget, TooManyPieces};

/// The most headings that are kept.
const MOST: usize = 8;
/// The most bytes of one.
const LONGEST: usize = 300;

/// The names of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageNames {
    /// Its first `<h1>` headings, each on one line.
    pub headings: Vec<String>,
    /// Its `<title>`, often with the site's name in it.
    pub title: String,
}

/// What a page calls itself.
///
/// # Errors
/// When there are more tags, attributes and pieces of text than `budget` allows.
pub fn page_names(html: &str, budget: &mut PieceBudget) -> Result<PageNames, TooManyPieces> {
    let Names { headings, title, .. } = visit(html, Names::default(), budget)?;
    let line = |text: &Vec<u8>| String::from_utf8_lossy(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut headings: Vec<String> = headings.iter().map(line).collect();
    headings.retain(|heading| !heading.is_empty());
    Ok(PageNames { headings, title: line(&title) })
}

#[derive(Default)]
struct Names {
    headings: Vec<Vec<u8>>,
    title: Vec<u8>,
    open: Open,
}

/// What the text that comes next belongs to.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Heading,
    Title,
}

impl Visitor for Names {
    fn tag(&mut self, tag: &Tag) -> Option<State> {
        match (tag.name(), tag.opens) {
            ("h1", true) if self.headings.len() < MOST => {
                self.headings.push(Vec::new());
                self.open = Open::Heading;
            }
            ("h1", _) => self.open = Open::Nothing,
            // A picture may have a title too, but it comes later.
            ("title", true) if self.title.is_empty() => self.open = Open::Title,
            ("title" | "body", _) => self.open = Open::Nothing,
            ("script" | "style", true) => return Some(State::ScriptData),
            _ => {}
        }
        None
    }

    fn text(&mut self, text: &[u8]) {
        let name = match self.open {
            Open::Nothing => return,
            Open::Heading => self.headings.last_mut(),
            Open::Title => Some(&mut self.title),
        };
        if let Some(name) = name.filter(|name| name.len() < LONGEST) {
            name.extend_from_slice(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_headings_and_a_title() -> Result<(), TooManyPieces> {
        let html = "<html><head><title>Cook - Inn</title><style>h1 {}</style></head><body><h1></h1>\
                    <svg><title>Logo</title></svg><h1>Head\n <b>Cook</b></h1><p>x</p></body></html>";
        let found = page_names(html, &mut PieceBudget::default())?;
        assert_eq!(found, PageNames { headings: vec!["Head Cook".to_owned()], title: "Cook - Inn".to_owned() });
        Ok(())
    }
}
