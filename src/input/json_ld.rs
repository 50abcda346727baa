//! The schema.org `JobPosting` that a page holds for search engines, which says more
//! plainly than the page what is title, text and employer.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::columns::{Columns, Field};
use super::json_text::Plain;
use super::profile::count_words;
use super::row::{NoPosting, Row, Table};
use super::{Pending, Posting, ReadOptions, Skipped, Source, Unread, json_repair};
use crate::extract::{PieceBudget, TooManyPieces, json_ld, page_names};

/// The names of schema.org are among those of tables.
static COLUMNS: LazyLock<Arc<Columns>> = LazyLock::new(|| Arc::new(Columns::new(&ReadOptions::default())));

/// The fewest words of a description that is taken for the whole one, however much the page says.
const WHOLE: usize = 40;
/// A page that says so many times as much as a short description holds the whole one.
const TEASER: usize = 3;

/// What a page's linked data has to say.
pub(super) enum Found {
    /// No job posting.
    Nothing,
    /// Something is wrong with it, which is worth a warning.
    Broken(&'static str),
    Posting(Box<Posting>),
}

/// Whether a description may be but a teaser: it is short, or cut.
pub(super) fn may_be_teaser(description: &str) -> bool {
    is_cut(description) || count_words(description) < WHOLE
}

/// Whether a description that may be a teaser is one of `text`, which is what the page shows.
pub(super) fn is_teaser(description: &str, text: &str) -> bool {
    let (said, shown) = (count_words(description), count_words(text));
    shown >= said * TEASER || (is_cut(description) && shown > said)
}

fn is_cut(description: &str) -> bool {
    let description = description.trim_end();
    description.ends_with('…') || description.ends_with("...")
}

/// Looks for a `JobPosting` in a page.
pub(super) fn find(html: &str, source: &str, budget: &mut PieceBudget) -> Result<Found, TooManyPieces> {
    let (values, broken) = values(html, budget)?;
    let found = postings(&values);
    let found: Vec<&Map<String, Value>> = found.iter().collect();
    let several = found.len() > 1;
    let table = table(source);
    let main = if several { main(html, &found, budget)? } else { None };
    let in_order = main.into_iter().chain(found.iter().copied());
    let posting = in_order.map(|object| posting(object, &table, 0, budget)).find_map(Result::transpose).transpose()?;
    Ok(match posting {
        Some(mut posting) => {
            if several && main.is_none() {
                posting.warnings.push("the page holds several job postings; the first is read".to_owned());
            }
            Found::Posting(Box::new(posting))
        }
        None if broken => Found::Broken("the page's JobPosting data is not valid JSON; its text is read"),
        None if several => Found::Broken("the page's JobPosting data has no description; its text is read"),
        None => Found::Nothing,
    })
}

fn table(source: &str) -> Table {
    Table::new(source.to_owned(), Arc::clone(&COLUMNS), &ReadOptions::default())
}

/// The posting that a page is about, where its heading names one of several.
fn main<'v>(
    html: &str,
    found: &[&'v Map<String, Value>],
    budget: &mut PieceBudget,
) -> Result<Option<&'v Map<String, Value>>, TooManyPieces> {
    let headings = page_names(html, budget)?.headings;
    let is_named = |object: &&&Map<String, Value>| headings.iter().any(|heading| *heading == named(&object["title"]));
    let mut named = found.iter().filter(|object| object.contains_key("title")).filter(is_named);
    Ok(named.next().filter(|_| named.next().is_none()).copied())
}

/// The postings of a page that lists several, each with its whole text; none where the page is
/// about one of them, or their data has but teasers.
pub(super) fn listing(html: &str, source: &str) -> Option<Box<dyn Source>> {
    let mut budget = PieceBudget::default();
    let (values, _) = values(html, &mut budget).ok()?;
    let found = postings(&values);
    let is_whole = |object: &Map<String, Value>| !may_be_teaser(&named(&object["description"]));
    let whole = found.iter().all(|object| object.contains_key("description") && is_whole(object));
    if found.len() < 2 || !whole {
        return None;
    }
    let is_of_one = main(html, &found.iter().collect::<Vec<_>>(), &mut budget).ok()?.is_some();
    (!is_of_one).then(|| self::source(found, table(source)))
}

/// The linked data of a page, and whether a job posting in it cannot be read.
fn values(html: &str, budget: &mut PieceBudget) -> Result<(Vec<Value>, bool), TooManyPieces> {
    let (mut values, mut broken) = (Vec::new(), false);
    for script in json_ld(html, budget)? {
        match json_repair::parse(bare(&script).as_bytes()) {
            Some(value) => values.push(value),
            None => broken |= script.contains("JobPosting"),
        }
    }
    Ok((values, broken))
}

/// A script without what is to hide it from other readers: `//<![CDATA[`, `<!--`, `/* */`.
fn bare(script: &str) -> &str {
    const BEFORE: [&str; 6] = ["//", "/*", "*/", "<!--", "<![CDATA[", "\u{feff}"];
    const BEHIND: [&str; 6] = ["//", "/*", "*/", "-->", "]]>", ";"];
    let mut bare = script.trim();
    while let Some(rest) = BEFORE.iter().find_map(|mark| bare.strip_prefix(mark)) {
        bare = rest.trim_start();
    }
    while let Some(rest) = BEHIND.iter().find_map(|mark| bare.strip_suffix(mark)) {
        bare = rest.trim_end();
    }
    bare
}

/// Every `JobPosting` in some values, however deep it stands, with what it refers to.
pub(super) fn postings(values: &[Value]) -> Vec<Map<String, Value>> {
    let mut known = HashMap::new();
    values.iter().for_each(|value| entities(value, &mut known));
    values.iter().flat_map(unresolved).map(|object| resolved(object, &known)).collect()
}

fn unresolved(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().flat_map(unresolved).collect(),
        Value::Object(object) if is_posting(object) => vec![object],
        Value::Object(object) => object.values().flat_map(unresolved).collect(),
        _ => Vec::new(),
    }
}

/// The objects that others may refer to, by their `@id`.
fn entities<'v>(value: &'v Value, known: &mut HashMap<&'v str, &'v Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| entities(value, known)),
        Value::Object(object) => {
            if let Some(id) = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 1) {
                known.entry(id).or_insert(value);
            }
            object.values().for_each(|value| entities(value, known));
        }
        _ => {}
    }
}

/// A posting with the employer and places themselves where it but refers to them: `{"@id": "#inn"}`.
fn resolved(object: &Map<String, Value>, known: &HashMap<&str, &Value>) -> Map<String, Value> {
    let entity = |value: &Value| {
        let reference = value.as_object().filter(|object| object.len() == 1)?.get("@id")?.as_str()?;
        known.get(reference).map(|entity| (*entity).clone())
    };
    let value = |value: &Value| match value {
        Value::Array(values) => values.iter().map(|value| entity(value).unwrap_or_else(|| value.clone())).collect(),
        value => entity(value).unwrap_or_else(|| value.clone()),
    };
    object.iter().map(|(key, said)| (key.clone(), value(said))).collect()
}

/// The records of a file that holds linked data of postings, and no page around it.
pub(super) fn source(objects: Vec<Map<String, Value>>, table: Table) -> Box<dyn Source> {
    Box::new(Linked { objects: objects.into_iter(), table: Arc::new(table), record: 0 })
}

struct Linked {
    objects: std::vec::IntoIter<Map<String, Value>>,
    table: Arc<Table>,
    record: u64,
}

impl Source for Linked {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        let object = self.objects.next()?;
        self.record += 1;
        Some(Ok(Pending::new(UnreadPosting { object, table: Arc::clone(&self.table), record: self.record })))
    }
}

struct UnreadPosting {
    object: Map<String, Value>,
    table: Arc<Table>,
    record: u64,
}

impl Unread for UnreadPosting {
    fn source(&self) -> &str {
        &self.table.source
    }

    fn record(&self) -> Option<u64> {
        Some(self.record)
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let skipped = |reason: String| self.table.skipped(self.record, reason);
        let posting = posting(&self.object, &self.table, self.record, &mut PieceBudget::default());
        posting.map_err(|error| skipped(error.to_string()))?.ok_or_else(|| skipped("no description".to_owned()))
    }
}

fn is_posting(object: &Map<String, Value>) -> bool {
    // `JobPosting`, `schema:JobPosting` or the whole address of it.
    let named = |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("JobPosting"));
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

/// The posting, unless it has no description.
fn posting(
    object: &Map<String, Value>,
    table: &Table,
    record: u64,
    budget: &mut PieceBudget,
) -> Result<Option<Posting>, TooManyPieces> {
    let mut row = Row::default();
    for (name, value) in object {
        let Some(role) = table.columns.role(name) else { continue };
        if let Field::Job(field) = role.field {
            row.push_said(role, field, name, value);
            continue;
        }
        let value = match role.field {
            Field::Location => place(value),
            _ => Plain { depth: table.max_depth }.deserialize(value).unwrap_or_default(),
        };
        row.push(role, name.clone(), value);
    }
    let mut posting = match row.posting_within(budget, table, record) {
        Ok(posting) => posting,
        Err(NoPosting { cause: Some(cause), .. }) => return Err(cause),
        Err(_) => return Ok(None),
    };
    for line in [salary(object), date(object)].into_iter().flatten() {
        let kept = posting.text.trim_end().len();
        posting.text.truncate(kept);
        posting.text.push_str("\n\n");
        posting.text.push_str(&line);
    }
    Ok(Some(posting))
}

/// The places of a job, each as its town, region and country.
fn place(value: &Value) -> String {
    let parts = |address: &Value| {
        let names = ["addressLocality", "addressRegion", "addressCountry"].map(|key| named(&address[key]));
        names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
    };
    match value {
        Value::Array(places) => places.iter().map(place).collect::<Vec<_>>().join("; "),
        Value::Object(place) => place.get("address").map_or_else(
            || named(value),
            |address| match address {
                Value::String(address) => address.clone(),
                address => parts(address),
            },
        ),
        value => named(value),
    }
}

/// A string, or the name of an object.
fn named(value: &Value) -> String {
    value.as_str().or_else(|| value["name"].as_str()).unwrap_or_default().to_owned()
}

/// `Salary: EUR 50000 - 60000 per year`.
fn salary(object: &Map<String, Value>) -> Option<String> {
    let salary = object.get("baseSalary").or_else(|| object.get("estimatedSalary"))?;
    let salary = salary.get(0).unwrap_or(salary);
    let value = salary.get("value").unwrap_or(salary);
    let lowest = number(&value["minValue"]).or_else(|| number(&value["value"])).or_else(|| number(value))?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let currency = [&salary["currency"], &value["currency"], object.get("salaryCurrency").unwrap_or(&Value::Null)];
    let currency = currency.into_iter().find_map(text).map(|currency| currency + " ").unwrap_or_default();
    let highest = number(&value["maxValue"]).filter(|highest| *highest != lowest);
    let highest = highest.map(|highest| format!(" - {highest}")).unwrap_or_default();
    let period = text(&value["unitText"]).or_else(|| text(&salary["unitText"]));
    let period = period.map(|period| format!(" per {}", period.to_lowercase())).unwrap_or_default();
    Some(format!("Salary: {currency}{lowest}{highest}{period}"))
}

fn number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => {
            let text = text.trim();
            let numeric = text.starts_with(|c: char| c.is_ascii_digit());
            (numeric && text.len() < 40).then(|| text.to_owned())
        }
        _ => None,
    }
}

fn date(object: &Map<String, Value>) -> Option<String> {
    let date = object.get("datePosted")?.as_str()?.trim();
    (!date.is_empty() && date.len() < 40).then(|| format!("Date posted: {date}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<[String; 4], String> {
        let html = format!("<p>page</p><script type=\"application/ld+json\">{json}</script>");
        match find(&html, "a.html", &mut PieceBudget::default()).map_err(|error| error.to_string())? {
            Found::Posting(found) => Ok([found.title, found.company, found.location, found.text]),
            Found::Broken(reason) => Err(reason.to_owned()),
            Found::Nothing => Err("nothing".to_owned()),
        }
    }

    #[test]
    fn a_posting_is_found_wherever_it_stands() {
        let full = r#"{"@context": "https://schema.org/", "@type": "JobPosting", "title": "Cook &amp; Baker",
            "identifier": {"@type": "PropertyValue", "name": "Inn", "value": "1"},
            "description": "<p>You cook.</p><ul><li>R&amp;D</li></ul>",
            "hiringOrganization": {"@type": "Organization", "name": "Inn"}, "datePosted": "2026-05-01",
            "jobLocation": [{"@type": "Place", "address": {"addressLocality": "Ulm", "addressRegion": "BW", "addressCountry": {"name": "DE"}}},
                {"@type": "Place", "address": "Bonn"}],
            "qualifications": "<p>You bake.</p>",
            "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR",
                "value": {"@type": "QuantitativeValue", "minValue": 50000, "maxValue": "60,000", "unitText": "YEAR"}}}"#;
        let text = "You cook.\n\n* R&D\n\nQualifications:\nYou bake.\n\nSalary: EUR 50000 - 60,000 per year\n\nDate posted: 2026-05-01";
        let expected = ["Cook & Baker", "Inn", "Ulm, BW, DE; Bonn", text].map(str::to_owned);
        assert_eq!(read(full), Ok(expected));
        let cases = [
            r#"[{"@type": "WebPage"}, {"@type": ["Thing", "JobPosting"], "title": "Cook", "description": "Bake."}]"#,
            r#"{"@graph": [{"@type": "Organization"}, {"@type": "JobPosting", "title": "Cook", "description": "Bake."}]}"#,
            "{\"@type\": \"JobPosting\", \"title\": \"Cook\", \"url\": \"a\nb\", \"description\": \"Bake.\",}",
            "//<![CDATA[\n{\"@type\": \"JobPosting\", \"title\": \"Cook\", \"description\": \"Bake.\"}\n//]]>",
            "<!-- [{\"@type\": \"JobPosting\", \"title\": \"Cook\", \"description\": \"&amp;lt;p&amp;gt;Bake.&amp;lt;/p&amp;gt;\"}] -->",
            r#"{"@type": "http://schema.org/JobPosting", "title": "Cook", "description": "&lt;p&gt;Bake.&lt;/p&gt;&lt;p&gt;&lt;/p&gt;"};"#,
        ];
        for json in cases {
            assert_eq!(read(json), Ok(["Cook", "", "", "Bake."].map(str::to_owned)), "{json}");
        }
    }

    #[test]
    fn salaries_are_written_in_many_ways() {
        let cases = [
            (r#"{"currency": "USD", "value": {"value": 30.5, "unitText": "HOUR"}}"#, Some("Salary: USD 30.5 per hour")),
            (r#"{"currency": "USD", "value": 90000}"#, Some("Salary: USD 90000")),
            ("90000", Some("Salary: 90000")),
            (r#""90000""#, Some("Salary: 90000")),
            (r#"{"currency": "USD"}"#, None),
            (r#""competitive""#, None),
        ];
        for (salary, expected) in cases {
            let json = format!(r#"{{"@type": "JobPosting", "description": "Bake.", "baseSalary": {salary}}}"#);
            let expected = expected.map_or_else(|| "Bake.".to_owned(), |line| format!("Bake.\n\n{line}"));
            assert_eq!(read(&json).map(|[.., text]| text), Ok(expected), "{salary}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        let broken = "the page's JobPosting data is not valid JSON; its text is read";
        let cases = [
            (r#"{"@type": "JobPosting", "description": "a" x}"#, broken),
            (r#"{"@type": "WebPage", "description": "a" x}"#, "nothing"),
            (r#"{"@type": "JobPosting", "title": "Cook"}"#, "nothing"),
            (r#"{"@type": "WebPage", "description": "a"}"#, "nothing"),
        ];
        for (json, expected) in cases {
            assert_eq!(read(json), Err(expected.to_owned()), "{json}");
        }
    }
}
