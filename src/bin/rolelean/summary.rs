//! The closing summary of a run, for people.

use std::fmt::Write as _;

use rolelean::input::{DocumentsRead, Field, TableRead};
use rolelean::lexicon::{Lexicon, Scoring, Side, SkillLeaning};
use rolelean::report::SkillCounts;
use rolelean::run::Summary;
use rolelean::staging::Published;

use crate::notices::Notices;
use crate::terminal::{BOLD, DIM, LEFT, RIGHT, WARNING, notice_width, plain, plain_line, styled};
use crate::wrap::{labelled, list};

/// Kinds of tables that are listed.
const SHOWN_TABLES: usize = 5;
/// Strongest skills of a side that are listed.
const SHOWN_SKILLS: usize = 8;

/// A run that has ended well, for the closing summary.
pub struct Ended {
    pub summary: Summary,
    pub notices: Notices,
    /// The report's folder and the counts of its skills, where there is one.
    pub report: Option<(Published, SkillCounts)>,
    /// The tables that fill several sheets of the workbook.
    pub split_tables: Vec<(String, u64)>,
    /// Whether the report holds a page to look at.
    pub html: bool,
    /// What the report was joined with.
    pub joined: Option<Joined>,
}

/// An earlier report that the new postings were added to.
pub struct Joined {
    /// Postings of the inputs that it holds already.
    pub already: u64,
    /// Postings of both together.
    pub postings: u64,
    /// Files that it holds and the new report does not.
    pub left_out: Vec<&'static str>,
}

/// What is printed when a run has ended well.
pub fn page(lexicon: &Lexicon, ended: &Ended) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    leanings(&mut page, lexicon, ended)?;
    if let Some(joined) = &ended.joined {
        let Joined { already, postings, left_out } = joined;
        writeln!(page, "{already} more were in the earlier report already; {postings} in the report now")?;
        not_joined(&mut page, left_out)?;
    }
    if let Some((_, skills)) = &ended.report {
        strongest(&mut page, lexicon, skills);
    }
    if ended.notices.warnings > 0 {
        let count = ended.notices.warnings;
        writeln!(page, "{count} with warnings, in the column `warnings` of postings.csv; -v prints them")?;
    }
    tables(&mut page, &ended.summary.tables, ended.notices.verbose)?;
    documents(&mut page, &ended.summary.documents);
    repeated(&mut page, ended.summary.repeated_ids)?;
    skipped(&mut page, ended)?;
    split(&mut page, &ended.split_tables)?;
    if let Some((published, _)) = &ended.report {
        written(&mut page, published, ended.html)?;
    }
    Ok(page)
}

/// What is printed of inputs that were read for a look alone, where so many postings have a title.
pub fn dry(summary: &Summary, notices: &Notices, titled: u64) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    let Summary { classified, skipped, .. } = summary;
    writeln!(page, "{BOLD}{classified} postings{BOLD:#} would be read, {titled} of them with a title")?;
    tables(&mut page, &summary.tables, notices.verbose)?;
    documents(&mut page, &summary.documents);
    if *skipped > 0 {
        writeln!(page, "{WARNING}{skipped} would be skipped{WARNING:#}:")?;
        skips(&mut page, summary, notices);
    }
    Ok(page)
}

fn leanings(page: &mut String, lexicon: &Lexicon, ended: &Ended) -> std::fmt::Result {
    let summary = &ended.summary;
    let classified = summary.classified;
    let plural = if classified == 1 { "" } else { "s" };
    let seconds = summary.elapsed.as_secs_f64();
    writeln!(page, "{BOLD}{classified} posting{plural}{BOLD:#} classified in {seconds:.2} s")?;
    let rows = [
        (LEFT, lexicon.role(Side::Left).id.as_str(), summary.leanings.left),
        (RIGHT, lexicon.role(Side::Right).id.as_str(), summary.leanings.right),
        (BOLD, "balanced", summary.leanings.balanced),
        (DIM, "neither", summary.leanings.neither),
    ];
    for (style, name, count) in rows {
        writeln!(page, "  {style}{name:<20}{style:#} {count:>8}  {:>5.1} %", percent(count, classified))?;
    }
    if lexicon.scoring().doubt >= Scoring::UNTESTED {
        writeln!(
            page,
            "  probabilities are not calibrated, and no role gets more than 0.8: no labelled\n  posting has tested this lexicon yet (`rolelean lexicon fit`)"
        )?;
    }
    if summary.title_disagrees > 0 {
        let count = summary.title_disagrees;
        writeln!(page, "  {count} with a title that names the other role")?;
    }
    Ok(())
}

/// The skills that put most weight on each side's scale over the whole run.
fn strongest(page: &mut String, lexicon: &Lexicon, skills: &SkillCounts) {
    for (side, style) in [(Side::Left, LEFT), (Side::Right, RIGHT)] {
        let mut strongest: Vec<(f64, &str)> = lexicon
            .skill_ids()
            .zip(skills.counts().iter().map(|counts| counts.leaning[side.index()]))
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| (lexicon.skill(id), count))
            .filter(|(skill, _)| skill.leaning == SkillLeaning::Toward(side))
            .map(|(skill, count)| (skill.weight.abs().to_f64() * number(count), skill.name.as_str()))
            .collect();
        strongest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let names: Vec<&str> = strongest.iter().take(SHOWN_SKILLS).map(|(_, name)| *name).collect();
        if !names.is_empty() {
            let label = format!("strongest for {}: ", styled(style, &lexicon.role(side).id));
            *page += &list(&label, &names.join(", "), 2, notice_width());
        }
    }
}

/// What was read of tables, a line each, with a warning where another column may be the text.
pub fn tables(page: &mut String, tables: &[TableRead], verbose: bool) -> std::fmt::Result {
    // Of a single line that was answered as it came, no columns are known.
    let is_told = |table: &&TableRead| table.postings > 0 && (verbose || !table.columns.is_empty());
    let read: Vec<&TableRead> = tables.iter().filter(is_told).collect();
    let shown = if verbose { read.len() } else { SHOWN_TABLES };
    for table in read.iter().take(shown) {
        *page += &labelled("", &plain_line(&table_line(table, verbose)), 2, notice_width());
        if let Some(advice) = table.warning() {
            *page += &labelled(&styled(WARNING, "  warning: "), &plain_line(&advice), 4, notice_width());
        }
    }
    match read.len().saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(page, "and {more} more kinds of tables; -v prints them"),
    }
}

/// `jobs.csv: 300 postings; title from `Position`, text from `Advert` (median 410 words)`.
fn table_line(table: &TableRead, verbose: bool) -> String {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let others = match table.tables - 1 {
        0 => String::new(),
        more => format!(" and {more} more with the same columns"),
    };
    let mut line = format!("{}{others}: {}; ", table.source, counted(table.postings, "posting"));
    let named: &[(Field, &str)] = if verbose {
        &[(Field::Id, "id"), (Field::Title, "title"), (Field::Company, "company"), (Field::Location, "location")]
    } else {
        &[(Field::Title, "title")]
    };
    for (field, name) in named {
        match table.names(*field).as_slice() {
            [] => line += &format!("no column with the {name}, "),
            names => line += &format!("{name} from {}, ", quoted(names)),
        }
    }
    let text: Vec<&str> = table.names(Field::Text).into_iter().chain(table.names(Field::Part)).collect();
    if text.is_empty() {
        line += &format!("text found in each by itself (median {} words)", table.median_words);
    } else {
        line += &format!("text from {} (median {} words)", quoted(&text), table.median_words);
    }
    let left_out: Vec<String> =
        table.left_out.iter().map(|(name, words)| format!("`{name}` (median {words} words)")).collect();
    if !left_out.is_empty() {
        line += &format!("; not used: {}", left_out.join(", "));
    }
    line
}

/// What was read of documents, a line for each kind.
fn documents(page: &mut String, documents: &[DocumentsRead]) {
    for read in documents.iter().filter(|read| read.postings > 0) {
        *page += &labelled("", &documents_line(read), 2, notice_width());
    }
}

/// `12 PDF files: 12 postings (median 410 words); title from the file name for 3`.
fn documents_line(read: &DocumentsRead) -> String {
    let (documents, postings) = (counted(read.documents, read.kind.name()), counted(read.postings, "posting"));
    let mut line = format!("{documents}: {postings} (median {} words)", read.median_words);
    let titles = [("title from the file name for", read.titled_by_file), ("no title for", read.untitled)];
    let titles: Vec<String> =
        titles.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what} {count}")).collect();
    if !titles.is_empty() {
        line += &format!("; {}", titles.join(", "));
    }
    line
}

/// `1 posting`, `2 postings`.
fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// How many postings repeat an id, if any do.
pub fn repeated(page: &mut String, count: u64) -> std::fmt::Result {
    match count {
        0 => Ok(()),
        1 => writeln!(page, "1 has the id of an earlier one: the column `posting` tells them apart"),
        _ => writeln!(page, "{count} have the id of an earlier one: the column `posting` tells them apart"),
    }
}

/// Files that some of the joined reports hold and their report does not.
pub fn not_joined(page: &mut String, left_out: &[&str]) -> std::fmt::Result {
    if left_out.is_empty() { Ok(()) } else { writeln!(page, "not joined: {}", left_out.join(", ")) }
}

fn skipped(page: &mut String, ended: &Ended) -> std::fmt::Result {
    let count = ended.summary.skipped;
    if count == 0 {
        return Ok(());
    }
    let where_ = if ended.report.is_some() { ", with the reasons in skipped.csv" } else { "" };
    writeln!(page, "{WARNING}{count} skipped{WARNING:#}{where_}:")?;
    skips(page, &ended.summary, &ended.notices);
    Ok(())
}

/// The first inputs that were skipped, with the reasons.
pub fn skips(page: &mut String, summary: &Summary, notices: &Notices) {
    for skipped in &notices.skipped {
        *page += &labelled("  ", &plain_line(&skipped.to_string()), 4, notice_width());
    }
    let more = summary.skipped - notices.skipped.len() as u64;
    if more > 0 {
        *page += &format!("  and {more} more\n");
    }
}

/// The tables that have no room in one sheet of the workbook.
pub fn split(page: &mut String, tables: &[(String, u64)]) -> std::fmt::Result {
    for (table, sheets) in tables {
        writeln!(page, "{table} fills {sheets} sheets of report.xlsx, because Excel allows 1,048,576 rows in one")?;
    }
    Ok(())
}

fn written(page: &mut String, published: &Published, html: bool) -> std::fmt::Result {
    let folder = styled(BOLD, &published.folder.display().to_string());
    writeln!(page, "report in {folder}: postings.csv says which role, matches.csv says why")?;
    if html {
        writeln!(page, "open report.html in a browser to look at it")?;
    }
    *page += &older_left(published);
    Ok(())
}

/// Where the older report is, if it could not be removed.
pub fn older_left(published: &Published) -> String {
    published.older.as_ref().map_or_else(String::new, |older| {
        let older = plain(&older.display().to_string()).into_owned();
        format!("{WARNING}the older report could not be removed{WARNING:#}; it is in {older}\n")
    })
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * number(part) / number(whole) }
}

#[expect(clippy::cast_precision_loss, reason = "counts for people")]
fn number(count: u64) -> f64 {
    count as f64
}
