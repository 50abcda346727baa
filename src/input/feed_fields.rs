//! One record of an XML feed as a posting: its elements as fields, by their names and, where these do not
//! tell, by what they hold.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::columns::{Field, Role};
use super::row::{Row, Table};
use super::{Posting, Skipped, Unread};
use crate::extract::{entity, local};

/// Elements that feeds call otherwise than tables their columns.
const ALIASES: [(&str, &str); 5] =
    [("encoded", "content"), ("guid", "id"), ("referencenumber", "id"), ("reference", "id"), ("link", "url")];
/// Elements that say little without the name of what they stand in: the name of whom or what?
const VAGUE: [&str; 8] = ["name", "title", "id", "url", "link", "text", "value", "label"];
/// How the name of an element begins or ends that holds a title, where none is called so.
const TITLES: [&str; 4] = ["title", "titel", "titulo", "titre"];
/// The least words of a field that is taken for the text whatever its name.
const LEAST_WORDS: usize = 20;

/// An element of a record.
#[derive(Debug, Default)]
pub(super) struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    text: String,
    /// Whether the text is HTML, for it holds elements that set text.
    is_markup: bool,
}

impl Node {
    /// An element that begins so.
    pub(super) fn of(tag: &BytesStart<'_>) -> Self {
        let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            (attribute.key.local_name().as_ref().to_owned(), unescaped(&attribute.value))
        };
        let attributes = tag.attributes().with_checks(false).flatten().map(attribute).collect();
        Self { name: local(tag).to_owned(), attributes, ..Self::default() }
    }

    /// Adds a tag that sets the text of this element.
    pub(super) fn markup(&mut self, tag: &str) {
        if !std::mem::replace(&mut self.is_markup, true) {
            self.text = escaped(&self.text).into_owned();
        }
        self.text.push_str(tag);
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_markup {
            self.text.push_str(&escaped(text));
        } else {
            self.text.push_str(text);
        }
    }

    /// The text of the element and of all in it, that of elements between commas.
    fn whole_text(&self) -> String {
        let own = self.text.trim();
        let parts = self.children.iter().map(Self::whole_text);
        let parts: Vec<String> = std::iter::once(own.to_owned()).chain(parts).filter(|part| !part.is_empty()).collect();
        let long = parts.iter().any(|part| part.len() > 60);
        parts.join(if long { "\n" } else { ", " })
    }

    /// What an element without text says: where a link leads to, or else its first attribute.
    fn attribute(&self) -> String {
        let link = self.attributes.iter().find(|(name, _)| name == "href");
        link.or(self.attributes.first()).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// A passage under a heading, as `<jobDescription><name>Tasks</name><value>...</value></jobDescription>`.
    fn passage(&self) -> Option<(&str, &str)> {
        let [heading, text] = self.children.as_slice() else { return None };
        let is = |node: &Self, names: &[&str]| {
            node.children.is_empty() && names.iter().any(|name| name.eq_ignore_ascii_case(&node.name))
        };
        let matches = is(heading, &["name", "title", "heading", "headline", "label"])
            && is(text, &["value", "text", "content", "description", "body"]);
        matches.then_some((heading.text.trim(), text.text.trim()))
    }
}

/// The text of an attribute, with what its references stand for.
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        text.push_str(before);
        match reference[1..].split_once(';').filter(|(name, _)| name.len() < 10) {
            Some((name, behind)) => {
                text.push_str(&entity(name));
                rest = behind;
            }
            None => {
                text.push('&');
                rest = &reference[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// A record still to be taken apart.
pub(super) struct Record {
    pub table: Arc<Table>,
    pub record: u64,
    pub node: Node,
}

impl Unread for Record {
    fn source(&self) -> &str {
        &self.table.source
    }

    fn record(&self) -> Option<u64> {
        Some(self.record)
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let Self { table, record, node } = *self;
        let mut fields = Fields { table: &table, known: Vec::new(), other: Vec::new(), names: Vec::new() };
        for (name, value) in &node.attributes {
            fields.field(name.clone(), value.clone());
        }
        if !node.text.trim().is_empty() {
            fields.field(node.name.clone(), node.text.clone());
        }
        for child in node.children {
            fields.element(child, "");
        }
        table.columns.saw(&fields.names);
        fields.row().posting(&table, record).map_err(|none| none.skipped(&table, record, "no text"))
    }
}

/// The fields of a record.
struct Fields<'t> {
    table: &'t Table,
    known: Vec<(Role, String, String)>,
    /// Those whose names do not tell what they hold.
    other: Vec<(String, String)>,
    names: Vec<String>,
}

impl Fields<'_> {
    /// Takes an element, which stands in one called `around` that tells nothing itself.
    fn element(&mut self, node: Node, around: &str) {
        if let Some((heading, text)) = node.passage() {
            self.known.push((Role { field: Field::Part, rank: 0 }, heading.to_owned(), text.to_owned()));
            return;
        }
        let is_vague = VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(&node.name));
        let name = if is_vague && !around.is_empty() { format!("{around} {}", node.name) } else { node.name.clone() };
        if node.children.is_empty() || self.role(&name).is_some() {
            let value = node.whole_text();
            self.field(name, if value.is_empty() { node.attribute() } else { value });
        } else {
            for child in node.children {
                self.element(child, &node.name);
            }
        }
    }

    fn role(&self, name: &str) -> Option<Role> {
        let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
        self.table.columns.role(alias.map_or(name, |(_, known)| known))
    }

    fn field(&mut self, name: String, value: String) {
        self.names.push(name.clone());
        if value.trim().is_empty() {
            return;
        }
        match self.role(&name) {
            Some(role) => self.known.push((role, name, value)),
            None => self.other.push((name, value)),
        }
    }

    fn row(mut self) -> Row<'static> {
        self.find_title();
        self.find_text();
        let mut row = Row::default();
        for (role, name, value) in self.known {
            row.push(role, name, value);
        }
        row
    }

    fn find_title(&mut self) {
        let is_title = |(name, _): &(String, String)| {
            let name = name.to_lowercase();
            TITLES.iter().any(|title| name.starts_with(title) || name.ends_with(title))
        };
        if self.has(Field::Title) {
            return;
        }
        if let Some(at) = self.other.iter().position(is_title) {
            let (name, value) = self.other.remove(at);
            self.known.push((Role { field: Field::Title, rank: 0 }, name, value));
        }
    }

    fn has(&self, field: Field) -> bool {
        self.known.iter().any(|(role, ..)| role.field == field)
    }

    /// Of several texts the longest counts, for the others are its beginning; where there is none, it is the
    /// longest field of all.
    fn find_text(&mut self) {
        let is_text = |(role, ..): &&(Role, String, String)| role.field == Field::Text;
        let longest = self.known.iter().filter(is_text).map(|(.., value)| value.len()).max();
        self.known.retain(|(role, _, value)| role.field != Field::Text || Some(value.len()) == longest);
        let words = |value: &str| value.split_whitespace().count();
        let parts: usize =
            self.known.iter().filter(|(role, ..)| role.field == Field::Part).map(|(.., value)| words(value)).sum();
        if longest.is_some() || parts >= LEAST_WORDS {
            return;
        }
        let longest = self.other.iter().enumerate().max_by_key(|(_, (_, value))| value.len());
        if let Some((at, _)) = longest.filter(|(_, (_, value))| words(value) >= LEAST_WORDS) {
            let (name, value) = self.other.remove(at);
            self.known.push((Role { field: Field::Text, rank: 0 }, name, value));
        }
    }
}
