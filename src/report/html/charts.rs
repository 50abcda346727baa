//! The two drawn charts: the histogram of tilt and the scatter of evidence.
//!
//! Only geometry and words are made here; the template draws. Words beside a chart are no part
//! of the drawing, so that they keep their size on a narrow screen.

use std::collections::BTreeMap;

use super::figures::{grouped, number, percent, rounded};
use super::filter::{Filter, Names};
use super::overview::{ByLeaning, EVIDENCE_STEP, EVIDENCE_STEPS, Overview, TILT_BINS, tilt_edge};

/// The class of each leaning, by which the style sheet gives it its colour.
pub const CLASSES: [&str; 4] = ["left", "right", "both", "none"];
/// Leanings from the bottom of a stack to its top.
const STACK: [usize; 4] = [0, 1, 2, 3];
/// Places of the scatter along each axis: postings nearer to each other than this are one
/// dot, as large as they are many.
const PLACES: f64 = 40.0;
/// The share of all dots that the axes must hold; a few postings of far more evidence would
/// press the others into a corner, and stand on the edge instead.
const INSIDE: f64 = 0.99;

/// A number of postings, and which they are.
pub struct Count {
    pub shown: String,
    pub of: Filter,
    pub none: bool,
}

impl Count {
    pub fn new(count: u64, of: Filter) -> Self {
        Self { shown: grouped(count), of, none: count == 0 }
    }
}

/// A rectangle of a drawing.
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub class: &'static str,
    pub label: String,
    pub of: Filter,
}

/// The histogram of tilt.
pub struct Histogram {
    pub bars: Vec<Rect>,
    /// The height of the highest bar, in postings.
    pub most: String,
    pub summary: String,
    pub rows: Vec<(String, [Count; 4])>,
}

impl Histogram {
    pub const WIDTH: f64 = 400.0;
    pub const HEIGHT: f64 = 170.0;

    pub fn new(overview: &Overview, names: &Names<'_>) -> Self {
        let step = Self::WIDTH / number(TILT_BINS as u64);
        let most = overview.tilt.iter().map(sum).max().unwrap_or(0).max(1);
        let mut bars = Vec::new();
        for (bin, counts) in overview.tilt.iter().enumerate() {
            let mut top = Self::HEIGHT;
            for leaning in STACK.into_iter().filter(|leaning| counts[*leaning] > 0) {
                let height = number(counts[leaning]) / number(most) * Self::HEIGHT;
                top -= height;
                bars.push(Rect {
                    x: rounded(number(bin as u64) * step + 1.0),
                    y: rounded(top),
                    width: rounded(step - 2.0),
                    height: rounded(height),
                    class: CLASSES[leaning],
                    label: format!("tilt {}: {} {}", range(bin), grouped(counts[leaning]), names.labels[leaning]),
                    of: of_bin(names, leaning, bin),
                });
            }
        }
        let count = |bin, counts: &ByLeaning, leaning: usize| Count::new(counts[leaning], of_bin(names, leaning, bin));
        let row = |(bin, counts)| (range(bin), STACK.map(|leaning| count(bin, counts, leaning)));
        let rows = overview.tilt.iter().enumerate().map(row).collect();
        Self { bars, most: grouped(most), summary: summary(overview, names), rows }
    }
}

fn sum(counts: &ByLeaning) -> u64 {
    counts.iter().sum()
}

/// From which tilt to which a bar goes.
fn range(bin: usize) -> String {
    format!("{:+.1} to {:+.1}", tilt_edge(bin), tilt_edge(bin + 1))
}

/// The postings of a part of a bar; the last holds its end, which is the largest tilt.
fn of_bin(names: &Names<'_>, leaning: usize, bin: usize) -> Filter {
    let end = (bin + 1 < TILT_BINS).then(|| tilt_edge(bin + 1));
    names.filter(leaning).between("tilt", tilt_edge(bin), end)
}

fn summary(overview: &Overview, names: &Names<'_>) -> String {
    let all: u64 = overview.tilt.iter().map(sum).sum();
    // Three of ten on either side: a tilt beyond 0.4.
    let outer = TILT_BINS * 3 / 10;
    let clear = |bins: &[ByLeaning]| bins.iter().map(sum).sum::<u64>();
    let (left, right) = (clear(&overview.tilt[..outer]), clear(&overview.tilt[TILT_BINS - outer..]));
    format!(
        "{} of {} postings with any evidence are clear, beyond 0.4: {} to {}, {} to {}.",
        percent(left + right, all),
        grouped(all),
        percent(left, all),
        names.labels[0],
        percent(right, all),
        names.labels[1]
    )
}

/// One or more postings of the scatter.
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub radius: f64,
    pub class: &'static str,
    pub label: String,
    pub of: Filter,
}

/// The scatter of left against right evidence.
pub struct Scatter {
    pub dots: Vec<Dot>,
    /// Where both axes end, in log-odds.
    pub end: f64,
    pub summary: String,
    /// Postings by bands of left (rows) and right (columns) evidence.
    pub rows: Vec<(String, Vec<Count>)>,
    pub columns: Vec<String>,
}

/// Where the bands of the scatter's table begin, in log-odds.
const BANDS: [f64; 5] = [0.0, 2.0, 5.0, 10.0, 20.0];
/// The columns of left and of right evidence, as the script knows them.
const AXES: [&str; 2] = ["left_evidence", "right_evidence"];

impl Scatter {
    pub const SIZE: f64 = 300.0;

    pub fn new(overview: &Overview, names: &Names<'_>) -> Self {
        let end = axis_end(overview);
        let groups = Group::all(overview, end);
        let most = groups.iter().map(|group| group.count).max().unwrap_or(1);
        let dots = groups.iter().map(|group| group.dot(most, end, names)).collect();
        let (columns, rows) = bands(overview);
        Self { dots, end, summary: Self::summary(overview), rows, columns }
    }

    fn summary(overview: &Overview) -> String {
        let both = |((left, right), counts): (&(u16, u16), &ByLeaning)| {
            let least = f64::from(*left.min(right)) * EVIDENCE_STEP;
            if least >= 2.0 { sum(counts) } else { 0 }
        };
        let all: u64 = overview.evidence.values().map(sum).sum();
        let mixed: u64 = overview.evidence.iter().map(both).sum();
        format!("{} have evidence of 2 or more for each of the two roles.", percent(mixed, all))
    }
}

/// Postings of one leaning whose evidence is so near that they are one dot.
struct Group {
    leaning: usize,
    /// Places on the axes, left and right.
    places: [u64; 2],
    count: u64,
    /// The first and the last step of evidence, left and right.
    steps: [(u16, u16); 2],
}

impl Group {
    /// All of them, the largest first, so that none hides another.
    fn all(overview: &Overview, end: f64) -> Vec<Self> {
        let mut groups: BTreeMap<([u64; 2], usize), Self> = BTreeMap::new();
        for ((left, right), counts) in &overview.evidence {
            let places = [left, right].map(|steps| place(*steps, end));
            for (leaning, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let alone = || Self { leaning, places, count: 0, steps: [(*left, *left), (*right, *right)] };
                let group = groups.entry((places, leaning)).or_insert_with(alone);
                group.count += count;
                for (known, steps) in group.steps.iter_mut().zip([left, right]) {
                    *known = (known.0.min(*steps), known.1.max(*steps));
                }
            }
        }
        let mut groups: Vec<Self> = groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        groups
    }

    fn dot(&self, most: u64, end: f64, names: &Names<'_>) -> Dot {
        let step = Scatter::SIZE / PLACES;
        let [left, right] = self.places.map(number);
        Dot {
            x: rounded(left * step),
            y: rounded(Scatter::SIZE - right * step),
            radius: rounded(2.5 + 8.0 * (number(self.count - 1) / number(most.max(20) - 1)).sqrt()),
            class: CLASSES[self.leaning],
            label: format!(
                "{} {}: {:.1} against {:.1}",
                grouped(self.count),
                names.labels[self.leaning],
                left / PLACES * end,
                right / PLACES * end
            ),
            of: self.filter(names),
        }
    }

    /// All that lies between the first and the last step is in the group, too: a place of an axis
    /// is a run of steps.
    fn filter(&self, names: &Names<'_>) -> Filter {
        let of_axis = |filter: Filter, (key, (first, last)): (&str, (u16, u16))| {
            let end = (last < EVIDENCE_STEPS).then(|| f64::from(last + 1) * EVIDENCE_STEP);
            filter.between(key, f64::from(first) * EVIDENCE_STEP, end)
        };
        AXES.into_iter().zip(self.steps).fold(names.filter(self.leaning), of_axis)
    }
}

/// Where the axes end so that nearly all postings stand inside them.
fn axis_end(overview: &Overview) -> f64 {
    let mut larger: BTreeMap<u16, u64> = BTreeMap::new();
    for ((left, right), counts) in &overview.evidence {
        *larger.entry(*left.max(right)).or_default() += sum(counts);
    }
    let wanted = number(larger.values().sum()) * INSIDE;
    let mut inside = 0;
    let end = larger.iter().find_map(|(steps, count)| {
        inside += count;
        (number(inside) >= wanted).then_some(f64::from(*steps) * EVIDENCE_STEP)
    });
    // Even numbers, so that the middle of an axis is a whole one.
    ((end.unwrap_or(0.0) / 2.0).ceil() * 2.0).max(4.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to PLACES")]
fn place(steps: u16, end: f64) -> u64 {
    (f64::from(steps) * EVIDENCE_STEP / end * PLACES).round().min(PLACES) as u64
}

fn bands(overview: &Overview) -> (Vec<String>, Vec<(String, Vec<Count>)>) {
    let band = |steps: u16| BANDS.partition_point(|start| *start <= f64::from(steps) * EVIDENCE_STEP) - 1;
    let mut counts = [[0_u64; BANDS.len()]; BANDS.len()];
    for ((left, right), of_leaning) in &overview.evidence {
        counts[band(*left)][band(*right)] += sum(of_leaning);
    }
    let name = |at: usize| match BANDS.get(at + 1) {
        Some(end) => format!("{} to {end}", BANDS[at]),
        None => format!("{} or more", BANDS[at]),
    };
    let names: Vec<String> = (0..BANDS.len()).map(name).collect();
    let within =
        |filter: Filter, axis: usize, at: usize| filter.between(AXES[axis], BANDS[at], BANDS.get(at + 1).copied());
    let count = |left: usize, right: usize| {
        Count::new(counts[left][right], within(within(Filter::default(), 0, left), 1, right))
    };
    let row = |left: usize| (names[left].clone(), (0..BANDS.len()).map(|right| count(left, right)).collect());
    let rows = (0..BANDS.len()).map(row).collect();
    (names, rows)
}
