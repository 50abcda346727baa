//! `rolelean lexicon fit`: weights from labelled postings, starting from the hand priors.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, bail};
use rolelean::classifier::Classifier;
use rolelean::evaluation::Gold;
use rolelean::file;
use rolelean::fitting::{
    CrossValidation, Example, LEAST_POSTINGS, SPREADS, calibrate, cross_validate, fit, one_standard_error, priors,
    write_weights,
};
use rolelean::lexicon::{Lexicon, Side};
use rolelean::staging::replace_file;

use super::{load, shown};
use crate::args::{Fit, Output};
use crate::exit::Outcome;
use crate::terminal::{BOLD, print, styled};

pub fn run(args: &Fit, output: &Output) -> anyhow::Result<Outcome> {
    args.out.as_deref().map_or(Ok(()), ensure_weights)?;
    let classifier = Classifier::new(load(&args.lexicon)?)?;
    let lexicon = classifier.lexicon();
    let gold = Gold::read(&args.gold, lexicon)?;
    let judged = super::evaluate::judge(&classifier, &gold, &args.paths, &args.columns, output)?;
    let examples: Vec<Example> = judged
        .iter()
        .map(|posting| Example::new(lexicon, &posting.id, posting.label, &posting.result.analysis.evidence))
        .collect();
    enough(lexicon, &examples)?;
    let mut page = String::new();
    let priors = priors(lexicon);
    let validation = choose(&mut page, args, lexicon, &priors, &examples)?;
    let slopes = calibrate(lexicon.scoring(), &validation);
    let weights = fit(&priors, &examples, validation.spread);
    writeln!(
        page,
        "calibration on the held-out scores: calibration_slope = {:.3}, calibration_tilt = {:.3}",
        slopes.score, slopes.tilt
    )?;
    if let Some(path) = &args.out {
        let mut table = Vec::new();
        write_weights(&mut table, lexicon, &priors, &weights, &examples)?;
        replace_file(path, &table).with_context(|| format!("cannot write {}", shown(path)))?;
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

/// The cross-validation of the spread asked for, or of the one chosen among several.
fn choose(
    page: &mut String,
    args: &Fit,
    lexicon: &Lexicon,
    priors: &[f64],
    examples: &[Example],
) -> anyhow::Result<CrossValidation> {
    let of = |side| {
        let count = examples.iter().filter(|example| example.side() == Some(side)).count();
        format!("{count} {}", lexicon.role(side).id)
    };
    let folds = usize::from(args.folds);
    let (left, right) = (of(Side::Left), of(Side::Right));
    let heading = format!("{} postings, {left} and {right}, {folds} folds", examples.len());
    writeln!(page, "{}", styled(BOLD, &heading))?;
    writeln!(page, "{:>8} {:>9} {:>9} {:>9} {:>9}", "spread", "loss", "sign", "AUC", "verdict")?;
    let mut tried = Vec::new();
    for spread in args.spread.map_or(SPREADS.to_vec(), |spread| vec![spread]) {
        if !(spread > 0.0 && spread.is_finite()) {
            bail!("--spread is {spread}; expected a number above zero");
        }
        let validation = cross_validate(priors, examples, spread, folds);
        let (loss, auc) = (validation.loss(), validation.auc().unwrap_or(0.5));
        let (sign, verdict) = (validation.accuracy(), validation.verdict_accuracy(lexicon));
        writeln!(page, "{spread:>8} {loss:>9.4} {sign:>9.4} {auc:>9.4} {verdict:>9.4}")?;
        tried.push(validation);
    }
    let chosen = one_standard_error(tried).context("no spread to try")?;
    writeln!(page, "chosen: spread {}, the least that is within one standard error of the best", chosen.spread)?;
    Ok(chosen)
}
