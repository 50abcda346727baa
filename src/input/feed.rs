//! XML feeds: RSS, Atom, the feeds of job boards and recruiting programs, and any other XML in which
//! one element repeats. One record in memory.

use std::collections::VecDeque;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::csv_records::{Limited, REST_LOST};
use super::feed_fields::{Node, Record, Roles};
use super::feed_records::Path;
use super::markup;
use super::row::Table;
use super::stream::Peeked;
use super::transcode::Transcoded;
use super::{Pending, Skipped, Source};
use crate::extract::{PieceBudget, broken, entity, local, size, too_deep};

/// How many records are looked at to tell what their fields hold.
const LOOKED_AT: usize = 20;

/// Whether a stream without a name begins like XML with records.
pub(super) fn begins_as_feed(sample: &[u8]) -> bool {
    // A character that is cut in two at the end of the sample is of no account.
    markup::is_xml(&String::from_utf8_lossy(sample))
}

/// Opens a feed; its records are told from how it begins.
pub(super) fn open(peeked: Peeked, table: Table) -> Result<Box<dyn Source>, Skipped> {
    let whole = |reason: String| Skipped::whole(&table.source, reason);
    let (sample, stream) = decoded(peeked, &table).map_err(|error| whole(error.to_string()))?;
    let path = Path::of_records(&sample).map_err(whole)?;
    let mut reader = Reader::from_reader(BufReader::new(Limited { inner: stream, left: u64::MAX }));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    // Not allowed, and common: `R&D`.
    config.allow_dangling_amp = true;
    let table = Arc::new(table);
    let mut feed =
        Feed { reader, table: Arc::clone(&table), path, open: Vec::new(), buffer: Vec::new(), record: 0, ended: false };
    let (mut ahead, mut first, mut bytes) = (VecDeque::new(), Vec::new(), 0);
    while first.len() < LOOKED_AT && bytes < table.max_record {
        let Some(read) = feed.read() else { break };
        if let Ok((_, node)) = &read {
            first.push(node.clone());
            bytes += node.size();
        }
        ahead.push_back(read);
    }
    let (roles, chosen) = Roles::of(&first, &table.columns);
    table.account_for(chosen);
    let roles = Arc::new(roles);
    Ok(Box::new(Records { ahead, feed, table, roles }))
}

/// The beginning of a feed and the whole of it, in UTF-8 and behind its declaration, so that nobody decodes
/// it a second time.
fn decoded(peeked: Peeked, table: &Table) -> io::Result<(String, impl Read + Send + use<>)> {
    let encoding = declared(&peeked.sample).or(table.encoding.legacy).unwrap_or(UTF_8);
    let whole = peeked.whole;
    let length = peeked.sample.len() as u64;
    let mut stream = Transcoded::new(peeked.rewound(), encoding);
    let mut start = Vec::new();
    stream.by_ref().take(length).read_to_end(&mut start)?;
    let mut sample = String::from_utf8_lossy(&start).into_owned();
    if !whole {
        // What is cut in two.
        sample.truncate(sample.rfind('<').unwrap_or(sample.len()));
    }
    let behind = start.windows(2).position(|pair| pair == b"?>").map_or(0, |at| at + 2);
    let behind = if start.trim_ascii_start().starts_with(b"<?xml") { behind } else { 0 };
    start.drain(..behind);
    Ok((sample, Cursor::new(start).chain(stream)))
}

/// The encoding that a declaration names: `<?xml version="1.0" encoding="ISO-8859-1"?>`.
fn declared(sample: &[u8]) -> Option<&'static Encoding> {
    let declaration = sample.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    let declaration = String::from_utf8_lossy(&declaration[..end]);
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    // A stream in UTF-16 has been decoded already.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

struct Feed<R> {
    reader: Reader<BufReader<Limited<R>>>,
    table: Arc<Table>,
    path: Path,
    /// The names of the elements that are open.
    open: Vec<String>,
    buffer: Vec<u8>,
    record: u64,
    ended: bool,
}

/// A record and its number, or why it cannot be read.
type Found = Result<(u64, Node), Skipped>;

/// The records of a feed, of which the first have been looked at.
struct Records<R> {
    ahead: VecDeque<Found>,
    feed: Feed<R>,
    table: Arc<Table>,
    roles: Arc<Roles>,
}

impl<R: Read + Send> Source for Records<R> {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        let (record, node) = match self.ahead.pop_front().or_else(|| self.feed.read())? {
            Ok(read) => read,
            Err(skipped) => return Some(Err(skipped)),
        };
        let (table, roles) = (Arc::clone(&self.table), Arc::clone(&self.roles));
        Some(Ok(Pending::new(Record { table, roles, record, node })))
    }
}

impl<R: Read> Feed<R> {
    /// The next record, or what is wrong with it or with all that follows.
    fn read(&mut self) -> Option<Found> {
        if self.ended {
            return None;
        }
        match self.find() {
            Ok(Some(node)) => {
                self.record += 1;
                Some(self.record(node).map(|node| (self.record, node)))
            }
            Ok(None) => {
                self.ended = true;
                (self.record == 0).then(|| Err(Skipped::whole(&self.table.source, "no records")))
            }
            Err(reason) => {
                self.ended = true;
                Some(Err(self.table.skipped(self.record + 1, format!("{reason}; {REST_LOST}"))))
            }
        }
    }

    /// Goes on to where the next record begins.
    fn find(&mut self) -> Result<Option<Node>, String> {
        loop {
            self.reader.get_mut().get_mut().left = self.table.max_record.saturating_mul(2);
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|error| broken(&error))? {
                Event::Start(tag) => {
                    self.open.push(local(&tag).to_owned());
                    if self.path.is(&self.open) {
                        return Ok(Some(Node::of(&tag)));
                    }
                    if self.open.len() > self.table.max_depth {
                        return Err(too_deep(self.table.max_depth));
                    }
                }
                Event::End(_) => drop(self.open.pop()),
                Event::Eof if self.open.is_empty() => return Ok(None),
                Event::Eof => return Err(format!("the file may be cut off: `{}` is never closed", self.open[0])),
                _ => {}
            }
        }
    }

    /// Reads a record that has begun, to its end.
    fn record(&mut self, root: Node) -> Result<Node, Skipped> {
        let mut building = Building { nodes: vec![root], setting: 0, beyond: 0, is_too_deep: false };
        let mut budget = PieceBudget::default();
        let end = |feed: &mut Self, reason: String| {
            feed.ended = true;
            Err(feed.table.skipped(feed.record, format!("{reason}; {REST_LOST}")))
        };
        loop {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(_) if self.reader.get_ref().get_ref().left == 0 => {
                    let limit = size(self.table.max_record);
                    return end(self, format!("the record is larger than {limit}"));
                }
                Err(error) => return end(self, broken(&error)),
            };
            if let Err(error) = budget.spend(1) {
                return end(self, error.to_string());
            }
            if matches!(event, Event::Eof) {
                return end(self, "the file may be cut off in this record".to_owned());
            }
            if let Some(node) = building.take(&event, self.table.max_depth) {
                self.open.pop();
                if building.is_too_deep {
                    return Err(self.table.skipped(self.record, too_deep(self.table.max_depth)));
                }
                return Ok(node);
            }
        }
    }
}

/// A record as far as it has been read.
struct Building {
    /// The elements that are open, the record itself first.
    nodes: Vec<Node>,
    /// How many elements are open that set text.
    setting: usize,
    /// How many elements are open that stand too deep to be kept.
    beyond: usize,
    is_too_deep: bool,
}

impl Building {
    /// Takes an event, and gives the record when it has ended.
    fn take(&mut self, event: &Event<'_>, max_depth: usize) -> Option<Node> {
        match event {
            Event::Start(_) if self.beyond > 0 => self.beyond += 1,
            Event::End(_) if self.beyond > 0 => self.beyond -= 1,
            Event::Start(tag) => self.opens(tag, max_depth),
            Event::End(tag) if self.setting > 0 => {
                self.setting -= 1;
                let name = tag.local_name();
                self.markup(&format!("</{}>", name.as_ref() as &str));
            }
            Event::End(_) => {
                let node = self.nodes.pop()?;
                match self.nodes.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => return Some(node),
                }
            }
            Event::Text(text) => self.text(text),
            Event::CData(text) => self.text(text),
            Event::GeneralRef(name) => self.text(&entity(name)),
            _ => {}
        }
        None
    }

    fn opens(&mut self, tag: &BytesStart<'_>, max_depth: usize) {
        let name = local(tag);
        // An item of a list, such as `<a>` in a record of other elements, is one only in a text.
        if self.setting > 0 || (self.nodes.len() > 1 && markup::sets_text(name)) {
            self.setting += 1;
            self.markup(&format!("<{name}>"));
        } else if self.nodes.len() >= max_depth {
            (self.beyond, self.is_too_deep) = (1, true);
        } else {
            self.nodes.push(Node::of(tag));
        }
    }

    fn markup(&mut self, tag: &str) {
        if let Some(node) = self.nodes.last_mut() {
            node.markup(tag);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(node) = self.nodes.last_mut() {
            node.text(text);
        }
    }
}
