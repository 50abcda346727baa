//! Every spelling that can be met in a text, and who claims it.
//!
//! A key is a spelling as [`fold_key`](crate::text::fold_key) gives it. Several forms
//! may share a key and differ in case (`LESS`, `LeSS`); a key may also belong to a
//! phrase that means something else and swallows the form in it (`go to market`).

use std::collections::BTreeMap;

use crate::lexicon::{Case, Context, Lexicon, SkillId};
use crate::text::{fold_key, is_word_char};

/// The place of a key in [`Keys`].
pub(crate) type KeyId = u32;

/// A skill's claim to a key.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub skill: SkillId,
    /// The place of the form in the skill's list.
    pub form: u32,
    pub context: Context,
    /// The only spelling that counts, hyphens as spaces; `None` when any case does.
    pub exact: Option<String>,
}

/// What meeting a key means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meaning {
    /// Claims for one exact spelling first, then the claim for any.
    pub claims: Vec<Claim>,
    /// Whether the key is a phrase that means something else.
    pub blocked: bool,
}

/// All keys of a lexicon, sorted, with what each means.
#[derive(Debug)]
pub(crate) struct Keys {
    keys: Vec<String>,
    meanings: Vec<Meaning>,
}

impl Keys {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut table: BTreeMap<String, Meaning> = BTreeMap::new();
        for (claim, key) in written(lexicon) {
            table.entry(key).or_default().claims.push(claim);
        }
        for phrase in lexicon.skills().iter().flat_map(|skill| &skill.not) {
            let plurals = plurals(phrase).into_iter().map(|variant| variant.apply(phrase));
            for phrase in plurals.chain([phrase.clone()]) {
                let meaning = table.entry(phrase).or_default();
                meaning.blocked = meaning.claims.is_empty();
            }
        }
        for (key, claim) in inflected(lexicon) {
            let meaning = table.entry(key).or_default();
            let taken = meaning.claims.iter().any(|other| other.exact.is_none() || other.exact == claim.exact);
            if !taken && !meaning.blocked {
                meaning.claims.push(claim);
            }
        }
        let mut keys = Self { keys: Vec::with_capacity(table.len()), meanings: Vec::with_capacity(table.len()) };
        for (key, mut meaning) in table {
            meaning.claims.sort_by_key(|claim| (claim.exact.is_none(), claim.skill, claim.form));
            keys.keys.push(key);
            keys.meanings.push(meaning);
        }
        keys
    }

    pub(crate) fn keys(&self) -> &[String] {
        &self.keys
    }

    pub(crate) fn meaning(&self, key: KeyId) -> &Meaning {
        &self.meanings[key as usize]
    }
}

impl Meaning {
    /// The claim that a spelling fulfils: its own before one for any case.
    pub(crate) fn claim(&self, shape: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.exact.as_deref().is_none_or(|exact| is_spelled(shape, exact)))
    }
}

/// Whether two shapes are the same but for hyphens, spaces and line breaks.
fn is_spelled(shape: &str, exact: &str) -> bool {
    let joint = |byte: u8| if matches!(byte, b'-' | b'\n') { b' ' } else { byte };
    shape.len() == exact.len() && shape.bytes().map(joint).eq(exact.bytes().map(joint))
}

/// The forms as the lexicon lists them.
fn written(lexicon: &Lexicon) -> impl Iterator<Item = (Claim, String)> + '_ {
    lexicon.skills_with_ids().flat_map(|(skill, owner)| {
        owner.forms.iter().zip(0..).map(move |(form, at)| {
            let exact = (form.case == Case::Exact).then(|| form.text.clone());
            (Claim { skill, form: at, context: form.context, exact }, form.key.clone())
        })
    })
}

/// Plurals of all forms, and singulars of names that are plural phrases: claims that
/// give way to any form the lexicon lists.
///
/// Only names are sure to be noun phrases: the singular of `maintain systems` would be
/// met in `maintain system integrations`.
fn inflected(lexicon: &Lexicon) -> impl Iterator<Item = (String, Claim)> + '_ {
    written(lexicon).flat_map(|(claim, key)| {
        let is_name = fold_key(&lexicon.skill(claim.skill).name) == key;
        let singulars = if is_name { singulars(&key) } else { Vec::new() };
        plurals(&key)
            .into_iter()
            .chain(singulars)
            .map(move |variant| {
                let exact = claim.exact.as_deref().map(|exact| variant.apply(exact));
                (variant.apply(&key), Claim { exact, ..claim.clone() })
            })
            .collect::<Vec<_>>()
    })
}

/// A change at the end of a form.
#[derive(Clone, Copy)]
struct Variant {
    cut: usize,
    add: &'static str,
}

impl Variant {
    fn apply(self, form: &str) -> String {
        format!("{}{}", &form[..form.len() - self.cut], self.add)
    }
}

/// The last word of a key.
fn last_word(key: &str) -> &str {
    key.rsplit(|c| !is_word_char(c)).next().unwrap_or("")
}

/// How the last word of a key ends in the plural.
fn plurals(key: &str) -> Vec<Variant> {
    let last = last_word(key);
    if last.len() < 2 || !last.ends_with(|c: char| c.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut variants = Vec::new();
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| last.ends_with(end));
    if !sibilant {
        variants.push(Variant { cut: 0, add: "s" });
    } else if !last.ends_with('s') || last.ends_with("ss") {
        variants.push(Variant { cut: 0, add: "es" });
    }
    if last.len() > 2 && last.ends_with('y') && !last[..last.len() - 1].ends_with(['a', 'e', 'o', 'u', 'i']) {
        variants.push(Variant { cut: 1, add: "ies" });
    }
    variants
}

/// How the last word of a plural phrase may end in the singular; single words are
/// left alone, since `Windows` is not many a window.
fn singulars(key: &str) -> Vec<Variant> {
    let last = last_word(key);
    let plural = last.len() > 4 && last.ends_with('s') && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    if last.len() == key.len() || !plural {
        return Vec::new();
    }
    let mut variants = vec![Variant { cut: 1, add: "" }];
    if last.ends_with("ies") {
        variants.push(Variant { cut: 3, add: "y" });
    } else if ["ches", "shes", "sses", "xes"].iter().any(|end| last.ends_with(end)) {
        variants.push(Variant { cut: 2, add: "" });
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars() {
        let cases: [(&str, &[&str]); 8] = [
            ("firewall", &["firewalls"]),
            ("switch", &["switches"]),
            ("security policy", &["security policys", "security policies"]),
            ("user stories", &["user storie", "user story"]),
            ("load balancers", &["load balancer"]),
            ("c++", &[]),
            ("windows", &[]),
            ("virtual class", &["virtual classes"]),
        ];
        for (key, expected) in cases {
            let found: Vec<String> =
                plurals(key).into_iter().chain(singulars(key)).map(|variant| variant.apply(key)).collect();
            assert_eq!(found, expected, "{key}");
        }
    }
}
