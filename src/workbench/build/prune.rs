//! Pruning a built lexicon until each of its examples holds.
//!
//! A skill that is taken over from the catalogue may lose the other skills that gave its
//! ambiguous forms their context. Examples that no longer hold are taken out; a skill that then
//! lacks one of a kind loses its ambiguous forms, and a skill that no form reaches is dropped.

use std::collections::BTreeSet;

use super::error::BuildError;
use super::proposal::Proposal;
use crate::classifier::Classifier;
use crate::lexicon::{Context, Lexicon, SkillId};

/// Rounds at most: each takes something away, and a few are enough.
const MOST_ROUNDS: usize = 20;

/// Takes out of `proposals` what does not hold, and gives the lexicon that `load` makes of
/// the rest.
pub(crate) fn prune(
    proposals: &mut Vec<Proposal>,
    mut load: impl FnMut(&mut Vec<Proposal>) -> Result<Lexicon, BuildError>,
) -> Result<Lexicon, BuildError> {
    for _ in 0..MOST_ROUNDS {
        let lexicon = load(proposals)?;
        let classifier = Classifier::new(lexicon.clone());
        if !take_out(proposals, &classifier) {
            return Ok(lexicon);
        }
    }
    load(proposals)
}

/// Takes out what fails; says whether anything did.
fn take_out(proposals: &mut Vec<Proposal>, classifier: &Classifier) -> bool {
    let lexicon = classifier.lexicon();
    let mut unreached = BTreeSet::new();
    let mut changed = false;
    for proposal in proposals.iter_mut() {
        let skill = &mut proposal.skill;
        let Some((id, _)) = lexicon.find(&skill.id) else { continue };
        let counts = |text: &String| found(classifier, text).contains(&id);
        let before = skill.yes.len() + skill.no.len();
        skill.yes.retain(counts);
        skill.no.retain(|text| !counts(text));
        changed |= skill.yes.len() + skill.no.len() < before;
        if skill.is_ambiguous() && (skill.yes.is_empty() || skill.no.is_empty()) {
            skill.forms.retain(|form| form.context == Context::Certain);
            skill.not.clear();
            skill.does.clear();
            changed = true;
        }
        if skill.does.is_empty() && !skill.forms.iter().any(|form| classifier.reached_by(&form.text).contains(&id)) {
            unreached.insert(skill.id.clone());
        }
    }
    changed |= !unreached.is_empty();
    proposals.retain(|proposal| !unreached.contains(&proposal.skill.id));
    changed
}

fn found(classifier: &Classifier, text: &str) -> BTreeSet<SkillId> {
    let mentions = classifier.mentions(text);
    mentions.into_iter().filter(|mention| !mention.negated).map(|mention| mention.skill).collect()
}
