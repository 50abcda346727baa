//! `rolelean lexicon build`: a lexicon from descriptions of two roles.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rolelean::classifier::Classifier;
use rolelean::file;
use rolelean::input::{Inputs, Posting, ReadOptions, Source};
use rolelean::lexicon::{Lexicon, Side, SkillLeaning};
use rolelean::workbench::build::{Background, Build, Built, Description, Origin};
use rolelean::workbench::evaluate::Gold;
use rolelean::workbench::fit::Example;

use super::super::{evaluate, read_options, shown};
use super::folder::Folder;
use crate::args::{Columns, InputChoice, Output};
use crate::lexicon_args;
use crate::outcome::Outcome;
use crate::terminal::{GOOD, WARNING, note, output_width, plain_line, print, styled};
use crate::wrap::wrap;

/// Skills that are named of each leaning.
const SHOWN: usize = 5;

pub fn run(args: &lexicon_args::Build, output: &Output) -> anyhow::Result<Outcome> {
    let folder = Folder::begin(&args.out)?;
    let mut built = Build {
        left: describe(Side::Left, &args.left, args.left_name.as_deref(), &args.inputs)?,
        right: describe(Side::Right, &args.right, args.right_name.as_deref(), &args.inputs)?,
        catalogue: Lexicon::builtin().into(),
        by_statements: true,
        background: background(args.background.as_ref())?,
        name: args.name.clone(),
    }
    .run()?;
    let fitted = args.postings.as_ref().map(|table| fit(&mut built, table, args, output)).transpose()?;
    folder.write(&built.files)?;
    if output.quiet {
        return Ok(Outcome::Complete);
    }
    let page = summary(&built, args)? + &fitted.unwrap_or_default();
    print(&wrap(&page, output_width()))
}

/// Fits the weights, and says how well they do on postings they have not seen.
fn fit(built: &mut Built, table: &Path, args: &lexicon_args::Build, output: &Output) -> anyhow::Result<String> {
    let classifier = Classifier::new(built.lexicon.clone());
    let lexicon = classifier.lexicon();
    let gold = Gold::read(table, lexicon)?;
    let columns = Columns { inputs: args.inputs.clone(), ..Columns::default() };
    let judged = evaluate::judge(&classifier, &gold, &[table.to_owned()], &columns, output)?;
    let examples = Example::of(lexicon, &judged);
    super::fit::enough(lexicon, &examples)?;
    let fitted = built.fit(&examples)?.with_context(|| format!("no posting in {} is of either role", shown(table)))?;
    let figures = &fitted.cross_validated;
    Ok(format!(
        "fitted to {} postings: {:.1} % of the verdicts and {:.1} % of the signs right in the cross-validation\n",
        examples.len(),
        100.0 * figures.accuracy(),
        100.0 * figures.sign.unwrap_or(0.0),
    ))
}

/// Hands every posting under the paths on; one that cannot be read is an error.
pub fn read(
    paths: &[PathBuf],
    options: ReadOptions,
    mut take: impl FnMut(Posting) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut inputs = Inputs::new(paths.to_vec(), options)?;
    while let Some(pending) = inputs.next() {
        match pending.and_then(rolelean::input::Pending::read) {
            Ok(posting) => take(posting)?,
            Err(skipped) => bail!("{skipped}"),
        }
    }
    Ok(())
}

fn describe(side: Side, paths: &[PathBuf], name: Option<&str>, limits: &InputChoice) -> anyhow::Result<Description> {
    let columns = Columns { inputs: limits.clone(), ..Columns::default() };
    let mut documents = Vec::new();
    read(paths, read_options(&columns, &[]), |posting| {
        for warning in &posting.warnings {
            note(&format!("{WARNING}warning:{WARNING:#} {}: {}\n", plain_line(&posting.id), plain_line(warning)));
        }
        documents.push(posting);
        Ok(())
    })?;
    Ok(Description::read(side, name, &documents)?)
}

fn background(path: Option<&PathBuf>) -> anyhow::Result<Background> {
    let Some(path) = path else { return Ok(Background::builtin()) };
    let text = file::read_to_string(path).with_context(|| format!("cannot read {}", shown(path)))?;
    Background::parse(&text).with_context(|| format!("cannot read {}", shown(path)))
}

fn summary(built: &Built, args: &lexicon_args::Build) -> Result<String, std::fmt::Error> {
    let Built { lexicon, proposals, .. } = built;
    let count = |origins: &[Origin]| proposals.iter().filter(|proposal| origins.contains(&proposal.origin)).count();
    let known = count(&[Origin::Named, Origin::Reworded, Origin::Implied]);
    let others = count(&[Origin::OtherJob]);
    let unconfirmed = proposals.iter().filter(|proposal| proposal.skill.strength == 0).count();
    let mut page = String::new();
    writeln!(
        page,
        "{} {}: {} skills, {known} known and {} proposed from the descriptions",
        styled(GOOD, "built"),
        lexicon.name(),
        proposals.len() - others,
        proposals.len() - others - known,
    )?;
    for leaning in [SkillLeaning::Toward(Side::Left), SkillLeaning::Toward(Side::Right), SkillLeaning::Shared] {
        let with_it: Vec<&str> = proposals
            .iter()
            .filter(|proposal| proposal.skill.leaning == leaning)
            .map(|proposal| proposal.skill.name.as_str())
            .collect();
        let first = &with_it[..with_it.len().min(SHOWN)];
        writeln!(page, "  {:<18} {:>4}  {}", lexicon.leaning_name(leaning), with_it.len(), first.join(", "))?;
    }
    writeln!(
        page,
        "  {unconfirmed} of them are everyday words that count nothing until you confirm them; {others} names of other jobs speak for neither role"
    )?;
    let out = shown(&args.out);
    writeln!(
        page,
        "lexicon in {out}: `rolelean lexicon review {out}` goes through its skills, those most worth a look first"
    )?;
    if args.postings.is_none() {
        writeln!(
            page,
            "its probabilities are not calibrated, and no role gets more than 0.8, until `rolelean lexicon fit` has seen labelled postings"
        )?;
    }
    Ok(page)
}
