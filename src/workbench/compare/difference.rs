//! What changed from one lexicon to another, skill by skill.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::{Case, Form, Lexicon, Skill};

/// What changed from one lexicon to another, skill by skill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LexiconDifference {
    /// Skills that only the new one has, by id.
    pub added: Vec<String>,
    /// Skills that only the old one has, by id.
    pub removed: Vec<String>,
    /// Skills that both have and that are not the same.
    pub changed: Vec<Changed>,
    /// What else changed: the roles, factors, headings, cues.
    pub rest: Vec<&'static str>,
}

/// A skill that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// What changed, a line each: `strength 2 -> 3`, `form + "k8s"`.
    pub lines: Vec<String>,
}

impl LexiconDifference {
    /// What changed from `old` to `new`.
    #[must_use]
    pub fn between(old: &Lexicon, new: &Lexicon) -> Self {
        let by_id = |lexicon: &Lexicon| -> BTreeMap<String, Skill> {
            lexicon.skills().iter().map(|skill| (skill.id.clone(), skill.clone())).collect()
        };
        let (before, after) = (by_id(old), by_id(new));
        let only = |these: &BTreeMap<String, Skill>, those: &BTreeMap<String, Skill>| {
            these.keys().filter(|id| !those.contains_key(*id)).cloned().collect()
        };
        let changed = before.iter().filter_map(|(id, skill)| {
            let lines = lines((old, skill), (new, after.get(id)?));
            (!lines.is_empty()).then(|| Changed { id: id.clone(), lines })
        });
        Self {
            added: only(&after, &before),
            removed: only(&before, &after),
            changed: changed.collect(),
            rest: rest(old, new),
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn lines((old, before): (&Lexicon, &Skill), (new, after): (&Lexicon, &Skill)) -> Vec<String> {
    let mut lines = Vec::new();
    let mut word = |what: &str, old: String, new: String| {
        if old != new {
            lines.push(format!("{what} {old} -> {new}"));
        }
    };
    word("name", before.name.clone(), after.name.clone());
    word("category", old.category_of(before).id.clone(), new.category_of(after).id.clone());
    word("leaning", old.leaning_name(before.leaning).to_owned(), new.leaning_name(after.leaning).to_owned());
    word("strength", before.strength.to_string(), after.strength.to_string());
    word("weight", format!("{:+}", before.weight), format!("{:+}", after.weight));
    let forms = |skill: &Skill| skill.forms.iter().map(ruled).collect();
    let cited = |lexicon: &Lexicon, skill: &Skill| skill.sources.iter().map(|source| lexicon.cite(source)).collect();
    list(&mut lines, "form", &forms(before), &forms(after));
    let plain = |words: &[String]| words.iter().map(|word| format!("{word:?}")).collect();
    list(&mut lines, "not", &plain(&before.not), &plain(&after.not));
    list(&mut lines, "needs", &plain(&before.needs), &plain(&after.needs));
    list(&mut lines, "unless", &plain(&before.unless), &plain(&after.unless));
    list(&mut lines, "source", &cited(old, before), &cited(new, after));
    lines
}

/// A form with its rules.
fn ruled(form: &Form) -> String {
    let case = if form.case == Case::Exact { ", exact case" } else { "" };
    let context = form.context.name();
    let context = if context == "none" { String::new() } else { format!(", context {context}") };
    format!("{:?}{case}{context}", form.text)
}

fn list(lines: &mut Vec<String>, what: &str, before: &BTreeSet<String>, after: &BTreeSet<String>) {
    lines.extend(before.difference(after).map(|word| format!("{what} - {word}")));
    lines.extend(after.difference(before).map(|word| format!("{what} + {word}")));
}

fn rest(old: &Lexicon, new: &Lexicon) -> Vec<&'static str> {
    let shown = |part: &dyn std::fmt::Debug| format!("{part:?}");
    let settings =
        |lexicon: &Lexicon| shown(&(lexicon.scoring(), lexicon.section_factors(), lexicon.requirement_factors()));
    let parts: [(&'static str, String, String); 4] = [
        ("roles", shown(old.roles()), shown(new.roles())),
        ("factors", settings(old), settings(new)),
        ("headings", shown(&old.headings()), shown(&new.headings())),
        ("cues", shown(old.cues()), shown(new.cues())),
    ];
    parts.into_iter().filter(|(_, before, after)| before != after).map(|(what, ..)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    fn changed(file: &str, old: &str, new: &str) -> LexiconDifference {
        let (files, _) = testing::broken(file, old, new);
        let changed = testing::load(&files).unwrap_or_else(|error| panic!("{error}"));
        LexiconDifference::between(&testing::lexicon(), &changed)
    }

    #[test]
    fn the_same_lexicon_differs_in_nothing() {
        assert!(LexiconDifference::between(&testing::lexicon(), &testing::lexicon()).is_empty());
    }

    #[test]
    fn each_change_of_a_skill_is_a_line() {
        let found = changed(
            "skills/baking.toml",
            "strength = 3\nforms = [\"kneading\", \"knead dough\"]",
            "strength = 2\nforms = [\"kneading\", { form = \"Teig\", case = \"exact\" }]",
        );
        let [kneading] = found.changed.as_slice() else { panic!("{found:#?}") };
        assert_eq!(
            kneading.lines,
            ["strength 3 -> 2", "weight -2.0000 -> -1.0000", "form - \"knead dough\"", "form + \"Teig\", exact case"]
        );
    }

    #[test]
    fn what_is_no_skill_is_named() {
        assert_eq!(changed("lexicon.toml", "repeat_gain = 0.5", "repeat_gain = 0.6").rest, ["factors"]);
        assert_eq!(changed("roles/baker.md", "Kneads dough.", "Kneads all dough.").rest, ["roles"]);
        let found = changed("skills/brewing.toml", "id = \"lautering\"", "id = \"straining\"");
        assert_eq!(
            (found.added.as_slice(), found.removed.as_slice()),
            (["straining".to_owned()].as_slice(), ["lautering".to_owned()].as_slice())
        );
    }
}
