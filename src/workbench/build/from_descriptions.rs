//! The steps from two descriptions to a lexicon.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::background::{Background, FILE as BACKGROUND};
use super::description::Description;
use super::error::BuildError;
use super::known::{alike, stems};
use super::proposal::{Proposal, Proposer};
use super::prune::prune;
use super::review::{self, REVIEW};
use super::terms::word_counts;
use crate::lexicon::{DeclaredSource, Lexicon, Side, SkillLeaning};
use crate::workbench::folder::{self, LexiconFiles, Names, RoleNames};

/// The first line of `lexicon.toml`.
const COMMENT: &str =
    "Built from two role descriptions by `rolelean lexicon build`; review.csv says in which order to read it.";

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
    pub files: LexiconFiles,
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
        let has_skills = |side| proposals.iter().any(|proposal| proposal.skill.leaning == SkillLeaning::Toward(side));
        if !Side::BOTH.into_iter().all(has_skills) {
            return Err(BuildError::NothingApart);
        }
        let lexicon = prune(&mut proposals, |proposals| {
            self.drop_uncovered(proposals);
            Ok(Lexicon::from_files(&names.lexicon, self.files(&names, proposals)?)?)
        })?;
        Ok(Built { files: self.files(&names, &proposals)?, lexicon, proposals })
    }

    /// Marks the statements of both descriptions that say the same.
    fn mark_shared(&mut self) {
        let stems_of = |description: &Description| -> Vec<_> {
            description.statements.iter().map(|statement| stems(&statement.text)).collect()
        };
        let (left, right) = (stems_of(&self.left), stems_of(&self.right));
        for (statement, own) in self.left.statements.iter_mut().zip(&left) {
            statement.shared |= right.iter().any(|other| alike(own, other));
        }
        for (statement, own) in self.right.statements.iter_mut().zip(&right) {
            statement.shared |= left.iter().any(|other| alike(own, other));
        }
    }

    /// Takes out statements that hold no term at all, and renumbers the rest.
    fn drop_uncovered(&mut self, proposals: &mut [Proposal]) {
        let covered: BTreeSet<(Side, usize)> =
            proposals.iter().flat_map(|proposal| proposal.statements.iter().copied()).collect();
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
                let statements = std::mem::take(&mut proposal.statements);
                let moved = |(of, at): (Side, usize)| (of, if of == side { renumbered[at - 1] } else { at });
                proposal.statements = statements.into_iter().map(moved).collect();
            }
        }
    }

    fn names(&self) -> Result<Names, BuildError> {
        let ids = [self.left.id(), self.right.id()];
        if ids[0] == ids[1] {
            return Err(BuildError::SameRole(self.left.label.clone()));
        }
        let side_ids = [side_id(&ids[0], &ids[1]), side_id(&ids[1], &ids[0])];
        let role = |at: usize, description: &Description| RoleNames {
            id: ids[at].clone(),
            label: description.label.clone(),
            side_id: side_ids[at].clone(),
        };
        let lexicon = self.name.clone().unwrap_or_else(|| side_ids.join("-"));
        Ok(Names { lexicon, roles: [role(0, &self.left), role(1, &self.right)] })
    }

    fn files(&self, names: &Names, proposals: &[Proposal]) -> Result<LexiconFiles, toml::ser::Error> {
        let mut files = review::skill_files(names, &self.catalogue, proposals);
        folder::add_common_files(&mut files);
        let cited = review::cited(proposals);
        let is_cited = |source: &&DeclaredSource| cited.contains(source.id.as_str()) || source.id == folder::JUDGEMENT;
        let sources: Vec<_> = self.catalogue.sources().iter().filter(is_cited).collect();
        files.insert("lexicon.toml".to_owned(), folder::manifest(COMMENT, names, &self.catalogue, &sources)?);
        for (role, description) in names.roles.iter().zip([&self.left, &self.right]) {
            files.insert(format!("roles/{}.md", role.id), description.file());
        }
        files.insert(REVIEW.to_owned(), review::table(names, proposals));
        files.insert(BACKGROUND.to_owned(), self.background.list().to_owned());
        Ok(files)
    }
}

/// The word for a side in column names: the words of its role's id that the other lacks.
fn side_id(id: &str, other: &str) -> String {
    let others: BTreeSet<&str> = other.split('-').collect();
    let own: Vec<&str> = id.split('-').filter(|word| !others.contains(word)).collect();
    if own.is_empty() { id.to_owned() } else { own.join("-") }
}
