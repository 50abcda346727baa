//! `rolelean lexicon init`, `import`, `export` and `schema`: lexicons from and for elsewhere.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use rolelean::building::{import, starter};
use rolelean::file;
use rolelean::lexicon::SCHEMAS;
use rolelean::staging::replace_file;

use super::super::{load, shown};
use super::folder::Folder;
use crate::args::Output;
use crate::exit::Outcome;
use crate::lexicon_args::{Export, Import};
use crate::terminal::{GOOD, print, styled};

pub fn init(out: &Path, output: &Output) -> anyhow::Result<Outcome> {
    Folder::begin(out)?.write(&starter())?;
    done(
        &format!("a small lexicon is in {0}: edit it, then `rolelean lexicon check --lexicon {0}`", shown(out)),
        output,
    )
}

pub fn from_table(args: &Import, output: &Output) -> anyhow::Result<Outcome> {
    let folder = Folder::begin(&args.out)?;
    let table = file::read_to_string(&args.table).with_context(|| format!("cannot read {}", shown(&args.table)))?;
    let sides = args.left.as_deref().zip(args.right.as_deref()).map(|(left, right)| [left, right]);
    let files = import(&table, args.name.as_deref(), sides).with_context(|| shown(&args.table))?;
    folder.write(&files)?;
    let out = shown(&args.out);
    done(&format!("the lexicon is in {out}: describe its two roles in {out}/roles, a numbered sentence a line"), output)
}

pub fn export(args: &Export) -> anyhow::Result<Outcome> {
    let lexicon = load(&args.lexicon)?;
    if args.format.csv { print(&lexicon.to_csv()) } else { print(&format!("{:#}\n", lexicon.to_json())) }
}

pub fn schema(out: &Path, output: &Output) -> anyhow::Result<Outcome> {
    let unwritable = || format!("cannot write {}", shown(out));
    // Those of another version are written over; they are known by their titles.
    let is_ours = |text: String| text.contains("\"title\": \"rolelean: ");
    let is_other = |path: &Path| path.exists() && !file::read_to_string(path).is_ok_and(is_ours);
    if let Some((name, _)) = SCHEMAS.iter().find(|(name, _)| is_other(&out.join(name))) {
        bail!(
            "{} exists and is no schema of rolelean; choose another folder, so that it is not overwritten",
            shown(&out.join(name))
        );
    }
    fs::create_dir_all(out).with_context(unwritable)?;
    for (name, text) in SCHEMAS {
        replace_file(&out.join(name), text.as_bytes()).with_context(unwritable)?;
    }
    done(
        &format!(
            "{} schemas are in {}: name one in the first line of a file, as `#:schema PATH`",
            SCHEMAS.len(),
            shown(out)
        ),
        output,
    )
}

fn done(message: &str, output: &Output) -> anyhow::Result<Outcome> {
    if output.quiet { Ok(Outcome::Complete) } else { print(&format!("{} {message}\n", styled(GOOD, "ok"))) }
}
