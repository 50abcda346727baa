//! The extension module `rolelean._native`: the library as Python sees it.
//!
//! Thin on purpose. Names, documentation and the kinds of data frames are in `pysrc/rolelean`; what
//! is found and weighed is in the crate `rolelean`. Here postings come in from Python's texts and
//! Arrow's tables ([`texts`], [`columns`], [`rows`]), a run goes on in the background ([`running`]),
//! and results go out ([`verdict`], [`frame`], [`places`]), or exceptions ([`errors`]).

mod classifier;
mod columns;
mod errors;
mod frame;
mod places;
mod rows;
mod running;
mod texts;
mod verdict;

use pyo3::prelude::*;

/// The module's contents.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::classifier::Classifier;

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
