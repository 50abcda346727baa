//! The files of a built lexicon that hold its skills, in the order in which a person reviews them.

use std::collections::{BTreeMap, BTreeSet};

use super::description::Description;
use super::known::Origin;
use super::proposal::{
    LEFT_DUTIES, LEFT_TERMS, OTHER_JOBS, Proposal, RIGHT_DUTIES, RIGHT_TERMS, SHARED_DUTIES, SHARED_TERMS,
};
use crate::lexicon::{Citation, Lexicon, Side, Skill};
use crate::report::decimal;
use crate::workbench::folder::{CategoryFile, LexiconFiles, Names};
use crate::workbench::review::{ReviewRow, ReviewTable};

/// The first line of each file of skills.
const ORDER: &str = "# The most telling first: those said of one role alone, in several statements.\n";

/// The files of `skills/`, one a category, in each the most telling skill first.
pub(crate) fn skill_files(names: &Names, catalogue: &Lexicon, proposals: &[Proposal]) -> LexiconFiles {
    let mut by_category: BTreeMap<&str, Vec<Skill>> = BTreeMap::new();
    for proposal in proposals {
        by_category.entry(&proposal.category).or_default().push(proposal.with_sources());
    }
    let file = |(category, skills): (&str, Vec<Skill>)| {
        let (title, technical) = about(names, catalogue, category);
        let file = CategoryFile { id: file_stem(names, category), title, technical, skills: &skills };
        let (path, text) = file.write(names);
        (path, format!("{ORDER}{text}"))
    };
    by_category.into_iter().map(file).collect()
}

/// What the file of a category is called, `.toml` aside.
fn file_stem(names: &Names, category: &str) -> String {
    match category {
        LEFT_TERMS => format!("{}-terms", names.roles[0].id),
        RIGHT_TERMS => format!("{}-terms", names.roles[1].id),
        LEFT_DUTIES => format!("{}-duties", names.roles[0].id),
        RIGHT_DUTIES => format!("{}-duties", names.roles[1].id),
        _ => category.to_owned(),
    }
}

/// The title of a category, and whether it is technical.
fn about(names: &Names, catalogue: &Lexicon, id: &str) -> (String, bool) {
    let of_role = |side: Side| format!("Words of the description of the {}", names.roles[side.index()].label);
    match id {
        LEFT_TERMS => (of_role(Side::Left), true),
        RIGHT_TERMS => (of_role(Side::Right), true),
        LEFT_DUTIES => (format!("Duties of the {}", names.roles[0].label), true),
        RIGHT_DUTIES => (format!("Duties of the {}", names.roles[1].label), true),
        SHARED_TERMS => ("Words of both descriptions".to_owned(), false),
        SHARED_DUTIES => ("Duties of both".to_owned(), false),
        OTHER_JOBS => ("Names of other jobs, which speak for neither role".to_owned(), false),
        _ => {
            let known = catalogue.categories().iter().find(|category| category.id == id);
            known.map_or_else(|| (id.to_owned(), false), |category| (category.title.clone(), category.technical))
        }
    }
}

/// The ids of the outside sources that proposals cite.
pub(crate) fn cited(proposals: &[Proposal]) -> BTreeSet<&str> {
    let sources = proposals.iter().flat_map(|proposal| &proposal.skill.sources);
    sources
        .filter_map(|source| match source {
            Citation::Declared { id, .. } => Some(id.as_str()),
            Citation::Statement { .. } => None,
        })
        .collect()
}

/// `review.csv`: every skill but the names of other jobs, the one most worth a look first, with
/// what it rests on and room for a person's decision.
pub(crate) fn table(names: &Names, descriptions: [&Description; 2], proposals: &[Proposal]) -> String {
    let row = |proposal: &Proposal| {
        let Proposal { skill, category, origin, statements, keyness, .. } = proposal;
        let cited: Vec<String> =
            statements.iter().map(|(side, number)| format!("{}#{number}", names.roles[side.index()].id)).collect();
        let example = statements.first().map(|(side, number)| &descriptions[side.index()].statements[number - 1].text);
        let wordings: Vec<&str> = skill.wordings().collect();
        ReviewRow {
            keep: None,
            side: names.leaning(skill.leaning).to_owned(),
            strength: skill.strength,
            merge_with: String::new(),
            suggested: is_suggested(proposal),
            skill_id: skill.id.clone(),
            name: skill.name.clone(),
            forms: wordings.join("; "),
            example: example.cloned().unwrap_or_default(),
            origin: origin.name().to_owned(),
            keyness: decimal(*keyness, 2),
            statements: cited.join("; "),
            file: format!("skills/{}.toml", file_stem(names, category)),
        }
    };
    let reviewed = proposals.iter().filter(|proposal| proposal.origin != Origin::OtherJob);
    ReviewTable { rows: reviewed.map(row).collect() }.write()
}

/// Whether a skill is better kept, as far as that can be told: what counts, and of the words that
/// do not count yet those that one role alone uses more than once.
fn is_suggested(proposal: &Proposal) -> bool {
    let Proposal { skill, statements, .. } = proposal;
    skill.strength > 0 || (skill.leaning.side().is_some() && statements.len() > 1)
}
