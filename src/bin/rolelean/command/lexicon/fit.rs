//! `rolelean lexicon fit`: a lexicon's numbers from labelled postings, starting from the hand priors.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use rolelean::classifier::Classifier;
use rolelean::file;
use rolelean::lexicon::{Lexicon, MOST_IN_TITLE, NeitherFeature, Side};
use rolelean::staging::replace_files;
use rolelean::workbench::evaluate::{Figures, Gold, LEANINGS};
use rolelean::workbench::fit::{Choices, Example, Fitted, LEAST_POSTINGS};

use super::super::{evaluate, load, shown};
use crate::args::Output;
use crate::lexicon_args::Fit;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, print, styled};

/// The files that are written.
const WEIGHTS: &str = "weights.csv";
const MANIFEST: &str = "lexicon.toml";
/// Changes of weights that are listed.
const SHOWN: usize = 12;

pub fn run(args: &Fit, output: &Output) -> anyhow::Result<Outcome> {
    if let Some(spread) = args.spread.filter(|spread| !(*spread > 0.0 && spread.is_finite())) {
        bail!("--spread is {spread}; expected a number above zero");
    }
    if let Some(factor) = args.title_factor.filter(|factor| !(0.0..=MOST_IN_TITLE).contains(factor)) {
        bail!("--title-factor is {factor}; expected a number from 0 to {MOST_IN_TITLE}");
    }
    let classifier = Classifier::new(load(&args.lexicon)?);
    let lexicon = classifier.lexicon();
    args.out.as_deref().map_or(Ok(()), |out| ensure_ours(out, lexicon))?;
    let gold = Gold::read(&args.gold, lexicon)?;
    let judged = evaluate::judge(&classifier, &gold, evaluate::paths(&args.gold, &args.paths), &args.columns, output)?;
    let examples = Example::of(lexicon, &judged);
    enough(lexicon, &examples)?;
    let choices = Choices { spread: args.spread, title_factor: args.title_factor, folds: args.folds.into() };
    let fitted = Fitted::new(lexicon, &examples, choices).context("nothing to fit to")?;
    let mut page = summary(lexicon, &examples, &fitted)?;
    if let Some(out) = &args.out {
        write(out, lexicon, &examples, &fitted)?;
        writeln!(page, "written: {} and {}", shown(&out.join(WEIGHTS)), shown(&out.join(MANIFEST)))?;
    }
    print(&page)
}

/// Fails when files of these names stand there that are of no lexicon, or of another one.
fn ensure_ours(out: &Path, lexicon: &Lexicon) -> anyhow::Result<()> {
    let name = format!("name = {:?}", lexicon.name());
    let refuse = |file: &str, why: &str, is_ours: &dyn Fn(&str) -> bool| {
        let path = out.join(file);
        if path.is_file() && !file::read(&path).is_ok_and(|bytes| is_ours(&String::from_utf8_lossy(&bytes))) {
            bail!("{} exists and {why}; choose another folder with --out, so that it is not overwritten", shown(&path));
        }
        Ok(())
    };
    refuse(WEIGHTS, "holds no weights", &|text| text.is_empty() || text.starts_with("skill_id,"))?;
    refuse(MANIFEST, "is not of this lexicon", &|text| text.lines().any(|line| line.trim() == name))
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

fn write(out: &Path, lexicon: &Lexicon, examples: &[Example], fitted: &Fitted) -> anyhow::Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make the folder {}", shown(out)))?;
    let manifest = fitted.manifest(lexicon.file(MANIFEST).unwrap_or_default());
    let weights = fitted.weights_table(lexicon, examples);
    replace_files(&[(&out.join(WEIGHTS), weights.as_bytes()), (&out.join(MANIFEST), manifest.as_bytes())])?;
    Ok(())
}

/// What was chosen, how good verdicts were and are, and what changed.
fn summary(lexicon: &Lexicon, examples: &[Example], fitted: &Fitted) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    write_heading(&mut page, lexicon, examples, fitted)?;
    write_tried(&mut page, fitted)?;
    write_figures(&mut page, lexicon, fitted)?;
    write_scales(&mut page, lexicon, fitted)?;
    write_numbers(&mut page, fitted)?;
    write_changes(&mut page, lexicon, fitted)?;
    Ok(page)
}

fn write_heading(page: &mut String, lexicon: &Lexicon, examples: &[Example], fitted: &Fitted) -> std::fmt::Result {
    let of = |side| {
        let count = examples.iter().filter(|example| example.side() == Some(side)).count();
        format!("{count} {}", lexicon.role(side).id)
    };
    let (left, right) = (of(Side::Left), of(Side::Right));
    let parts = if fitted.folds.by_source { "whole sources left out" } else { "drawn by ids" };
    let heading = format!("{} postings, {left} and {right}; {} folds, {parts}", examples.len(), fitted.folds.count);
    writeln!(page, "{}", styled(BOLD, &heading))
}

fn write_tried(page: &mut String, fitted: &Fitted) -> std::fmt::Result {
    let losses = |tried: Vec<(f64, f64)>| {
        tried.into_iter().map(|(what, loss)| format!("{what}: {loss:.4}")).collect::<Vec<_>>().join("  ")
    };
    let titles = fitted.titles.iter().map(|tried| (tried.title, tried.loss())).collect();
    let spreads = fitted.spreads.iter().map(|tried| (tried.spread, tried.loss())).collect();
    writeln!(page, "loss by title factor  {}", losses(titles))?;
    writeln!(page, "loss by spread        {}", losses(spreads))?;
    let chosen = fitted.chosen();
    writeln!(page, "chosen: title factor {}, spread {}", chosen.title, chosen.spread)
}

fn write_figures(page: &mut String, lexicon: &Lexicon, fitted: &Fitted) -> std::fmt::Result {
    let columns =
        [("before", &fitted.before), ("cross-validated", &fitted.cross_validated), ("in sample", &fitted.in_sample)];
    let line = |page: &mut String, name: &str, figure: &dyn Fn(&Figures) -> Option<f64>| {
        let cell = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
        let cells = columns.map(|(_, figures)| format!("{:>16}", cell(figure(figures))));
        writeln!(page, "{name:<26}{}", cells.concat())
    };
    writeln!(page, "{:<26}{}", "", columns.map(|(name, _)| format!("{name:>16}")).concat())?;
    line(page, "two roles, sign of tilt", &|figures| figures.sign)?;
    line(page, "two roles, AUC", &|figures| figures.auc)?;
    line(page, "four verdicts", &|figures| Some(figures.accuracy()))?;
    for (place, leaning) in LEANINGS.iter().enumerate() {
        line(page, &format!("  recall, {}", leaning.name(lexicon)), &|figures| figures.recall()[place])?;
    }
    line(page, "expected calibration error", &|figures| Some(figures.calibration.expected_error))?;
    line(page, "Brier score", &|figures| Some(figures.calibration.brier))
}

fn write_scales(page: &mut String, lexicon: &Lexicon, fitted: &Fitted) -> std::fmt::Result {
    let [left, right] = lexicon.roles().each_ref().map(|role| role.side_id.as_str());
    let used = |category: usize, side: Side| {
        lexicon.skills().iter().any(|skill| skill.category == category && skill.leaning.side() == Some(side))
    };
    writeln!(page, "{}", styled(BOLD, "scales of the hand priors"))?;
    writeln!(page, "{:<32}{left:>12}{right:>12}", "")?;
    for (place, (category, scales)) in lexicon.categories().iter().zip(&fitted.scales).enumerate() {
        let cells = Side::BOTH.map(|side| {
            let scale = used(place, side).then(|| format!("{:.2}", scales[side.index()]));
            format!("{:>12}", scale.unwrap_or_default())
        });
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            writeln!(page, "{:<32}{}", category.id, cells.concat())?;
        }
    }
    Ok(())
}

fn write_numbers(page: &mut String, fitted: &Fitted) -> std::fmt::Result {
    let scoring = &fitted.scoring;
    writeln!(
        page,
        "calibration_slope = {:.3}, calibration_tilt = {:.3}, balanced_tilt = {}, balanced_evidence = {}",
        scoring.calibration_slope, scoring.calibration_tilt, scoring.balanced_tilt, scoring.balanced_evidence
    )?;
    let term = |feature: NeitherFeature| format!("{} {:.3}", feature.name(), fitted.neither.coefficient(feature));
    writeln!(page, "neither: {}", NeitherFeature::ALL.map(term).join(", "))
}

fn write_changes(page: &mut String, lexicon: &Lexicon, fitted: &Fitted) -> std::fmt::Result {
    let changes = fitted.changes(lexicon);
    writeln!(page, "{}", styled(BOLD, &format!("{} weights changed, most of all", changes.len())))?;
    for (skill, before, after) in changes.iter().take(SHOWN) {
        writeln!(page, "  {skill:<30}{before:>10}{after:>10}")?;
    }
    Ok(())
}
