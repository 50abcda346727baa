//! Fitting a lexicon to labelled postings, from the hand priors outwards.
//!
//! 1. What skills weigh. The log-odds of the right role are the sum of weight times feature value
//!    over the skills found, without an intercept. A weight is the hand prior times the scale of
//!    the skill's category and side; a skill that many postings of several sources have gets a
//!    multiplier of its own, drawn to that scale. All multipliers are bounded and positive: a skill
//!    of one role never comes to speak for the other, and never falls silent. They are the most
//!    probable ones under normal priors; the log-posterior is concave, so there is one answer,
//!    found by cyclic coordinate Newton steps, and nothing is random.
//! 2. What says neither role: a logistic regression on a few features of the evidence.
//! 3. How sure a verdict is: two slopes on scores of postings that were not fitted on, whole
//!    sources left out where their names are known (Platt scaling); and the band of balanced
//!    postings.
//!
//! Method: logistic regression with an informative normal prior (Gelman, Jakulin,
//! Pittau and Su, "A weakly informative default prior distribution for logistic and
//! other regression models", 2008), by coordinate descent (Genkin, Lewis and Madigan,
//! "Large-scale Bayesian logistic regression for text categorization", 2007).

mod band;
mod calibrate;
mod cross_validation;
mod example;
mod fitted;
mod folds;
mod manifest;
mod neither;
mod weights;

pub use cross_validation::{CrossValidation, HeldOut, LEAST_POSTINGS, SPREADS, TITLE_FACTORS};
pub use example::{Example, Feature};
pub use fitted::{Choices, Fitted};
pub use folds::Folds;
