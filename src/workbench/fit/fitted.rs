//! Fitting from end to end: choosing title factor and spread, fitting all postings, calibrating.

use super::band::with_best_band;
use super::calibrate::calibrate;
use super::cross_validation::{
    CrossValidation, Fitting, Model, SPREADS, TITLE_FACTORS, least_loss, one_standard_error,
};
use super::example::Example;
use super::folds::Folds;
use super::manifest::{Numbers, with_numbers};
use super::neither;
use super::weights::Priors;
use crate::document::Section;
use crate::leaning::{Leaning, TitleFactor, judge, judge_by};
use crate::lexicon::{Lexicon, NeitherModel, Scoring, Side, Skill};
use crate::log_odds::LogOdds;
use crate::workbench::csv_text::CsvText;
use crate::workbench::evaluate::{Figures, Outcome};

/// How a fit is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choices {
    /// The standard deviation of the scales; chosen by cross-validation where there is none.
    pub spread: Option<f64>,
    /// What a mention in the title counts; chosen by cross-validation where there is none.
    pub title_factor: Option<f64>,
    /// The parts of the cross-validation where postings name no sources.
    pub folds: usize,
}

/// A model fitted to labelled postings, and how it was chosen.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The cross-validations of the title factors, then those of the spreads, in the order in
    /// which they were tried.
    pub titles: Vec<CrossValidation>,
    /// See `titles`.
    pub spreads: Vec<CrossValidation>,
    /// Which of the spreads was chosen.
    chosen: usize,
    /// How the postings were parted.
    pub folds: Folds,
    /// The verdicts of the lexicon as it was.
    pub before: Figures,
    /// The verdicts of models that have not seen the postings.
    pub cross_validated: Figures,
    /// The verdicts of the fitted model on the postings it was fitted to.
    pub in_sample: Figures,
    /// The numbers of `[scoring]`, with the fitted calibration and band.
    pub scoring: Scoring,
    /// What says neither role.
    pub neither: NeitherModel,
    /// For each category the scales of the left and the right side.
    pub scales: Vec<[f64; 2]>,
    priors: Vec<f64>,
    weights: Vec<f64>,
}

impl Fitted {
    /// Fits `lexicon` to postings that were classified with it.
    ///
    /// `None` where no posting is of either role.
    #[must_use]
    pub fn new(lexicon: &Lexicon, examples: &[Example], choices: Choices) -> Option<Self> {
        if !examples.iter().any(|example| example.side().is_some()) {
            return None;
        }
        let priors = Priors::of(lexicon);
        let fitting = Fitting { lexicon, priors: &priors, examples };
        let folds = Folds::draw(examples, choices.folds);
        let typical = choices.spread.unwrap_or(SPREADS[SPREADS.len() / 2]);
        let titles = choices.title_factor.map_or(TITLE_FACTORS.to_vec(), |title| vec![title]);
        let titles: Vec<CrossValidation> =
            titles.iter().map(|title| fitting.cross_validate(&folds, typical, *title)).collect();
        let title = least_loss(&titles)?.title;
        let spreads = choices.spread.map_or(SPREADS.to_vec(), |spread| vec![spread]);
        let spreads: Vec<CrossValidation> =
            spreads.iter().map(|spread| fitting.cross_validate(&folds, *spread, title)).collect();
        let chosen = one_standard_error(&spreads)?;
        let validation = &spreads[chosen];
        let scoring = with_best_band(&calibrate(lexicon.scoring(), validation), validation);
        let scoring = Scoring { doubt: doubt(lexicon, examples), ..scoring };
        let Model { weights, neither } = fitting.model(&examples.iter().collect::<Vec<_>>(), validation.spread, title);
        Some(Self {
            before: figures(examples, |example| judge(lexicon, &example.evidence)),
            cross_validated: validation.figures(&scoring),
            in_sample: figures(examples, |example| {
                let title = TitleFactor { factor: title, limit: scoring.title_limit };
                judge_by(&scoring, &neither, &example.evidence_under(lexicon, &weights.weights, title))
            }),
            scales: weights.scales.as_chunks::<2>().0.to_vec(),
            weights: weights.weights,
            priors: priors.weights,
            titles,
            spreads,
            chosen,
            folds,
            scoring,
            neither,
        })
    }

    /// The cross-validation of what was chosen.
    #[must_use]
    pub fn chosen(&self) -> &CrossValidation {
        &self.spreads[self.chosen]
    }

    /// The weights as they were and as they are now, of the skills whose weight changed, the
    /// largest changes first.
    #[must_use]
    pub fn changes<'l>(&self, lexicon: &'l Lexicon) -> Vec<(&'l str, LogOdds, LogOdds)> {
        let skills = lexicon.skills().iter().zip(&self.weights);
        let changed = skills.map(|(skill, weight)| (skill.id.as_str(), skill.weight, LogOdds::rounded(*weight)));
        let mut changed: Vec<_> = changed.filter(|(_, before, after)| before != after).collect();
        changed.sort_by_key(|(id, before, after)| (std::cmp::Reverse((*after - *before).abs()), *id));
        changed
    }

    /// `weights.csv`: `skill_id, prior, weight` and the postings of each side that have the skill,
    /// sorted by id; all skills that speak for a side.
    #[must_use]
    pub fn weights_table(&self, lexicon: &Lexicon, examples: &[Example]) -> String {
        let mut postings = vec![[0_usize; 2]; self.weights.len()];
        for (example, side) in examples.iter().filter_map(|example| Some((example, example.side()?))) {
            for feature in &example.features {
                postings[feature.skill.index()][side.index()] += 1;
            }
        }
        let skills = lexicon.skills().iter().enumerate();
        let mut found: Vec<(usize, &Skill)> = skills.filter(|(_, skill)| skill.leaning.side().is_some()).collect();
        found.sort_by_key(|(_, skill)| &skill.id);
        let [left, right] = Side::BOTH.map(|side| format!("{}_postings", lexicon.role(side).side_id));
        let mut table = CsvText::new(["skill_id", "prior", "weight", &left, &right]);
        for (at, skill) in found {
            let [left, right] = postings[at].map(|count| count.to_string());
            let [prior, weight] =
                [self.priors[at], self.weights[at]].map(|number| LogOdds::rounded(number).to_string());
            table.row([&skill.id, &prior, &weight, &left, &right]);
        }
        table.finish()
    }

    /// A `lexicon.toml` with the fitted numbers in place of its own.
    #[must_use]
    pub fn manifest(&self, manifest: &str) -> String {
        let Scoring { calibration_slope, calibration_tilt, balanced_tilt, balanced_evidence, doubt, .. } =
            &self.scoring;
        let decimals = |number: f64| (number * 1000.0).round() / 1000.0;
        let numbers = [
            Numbers {
                table: "scoring",
                keys: vec![
                    ("balanced_tilt", *balanced_tilt),
                    ("balanced_evidence", *balanced_evidence),
                    ("calibration_slope", decimals(*calibration_slope)),
                    ("calibration_tilt", decimals(*calibration_tilt)),
                    ("doubt", decimals(*doubt)),
                ],
            },
            Numbers { table: "section_factors", keys: vec![(Section::Title.name(), self.chosen().title)] },
            Numbers {
                table: "neither",
                keys: self.neither.iter().map(|(feature, number)| (feature.name(), decimals(number))).collect(),
            },
        ];
        with_numbers(manifest, &numbers)
    }
}

/// The doubt that is left: by the rule of succession, that of three postings more, one for each
/// answer. Where too few postings say what belongs to neither role, nothing of it is settled.
fn doubt(lexicon: &Lexicon, examples: &[Example]) -> f64 {
    let neither = examples.iter().filter(|example| example.label == Leaning::Neither).count();
    if neither::is_enough(neither, examples.len() - neither) {
        3.0 / (examples.len() as f64 + 3.0)
    } else {
        lexicon.scoring().doubt
    }
}

fn figures(examples: &[Example], verdict: impl Fn(&Example) -> crate::leaning::Verdict) -> Figures {
    let outcome = |example: &Example| Outcome { label: example.label, verdict: verdict(example) };
    Figures::of(&examples.iter().map(outcome).collect::<Vec<_>>())
}
