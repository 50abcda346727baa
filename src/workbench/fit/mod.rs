//! Fitting weights to labelled postings, from the hand priors outwards.
//!
//! The model is the score itself: the log-odds of the right role are the sum of weight times
//! feature value over the skills found, without an intercept. The fitted weights are the most
//! probable ones (maximum a posteriori) under a normal prior around the hand priors, and may not
//! cross zero: a skill of one role never comes to speak for the other. The log-posterior is
//! concave, so there is one answer, found by cyclic coordinate Newton steps; nothing is random.
//!
//! Method: logistic regression with an informative normal prior (Gelman, Jakulin,
//! Pittau and Su, "A weakly informative default prior distribution for logistic and
//! other regression models", 2008), by coordinate descent (Genkin, Lewis and Madigan,
//! "Large-scale Bayesian logistic regression for text categorization", 2007). How far weights
//! may move from the priors is chosen by cross-validation, whose held-out scores also give the
//! calibration (Platt scaling).

mod calibrate;
mod cross_validation;
mod example;
mod fitted;
mod posterior;

pub use calibrate::Slopes;
pub use cross_validation::{CrossValidation, HeldOut, LEAST_POSTINGS, PRIOR_STD_DEVS};
pub use example::Example;
pub use fitted::Fitted;
