//! Why no lexicon could be built.

use crate::lexicon::{LexiconError, Side};

/// Why no lexicon could be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A description has no title, and no name was given.
    #[error("the description of the {} role has no title: begin it with a line such as `# Data engineer`, or give a name", side_word(*.0))]
    NoLabel(Side),
    /// A description says nothing.
    #[error("the description of the {} role holds no statement: write what the role does, knows and needs, a sentence each", side_word(*.0))]
    NoStatements(Side),
    /// Both descriptions are of one role.
    #[error("both roles are called {0:?}; give one of them another name")]
    SameRole(String),
    /// The descriptions share all they say, or say nothing remarkable.
    #[error("the descriptions name nothing that only one of the roles does; describe what sets each role apart")]
    NothingApart,
    /// A setting cannot be written into `lexicon.toml`.
    #[error("cannot write lexicon.toml")]
    Settings(#[from] toml::ser::Error),
    /// What was built does not hold together.
    #[error("the lexicon that was built has an error; please report the two descriptions")]
    Lexicon(#[from] LexiconError),
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
