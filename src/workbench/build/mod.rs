//! Building a lexicon from two role descriptions.
//!
//! Statements are read from any document (`description`); skills that a catalogue knows
//! are found in them (`known`); other terms are proposed (`terms`, `keyness`) and held
//! against how common words are in postings of all kinds ([`Background`]); what comes out
//! is a complete lexicon folder, in an order in which a person can review it (`write`), of
//! which every example sentence holds (`settle`). The same descriptions give the same
//! bytes.
//!
//! ```
//! use rolelean::workbench::build::{Background, Build, Description};
//! use rolelean::{Classifier, Leaning, Lexicon, Posting, Side};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let left = Posting::from_text("# Baker\n\nKneads dough and bakes sourdough bread. Keeps the oven and the starter.");
//! let right = Posting::from_text("# Brewer\n\nMashes malt, boils wort with hops. Watches fermentation in the vats.");
//! let built = Build {
//!     left: Description::read(Side::Left, None, &[left])?,
//!     right: Description::read(Side::Right, None, &[right])?,
//!     catalogue: Lexicon::builtin().into(),
//!     by_statements: true,
//!     background: Background::builtin(),
//!     name: None,
//! }
//! .run()?;
//! let classifier = Classifier::new(built.lexicon);
//! let analysis = classifier.classify_text("You mash the malt, boil the wort, add hops and look after the vats during fermentation.")?;
//! assert_eq!(analysis.verdict.leaning, Leaning::Role(Side::Right));
//! # Ok(())
//! # }
//! ```

mod background;
mod description;
mod fitted;
mod keyness;
mod known;
mod proposal;
mod settle;
mod terms;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use background::{Background, BackgroundError, FILE as BACKGROUND, WordCounts};
pub(crate) use description::slug;
pub use description::{Description, Said};
pub use known::Trail;
pub(crate) use proposal::{LEFT_TERMS, RIGHT_TERMS, SHARED_TERMS};
pub use proposal::{Origin, Proposal};

use super::write::{self, Files, Names, RoleNames};
use crate::lexicon::{Lexicon, LexiconError, Side};
use known::{alike, stems};
use proposal::Proposer;
use terms::word_counts;

/// The source that hand-written skills of a built lexicon may cite.
pub(crate) const JUDGEMENT: &str = "judgement";

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
    #[error("nothing was found that one role is said to do and not the other; describe what sets each apart")]
    NothingApart,
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

/// What a lexicon is built from.
#[derive(Debug, Clone)]
pub struct Build {
    /// The left role.
    pub left: Description,
    /// The right role.
    pub right: Description,
    /// The lexicon whose skills are known, and whose factors are taken over.
    pub catalogue: Arc<Lexicon>,
    /// Whether a skill is also known by the catalogue's own role statements: where a
    /// statement reads like one of them, what the catalogue rests on it is taken too.
    pub by_statements: bool,
    /// How common words are.
    pub background: Background,
    /// The lexicon's name; made from the roles' where none is given.
    pub name: Option<String>,
}

/// A lexicon that was built.
#[derive(Debug, Clone)]
pub struct Built {
    /// The files of its folder, by path.
    pub files: Files,
    /// The lexicon made of them.
    pub lexicon: Lexicon,
    /// Its skills, the one most worth a look first.
    pub proposals: Vec<Proposal>,
}

impl Build {
    /// Builds the lexicon.
    ///
    /// # Errors
    /// When the descriptions do not tell two roles apart.
    pub fn run(mut self) -> Result<Built, BuildError> {
        self.mark_shared();
        let names = self.names()?;
        let mut proposals = Proposer {
            catalogue: &self.catalogue,
            background: &self.background,
            descriptions: [&self.left, &self.right],
            words: word_counts([&self.left, &self.right]),
            by_statements: self.by_statements,
        }
        .proposals();
        let pulls = |side| proposals.iter().any(|proposal| proposal.skill.pull == crate::lexicon::Pull::Toward(side));
        if !pulls(Side::Left) || !pulls(Side::Right) {
            return Err(BuildError::NothingApart);
        }
        let lexicon = settle::settle(&mut proposals, |proposals| {
            self.drop_uncovered(proposals);
            Lexicon::from_files(&names.lexicon, self.files(&names, proposals))
        })?;
        Ok(Built { files: self.files(&names, &proposals), lexicon, proposals })
    }

    /// Marks the statements of both descriptions that say the same.
    fn mark_shared(&mut self) {
        let stems_of = |description: &Description| -> Vec<_> {
            description.statements.iter().map(|said| stems(&said.text)).collect()
        };
        let (left, right) = (stems_of(&self.left), stems_of(&self.right));
        for (at, said) in self.left.statements.iter_mut().enumerate() {
            said.shared |= right.iter().any(|other| alike(&left[at], other));
        }
        for (at, said) in self.right.statements.iter_mut().enumerate() {
            said.shared |= left.iter().any(|other| alike(&right[at], other));
        }
    }

    /// Takes out statements that hold no term at all, and renumbers the rest.
    fn drop_uncovered(&mut self, proposals: &mut [Proposal]) {
        let covered: BTreeSet<(Side, usize)> =
            proposals.iter().flat_map(|proposal| proposal.places.iter().copied()).collect();
        for (side, description) in [(Side::Left, &mut self.left), (Side::Right, &mut self.right)] {
            let mut number = 0;
            let renumbered: Vec<usize> = (1..=description.statements.len())
                .map(|at| {
                    number += usize::from(covered.contains(&(side, at)));
                    number
                })
                .collect();
            let mut at = 0;
            description.statements.retain(|_| {
                at += 1;
                covered.contains(&(side, at))
            });
            for proposal in proposals.iter_mut() {
                let places = std::mem::take(&mut proposal.places);
                let moved = |(of, at): (Side, usize)| (of, if of == side { renumbered[at - 1] } else { at });
                proposal.places = places.into_iter().map(moved).collect();
            }
        }
    }

    fn names(&self) -> Result<Names, BuildError> {
        let ids = [self.left.id(), self.right.id()];
        if ids[0] == ids[1] {
            return Err(BuildError::SameRole(self.left.label.clone()));
        }
        let sides = [side_name(&ids[0], &ids[1]), side_name(&ids[1], &ids[0])];
        let role = |at: usize, description: &Description| RoleNames {
            id: ids[at].clone(),
            label: description.label.clone(),
            side: sides[at].clone(),
        };
        let lexicon = self.name.clone().unwrap_or_else(|| sides.join("-"));
        Ok(Names { lexicon, roles: [role(0, &self.left), role(1, &self.right)] })
    }

    fn files(&self, names: &Names, proposals: &[Proposal]) -> Files {
        let cited = write::cited(proposals);
        let declared = self.catalogue.sources().iter();
        let sources: Vec<_> =
            declared.filter(|source| cited.contains(source.id.as_str()) || source.id == JUDGEMENT).collect();
        let mut files = write::skills(names, &self.catalogue, proposals);
        files.insert("lexicon.toml".to_owned(), write::manifest(names, self.catalogue.scoring(), &sources));
        for (role, description) in names.roles.iter().zip([&self.left, &self.right]) {
            files.insert(format!("roles/{}.md", role.id), description.file());
        }
        common_files(&mut files);
        files.insert("review.csv".to_owned(), write::review(names, proposals));
        files.insert(BACKGROUND.to_owned(), self.background.list().to_owned());
        files
    }
}

/// Adds the headings and cues inside the crate: they are those of English postings, whatever
/// the roles.
pub(crate) fn common_files(files: &mut Files) {
    for name in ["headings.toml", "cues.toml"] {
        files.insert(name.to_owned(), Lexicon::builtin_file(name).unwrap_or_default().to_owned());
    }
}

/// The word for a side in column names: the words of its role's id that the other lacks.
fn side_name(id: &str, other: &str) -> String {
    let others: BTreeSet<&str> = other.split('-').collect();
    let own: Vec<&str> = id.split('-').filter(|word| !others.contains(word)).collect();
    if own.is_empty() { id.to_owned() } else { own.join("-") }
}
