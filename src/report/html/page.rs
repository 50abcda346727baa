//! The page around the data: the template's values, and the policy that keeps it closed.

use std::io;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::HtmlReport;
use super::bars::{self, Asked, Claim, Degree, Demanded, Pay, Separating};
use super::charts::{CLASSES, Count, Histogram, Scatter};
use super::figures::{grouped, percent, rounded, share};
use super::filter::{Filter, Names};
use super::inputs_read::InputsRead;
use super::market::MarketTable;
use super::notes::Note;
use super::rows::{self, RowColumn};
use super::spool::json_in_html;
use crate::lexicon::{Lexicon, Side, Skill, SkillId};
use crate::report::date::today;
use crate::run::Summary;

/// Puts the parts of the style or the script together, in the order in which they stand here.
macro_rules! parts {
    ($($name:literal),+ $(,)?) => {
        concat!($(include_str!(concat!("../../../templates/report/", $name))),+)
    };
}

const STYLE: &str = parts!(
    "style/base.css",
    "style/charts.css",
    "style/table.css",
    "style/filters.css",
    "style/posting.css",
    "style/narrow.css",
    "style/print.css",
);
/// One script: each part knows those before it.
const SCRIPT: &str = parts!(
    "script/elements.js",
    "script/rows.js",
    "script/search.js",
    "script/columns.js",
    "script/filters.js",
    "script/state.js",
    "script/table.js",
    "script/facets.js",
    "script/export.js",
    "script/terms.js",
    "script/text.js",
    "script/posting.js",
    "script/market.js",
    "script/page.js",
);
/// Where rows and details stand in the template; no text of a posting can hold these, for `<`
/// is escaped.
const PLACES: [&str; 2] = ["<!--rows-->", "<!--details-->"];

/// A number at the head of the page.
pub struct Tile<'p> {
    label: &'p str,
    class: &'static str,
    count: Count,
    share: String,
    /// Where its part of the bar of shares begins and how long it is, in hundredths.
    start: f64,
    length: f64,
}

/// The values of `page.html`.
#[derive(Template)]
#[template(path = "report/page.html")]
pub struct Page<'p> {
    policy: String,
    style: &'static str,
    script: &'static str,
    labels: [&'p str; 4],
    sides: [&'p str; 2],
    classes: [&'static str; 4],
    description: &'p str,
    postings: String,
    skipped: String,
    skipped_list: &'p [String],
    read: InputsRead,
    disagree: Count,
    words: String,
    tiles: Vec<Tile<'p>>,
    histogram: Histogram,
    scatter: Scatter,
    separating: Vec<Separating<'p>>,
    asked: Vec<Asked<'p>>,
    demanded: Vec<Demanded<'p>>,
    claims: Vec<Claim<'p>>,
    degrees: Vec<Degree>,
    pay: Vec<Pay>,
    paid: String,
    market: MarketTable<'p>,
    paths: &'p [String],
    notes: Vec<Note>,
    date: String,
    version: &'static str,
    lexicon: String,
    /// What the table holds less than the run.
    notice: String,
    table: String,
}

/// What the script must know besides the rows.
#[derive(Serialize)]
struct TableData<'p> {
    columns: Vec<RowColumn>,
    /// The columns that are carried through, which stand behind the others.
    kept: Vec<String>,
    leanings: [&'p str; 4],
    labels: [&'p str; 4],
    classes: [&'static str; 4],
    sides: [&'p str; 2],
    detailed: usize,
    packed: usize,
    /// Every skill that was found, even if only negated.
    skills: Vec<SkillData<'p>>,
}

/// A skill as the script knows it.
#[derive(Serialize)]
struct SkillData<'p> {
    /// Its place in the lexicon, by which rows name it.
    place: usize,
    id: &'p str,
    name: &'p str,
    class: &'static str,
}

impl<'p> Page<'p> {
    /// Fills in what a run came to.
    pub fn new(report: &'p HtmlReport<'_>, summary: &Summary) -> io::Result<Self> {
        let lexicon = &**report.classifier.lexicon();
        let names = Names::of(lexicon);
        let overview = &report.overview;
        Ok(Self {
            policy: policy(),
            style: STYLE,
            script: SCRIPT,
            labels: names.labels,
            sides: sides(lexicon),
            classes: CLASSES,
            description: lexicon.description(),
            postings: grouped(summary.classified),
            skipped: grouped(summary.skipped),
            skipped_list: &report.skipped,
            read: InputsRead::of(summary),
            disagree: Count::new(summary.title_disagrees, Filter::default().with("title", "other-role")),
            words: grouped(summary.words),
            tiles: tiles(overview.leanings, &names),
            histogram: Histogram::new(overview, &names),
            scatter: Scatter::new(overview, &names),
            separating: bars::separating(lexicon, overview, &names),
            asked: bars::asked(lexicon, overview, &names),
            demanded: bars::demanded(lexicon, overview),
            claims: bars::claims(overview, &names),
            degrees: bars::degrees(overview, &names),
            pay: bars::pay(overview, &names),
            paid: grouped(overview.paid),
            market: MarketTable::new(lexicon, overview, &report.skills, &names),
            paths: &report.paths,
            notes: report.notes.listed(),
            date: today(),
            version: env!("CARGO_PKG_VERSION"),
            // The whole fingerprint stands in run.json.
            lexicon: format!("{} {}, {:.12}", lexicon.name(), lexicon.version(), lexicon.hash()),
            notice: notice(report, summary),
            table: json_in_html(&table(report, lexicon, &names))?,
        })
    }

    /// The page before its rows, between rows and details, and after them.
    pub fn around_data(&self) -> io::Result<[String; 3]> {
        let page = self.render().map_err(io::Error::other)?;
        let (before, rest) = page.split_once(PLACES[0]).unwrap_or((&page, ""));
        let (between, after) = rest.split_once(PLACES[1]).unwrap_or((rest, ""));
        Ok([before, between, after].map(str::to_owned))
    }
}

/// The short words of the two sides.
fn sides(lexicon: &Lexicon) -> [&str; 2] {
    Side::BOTH.map(|side| lexicon.role(side).side_id.as_str())
}

fn tiles<'p>(leanings: [u64; 4], names: &Names<'p>) -> Vec<Tile<'p>> {
    let all: u64 = leanings.iter().sum();
    let mut start = 0.0;
    // Balanced stands between the two roles.
    let tile = |leaning: usize| {
        let length = rounded(100.0 * share(leanings[leaning], all));
        let begin = start;
        start += length;
        Tile {
            label: names.labels[leaning],
            class: CLASSES[leaning],
            count: Count::new(leanings[leaning], names.filter(leaning)),
            share: percent(leanings[leaning], all),
            start: rounded(begin),
            length,
        }
    };
    [0, 2, 1, 3].map(tile).into()
}

fn notice(report: &HtmlReport<'_>, summary: &Summary) -> String {
    let (all, rows, detailed) = (summary.classified, report.rows.pieces(), report.detailed);
    let more = |part: usize| (part as u64) < all;
    match (more(rows), more(detailed)) {
        (false, false) => String::new(),
        (false, true) => {
            format!("The first {} postings have details, so that the page can be opened.", grouped(detailed as u64))
        }
        (true, _) => format!(
            "The table holds the first {} of {} postings, {} of them with details, so that the page can be opened; \
             the charts are of all, and so is postings.csv.",
            grouped(rows as u64),
            grouped(all),
            grouped(detailed.min(rows) as u64)
        ),
    }
}

fn table<'p>(report: &HtmlReport<'_>, lexicon: &'p Lexicon, names: &Names<'p>) -> TableData<'p> {
    let met = lexicon.skill_ids().zip(&report.overview.skills).filter(|(_, tally)| tally.all() + tally.negated > 0);
    let skill = |(id, _): (SkillId, _)| {
        let skill: &'p Skill = lexicon.skill(id);
        SkillData { place: id.index(), id: &skill.id, name: &skill.name, class: bars::class_of(skill) }
    };
    let columns = rows::columns(lexicon);
    let ours: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    TableData {
        kept: report.kept.beside(&ours),
        columns,
        leanings: names.ids,
        labels: names.labels,
        classes: CLASSES,
        sides: sides(lexicon),
        detailed: report.detailed,
        packed: super::PACKED,
        skills: met.map(skill).collect(),
    }
}

/// Nothing may be loaded or run but this style and this script, known by their fingerprints.
fn policy() -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}
