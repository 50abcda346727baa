//! `rolelean lexicon fit`: weights from labelled postings, starting from the hand priors.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, bail};
use rolelean::classifier::Classifier;
use rolelean::file;
use rolelean::lexicon::{Lexicon, Side};
use rolelean::staging::replace_file;
use rolelean::workbench::evaluate::Gold;
use rolelean::workbench::fit::{Example, Fitted, LEAST_POSTINGS, PRIOR_STD_DEVS};

use super::super::{evaluate, load, shown};
use crate::args::Output;
use crate::lexicon_args::Fit;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, print, styled};

pub fn run(args: &Fit, output: &Output) -> anyhow::Result<Outcome> {
    args.out.as_deref().map_or(Ok(()), ensure_weights)?;
    if let Some(spread) = args.spread.filter(|spread| !(*spread > 0.0 && spread.is_finite())) {
        bail!("--spread is {spread}; expected a number above zero");
    }
    let classifier = Classifier::new(load(&args.lexicon)?);
    let lexicon = classifier.lexicon();
    let gold = Gold::read(&args.gold, lexicon)?;
    let judged = evaluate::judge(&classifier, &gold, &args.paths, &args.columns, output)?;
    let examples = Example::of(lexicon, &judged);
    enough(lexicon, &examples)?;
    let tried = args.spread.map_or(PRIOR_STD_DEVS.to_vec(), |spread| vec![spread]);
    let fitted = Fitted::new(lexicon, &examples, &tried, args.folds.into()).context("nothing to fit to")?;
    let mut page = summary(args, lexicon, &examples, &fitted)?;
    if let Some(path) = &args.out {
        let table = fitted.weights_table(lexicon, &examples);
        replace_file(path, table.as_ref()).with_context(|| format!("cannot write {}", shown(path)))?;
        writeln!(page, "weights written to {}; put the calibration into lexicon.toml", shown(path))?;
    }
    print(&page)
}

/// Fails when a file stands there that holds anything but weights.
fn ensure_weights(path: &Path) -> anyhow::Result<()> {
    let is_ours = |text: Vec<u8>| text.is_empty() || text.starts_with(b"skill_id,");
    if path.is_file() && !file::read(path).is_ok_and(is_ours) {
        bail!(
            "{} exists and holds no weights; choose another file with --out, so that it is not overwritten",
            shown(path)
        );
    }
    Ok(())
}

/// Fails when a role has too few labelled postings.
pub fn enough(lexicon: &Lexicon, examples: &[Example]) -> anyhow::Result<()> {
    for role in lexicon.roles() {
        let count = examples.iter().filter(|example| example.side() == Some(role.side)).count();
        if count < LEAST_POSTINGS {
            bail!(
                "only {count} postings are labelled {}; fitting needs at least {LEAST_POSTINGS} of each role",
                role.id
            );
        }
    }
    Ok(())
}

/// How each prior did in the cross-validation, which was chosen, and the calibration.
fn summary(args: &Fit, lexicon: &Lexicon, examples: &[Example], fitted: &Fitted) -> Result<String, std::fmt::Error> {
    let of = |side| {
        let count = examples.iter().filter(|example| example.side() == Some(side)).count();
        format!("{count} {}", lexicon.role(side).id)
    };
    let (left, right) = (of(Side::Left), of(Side::Right));
    let heading = format!("{} postings, {left} and {right}, {} folds", examples.len(), args.folds);
    let mut page = format!("{}\n", styled(BOLD, &heading));
    writeln!(page, "{:>8} {:>9} {:>9} {:>9} {:>9}", "spread", "loss", "sign", "AUC", "verdict")?;
    for validation in &fitted.tried {
        let (loss, auc) = (validation.loss(), validation.auc().unwrap_or(0.5));
        let (sign, verdict) = (validation.accuracy(), validation.verdict_accuracy(lexicon));
        writeln!(page, "{:>8} {loss:>9.4} {sign:>9.4} {auc:>9.4} {verdict:>9.4}", validation.prior_std_dev)?;
    }
    let chosen = fitted.chosen().prior_std_dev;
    writeln!(page, "chosen: spread {chosen}, the least that is within one standard error of the best")?;
    writeln!(
        page,
        "calibration on the held-out scores: calibration_slope = {:.3}, calibration_tilt = {:.3}",
        fitted.slopes.score, fitted.slopes.tilt
    )?;
    Ok(page)
}
