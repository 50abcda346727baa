//! The extension module `rolelean._native`: the library as Python sees it.
//!
//! Thin on purpose. Names, documentation and the kinds of data frames are in `pysrc/rolelean`; what
//! is found and weighed is in the crate `rolelean`. Here postings come in from Python's texts and
//! Arrow's tables ([`texts`], [`columns`], [`rows`], [`capsules`]) or from files ([`files`]), a run goes on in the background ([`running`]),
//! and results go out ([`verdict`], [`frame`], [`places`]), or exceptions ([`errors`]).

mod capsules;
mod classifier;
mod columns;
mod errors;
mod files;
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
    use std::ffi::OsString;

    use pyo3::prelude::*;

    use super::files::reader;

    #[pymodule_export]
    use super::capsules::Table;
    #[pymodule_export]
    use super::classifier::Classifier;
    #[pymodule_export]
    use super::columns::{Columns, choose};
    #[pymodule_export]
    use super::files::{Postings, read_postings};

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// The command line with these arguments, its name first; the exit code. `call` is what runs it anew. The process
    /// is the program's from here on.
    #[pyfunction]
    fn program(py: Python<'_>, arguments: Vec<OsString>, call: Vec<OsString>) -> u8 {
        py.detach(|| rolelean_program::run_program(&arguments, reader(call)))
    }
}
