//! One record of an XML feed as a posting: its elements as fields, by their names and, where these do not
//! tell, by what they hold.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::account::Chosen;
use super::choice::choose_any;
use super::columns::{Columns, Field, Role, list};
use super::row::{Row, Table};
use super::{Posting, Skipped, Unread};
use crate::extract::{entity, local};

/// The element that RSS has the whole text in, by the name that it has with its prefix: `content:encoded`.
const ENCODED: (&str, &str) = ("encoded", "content");
/// Elements that say little without the name of what they stand in: the name of whom or what?
const VAGUE: [&str; 8] = ["name", "title", "id", "url", "link", "text", "value", "label"];

/// What the author of an entry is called, who elsewhere may be anyone.
const PUBLISHER: &str = "publisher";
/// The most bytes of a part of what fits on a line, such as a place.
const LONGEST_PLACE: usize = 60;

/// An element of a record.
#[derive(Debug, Clone, Default)]
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

    /// The bytes of its text and of that in it.
    pub(super) fn size(&self) -> u64 {
        let own = self.text.len() + self.attributes.iter().map(|(_, value)| value.len()).sum::<usize>();
        own as u64 + self.children.iter().map(Self::size).sum::<u64>()
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

    /// The text of the element and of all in it: short ones between commas, items of a list on lines.
    fn whole_text(&self) -> String {
        let parts = self.children.iter().map(Self::whole_text);
        let own = std::iter::once(self.text.trim().to_owned());
        let parts: Vec<String> = own.chain(parts).filter(|part| !part.is_empty()).collect();
        let [first, others @ ..] = self.children.as_slice() else { return parts.concat() };
        if others.iter().any(|other| other.name == first.name) {
            return parts.iter().map(|part| format!("* {part}")).collect::<Vec<_>>().join("\n");
        }
        parts.join(if parts.iter().any(|part| part.len() > LONGEST_PLACE) { "\n" } else { ", " })
    }

    /// What an element without text says: where a link leads to, or else its first attribute.
    fn attribute(&self) -> String {
        let link = self.attributes.iter().find(|(name, _)| name == "href");
        link.or(self.attributes.first()).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Whether the elements in it are parts of one field: of a place, of a list.
    fn is_one_field(&self, field: Option<Field>, columns: &Columns) -> bool {
        let is_field = |node: &Self| columns.role(&node.name).is_some() || node.passage().is_some();
        match field {
            Some(Field::Text | Field::Part) => !self.children.iter().any(is_field),
            Some(_) => true,
            None => self.children.is_empty(),
        }
    }

    /// The author's name in an entry of Atom, who is the employer there if nobody else is named.
    fn publisher<'n>(&self, child: &'n Self) -> Option<&'n str> {
        let is_author = self.name == "entry" && child.name == "author";
        let name = child.children.iter().find(|inner| is_author && inner.name == "name")?;
        Some(name.text.trim())
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

/// What the fields of a feed hold, by their names.
#[derive(Debug)]
pub(super) struct Roles(HashMap<String, Role>);

impl Roles {
    /// By the names of the fields of the first records, and by what they hold.
    pub(super) fn of(records: &[Node], columns: &Columns) -> (Self, Chosen) {
        let fields: Vec<Fields> = records.iter().map(|record| Fields::of(record, columns)).collect();
        let mut names: Vec<String> = Vec::new();
        let mut rows: Vec<Vec<Cow<'_, str>>> = Vec::new();
        for Fields { fields, .. } in &fields {
            let mut row = vec![Cow::Borrowed(""); names.len()];
            for (name, value) in fields {
                let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.push(name.clone());
                    names.len() - 1
                });
                row.resize(row.len().max(at + 1), Cow::Borrowed(""));
                if row[at].is_empty() {
                    row[at] = Cow::Borrowed(value);
                }
            }
            rows.push(row);
        }
        let choice = choose_any(columns, &names, &rows);
        let roles = choice.useful().map(|(at, role)| (names[at].clone(), role)).collect();
        (Self(roles), choice.told(&names))
    }
}

/// A record still to be taken apart.
pub(super) struct Record {
    pub table: Arc<Table>,
    pub roles: Arc<Roles>,
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
        let Self { table, roles, record, node } = *self;
        let Fields { fields, passages } = Fields::of(&node, &table.columns);
        let names: Vec<String> = fields.iter().map(|(name, _)| name.clone()).collect();
        table.columns.saw(&names);
        let mut row = Row::default();
        for (name, value) in fields {
            // One that the first records did not have is taken by its name.
            if let Some(role) = roles.0.get(&name).copied().or_else(|| table.columns.role(&name)) {
                row.push(role, name, value);
            }
        }
        for (heading, text) in passages {
            row.push(Role::new(Field::Part, 0), heading, text);
        }
        row.posting(&table, record).map_err(|none| none.skipped(&table, record, format!("no text in {}", list(&names))))
    }
}

/// The fields of a record.
#[derive(Default)]
struct Fields {
    /// Their names and what they hold.
    fields: Vec<(String, String)>,
    /// Headings, and what stands under them.
    passages: Vec<(String, String)>,
}

impl Fields {
    fn of(node: &Node, columns: &Columns) -> Self {
        let mut fields = Self::default();
        for (name, value) in &node.attributes {
            // What RDF calls the address of a record.
            let name = if name == "about" { "url" } else { name };
            fields.field(name.to_owned(), value.clone());
        }
        if !node.text.trim().is_empty() {
            fields.field(node.name.clone(), node.text.clone());
        }
        for child in &node.children {
            match node.publisher(child) {
                Some(name) => fields.field(PUBLISHER.to_owned(), name.to_owned()),
                None => fields.element(child, "", columns),
            }
        }
        fields
    }

    /// Takes an element, which stands in one called `around` that tells nothing itself.
    fn element(&mut self, node: &Node, around: &str, columns: &Columns) {
        if let Some((heading, text)) = node.passage() {
            self.passages.push((heading.to_owned(), text.to_owned()));
            return;
        }
        let is_vague = VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(&node.name));
        let name = match node.name.as_str() {
            name if name == ENCODED.0 => ENCODED.1.to_owned(),
            name if is_vague && !around.is_empty() => format!("{around} {name}"),
            name => name.to_owned(),
        };
        if node.is_one_field(columns.role(&name).map(|role| role.field), columns) {
            let value = node.whole_text();
            self.field(name, if value.is_empty() { node.attribute() } else { value });
        } else {
            for child in &node.children {
                self.element(child, &node.name, columns);
            }
        }
    }

    fn field(&mut self, name: String, value: String) {
        if !value.trim().is_empty() {
            self.fields.push((name, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ReadOptions;
    use super::super::feed;
    use super::super::stream::Peeked;
    use super::*;

    fn read(xml: &str) -> Vec<String> {
        let options = ReadOptions { max_depth: 9, max_record_bytes: 600, ..ReadOptions::default() };
        let table = Table::new("a.xml".to_owned(), Arc::new(Columns::new(&options)), &options);
        let peeked = Peeked::new(Box::new(std::io::Cursor::new(xml.as_bytes().to_vec()))).expect("bytes in memory");
        let mut records = match feed::open(peeked, table) {
            Ok(records) => records,
            Err(skipped) => return vec![skipped.to_string()],
        };
        let short = |posting: Posting| {
            let Posting { id, title, company, location, text, .. } = posting;
            [id, title, company, location, text].join(" | ")
        };
        let read = std::iter::from_fn(|| records.next()).map(|pending| pending.and_then(crate::input::Pending::read));
        read.map(|read| read.map_or_else(|skipped| skipped.to_string(), short)).collect()
    }

    #[test]
    fn a_record_is_taken_apart_by_its_elements() {
        let cook = "You cook for ninety guests each night and plan the menus.";
        let cases = [
            (
                format!(
                    "<jobs><job id=\"7\"><title>R&D Cook</title><company><name>A &amp; B</name></company><location><city>Ulm</city><country>DE</country></location><description>{cook}</description></job></jobs>"
                ),
                format!("7 | R&D Cook | A & B | Ulm, DE | {cook}"),
            ),
            (
                format!(
                    "<f><entry><title>Cook</title><link rel=\"x\" href=\"http://a.example\"/><content><div><p>{cook}</p><ul><li>a &lt; b</li></ul></div></content></entry></f>"
                ),
                format!("http://a.example | Cook |  |  | {cook}\n\n* a < b"),
            ),
            (
                format!(
                    "<f><entry><title>Cook</title><id>1</id><author><name>Inn</name></author><content>{cook}</content></entry></f>"
                ),
                format!("1 | Cook | Inn |  | {cook}"),
            ),
            (
                format!(
                    "<f><position><id>1</id><name>Cook</name><subcompany>Inn</subcompany><office>Ulm</office><parts><part><name>Tasks</name><value>{cook}</value></part><part><name>Offer</name><value>Fruit.</value></part></parts></position></f>"
                ),
                format!("1 | Cook | Inn | Ulm | Tasks:\n{cook}\n\nOffer:\nFruit."),
            ),
            (
                format!(
                    "<jobs><job><title>Cook</title><body><duties>{cook}</duties><skills><skill>Fry</skill><skill>Bake</skill></skills></body></job></jobs>"
                ),
                format!("a.xml#1 | Cook |  |  | Duties:\n{cook}\n\nSkills:\n* Fry\n* Bake"),
            ),
        ];
        for (xml, expected) in cases {
            assert_eq!(read(&xml), [expected], "{xml}");
        }
    }

    #[test]
    fn a_bad_record_costs_itself_where_the_next_can_be_found() {
        let job = |inner: &str| {
            format!("<job><title>Cook</title><text>You cook for ninety guests each night.</text>{inner}</job>")
        };
        let good = "You cook for ninety guests each night.";
        let deep = "<a1>".repeat(50) + &"</a1>".repeat(50);
        let feed = format!("<jobs>{}{}{}</jobs>", job(&deep), job(""), job(&"x".repeat(2000)));
        let expected = [
            "a.xml, record 1: elements nested more than 9 deep".to_owned(),
            format!("a.xml#2 | Cook |  |  | {good}"),
            "a.xml, record 3: the record is larger than 600 bytes; the rest of the file is not read".to_owned(),
        ];
        assert_eq!(read(&feed), expected);
        let cut = format!("<jobs>{}<job><title>Bak", job(""));
        let told =
            "a.xml, record 2: the file may be cut off in this record; the rest of the file is not read".to_owned();
        assert_eq!(read(&cut), [expected[1].replace("#2", "#1"), told]);
        let named = read("<jobs><job><a>1</a><b>2</b></job></jobs>");
        assert_eq!(named, ["a.xml, record 1: no text in `a`, `b`"]);
    }
}
