//! The two drawn charts: the histogram of tilt and the scatter of evidence.
//!
//! Only geometry and words are made here; the template draws. Words beside a chart are no part
//! of the drawing, so that they keep their size on a narrow screen.

use super::figures::{grouped, number, percent, rounded};
use super::overview::{ByLeaning, EVIDENCE_STEP, Overview, TILT_BINS};

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

/// A rectangle of a drawing.
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub class: &'static str,
    pub label: String,
}

/// The histogram of tilt.
pub struct Histogram {
    pub bars: Vec<Rect>,
    /// The height of the highest bar, in postings.
    pub most: String,
    pub summary: String,
    pub rows: Vec<(String, [String; 4])>,
}

impl Histogram {
    pub const WIDTH: f64 = 400.0;
    pub const HEIGHT: f64 = 170.0;

    pub fn new(overview: &Overview, labels: &[String; 4]) -> Self {
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
                    label: format!("tilt {}: {} {}", range(bin), grouped(counts[leaning]), labels[leaning]),
                });
            }
        }
        let rows = overview.tilt.iter().enumerate().map(|(bin, counts)| (range(bin), counts.map(grouped))).collect();
        Self { bars, most: grouped(most), summary: summary(overview, labels), rows }
    }
}

fn sum(counts: &ByLeaning) -> u64 {
    counts.iter().sum()
}

/// From which tilt to which a bar goes.
fn range(bin: usize) -> String {
    let edge = |bin: usize| 2.0 * number(bin as u64) / number(TILT_BINS as u64) - 1.0;
    format!("{:+.1} to {:+.1}", edge(bin), edge(bin + 1))
}

fn summary(overview: &Overview, labels: &[String; 4]) -> String {
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
        labels[0],
        percent(right, all),
        labels[1]
    )
}

/// One or more postings of the scatter.
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub radius: f64,
    pub class: &'static str,
    pub label: String,
}

/// The scatter of left against right evidence.
pub struct Scatter {
    pub dots: Vec<Dot>,
    /// Where both axes end, in log-odds.
    pub end: f64,
    pub summary: String,
    /// Postings by bands of left (rows) and right (columns) evidence.
    pub rows: Vec<(String, Vec<String>)>,
    pub columns: Vec<String>,
}

/// Where the bands of the scatter's table begin, in log-odds.
const BANDS: [f64; 5] = [0.0, 2.0, 5.0, 10.0, 20.0];

impl Scatter {
    pub const SIZE: f64 = 300.0;

    pub fn new(overview: &Overview, labels: &[String; 4]) -> Self {
        let end = axis_end(overview);
        let mut dots: std::collections::BTreeMap<(u64, u64, usize), u64> = std::collections::BTreeMap::new();
        for ((left, right), counts) in &overview.evidence {
            for (leaning, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                *dots.entry((place(*left, end), place(*right, end), leaning)).or_default() += count;
            }
        }
        let most = dots.values().copied().max().unwrap_or(1);
        let step = Self::SIZE / PLACES;
        // The largest first, so that none hides another.
        let mut dots: Vec<_> = dots.into_iter().collect();
        dots.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let dot = |((left, right, leaning), count): ((u64, u64, usize), u64)| Dot {
            x: rounded(number(left) * step),
            y: rounded(Self::SIZE - number(right) * step),
            radius: rounded(2.5 + 8.0 * (number(count - 1) / number(most.max(20) - 1)).sqrt()),
            class: CLASSES[leaning],
            label: format!(
                "{} {}: {:.1} against {:.1}",
                grouped(count),
                labels[leaning],
                number(left) / PLACES * end,
                number(right) / PLACES * end
            ),
        };
        let dots = dots.into_iter().map(dot).collect();
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

/// Where the axes end so that nearly all postings stand inside them.
fn axis_end(overview: &Overview) -> f64 {
    let mut larger: std::collections::BTreeMap<u16, u64> = std::collections::BTreeMap::new();
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

fn bands(overview: &Overview) -> (Vec<String>, Vec<(String, Vec<String>)>) {
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
    let rows = names.iter().cloned().zip(counts.iter().map(|row| row.iter().map(|count| grouped(*count)).collect()));
    (names.clone(), rows.collect())
}
