//! Finds the postings in a JSON value of any shape: the objects that are alike and say most.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::choice::{Choice, choose_any, text_words};
use super::columns::{Columns, Field, Role};
use super::json_leaves::{Leaf, Reach, are_alike, is_keyed, leaves, plain};
use super::row::Table;

/// How many objects of a kind are looked at to tell what they are.
const SAMPLE: usize = 20;
/// Half of something, in percent.
const HALF: usize = 50;
/// An object of fewer fields is a section of a text, with its heading, and no posting.
const FEWEST_FIELDS: usize = 3;

/// Where in records of one shape their fields stand.
#[derive(Debug, Default, Clone)]
pub(super) struct Plan {
    /// By the keys that lead to them, for all that were seen; none where one is of no use.
    roles: HashMap<String, Option<Role>>,
    /// Whether one of use stands inside another object.
    pub nested: bool,
}

impl Plan {
    /// What the records of `sample` have in common; where they have no text, each is to be
    /// looked at by itself.
    pub(super) fn of(sample: &[&Map<String, Value>], table: &Table) -> Self {
        let sampled = Sampled::new(sample, &table.columns, Reach::All);
        table.account_for(sampled.choice.told(&sampled.paths));
        if !sampled.choice.has_text() {
            return Self::default();
        }
        let mut roles: HashMap<String, Option<Role>> = sampled.paths.iter().map(|path| (path.clone(), None)).collect();
        for (column, role) in sampled.choice.useful() {
            roles.insert(sampled.paths[column].clone(), Some(role));
        }
        // What is only kept is kept as it is written, with the object that it stands in.
        let is_sought = |role: &Option<Role>| role.is_some_and(|role| role.field != Field::Other);
        let nested = roles.iter().any(|(path, role)| is_sought(role) && path.contains('.'));
        Self { roles, nested }
    }

    /// What a text holds that stands under these keys and is known by this name.
    pub(super) fn role(&self, path: &str, name: &str, columns: &Columns) -> Option<Role> {
        self.roles.get(path).copied().unwrap_or_else(|| columns.role(name))
    }
}

/// Chooses among the texts of one object.
pub(super) fn choose_leaves(leaves: &[Leaf], columns: &Columns) -> Choice {
    let names: Vec<String> = leaves.iter().map(|leaf| leaf.name.clone()).collect();
    let row: Vec<&str> = leaves.iter().map(|leaf| leaf.text.as_str()).collect();
    let mut choice = choose_any(columns, &names, &[row]);
    choice.prefer_least_deep(|leaf| depth(&leaves[leaf].path));
    choice
}

/// How many keys lead to a text.
fn depth(path: &str) -> usize {
    path.split('.').count()
}

/// Some records as a table, and what its columns hold.
struct Sampled {
    paths: Vec<String>,
    rows: Vec<Vec<String>>,
    choice: Choice,
}

impl Sampled {
    fn new(sample: &[&Map<String, Value>], columns: &Columns, reach: Reach) -> Self {
        let (mut paths, mut names, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut places: HashMap<String, usize> = HashMap::new();
        for object in sample {
            let mut row = Vec::new();
            for leaf in leaves(object, columns, reach) {
                let place = *places.entry(leaf.path.clone()).or_insert_with(|| {
                    paths.push(leaf.path);
                    names.push(leaf.name);
                    names.len() - 1
                });
                row.resize(row.len().max(place + 1), String::new());
                row[place] = leaf.text;
            }
            rows.push(row);
        }
        let mut choice = choose_any(columns, &names, &rows);
        choice.prefer_least_deep(|column| depth(&paths[column]));
        Self { paths, rows, choice }
    }

    /// The words of the text in the record in the middle.
    fn median_words(&self) -> usize {
        let mut words: Vec<usize> = self.rows.iter().map(|row| text_words(&self.choice, row)).collect();
        words.sort_unstable();
        words.get(words.len() / 2).copied().unwrap_or(0)
    }

    fn has_title(&self) -> bool {
        let filled = |column: &usize| self.choice.profile(*column).filled * 2 >= self.rows.len();
        self.choice.columns(Field::Title).iter().any(filled)
    }

    fn names_jobs(&self) -> bool {
        self.choice.columns(Field::Title).iter().any(|column| self.choice.profile(*column).jobs_percent() >= HALF)
    }

    fn fields(&self) -> usize {
        self.rows.iter().map(|row| row.iter().filter(|cell| !cell.is_empty()).count()).max().unwrap_or(0)
    }
}

/// The objects that stand in the same place of a value.
struct Group<'v> {
    /// The keys that lead there.
    place: String,
    /// How deep that is; the value itself is at 0.
    depth: usize,
    /// With their order in the value.
    members: Vec<(usize, &'v Map<String, Value>)>,
}

impl<'v> Group<'v> {
    /// Whether the other's objects stand inside those of this one.
    fn holds(&self, other: &Self) -> bool {
        self.depth < other.depth && other.place.starts_with(&self.place)
    }

    fn sample(&self) -> Vec<&'v Map<String, Value>> {
        self.members.iter().take(SAMPLE).map(|(_, object)| *object).collect()
    }
}

/// What a group's objects say of themselves.
struct Said {
    /// The words of the text of the object in the middle.
    words: usize,
    title: bool,
    /// Whether most titles name jobs.
    jobs: bool,
    fields: usize,
}

impl Said {
    fn of(group: &Group<'_>, columns: &Columns, reach: Reach) -> Self {
        let sampled = Sampled::new(&group.sample(), columns, reach);
        Self {
            words: sampled.median_words(),
            title: sampled.has_title(),
            jobs: sampled.names_jobs(),
            fields: sampled.fields(),
        }
    }

    /// Whether the objects are but sections of a text with their headings.
    fn is_section(&self) -> bool {
        self.fields < FEWEST_FIELDS && !self.jobs
    }
}

/// The postings in a value, in their order; nothing where no object in it has a text. The
/// members of an outer array are told from those inside them by what they say of themselves.
pub(super) fn find<'v>(value: &'v Value, columns: &Columns) -> Option<Found<'v>> {
    let mut groups = Groups::default();
    groups.walk(value, "", 0);
    let groups: Vec<Group<'v>> = groups.found.into_values().collect();
    let best = best(&groups, columns)?;
    let (depth, like) = (groups[best].depth, groups[best].members[0].1);
    let said = Said::of(&groups[best], columns, Reach::Own);
    let mut members = groups[best].members.clone();
    for (at, group) in groups.iter().enumerate() {
        let beside = at != best && group.depth == depth && are_alike(like, group.members[0].1);
        let says_as_much = || {
            let other = Said::of(group, columns, Reach::Own);
            other.words > 0 && other.title == said.title
        };
        if beside && says_as_much() {
            members.extend_from_slice(&group.members);
        }
    }
    members.sort_by_key(|(order, _)| *order);
    Some(Found { depth, members: members.into_iter().map(|(_, object)| object).collect() })
}

/// The postings that were found in a value.
pub(super) struct Found<'v> {
    /// How deep they stand; the value itself is at 0.
    pub depth: usize,
    pub members: Vec<&'v Map<String, Value>>,
}

/// The group whose objects are postings.
fn best(groups: &[Group<'_>], columns: &Columns) -> Option<usize> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|group| groups[*group].depth);
    let mut best: Option<(usize, Said)> = None;
    for group in order.iter().copied() {
        let said = Said::of(&groups[group], columns, Reach::Own);
        let titled =
            |outer: &usize| groups[*outer].holds(&groups[group]) && said_by_all(&groups[*outer], columns).title;
        let better = match &best {
            _ if said.words == 0 => false,
            None if said.is_section() && order.iter().any(titled) => false,
            None => true,
            Some((other, outer)) if groups[*other].depth == groups[group].depth => {
                let total = |said: &Said, group: usize| said.words * groups[group].members.len();
                (said.title, total(&said, group)) > (outer.title, total(outer, *other))
            }
            Some((_, outer)) if said.title && !outer.title => true,
            Some((_, outer)) => said.title && !said.is_section() && said.words > outer.words,
        };
        if better {
            best = Some((group, said));
        }
    }
    if best.is_none() && groups.iter().any(|group| group.members.len() > 1 && lists_jobs(group, columns)) {
        return None;
    }
    // A text may be made of sections alone, which are members of an array.
    best.map(|(group, _)| group).or_else(|| {
        let all: Vec<(usize, Said)> = order.into_iter().map(|at| (at, said_by_all(&groups[at], columns))).collect();
        let titled = all.iter().rfind(|(_, said)| said.words > 0 && said.title && !said.is_section());
        titled.or_else(|| all.iter().find(|(_, said)| said.words > 0)).map(|(group, _)| *group)
    })
}

/// Whether a group's objects name jobs of which nothing more is said: a list, whose titles are no text.
fn lists_jobs(group: &Group<'_>, columns: &Columns) -> bool {
    let said = said_by_all(group, columns);
    said.jobs && said.words == 0 && said.fields >= FEWEST_FIELDS
}

fn said_by_all(group: &Group<'_>, columns: &Columns) -> Said {
    Said::of(group, columns, Reach::All)
}

/// All objects of a value, by where they stand.
#[derive(Default)]
struct Groups<'v> {
    found: BTreeMap<String, Group<'v>>,
    seen: usize,
}

impl<'v> Groups<'v> {
    fn walk(&mut self, value: &'v Value, place: &str, depth: usize) {
        match value {
            Value::Object(object) => {
                self.add(object, place, depth);
                self.walk_inside(object, place, depth);
            }
            Value::Array(members) => {
                let place = format!("{place}/[]");
                members.iter().for_each(|member| self.walk(member, &place, depth + 1));
            }
            _ => {}
        }
    }

    fn add(&mut self, object: &'v Map<String, Value>, place: &str, depth: usize) {
        self.seen += 1;
        let group = Group { place: place.to_owned(), depth, members: Vec::new() };
        self.found.entry(place.to_owned()).or_insert(group).members.push((self.seen, object));
    }

    /// An object inside another is part of it, unless it is one of several alike.
    fn walk_inside(&mut self, object: &'v Map<String, Value>, place: &str, depth: usize) {
        let keyed = is_keyed(object);
        for (key, value) in object {
            match value {
                Value::Object(_) if keyed => self.walk(value, &format!("{place}/*"), depth + 1),
                Value::Object(inner) => self.walk_inside(inner, &format!("{place}/{key}"), depth + 1),
                Value::Array(_) => self.walk(value, &format!("{place}/{key}"), depth),
                _ => {}
            }
        }
    }
}

/// The rows of a value that is a table written out: an array of arrays, or columns under their
/// names, as data frames are saved.
pub(super) fn rows(value: &Value, columns: &Columns) -> Option<Vec<Vec<String>>> {
    match value {
        Value::Array(rows) => arrays(rows),
        Value::Object(object) => split(object)
            .or_else(|| by_column(object, columns))
            .or_else(|| object.values().find_map(|value| arrays(value.as_array()?))),
        _ => None,
    }
}

fn arrays(rows: &[Value]) -> Option<Vec<Vec<String>>> {
    let row = |row: &Value| Some(row.as_array()?.iter().map(plain).collect());
    if rows.len() < 2 { None } else { rows.iter().map(row).collect() }
}

/// `{"columns": ["title", "text"], "data": [["Cook", "You cook."]]}`.
fn split(object: &Map<String, Value>) -> Option<Vec<Vec<String>>> {
    let names = object.get("columns").or_else(|| object.get("header")).or_else(|| object.get("fields"))?.as_array()?;
    let names: Vec<String> = names.iter().map(plain).collect();
    let data = object.get("data").or_else(|| object.get("rows"))?.as_array()?;
    let row = |row: &Value| Some(row.as_array()?.iter().map(plain).collect());
    std::iter::once(Some(names)).chain(data.iter().map(row)).collect()
}

/// `{"title": {"0": "Cook"}, "text": {"0": "You cook."}}`, or with arrays of cells.
fn by_column(object: &Map<String, Value>, columns: &Columns) -> Option<Vec<Vec<String>>> {
    if object.len() < 2 || !columns.have_text(object.keys().map(String::as_str)) {
        return None;
    }
    let cells = |value: &Value| -> Option<Vec<String>> {
        let cells: Vec<&Value> = match value {
            Value::Object(cells) => cells.values().collect(),
            Value::Array(cells) => cells.iter().collect(),
            _ => return None,
        };
        cells.iter().all(|cell| !cell.is_object() && !cell.is_array()).then(|| cells.into_iter().map(plain).collect())
    };
    let cells: Vec<Vec<String>> = object.values().map(cells).collect::<Option<_>>()?;
    let height = cells.first()?.len();
    if height == 0 || cells.iter().any(|column| column.len() != height) {
        return None;
    }
    let row = |row: usize| cells.iter().map(|column| column[row].clone()).collect();
    Some(std::iter::once(object.keys().cloned().collect()).chain((0..height).map(row)).collect())
}
