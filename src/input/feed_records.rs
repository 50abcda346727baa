//! Which element of an XML file is a posting.

use std::collections::{BTreeSet, HashMap};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::markup;
use crate::extract::local;

/// How the names of elements end that hold one posting, in lower case.
const KNOWN: [&str; 17] = [
    "job",
    "position",
    "vacancy",
    "posting",
    "opening",
    "offer",
    "advert",
    "advertisement",
    "listing",
    "requisition",
    "item",
    "entry",
    "stelle",
    "angebot",
    "anzeige",
    "offre",
    "oferta",
];
/// The least bytes of text that an element holds on average that is taken for a posting whatever its name.
const LEAST_TEXT: usize = 150;
/// The deepest element that may be a record.
const DEEPEST: usize = 12;
/// How many names a refusal lists.
const LISTED: usize = 20;

/// The names of the elements from the root down to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(Vec<String>);

/// What is known of all elements that stand at one path.
#[derive(Debug, Default)]
struct Elements {
    /// In which order the paths were first met.
    order: usize,
    count: usize,
    /// The names of the elements in them.
    fields: BTreeSet<String>,
    /// Bytes of text in all of them.
    text: usize,
}

impl Path {
    /// Whether the elements that are open end in a record.
    pub(super) fn is(&self, open: &[String]) -> bool {
        self.0 == open
    }

    /// The path of the records of a feed that begins so.
    pub(super) fn of_records(sample: &str) -> Result<Self, String> {
        let elements = survey(sample);
        let mut candidates: Vec<(&Vec<String>, &Elements)> =
            elements.iter().filter(|(path, found)| found.fields.len() > 1 && path.len() <= DEEPEST).collect();
        candidates.sort_by_key(|(path, found)| (path.len(), std::cmp::Reverse(found.count), found.order));
        let inner = || candidates.iter().filter(|(path, _)| path.len() > 1);
        let known = inner().find(|(path, _)| path.last().is_some_and(|name| is_known(name)));
        let repeated = || inner().find(|(_, found)| found.count > 1 && found.text >= LEAST_TEXT * found.count);
        // A file that holds one posting and nothing else.
        let alone = || candidates.iter().find(|(_, found)| found.text >= LEAST_TEXT);
        let found = known.or_else(repeated).or_else(alone);
        found.map(|(path, _)| Self((*path).clone())).ok_or_else(|| refusal(&elements))
    }
}

fn is_known(name: &str) -> bool {
    let name = name.to_lowercase();
    KNOWN.iter().any(|known| name.ends_with(known))
}

fn refusal(elements: &HashMap<Vec<String>, Elements>) -> String {
    let mut paths: Vec<_> = elements.iter().collect();
    paths.sort_by_key(|(_, found)| found.order);
    let names: Vec<String> =
        paths.iter().take(LISTED).filter_map(|(path, _)| path.last().map(|name| format!("`{name}`"))).collect();
    format!(
        "XML in which no element is a posting: none repeats that holds a text in parts; there are {}",
        names.join(", ")
    )
}

/// What elements there are, as far as the sample goes.
fn survey(sample: &str) -> HashMap<Vec<String>, Elements> {
    let mut reader = Reader::from_str(sample);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let (mut elements, mut open) = (HashMap::<Vec<String>, Elements>::new(), Vec::<String>::new());
    let mut setting = 0_usize;
    // The sample ends somewhere, and what is broken is told where it is read.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) if setting > 0 || (open.len() > 2 && markup::sets_text(local(&tag))) => setting += 1,
            Event::Start(tag) => {
                let name = local(&tag).to_owned();
                if let Some(parent) = elements.get_mut(&open) {
                    parent.fields.insert(name.clone());
                }
                open.push(name);
                if open.len() <= DEEPEST {
                    let order = elements.len();
                    let found =
                        elements.entry(open.clone()).or_insert_with(|| Elements { order, ..Elements::default() });
                    found.count += 1;
                }
            }
            Event::End(_) if setting > 0 => setting -= 1,
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => count_text(&mut elements, &open, text.trim().len()),
            Event::CData(text) => count_text(&mut elements, &open, text.trim().len()),
            _ => {}
        }
    }
    elements
}

/// Adds text to an element and to all around it.
fn count_text(elements: &mut HashMap<Vec<String>, Elements>, open: &[String], bytes: usize) {
    for depth in 1..=open.len().min(DEEPEST) {
        if let Some(found) = elements.get_mut(&open[..depth]) {
            found.text += bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(sample: &str) -> Result<String, String> {
        Path::of_records(&sample.replace("TEXT", &"cooking and baking ".repeat(10))).map(|path| path.0.join("/"))
    }

    #[test]
    fn the_element_that_is_a_posting_is_found() {
        let cases = [
            ("<source><job><title>a</title><description>TEXT</description></job></source>", "source/job"),
            (
                "<rss><channel><title>x</title><item><title>a</title><link>b</link></item></channel></rss>",
                "rss/channel/item",
            ),
            (
                "<feed><author><name>x</name><uri>y</uri></author><entry><id>1</id><title>a</title></entry></feed>",
                "feed/entry",
            ),
            (
                "<workzag-jobs><position><id>1</id><name>a</name><jobDescriptions><jobDescription><name>b</name><value>TEXT\
                 </value></jobDescription><jobDescription><name>c</name><value>TEXT</value></jobDescription>\
                 </jobDescriptions></position></workzag-jobs>",
                "workzag-jobs/position",
            ),
            ("<list><p1><a>1</a><b>TEXT</b></p1><p1><a>2</a><b>TEXT</b></p1></list>", "list/p1"),
            (
                "<vacancy><title>a</title><text>TEXT</text><skill><a>x</a><b>y</b></skill><skill><a>x</a><b>y</b></skill></vacancy>",
                "vacancy",
            ),
            ("<x><y><title>a</title><text><p>TEXT</p><ul><li>a</li></ul></text></y></x>", "x/y"),
        ];
        for (sample, expected) in cases {
            assert_eq!(records(sample).as_deref(), Ok(expected), "{sample}");
        }
    }

    #[test]
    fn xml_without_postings_is_refused_with_its_elements() {
        let told = records("<svg><path/><rect/></svg>");
        let expected = "XML in which no element is a posting: none repeats that holds a text in parts; there are `svg`, `path`, `rect`";
        assert_eq!(told, Err(expected.to_owned()));
    }
}
