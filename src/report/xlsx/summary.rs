//! The first sheet of the workbook: what was read by what, what came of it, and what the columns and colours mean.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::Formats;
use crate::report::date::today;
use crate::report::run_file::RunFile;

/// The name of the sheet.
const NAME: &str = "summary";
/// Paths of the run that are listed.
const PATHS: usize = 10;
/// How many digits wide the three columns are.
const WIDTHS: [u32; 3] = [32, 16, 90];

/// What the columns say that need a word; `{left}` and `{right}` stand for the words of the two sides. All of them are
/// explained in docs/output.md.
const LEGEND: [(&str, &str); 19] = [
    ("posting", "The number of the row; in the sheet postings a link to what was found in it."),
    ("leaning", "The verdict: one of the two roles, balanced (truly both) or neither."),
    ("reason", "Why it is no role: too little, too diffuse, another profession; or that it is both."),
    ("tilt", "From -1 (all evidence is {left}) to +1 (all is {right}); empty without evidence."),
    ("probability", "How probable the verdict is, calibrated on labelled postings; empty where it is balanced."),
    ("p_{left}, p_{right}, p_neither", "The probabilities of the three answers; they add up to 1."),
    ("score", "The sum of the contributions in the sheet matches: negative is {left}, positive {right}."),
    ("top_{left}, top_{right}", "The five skills that contributed most to each side."),
    ("title_agrees", "FALSE where the title names one role and the body asks for the other."),
    ("contribution", "What a skill adds to the score: its weight, times a factor for the section it stands in."),
    ("section, requirement", "Where a skill is named, and whether it is required or preferred."),
    (
        "share",
        "Postings that name the skill, as a share of all; {left}_share and {right}_share: of those of each role.",
    ),
    ("required, preferred", "Of the postings that name the skill, how many demand it and how many welcome it."),
    (
        "required share",
        "In the sheet market: of the postings of a role that name the skill, the share that demands it.",
    ),
    (
        "pay_median",
        "The median of a year's pay in the postings that name the skill, in pay_currency; {left}_ and {right}_: of those of each role.",
    ),
    (
        "pay_postings, pay_left_out",
        "The postings behind that median; those that state pay in another currency, or without currency or period.",
    ),
    ("years_median, years_postings", "The median of the fewest years of experience, and how many postings state them."),
    ("lift", "How many times more common the skill is among postings of its side than among all."),
    ("sole_evidence", "Postings whose verdict rests on this skill alone."),
];

/// What the sheet is made from.
pub(in crate::report) struct Summary<'r> {
    /// The run, with all its counts.
    pub(in crate::report) run: &'r RunFile,
    /// The words of the two sides.
    pub(in crate::report) sides: [&'r str; 2],
}

/// The sheet while it is written, row by row.
struct Page<'f> {
    sheet: Worksheet,
    row: u32,
    formats: &'f Formats,
}

impl Summary<'_> {
    /// The finished sheet.
    pub(super) fn sheet(&self, formats: &Formats) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(NAME)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 1);
        for (width, column) in WIDTHS.into_iter().zip(0..) {
            sheet.set_column_width(column, width)?;
        }
        let mut page = Page { sheet, row: 0, formats };
        self.about(&mut page)?;
        self.verdicts(&mut page)?;
        self.legend(&mut page)?;
        Ok(page.sheet)
    }

    fn about(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let run = self.run;
        let [left, right] = &run.lexicon.roles;
        page.sheet.write_string_with_format(0, 0, format!("{left} or {right}?"), &page.formats.title)?;
        page.row = 2;
        page.text("date", &today())?;
        page.count("postings", run.postings)?;
        page.count("inputs that were skipped", run.skipped)?;
        page.count("words", run.words)?;
        page.count("title names the other role", run.title_disagrees)?;
        page.count("with the id of an earlier posting", run.repeated_ids)?;
        let paths = &run.settings.paths;
        for (at, path) in paths.iter().take(PATHS).enumerate() {
            page.text(if at == 0 { "read from" } else { "" }, path)?;
        }
        if paths.len() > PATHS {
            page.text("", &format!("and {} more", paths.len() - PATHS))?;
        }
        let lexicon = &run.lexicon;
        page.text("lexicon", &format!("{} {}, {:.12}", lexicon.name, lexicon.version, lexicon.sha256))?;
        page.text("program", &format!("rolelean {}", run.rolelean))?;
        page.text(
            "sheets",
            "market: skills by role; postings: a row for each; matches: why; skills: their counts; skipped: not read",
        )
    }

    /// How many postings have each leaning, in its colour.
    fn verdicts(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        page.row += 1;
        page.headings(["leaning", "postings", "share of all"])?;
        let [left, right] = &self.run.lexicon.roles;
        for (leaning, format) in [left, right, "balanced", "neither"].into_iter().zip(&page.formats.leanings) {
            let count = self.run.leanings.get(leaning).copied().unwrap_or(0);
            page.sheet.write_string_with_format(page.row, 0, leaning, format)?;
            page.sheet.write_number(page.row, 1, number(count))?;
            if self.run.postings > 0 {
                let share = number(count) / number(self.run.postings);
                page.sheet.write_number_with_format(page.row, 2, share, &page.formats.percent)?;
            }
            page.row += 1;
        }
        Ok(())
    }

    fn legend(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        page.row += 1;
        page.headings(["column", "meaning", ""])?;
        let [left, right] = self.sides;
        let filled = |text: &str| text.replace("{left}", left).replace("{right}", right);
        for (column, meaning) in LEGEND {
            page.text(&filled(column), &filled(meaning))?;
        }
        Ok(())
    }
}

impl Page<'_> {
    fn count(&mut self, name: &str, count: u64) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, 0, name)?;
        self.sheet.write_number(self.row, 1, number(count))?;
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, name: &str, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, 0, name)?;
        self.sheet.write_string(self.row, 1, text)?;
        self.row += 1;
        Ok(())
    }

    fn headings(&mut self, names: [&str; 3]) -> Result<(), XlsxError> {
        for (name, column) in names.into_iter().zip(0..) {
            self.sheet.write_string_with_format(self.row, column, name, &self.formats.header)?;
        }
        self.row += 1;
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of postings, far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}
