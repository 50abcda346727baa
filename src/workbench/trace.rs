//! Everything a lexicon knows of a phrase: the skill it belongs to, and what else mentions it.

use crate::lexicon::{Form, Lexicon, Skill, SkillId};
use crate::text::{nearest, normalise};

/// What the lexicon knows of a phrase.
#[derive(Debug, Clone)]
pub struct Trace<'l> {
    /// The phrase as it is looked up.
    pub key: String,
    /// The skills that have it as a form.
    pub owners: Vec<FormOf<'l>>,
    /// The skills for which it is a phrase that means something else.
    pub blocked: Vec<SkillId>,
    /// The skills whose ambiguous forms count near it.
    pub needed: Vec<SkillId>,
    /// Forms that hold the phrase, or that the phrase holds, longest first.
    pub related: Vec<FormOf<'l>>,
    /// The form that is spelled nearly so; it may be the phrase itself.
    pub nearest: Option<FormOf<'l>>,
}

/// A form, and the skill it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct FormOf<'l> {
    /// The skill.
    pub skill: SkillId,
    /// Its form.
    pub form: &'l Form,
}

impl<'l> Trace<'l> {
    /// Looks up what `lexicon` knows of `phrase`, whatever its case and hyphens.
    #[must_use]
    pub fn of(lexicon: &'l Lexicon, phrase: &str) -> Self {
        let key = normalise(phrase);
        let forms = || {
            lexicon
                .skills_with_ids()
                .flat_map(|(skill, owner)| owner.forms.iter().map(move |form| FormOf { skill, form }))
        };
        let holding = |list: fn(&Skill) -> &Vec<String>| {
            lexicon.skills_with_ids().filter(|(_, skill)| list(skill).contains(&key)).map(|(id, _)| id).collect()
        };
        let mut related: Vec<FormOf<'_>> = forms()
            .filter(|entry| {
                entry.form.key != *key && (has_words(&entry.form.key, &key) || has_words(&key, &entry.form.key))
            })
            .collect();
        related.sort_by_key(|entry| std::cmp::Reverse(entry.form.key.len()));
        let mut known = forms();
        let near = nearest(&key, forms().map(|entry| entry.form.key.as_str()));
        Self {
            nearest: near.and_then(|near| known.find(|entry| entry.form.key == near)),
            owners: forms().filter(|entry| entry.form.key == *key).collect(),
            blocked: holding(|skill| &skill.not),
            needed: holding(|skill| &skill.needs),
            related,
            key,
        }
    }
}

/// Whether `phrase` stands in `text` as whole words.
fn has_words(text: &str, phrase: &str) -> bool {
    let is_word = crate::text::is_word_char;
    text.match_indices(phrase)
        .any(|(at, _)| !text[..at].ends_with(is_word) && !text[at + phrase.len()..].starts_with(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn a_trace_tells_who_claims_a_phrase() {
        let lexicon = testing::lexicon();
        let trace = Trace::of(&lexicon, "Knead-Dough");
        let owners: Vec<&str> = trace.owners.iter().map(|entry| lexicon.skill(entry.skill).id.as_str()).collect();
        assert_eq!(owners, ["kneading"]);
        let blocked = Trace::of(&lexicon, "proof of address").blocked;
        assert_eq!(blocked.iter().map(|id| lexicon.skill(*id).id.as_str()).collect::<Vec<_>>(), ["proving"]);
        let related = Trace::of(&lexicon, "dough").related;
        let forms: Vec<&str> = related.iter().map(|entry| entry.form.text.as_str()).collect();
        assert_eq!(forms, ["proving dough", "knead dough", "sour dough"]);
    }
}
