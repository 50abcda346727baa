//! The steps from two descriptions to a lexicon.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::background::{Background, FILE as BACKGROUND};
use super::description::Description;
use super::duties::{Duties, duties};
use super::error::BuildError;
use super::everyday::is_only_everyday;
use super::known::{Origin, alike, stems};
use super::proposal::{Proposal, Proposer};
use super::prune::prune;
use super::review;
use super::terms::word_counts;
use super::titles::titles;
use crate::lexicon::{DeclaredSource, DutyClasses, Lexicon, Side, SkillLeaning};
use crate::workbench::folder::{self, LexiconFiles, Names, RoleNames};
use crate::workbench::review::REVIEW;

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
        let mut names = self.names()?;
        let duties = self.duties();
        names.duties = duties.classes.clone();
        let titles = titles(&self.catalogue, [&self.left.label, &self.right.label]);
        let mut proposals = Proposer {
            catalogue: &self.catalogue,
            background: &self.background,
            descriptions: [&self.left, &self.right],
            words: word_counts([&self.left, &self.right]),
            by_statements: self.by_statements,
            titles: &titles,
            duties: &duties,
        }
        .proposals();
        // Names alone tell nothing of what the roles do.
        let is_told = |proposal: &Proposal| proposal.origin != Origin::Title;
        let has_skills = |side| {
            let mut told = proposals.iter().filter(|proposal| is_told(proposal));
            told.any(|proposal| proposal.skill.leaning == SkillLeaning::Toward(side))
        };
        if !Side::BOTH.into_iter().all(has_skills) {
            return Err(BuildError::NothingApart);
        }
        let lexicon = prune(&mut proposals, |proposals| {
            self.mark_open(proposals);
            Ok(Lexicon::from_files(&names.lexicon, self.files(&names, proposals)?)?)
        })?;
        Ok(Built { files: self.files(&names, &proposals)?, lexicon, proposals })
    }

    fn duties(&self) -> Duties {
        let statements = Side::BOTH.into_iter().zip([&self.left, &self.right]).flat_map(|(side, description)| {
            let numbered = (1..).zip(&description.statements);
            numbered.map(move |(number, statement)| ((side, number), statement.text.as_str()))
        });
        duties(self.catalogue.duties(), statements)
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

    /// Marks the statements that only everyday words lead to, or nothing at all.
    fn mark_open(&mut self, proposals: &[Proposal]) {
        let telling = proposals.iter().filter(|proposal| !is_only_everyday(&proposal.skill));
        let covered: BTreeSet<(Side, usize)> =
            telling.flat_map(|proposal| proposal.statements.iter().copied()).collect();
        for (side, description) in [(Side::Left, &mut self.left), (Side::Right, &mut self.right)] {
            for (number, statement) in (1..).zip(&mut description.statements) {
                statement.open = !covered.contains(&(side, number));
            }
        }
    }

    fn names(&self) -> Result<Names, BuildError> {
        let ids = [self.left.id(), self.right.id()];
        if ids[0] == ids[1] {
            return Err(BuildError::SameRole(self.left.label.clone()));
        }
        let role = |at: usize, description: &Description| RoleNames {
            id: ids[at].clone(),
            label: description.label.clone(),
            side_id: ids[at].replace('-', "_"),
        };
        let lexicon = self.name.clone().unwrap_or_else(|| ids.join("-"));
        Ok(Names { lexicon, roles: [role(0, &self.left), role(1, &self.right)], duties: DutyClasses::default() })
    }

    fn files(&self, names: &Names, proposals: &[Proposal]) -> Result<LexiconFiles, toml::ser::Error> {
        let mut files = review::skill_files(names, &self.catalogue, proposals);
        files.insert("duties.toml".to_owned(), folder::duties_file(&names.duties));
        folder::add_common_files(&mut files);
        let cited = review::cited(proposals);
        let is_cited = |source: &&DeclaredSource| cited.contains(source.id.as_str()) || source.id == folder::JUDGEMENT;
        let sources: Vec<_> = self.catalogue.sources().iter().filter(is_cited).collect();
        files.insert("lexicon.toml".to_owned(), folder::manifest(COMMENT, names, &self.catalogue, &sources)?);
        for (role, description) in names.roles.iter().zip([&self.left, &self.right]) {
            files.insert(format!("roles/{}.md", role.id), description.file());
        }
        files.insert(REVIEW.to_owned(), review::table(names, [&self.left, &self.right], proposals));
        files.insert(BACKGROUND.to_owned(), self.background.list().to_owned());
        Ok(files)
    }
}
