//! `rolelean lexicon review`: a person's decisions on what was built.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use console::{Key, Term};
use rolelean::file;
use rolelean::lexicon::{Lexicon, Side, SkillLeaning};
use rolelean::staging::replace_files;
use rolelean::workbench::LexiconFiles;
use rolelean::workbench::review::{REVIEW, ReviewRow, ReviewTable};

use super::super::shown;
use crate::args::Output;
use crate::lexicon_args::Review;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, DIM, GOOD, note, plain_line, print, styled};

/// The folders whose files decisions change.
const EDITED: [&str; 2] = ["skills/", "roles/"];

pub fn run(args: &Review, output: &Output) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::from_folder(&args.folder)?;
    let path = args.table.clone().unwrap_or_else(|| args.folder.join(REVIEW));
    let text = file::read_to_string(&path).with_context(|| {
        format!("cannot read {}; `rolelean lexicon build` writes a table of what there is to review", shown(&path))
    })?;
    let mut table = ReviewTable::read(&text).with_context(|| format!("cannot read {}", shown(&path)))?;
    if args.defaults {
        table.take_suggestions();
    } else if args.table.is_none() {
        ask(&lexicon, &mut table)?;
    }
    save(&args.folder, &lexicon, &table)?;
    if output.quiet { Ok(Outcome::Complete) } else { print(&summary(&args.folder, &table)) }
}

/// What a key decides.
enum Answer {
    Keep,
    Drop,
    Side(SkillLeaning),
    Strength(u8),
    Skip,
    Stop,
}

/// Asks about each skill that nobody has decided, until there is none or the person stops.
fn ask(lexicon: &Lexicon, table: &mut ReviewTable) -> anyhow::Result<()> {
    let mut answers = Answers::new();
    let all = table.rows.len();
    let [left, right] = lexicon.roles().each_ref().map(|role| role.label.as_str());
    note(&format!(
        "y or Enter keep as suggested, n drop, 1 2 3 keep with this strength, l {left}, r {right}, s shared, a another profession, space skip, q stop\n"
    ));
    for (at, row) in table.rows.iter_mut().enumerate().filter(|(_, row)| row.keep.is_none()) {
        note(&question(at + 1, all, row));
        match answers.next()? {
            Answer::Keep => row.keep = Some(row.suggested),
            Answer::Drop => row.keep = Some(false),
            Answer::Side(leaning) => {
                row.side = lexicon.leaning_name(leaning).to_owned();
                row.keep = Some(true);
            }
            Answer::Strength(strength) => {
                row.strength = strength;
                row.keep = Some(true);
            }
            Answer::Skip => {}
            Answer::Stop => break,
        }
    }
    Ok(())
}

fn question(number: usize, all: usize, row: &ReviewRow) -> String {
    let suggestion = if row.suggested { "keep" } else { "drop" };
    format!(
        "{} {}, strength {} ({}): {suggestion}?\n  {}\n  {}\n",
        styled(BOLD, &format!("{number} of {all}: {}", plain_line(&row.name))),
        plain_line(&row.side),
        row.strength,
        plain_line(&row.origin),
        plain_line(&row.forms),
        styled(DIM, &plain_line(&row.example)),
    )
}

/// Where answers come from: keys of a terminal, lines of anything else.
enum Answers {
    Keys(Term),
    Lines(io::Lines<io::StdinLock<'static>>),
}

impl Answers {
    fn new() -> Self {
        if io::stdin().is_terminal() { Self::Keys(Term::stderr()) } else { Self::Lines(io::stdin().lock().lines()) }
    }

    /// The next answer; the end of the input stops, and what says nothing is passed over.
    fn next(&mut self) -> io::Result<Answer> {
        loop {
            let key = match self {
                Self::Keys(terminal) => match terminal.read_key()? {
                    Key::Enter => Some('y'),
                    Key::Escape | Key::CtrlC => return Ok(Answer::Stop),
                    Key::Char(key) => Some(key),
                    _ => None,
                },
                Self::Lines(lines) => match lines.next() {
                    Some(line) => Some(line?.chars().next().unwrap_or('y')),
                    None => return Ok(Answer::Stop),
                },
            };
            if let Some(answer) = key.and_then(answer) {
                return Ok(answer);
            }
        }
    }
}

fn answer(key: char) -> Option<Answer> {
    Some(match key.to_ascii_lowercase() {
        'y' => Answer::Keep,
        'n' => Answer::Drop,
        'l' => Answer::Side(SkillLeaning::Toward(Side::Left)),
        'r' => Answer::Side(SkillLeaning::Toward(Side::Right)),
        's' => Answer::Side(SkillLeaning::Shared),
        'a' => Answer::Side(SkillLeaning::OtherProfession),
        digit @ '1'..='3' => Answer::Strength(digit as u8 - b'0'),
        ' ' => Answer::Skip,
        'q' => Answer::Stop,
        _ => return None,
    })
}

/// Writes the table, and the files that the decisions change.
fn save(folder: &Path, lexicon: &Lexicon, table: &ReviewTable) -> anyhow::Result<()> {
    let files = files(folder, lexicon)?;
    let edited = table.carry_out(lexicon, &files)?;
    let changed = edited.iter().filter(|(path, text)| files.get(*path) != Some(text) && is_edited(path));
    let mut written: Vec<(PathBuf, &[u8])> = changed.map(|(path, text)| (folder.join(path), text.as_bytes())).collect();
    let review = table.write();
    written.push((folder.join(REVIEW), review.as_bytes()));
    let written: Vec<(&Path, &[u8])> = written.iter().map(|(path, text)| (path.as_path(), *text)).collect();
    replace_files(&written)?;
    Ok(())
}

fn is_edited(path: &str) -> bool {
    EDITED.iter().any(|start| path.starts_with(start))
}

/// The files that the lexicon was read from.
fn files(folder: &Path, lexicon: &Lexicon) -> anyhow::Result<LexiconFiles> {
    let files: LexiconFiles = lexicon.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    if files.is_empty() {
        bail!("{} holds no files", shown(folder));
    }
    Ok(files)
}

fn summary(folder: &Path, table: &ReviewTable) -> String {
    let kept = table.rows.iter().filter(|row| row.keep == Some(true)).count();
    let dropped = table.rows.iter().filter(|row| row.keep == Some(false)).count();
    let folder = shown(folder);
    let undecided = match table.undecided() {
        0 => "nothing is left to decide".to_owned(),
        left => format!("{left} left: `rolelean lexicon review {folder}` goes on"),
    };
    format!("{} {folder}: {kept} kept, {dropped} dropped, {undecided}\n", styled(GOOD, "reviewed"))
}
