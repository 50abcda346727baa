//! The page around the data: the template's values, and the policy that keeps it closed.

use std::io;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::HtmlReport;
use super::bars::{self, Asked, Claim, Degree, Demanded, Pay, Separating};
use super::charts::{CLASSES, Histogram, Scatter};
use super::figures::{grouped, percent, rounded, share};
use super::inputs_read::InputsRead;
use super::spool::json_in_html;
use crate::facts::DegreeLevel;
use crate::lexicon::{Lexicon, Side};
use crate::run::Summary;

const STYLE: &str = include_str!("../../../templates/report/page.css");
const SCRIPT: &str = concat!(
    "'use strict';\n",
    include_str!("../../../templates/report/table.js"),
    include_str!("../../../templates/report/detail.js")
);
/// Where rows and details stand in the template; no text of a posting can hold these, for `<`
/// is escaped.
const PLACES: [&str; 2] = ["<!--rows-->", "<!--details-->"];

/// A number at the head of the page.
pub struct Tile {
    label: String,
    class: &'static str,
    count: String,
    share: String,
    /// The leaning that the table is filtered by when this tile is chosen.
    leaning: usize,
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
    labels: [String; 4],
    sides: [&'p str; 2],
    classes: [&'static str; 4],
    description: &'p str,
    postings: String,
    skipped: String,
    skipped_list: &'p [String],
    read: InputsRead,
    disagree: String,
    words: String,
    tiles: Vec<Tile>,
    histogram: Histogram,
    scatter: Scatter,
    separating: Vec<Separating<'p>>,
    asked: Vec<Asked<'p>>,
    demanded: Vec<Demanded<'p>>,
    claims: Vec<Claim<'p>>,
    degrees: Vec<Degree>,
    pay: Vec<Pay>,
    paid: String,
    paths: &'p [String],
    version: &'static str,
    lexicon: String,
    /// What the table holds less than the run.
    notice: String,
    table: String,
}

/// What the script must know besides the rows.
#[derive(Serialize)]
struct TableData<'p> {
    labels: &'p [String; 4],
    classes: [&'static str; 4],
    sides: [&'p str; 2],
    degrees: [&'static str; DegreeLevel::ALL.len()],
    detailed: usize,
    packed: usize,
    /// Place in the lexicon, name, class and postings of every skill that was found, even if only negated.
    skills: Vec<(usize, &'p str, &'static str, u64)>,
}

impl<'p> Page<'p> {
    /// Fills in what a run came to. `labels` must outlive the page, as the lexicon does.
    pub fn new(report: &'p HtmlReport<'_>, labels: &'p [String; 4], summary: &Summary) -> io::Result<Self> {
        let lexicon = &**report.classifier.lexicon();
        let overview = &report.overview;
        Ok(Self {
            policy: policy(),
            style: STYLE,
            script: SCRIPT,
            labels: labels.clone(),
            sides: sides(lexicon),
            classes: CLASSES,
            description: lexicon.description(),
            postings: grouped(summary.classified),
            skipped: grouped(summary.skipped),
            skipped_list: &report.skipped,
            read: InputsRead::of(summary),
            disagree: grouped(summary.title_disagrees),
            words: grouped(summary.words),
            tiles: tiles(overview.leanings, labels),
            histogram: Histogram::new(overview, labels),
            scatter: Scatter::new(overview, labels),
            separating: bars::separating(lexicon, overview),
            asked: bars::asked(lexicon, overview, labels),
            demanded: bars::demanded(lexicon, overview),
            claims: bars::claims(overview, labels),
            degrees: bars::degrees(overview),
            pay: bars::pay(overview),
            paid: grouped(overview.paid),
            paths: &report.paths,
            version: env!("CARGO_PKG_VERSION"),
            // The whole fingerprint stands in run.json.
            lexicon: format!("{} {}, {:.12}", lexicon.name(), lexicon.version(), lexicon.hash()),
            notice: notice(report, summary),
            table: json_in_html(&table(report, lexicon, labels))?,
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

/// What people call the four leanings.
pub fn labels(lexicon: &Lexicon) -> [String; 4] {
    let role = |side| lexicon.role(side).label.clone();
    [role(Side::Left), role(Side::Right), "balanced".to_owned(), "neither".to_owned()]
}

/// The short words of the two sides.
fn sides(lexicon: &Lexicon) -> [&str; 2] {
    Side::BOTH.map(|side| lexicon.role(side).side_id.as_str())
}

fn tiles(leanings: [u64; 4], labels: &[String; 4]) -> Vec<Tile> {
    let all: u64 = leanings.iter().sum();
    let mut start = 0.0;
    // Balanced stands between the two roles.
    let tile = |leaning: usize| {
        let length = rounded(100.0 * share(leanings[leaning], all));
        let begin = start;
        start += length;
        Tile {
            label: labels[leaning].clone(),
            class: CLASSES[leaning],
            count: grouped(leanings[leaning]),
            share: percent(leanings[leaning], all),
            leaning,
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

fn table<'p>(report: &HtmlReport<'_>, lexicon: &'p Lexicon, labels: &'p [String; 4]) -> TableData<'p> {
    let met = lexicon
        .skills()
        .iter()
        .zip(&report.overview.skills)
        .enumerate()
        .filter(|(_, (_, tally))| tally.all() + tally.negated > 0);
    TableData {
        labels,
        classes: CLASSES,
        sides: sides(lexicon),
        degrees: DegreeLevel::ALL.map(DegreeLevel::name),
        detailed: report.detailed,
        packed: super::PACKED,
        skills: met
            .map(|(place, (skill, tally))| (place, skill.name.as_str(), bars::class_of(skill.leaning), tally.all()))
            .collect(),
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
