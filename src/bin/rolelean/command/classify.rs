//! `rolelean classify`: many postings in, a report out.

use std::io::{BufWriter, IsTerminal as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use rolelean::classifier::Classifier;
use rolelean::input::{ALL_COLUMNS, InputError, InputFormat, Inputs, Pending, ReadOptions, Source as _, listed_paths};
use rolelean::report::{
    CsvStyle, Earlier, Further, HtmlReport, JsonLines, JsonStream, Merge, PostingsStream, ReportFolder, RunSettings,
};
use rolelean::run::{self, Known, Settings, Sink, SinkError, Summary};
use rolelean::staging::is_report;

use super::{load, read_options, shown};
use crate::args::{Classify, Output, OutputFormat, StreamFormat};
use crate::interrupt::Interrupt;
use crate::notices::Notices;
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::summary::{self, Ended, Joined};
use crate::terminal::note;

pub fn run(args: &Classify, output: &Output) -> anyhow::Result<Outcome> {
    if args.input_format.is_some() && !args.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!("--input-format is for standard input: add `-` as a path, or leave the option out");
    }
    if args.stdout && args.output_format == OutputFormat::Csv && args.keep.iter().any(|column| column == ALL_COLUMNS) {
        bail!(
            "with --stdout the header is written before all columns are known: name the columns to --keep, or add \
             --output-format jsonl"
        );
    }
    // Where no report is written, none is in the way.
    let out = if args.stdout { &[] } else { std::slice::from_ref(&args.out) };
    let input_format = args.input_format.map(input_format);
    let (keep_columns, listed) = (args.keep.clone(), listed(args)?);
    let options = ReadOptions { input_format, keep_columns, listed, ..read_options(&args.columns, out) };
    let mut inputs = Inputs::new(args.paths.clone(), options).map_err(|error| match error {
        InputError::Nothing { .. } => anyhow!("{error}{}", what_stays(args)),
        _ => error.into(),
    })?;
    if args.dry_run {
        return dry_run(&mut inputs, output);
    }
    // Leaked on purpose: it lives until the program exits, and freeing it would cost as much as making it.
    let classifier: &'static Classifier = Box::leak(Box::new(Classifier::new(load(&args.lexicon)?)));
    // A table on the same terminal would be drawn over.
    let in_the_way = args.stdout && std::io::stdout().is_terminal();
    let progress = if in_the_way { Progress::hidden() } else { Progress::new(output, &inputs) };
    let mut job = Job { args, classifier, inputs: &mut inputs, progress, verbose: output.verbose, known: None };
    let ended = if args.stdout { job.stream()? } else { job.report()? };
    if !output.quiet {
        note(&summary::page(classifier.lexicon(), &ended)?);
        advise_on_excel(args);
    }
    Ok(if ended.summary.skipped == 0 { Outcome::Complete } else { Outcome::Incomplete })
}

/// Excel takes tables without a byte order mark for another encoding. Programs that run this one need no such advice.
fn advise_on_excel(args: &Classify) {
    if !args.stdout && !args.bom() && !args.xlsx() && std::io::stderr().is_terminal() {
        note("for Excel run it with --excel, which adds a workbook and marks the tables as UTF-8\n");
    }
}

/// Reads all inputs, says what was read of them, and does nothing else.
fn dry_run(inputs: &mut Inputs, output: &Output) -> anyhow::Result<Outcome> {
    let (mut summary, mut notices) = (Summary::default(), Notices::new(output.verbose));
    let mut titled = 0;
    while let Some(next) = inputs.next() {
        match next.and_then(Pending::read) {
            Ok(posting) => {
                summary.classified += 1;
                titled += u64::from(!posting.title.is_empty());
            }
            Err(skipped) => {
                summary.skipped += 1;
                notices.skipped(&skipped)?;
            }
        }
    }
    inputs.check_columns()?;
    summary.tables = inputs.tables();
    summary.documents = inputs.documents();
    note(&summary::dry(&summary, &notices, titled)?);
    Ok(if summary.skipped == 0 { Outcome::Complete } else { Outcome::Incomplete })
}

/// What a run is made of.
struct Job<'j> {
    args: &'j Classify,
    classifier: &'j Classifier,
    inputs: &'j mut Inputs,
    progress: Progress,
    verbose: bool,
    /// Postings to be passed over.
    known: Option<Arc<Known>>,
}

/// A report whose files are written.
struct Written<'c> {
    interrupt: Interrupt,
    summary: Summary,
    notices: Notices,
    report: ReportFolder<'c>,
}

impl<'j> Job<'j> {
    /// Writes the postings to standard output.
    fn stream(&mut self) -> anyhow::Result<Ended> {
        let out = std::io::stdout().lock();
        let mut postings: Box<dyn Sink> = match self.args.output_format {
            OutputFormat::Csv => {
                let (lexicon, style) = (self.classifier.lexicon(), style(self.args));
                Box::new(PostingsStream::new(BufWriter::new(out), lexicon, style, &self.args.keep))
            }
            OutputFormat::Jsonl => Box::new(JsonStream::new(out, self.classifier.lexicon())),
        };
        let mut notices = self.notices();
        let interrupt = Interrupt::listen(None)?;
        let summary = self.classify(&mut [&mut *postings, &mut notices], &interrupt)?;
        interrupt.run_has_ended();
        self.check(&summary, &notices)?;
        Ok(Ended { summary, notices, report: None, split_tables: Vec::new(), html: false, joined: None })
    }

    /// Writes a report folder.
    fn report(&mut self) -> anyhow::Result<Ended> {
        match earlier(self.args)? {
            Some(earlier) => self.report_since(earlier),
            None => self.report_of_all(),
        }
    }

    fn report_of_all(&mut self) -> anyhow::Result<Ended> {
        let written = self.write(self.run_settings())?;
        written.interrupt.run_has_ended();
        let Written { summary, notices, report, .. } = written;
        let (skills, split_tables) = (report.skills().clone(), report.split_tables().to_vec());
        let report = Some((report.publish()?, skills));
        let html = self.args.formats.html;
        Ok(Ended { summary, notices, report, split_tables, html, joined: None })
    }

    /// Classifies what is new since an earlier report, and writes a report of both.
    fn report_since(&mut self, earlier: Earlier) -> anyhow::Result<Ended> {
        let all = self.run_settings();
        earlier.check(self.classifier.lexicon(), &all)?;
        let (before, known) = (earlier.settings().clone(), Arc::new(earlier.known()));
        self.known = Some(Arc::clone(&known));
        // What the earlier report holds the new one is to hold, too, as far as it can be made of both.
        let html = all.html || before.html && before.jsonl;
        let further = Further { html: html.then_some(self.classifier), xlsx: all.xlsx || before.xlsx };
        let new = RunSettings { html: false, xlsx: false, jsonl: before.jsonl, ..all };
        let Written { interrupt, summary, notices, report } = self.write(new)?;
        let merge = Merge::go_on(earlier, report.folder(), &self.args.out, further)?;
        interrupt.also_remove(merge.left_over());
        let merged = merge.join()?;
        interrupt.run_has_ended();
        let joined = Joined { already: known.met(), postings: merged.postings, left_out: merged.left_out };
        let report = Some((merge.publish()?, report.skills().clone()));
        Ok(Ended { summary, notices, report, split_tables: merged.split_tables, html, joined: Some(joined) })
    }

    /// Classifies everything, and writes the files of a report that is still to be put in place.
    fn write(&mut self, about: RunSettings) -> anyhow::Result<Written<'j>> {
        let (html, jsonl) = (about.html, about.jsonl);
        let mut report = ReportFolder::create(self.classifier, &self.args.out, style(self.args), about)?;
        let interrupt = Interrupt::listen(Some(report.left_over()))?;
        let mut further = self.further(&report.folder(), html, jsonl)?;
        let mut notices = self.notices();
        let mut sinks: Vec<&mut dyn Sink> = vec![&mut report, &mut notices];
        sinks.extend(further.iter_mut().map(|sink| &mut **sink as &mut dyn Sink));
        let summary = self.classify(&mut sinks, &interrupt)?;
        self.check(&summary, &notices)?;
        // Closed before their folder moves.
        drop(further);
        Ok(Written { interrupt, summary, notices, report })
    }

    fn run_settings(&self) -> RunSettings {
        RunSettings {
            paths: self.paths(),
            threads: settings(self.args).threads.get(),
            raw_cells: self.args.raw_cells,
            bom: self.args.bom(),
            dedupe: self.args.dedupe,
            keep: self.args.keep.clone(),
            html: self.args.formats.html,
            jsonl: self.args.formats.jsonl,
            xlsx: self.args.xlsx(),
        }
    }

    fn paths(&self) -> Vec<String> {
        let given = self.args.paths.iter().map(|path| path.display().to_string());
        // Not each path of the list: there may be a million.
        let list = self.args.files_from.iter().map(|list| format!("--files-from {}", list.display()));
        given.chain(list).collect()
    }

    /// What is written into the report's folder besides its tables.
    fn further<'s>(&self, folder: &Path, html: bool, jsonl: bool) -> Result<Vec<Box<dyn Sink + 's>>, SinkError>
    where
        Self: 's,
    {
        let mut further: Vec<Box<dyn Sink + 's>> = Vec::new();
        if html {
            further.push(Box::new(HtmlReport::create(folder, self.classifier, self.paths(), &self.args.keep)?));
        }
        if jsonl {
            further.push(Box::new(JsonLines::create(folder, self.classifier.lexicon())?));
        }
        Ok(further)
    }

    fn notices(&self) -> Notices {
        Notices::new(self.verbose)
    }

    fn classify(&mut self, sinks: &mut [&mut dyn Sink], interrupt: &Interrupt) -> anyhow::Result<Summary> {
        let settings = Settings { known: self.known.clone(), ..settings(self.args) };
        let stop = interrupt.asked();
        let result = run::run(self.inputs, self.classifier, settings, sinks, stop, |summary| {
            self.progress.update(summary);
        });
        if result.is_err() {
            interrupt.run_has_ended();
        }
        self.progress.clear();
        if self.verbose {
            for report in self.inputs.older_reports() {
                note(&format!("left out {}, a report of an earlier run\n", shown(&report)));
            }
        }
        Ok(result?)
    }

    /// Whether the run has read anything, in the way it was asked to: else an older report stays.
    fn check(&self, summary: &Summary, notices: &Notices) -> anyhow::Result<()> {
        self.inputs.check_columns()?;
        if summary.classified > 0 || self.known.as_ref().is_some_and(|known| known.met() > 0) {
            return Ok(());
        }
        let (reasons, stays) = (reasons(summary, notices), what_stays(self.args));
        match summary.skipped {
            0 => bail!("the inputs hold no posting{stays}"),
            1 => bail!("nothing could be read: the only input was skipped{stays}{reasons}"),
            all => bail!("nothing could be read: all {all} inputs were skipped{stays}{reasons}"),
        }
    }
}

/// The report that the run goes on from. The first time there is none yet in its place.
fn earlier(args: &Classify) -> anyhow::Result<Option<Earlier>> {
    let Some(path) = &args.since else { return Ok(None) };
    if path.exists() {
        return Ok(Some(Earlier::open(path.clone())?));
    }
    if path.components().eq(args.out.components()) {
        return Ok(None);
    }
    bail!(
        "`{}` does not exist: --since takes a report, and only the one that is to be written at --out may be missing, \
         the first time",
        shown(path)
    )
}

/// The paths of a list that was given.
fn listed(args: &Classify) -> anyhow::Result<Vec<PathBuf>> {
    let Some(list) = &args.files_from else { return Ok(Vec::new()) };
    if list.as_os_str() == "-" && args.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!(
            "standard input cannot be both a list of files and a posting: leave out `-`, or write the list to a file"
        );
    }
    let listed = listed_paths(list).with_context(|| format!("cannot read the list {}", shown(list)))?;
    if listed.is_empty() && args.paths.is_empty() {
        bail!("nothing to read: no path stands in the list {}{}", shown(list), what_stays(args));
    }
    Ok(listed)
}

/// What becomes of the report where there is nothing to write.
fn what_stays(args: &Classify) -> String {
    match &args.out {
        _ if args.stdout => String::new(),
        out if is_report(out) => format!("; the report in {} was not changed", shown(out)),
        _ => "; no report is written".to_owned(),
    }
}

/// The first reasons for skipping, a line each.
fn reasons(summary: &Summary, notices: &Notices) -> String {
    let mut reasons = String::from("\n");
    summary::skips(&mut reasons, summary, notices);
    reasons.truncate(reasons.trim_end().len());
    reasons
}

fn input_format(format: StreamFormat) -> InputFormat {
    match format {
        StreamFormat::Text => InputFormat::Text,
        StreamFormat::Html => InputFormat::Html,
        StreamFormat::Docx => InputFormat::Docx,
        StreamFormat::Pdf => InputFormat::Pdf,
        StreamFormat::Csv => InputFormat::Csv,
        StreamFormat::Tsv => InputFormat::Tsv,
        StreamFormat::Json => InputFormat::Json,
        StreamFormat::Jsonl => InputFormat::JsonLines,
    }
}

fn settings(args: &Classify) -> Settings {
    let threads = args.threads.and_then(|threads| NonZeroUsize::new(threads.into()));
    let threads = threads.unwrap_or(Settings::default().threads);
    Settings { threads, fail_fast: args.fail_fast, dedupe: args.dedupe, known: None }
}

fn style(args: &Classify) -> CsvStyle {
    CsvStyle { raw_cells: args.raw_cells, bom: args.bom(), inert: args.stdout && std::io::stdout().is_terminal() }
}
