//! `comparison.html`: what changed, on one page without a script, in the style of `report.html`.

use std::io;

use askama::Template as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::skills::GROUPS;
use super::{Comparison, PostingChange, SkillShift};
use crate::report::html::{CLASSES, grouped, percent};
use crate::report::proportion::{Proportion, Shift};
use crate::text::inert_line;

/// The style of the report's page, and what only this page has.
const STYLE: &str = concat!(
    include_str!("../../../templates/report/style/base.css"),
    include_str!("../../../templates/report/style/charts.css"),
    include_str!("../../../templates/report/style/table.css"),
    include_str!("../../../templates/report/style/narrow.css"),
    include_str!("../../../templates/comparison/page.css")
);
/// Skills that are listed of those that rose, and of those that fell.
const SKILLS: usize = 25;
/// Postings that are listed of each kind of change; posting-changes.csv has all.
const POSTINGS: usize = 200;
/// The most characters of an id or a title.
const CELL: usize = 160;

/// The page of a comparison, as far as its postings are known.
pub(super) struct Page<'c> {
    comparison: &'c Comparison,
    /// Came, verdict, gone.
    postings: [Vec<PostingLine>; 3],
}

/// The values of `page.html`.
#[derive(askama::Template)]
#[template(path = "comparison/page.html")]
struct View<'p> {
    policy: String,
    style: &'static str,
    names: [String; 2],
    totals: [String; 2],
    lexicons: [&'p str; 2],
    has_other_lexicon: bool,
    version: &'static str,
    leanings: [&'p str; 4],
    classes: [&'static str; 4],
    verdicts: Vec<Line>,
    flows: Vec<[String; 4]>,
    has_both: bool,
    in_both: String,
    other_verdict: String,
    came: String,
    gone: String,
    groups: Vec<Group>,
    lists: Vec<List<'p>>,
}

/// Something whose share moved.
struct Line {
    name: String,
    class: &'static str,
    shares: [String; 2],
    counts: [String; 2],
    change: String,
    interval: String,
    chance: String,
    moved: bool,
    bar: Option<Bar>,
}

/// An interval drawn around zero, in hundredths of half the drawing.
struct Bar {
    start: String,
    length: String,
    at: String,
}

/// The skills among one group of postings.
struct Group {
    name: String,
    tested: String,
    moved: String,
    directions: [Direction; 2],
}

/// The skills that rose, or those that fell.
struct Direction {
    title: String,
    lines: Vec<Line>,
}

/// Postings with one kind of change.
struct List<'p> {
    title: &'static str,
    id: &'static str,
    all: String,
    shown: &'p [PostingLine],
}

struct PostingLine {
    id: String,
    title: String,
    leanings: [Option<usize>; 2],
    tilts: [String; 2],
}

impl<'c> Page<'c> {
    pub(super) fn new(comparison: &'c Comparison) -> Self {
        Self { comparison, postings: Default::default() }
    }

    /// Keeps a posting for the page, unless there are enough of its kind.
    pub(super) fn add(&mut self, change: &PostingChange) {
        let kind = match change.name() {
            "came" => 0,
            "verdict" => 1,
            _ => 2,
        };
        if self.postings[kind].len() < POSTINGS {
            self.postings[kind].push(PostingLine::of(change));
        }
    }

    /// The page.
    pub(super) fn html(&self) -> io::Result<String> {
        let comparison = self.comparison;
        let [in_both, other_verdict] = comparison.in_both();
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        let view = View {
            policy: format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"),
            style: STYLE,
            names: comparison.compared.each_ref().map(|compared| cell(&compared.path.display().to_string())),
            totals: comparison.compared.each_ref().map(|compared| grouped(compared.postings)),
            lexicons: comparison.compared.each_ref().map(|compared| compared.lexicon.as_str()),
            has_other_lexicon: comparison.has_other_lexicon(),
            version: env!("CARGO_PKG_VERSION"),
            leanings: comparison.leanings(),
            classes: CLASSES,
            verdicts: self.verdicts(),
            flows: comparison.flows.iter().map(|row| row.map(grouped)).collect(),
            has_both: in_both > 0,
            in_both: grouped(in_both),
            other_verdict: grouped(other_verdict),
            came: grouped(comparison.came),
            gone: grouped(comparison.gone),
            groups: (0..GROUPS).map(|group| self.group(group)).collect(),
            lists: self.lists(other_verdict),
        };
        view.render().map_err(io::Error::other)
    }

    fn verdicts(&self) -> Vec<Line> {
        let verdicts = self.comparison.verdicts.iter().enumerate();
        let scale = scale(self.comparison.verdicts.iter().map(|verdict| verdict.shift));
        let line = |(leaning, verdict): (usize, &super::VerdictShift)| {
            let name = self.comparison.leanings()[leaning].to_owned();
            let moved = self.comparison.has_moved(leaning);
            Line::new(name, CLASSES[leaning], verdict.postings, verdict.shift, moved, scale)
        };
        verdicts.map(line).collect()
    }

    fn group(&self, group: usize) -> Group {
        let skills = || self.comparison.skills.iter().filter(move |skill| skill.group == group);
        let scale = scale(skills().take(SKILLS).map(|skill| skill.shift));
        let direction = |title: &str, sign: f64| {
            let (moved, others): (Vec<&SkillShift>, Vec<&SkillShift>) =
                skills().filter(|skill| skill.difference() * sign > 0.0).partition(|skill| skill.moved);
            // What may be noise is not shown as news.
            let (title, shown, most) = if moved.is_empty() {
                (format!("{title}, perhaps by chance"), others, SKILLS / 5)
            } else {
                (title.to_owned(), moved, SKILLS)
            };
            let line =
                |skill: &SkillShift| Line::new(skill.name.clone(), "", skill.postings, skill.shift, skill.moved, scale);
            Direction { title, lines: shown.into_iter().take(most).map(line).collect() }
        };
        Group {
            name: self.comparison.group(group).to_owned(),
            tested: grouped(skills().filter(|skill| skill.chance().is_some()).count() as u64),
            moved: grouped(skills().filter(|skill| skill.moved).count() as u64),
            directions: [direction("Rose", 1.0), direction("Fell", -1.0)],
        }
    }

    fn lists(&self, other_verdict: u64) -> Vec<List<'_>> {
        let [came, verdict, gone] = &self.postings;
        let list = |title, id, all, shown| List { title, id, all: grouped(all), shown };
        vec![
            list("With another verdict", "verdict", other_verdict, verdict.as_slice()),
            list("Only in the new report", "came", self.comparison.came, came.as_slice()),
            list("Only in the old report", "gone", self.comparison.gone, gone.as_slice()),
        ]
    }
}

impl Line {
    fn new(
        name: String,
        class: &'static str,
        postings: [Proportion; 2],
        shift: Option<Shift>,
        moved: bool,
        scale: f64,
    ) -> Self {
        let points = |share: f64| format!("{:+.1}", 100.0 * share).replace('-', "−");
        Self {
            name,
            class,
            shares: postings.map(|part| percent(part.count, part.of)),
            counts: postings.map(|part| grouped(part.count)),
            change: shift.map_or_else(String::new, |shift| points(shift.difference)),
            interval: shift.map_or_else(String::new, |shift| {
                format!("{} to {}", points(shift.interval[0]), points(shift.interval[1]))
            }),
            chance: shift.and_then(|shift| shift.chance).map_or_else(|| "too few to tell".to_owned(), chance),
            moved,
            bar: shift.map(|shift| Bar::new(shift, scale)),
        }
    }
}

impl Bar {
    fn new(shift: Shift, scale: f64) -> Self {
        let place = |share: f64| (100.0 + 100.0 * share / scale).clamp(0.0, 200.0);
        let [low, high] = shift.interval.map(place);
        let shown = |length: f64| format!("{length:.1}");
        Self { start: shown(low), length: shown(high - low), at: shown(place(shift.difference)) }
    }
}

impl PostingLine {
    fn of(change: &PostingChange) -> Self {
        let tilt = |tilt: Option<f64>| tilt.map_or_else(String::new, |tilt| format!("{tilt:+.2}").replace('-', "−"));
        Self {
            id: cell(&change.id),
            title: cell(&change.title),
            leanings: change.leanings,
            tilts: change.tilts.map(tilt),
        }
    }
}

/// A text on one line and not too long.
fn cell(text: &str) -> String {
    inert_line(text).chars().take(CELL).collect()
}

/// A chance as people read it.
fn chance(chance: f64) -> String {
    if chance < 0.001 { "< 0.001".to_owned() } else { format!("{chance:.3}") }
}

/// How far an interval reaches from zero at most: what half a drawing stands for.
fn scale(shifts: impl Iterator<Item = Option<Shift>>) -> f64 {
    let ends = shifts.flatten().flat_map(|shift| shift.interval);
    ends.fold(0.01, |most, end| most.max(end.abs()))
}
