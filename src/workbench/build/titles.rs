//! The names of the two roles with their variants, and the names of other jobs.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::lexicon::{Lexicon, Skill, SkillLeaning};
use crate::text::normalise;

/// What the names of other jobs weigh: a posting that is called so is another profession's.
const STRENGTH: u8 = 3;

/// How a posting says whom it seeks, before the name of the job.
const SEEKING: [&str; 2] = ["as a ", "as an "];

/// Last words of job names whose field is not made by one of the [`ENDINGS`].
const FIELDS: [(&str, &[&str]); 26] = [
    ("accountant", &["accounting", "accountancy"]),
    ("analyst", &["analysis", "analytics"]),
    ("architect", &["architecture"]),
    ("assistant", &["assistance"]),
    ("attorney", &["law"]),
    ("chemist", &["chemistry"]),
    ("consultant", &["consulting"]),
    ("counsellor", &["counselling", "counseling"]),
    ("dentist", &["dentistry"]),
    ("designer", &["design"]),
    ("developer", &["development"]),
    ("economist", &["economics"]),
    ("engineer", &["engineering"]),
    ("journalist", &["journalism"]),
    ("lawyer", &["law"]),
    ("librarian", &["librarianship"]),
    ("manager", &["management"]),
    ("midwife", &["midwifery"]),
    ("nurse", &["nursing"]),
    ("pharmacist", &["pharmacy"]),
    ("physicist", &["physics"]),
    ("researcher", &["research"]),
    ("scientist", &["science"]),
    ("secretary", &["secretarial work"]),
    ("statistician", &["statistics"]),
    ("therapist", &["therapy"]),
];

/// Endings of job names, and those of their fields.
const ENDINGS: [(&str, &str); 5] =
    [("ologist", "ology"), ("grapher", "graphy"), ("ator", "ation"), ("er", "ing"), ("or", "ing")];

/// Words that are spelled in two ways.
const SPELLINGS: [(&str, &str); 3] = [("counsellor", "counselor"), ("programme", "program"), ("adviser", "advisor")];

/// What a role is called.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// Its name, normalised.
    label: String,
    /// Its name in all spellings, and other names that the catalogue has for it.
    pub names: Vec<String>,
    /// The field it works in: `data engineering`.
    pub fields: Vec<String>,
}

/// The titles of both roles.
pub(crate) fn titles(catalogue: &Lexicon, labels: [&str; 2]) -> [Title; 2] {
    let labels = labels.map(normalise);
    [0, 1].map(|at| title(catalogue, &labels[at], &labels[1 - at]))
}

fn title(catalogue: &Lexicon, label: &str, other: &str) -> Title {
    let mut names = spellings(label);
    let of_other = |name: &str| has_words(name, other);
    for skill in jobs(catalogue).filter(|skill| skill.forms.first().is_some_and(|form| *form.key == *label)) {
        names.extend(skill.forms.iter().map(|form| form.key.to_string()).filter(|name| !of_other(name)));
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let fields = fields(label).into_iter().filter(|field| !seen.contains(field)).collect();
    Title { label: label.to_owned(), names, fields }
}

fn spellings(label: &str) -> Vec<String> {
    let other = SPELLINGS.iter().flat_map(|(one, two)| [(one, two), (two, one)]);
    let mut names = vec![label.to_owned()];
    names.extend(other.filter(|(one, _)| has_words(label, one)).map(|(one, two)| label.replace(*one, two)));
    names
}

fn fields(label: &str) -> Vec<String> {
    let (before, last) = label.rsplit_once(' ').map_or(("", label), |(before, last)| (before, last));
    let known = FIELDS.iter().find(|(job, _)| *job == last).map(|(_, fields)| fields.to_vec());
    let made = || ENDINGS.iter().find_map(|(job, field)| Some(vec![format!("{}{field}", last.strip_suffix(job)?)]));
    let fields = known.map(|fields| fields.into_iter().map(str::to_owned).collect()).or_else(made);
    fields.unwrap_or_default().into_iter().map(|field| format!("{before} {field}").trim().to_owned()).collect()
}

/// The skills of a catalogue that are names of jobs.
fn jobs(catalogue: &Lexicon) -> impl Iterator<Item = &Skill> {
    catalogue.skills().iter().filter(|skill| catalogue.category_of(skill).jobs)
}

/// The names of jobs that a catalogue knows, without what stands before them where one is sought.
pub(crate) fn job_names(catalogue: &Lexicon) -> BTreeSet<String> {
    let forms = jobs(catalogue).flat_map(|skill| &skill.forms);
    forms
        .map(|form| SEEKING.iter().find_map(|lead| form.key.strip_prefix(lead)).unwrap_or(&form.key).to_owned())
        .collect()
}

/// What the catalogue knows of other jobs than the two, as words of other professions.
///
/// A skill that holds the name of a role is left out whole, for its other names may be that
/// role's as well; and so is a name that shares with a role what no other role of the two has:
/// beside a project manager, a project lead is no stranger.
pub(crate) fn other_jobs(catalogue: &Arc<Lexicon>, titles: &[Title; 2]) -> Vec<Skill> {
    let of_role = |name: &str| titles.iter().any(|title| title.names.iter().any(|own| has_words(name, own)));
    let own = own_words(titles);
    let is_near = |name: &str| name.split(' ').any(|word| own.contains(word));
    let others = jobs(catalogue).filter(|skill| !skill.forms.iter().any(|form| of_role(&form.key)));
    others
        .filter_map(|skill| {
            let names = skill.forms.iter().filter(|form| !is_near(&form.key) && is_job(&form.key));
            let forms: Vec<String> = names.map(|form| sought(&form.key)).collect();
            let forms: BTreeSet<&str> = forms.iter().map(String::as_str).collect();
            let job = Skill::plain(&skill.id, &skill.name, SkillLeaning::OtherProfession, STRENGTH, forms);
            (!job.forms.is_empty()).then_some(job)
        })
        .collect()
}

/// The words before the last of each role's name that the other's name lacks.
fn own_words<'t>(titles: &'t [Title; 2]) -> BTreeSet<&'t str> {
    let words = |title: &'t Title| -> Vec<&'t str> { title.label.split(' ').collect() };
    let [left, right] = [words(&titles[0]), words(&titles[1])];
    let modifiers = |own: &[&'t str], other: &[&'t str]| -> Vec<&'t str> {
        own[..own.len() - 1].iter().filter(|word| !other.contains(word)).copied().collect()
    };
    modifiers(&left, &right).into_iter().chain(modifiers(&right, &left)).collect()
}

/// Whether a form names one person's job, and neither a team nor a way of working with one.
fn is_job(form: &str) -> bool {
    !form.ends_with('s') && !form.contains(" with ")
}

/// The name of a job as postings write it that seek somebody for it; titles are read so, too.
fn sought(form: &str) -> String {
    let first = form.split(' ').next().unwrap_or_default();
    let is_led = ["as", "looking", "seeking", "hiring", "recruiting", "the", "this", "our"].contains(&first);
    let article = if form.starts_with(['a', 'e', 'i', 'o']) { "as an" } else { "as a" };
    if is_led || form.ends_with(" role") || form.ends_with(" position") {
        form.to_owned()
    } else {
        format!("{article} {form}")
    }
}

/// Whether `phrase` holds these words one after the other.
pub(crate) fn has_words(phrase: &str, words: &str) -> bool {
    format!(" {phrase} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_a_field_and_spellings() {
        for (label, names, expected) in [
            ("data engineer", vec!["data engineer"], vec!["data engineering"]),
            ("nurse", vec!["nurse"], vec!["nursing"]),
            (
                "school counsellor",
                vec!["school counsellor", "school counselor"],
                vec!["school counselling", "school counseling"],
            ),
            ("pastry baker", vec!["pastry baker"], vec!["pastry baking"]),
            ("network administrator", vec!["network administrator"], vec!["network administration"]),
            ("internal auditor", vec!["internal auditor"], vec!["internal auditing"]),
            ("photographer", vec!["photographer"], vec!["photography"]),
            ("clinical pharmacist", vec!["clinical pharmacist"], vec!["clinical pharmacy"]),
            ("chef", vec!["chef"], vec![]),
        ] {
            assert_eq!(
                (spellings(label), fields(label)),
                (names.into_iter().map(str::to_owned).collect(), expected.into_iter().map(str::to_owned).collect()),
                "{label}"
            );
        }
    }
}
