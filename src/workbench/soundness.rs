//! What is wrong with a lexicon that can be used all the same: it would mislead.

use std::collections::HashMap;
use std::sync::Arc;

use super::build::is_only_everyday;
use crate::classifier::Classifier;
use crate::input::Posting;
use crate::lexicon::{Case, Citation, Code, Diagnostic, Form, Lexicon, Role, Skill, Statement};
use crate::matching::with_plurals;
use crate::text::Span;

/// Findings about a lexicon as a whole: a role whose own title does not lean to it, a statement
/// that only everyday words or unconfirmed ones cover, and forms of two skills that are the same
/// to whoever reads a posting.
#[must_use]
pub fn soundness(lexicon: &Arc<Lexicon>) -> Vec<Diagnostic> {
    let mut findings = titles(lexicon);
    findings.extend(lexicon.roles().iter().flat_map(|role| statements(lexicon, role)));
    findings.extend(equivalents(lexicon));
    findings
}

fn titles(lexicon: &Arc<Lexicon>) -> Vec<Diagnostic> {
    let classifier = Classifier::new(Arc::clone(lexicon));
    let leans = |role: &Role| {
        let posting = Posting { title: role.label.clone(), ..Posting::default() };
        classifier.classify(&posting).ok().and_then(|analysis| analysis.title_leaning)
    };
    // A label that is the side's word names no job: whoever made the lexicon gave no title.
    let is_title = |role: &Role| role.label != role.side_id;
    let strays = lexicon.roles().iter().filter(|role| match leans(role) {
        Some(side) => side != role.side,
        None => is_title(role),
    });
    strays
        .map(|role| {
            let message = match leans(role) {
                Some(_) => format!("the title {:?} leans to the other role", role.label),
                None => format!("the title {:?} leans to no role", role.label),
            };
            let finding = Diagnostic::error(Code::Title, "lexicon.toml", message);
            finding.help(format!("add a skill with the form {:?} and the leaning {:?}", role.label, role.side_id))
        })
        .collect()
}

fn statements(lexicon: &Lexicon, role: &Role) -> Vec<Diagnostic> {
    let rests_on = |skill: &&Skill, number| {
        let place = Citation::Statement { side: role.side, number };
        skill.sources.contains(&place)
    };
    let is_weak = |skill: &Skill| skill.strength == 0 || is_only_everyday(skill);
    let is_uncovered = |statement: &&Statement| {
        let mut on_it = lexicon.skills().iter().filter(|skill| rests_on(skill, statement.number)).peekable();
        !statement.open && on_it.peek().is_some() && on_it.all(is_weak)
    };
    let text = lexicon.file(&role.file).unwrap_or_default();
    let finding = |statement: &Statement| {
        let Span { start, end } = statement.line;
        let message = format!("only everyday words cover statement {}: {}", statement.number, statement.text);
        Diagnostic::error(Code::Everyday, &role.file, message)
            .at(start..end, text)
            .help("add a skill that says what the statement says, or end the line with [open]")
    };
    role.statements.iter().filter(is_uncovered).map(finding).collect()
}

fn equivalents(lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut owners: HashMap<String, (&Skill, &Form)> = HashMap::new();
    let mut findings = Vec::new();
    for skill in lexicon.skills().iter() {
        for form in skill.forms.iter().filter(|form| form.case == Case::Any) {
            let other = with_plurals(&form.key).into_iter().find_map(|key| owners.get(&key).copied());
            let is_meant = |form: &Form| lexicon.apart().iter().any(|apart| *form.key == **apart);
            let strange = other.filter(|(owner, theirs)| owner.id != skill.id && !is_meant(form) && !is_meant(theirs));
            if let Some((owner, theirs)) = strange {
                let message = format!("the form {:?} is the same as {:?} of {}", form.text, theirs.text, owner.id);
                let finding = lexicon.finding(Code::DuplicateForm, skill, skill.written.id, message);
                findings.push(finding.help("singular and plural are one form: take it out of one of the two skills, or put it into `apart` in lexicon.toml"));
            }
        }
        for form in skill.forms.iter().filter(|form| form.case == Case::Any) {
            owners.extend(with_plurals(&form.key).into_iter().map(|key| (key, (skill, form))));
        }
    }
    findings
}
