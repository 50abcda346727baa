//! What a change of lexicon changes in verdicts and mentions.

use std::collections::{BTreeMap, BTreeSet};

use crate::classifier::Classifier;
use crate::document::TooMuchWork;
use crate::input::Posting;
use crate::leaning::Leaning;
use crate::matching::Mention;

/// A posting whose verdict is another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The posting's id.
    pub id: String,
    /// Verdict and tilt before.
    pub old: (String, Option<f64>),
    /// Verdict and tilt after.
    pub new: (String, Option<f64>),
}

/// How often only one of the two lexicons finds a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCount {
    /// The skill's id.
    pub skill: String,
    /// The form, as the lexicon writes it.
    pub form: String,
    /// Mentions.
    pub mentions: usize,
}

/// How verdicts and mentions differ between two lexicons on the same postings.
#[derive(Debug, Clone, Default)]
pub struct Effect {
    /// Postings compared.
    pub postings: usize,
    /// Those whose verdict is another one, in input order.
    pub flips: Vec<Flip>,
    only_old: BTreeMap<(String, String), usize>,
    only_new: BTreeMap<(String, String), usize>,
}

impl Effect {
    /// Compares both on one posting.
    ///
    /// # Errors
    /// When classifying it takes far more work than a text of its length should.
    pub fn add(&mut self, old: &Classifier, new: &Classifier, posting: &Posting) -> Result<(), TooMuchWork> {
        let (before, after) = (old.classify(posting)?, new.classify(posting)?);
        self.postings += 1;
        let name = |classifier: &Classifier, leaning: Leaning| leaning.name(classifier.lexicon()).to_owned();
        let verdicts = [name(old, before.verdict.leaning), name(new, after.verdict.leaning)];
        if verdicts[0] != verdicts[1] {
            let [was, is] = verdicts;
            self.flips.push(Flip {
                id: posting.id.clone(),
                old: (was, before.verdict.tilt),
                new: (is, after.verdict.tilt),
            });
        }
        let (before, after) = (places(old, &before.evidence.mentions), places(new, &after.evidence.mentions));
        for (_, skill, form) in before.difference(&after) {
            *self.only_old.entry((skill.clone(), form.clone())).or_default() += 1;
        }
        for (_, skill, form) in after.difference(&before) {
            *self.only_new.entry((skill.clone(), form.clone())).or_default() += 1;
        }
        Ok(())
    }

    /// Mentions that only the new lexicon finds, the most frequent form first.
    #[must_use]
    pub fn only_new(&self) -> Vec<FormCount> {
        sorted(&self.only_new)
    }

    /// Mentions that only the old lexicon finds, the most frequent form first.
    #[must_use]
    pub fn only_old(&self) -> Vec<FormCount> {
        sorted(&self.only_old)
    }
}

/// Where each skill is mentioned, and by which form.
fn places(classifier: &Classifier, mentions: &[Mention]) -> BTreeSet<(usize, String, String)> {
    let place = |mention: &Mention| {
        let skill = classifier.lexicon().skill(mention.skill);
        (mention.span.start, skill.id.clone(), skill.wording(mention.form).to_owned())
    };
    mentions.iter().filter(|mention| !mention.negated).map(place).collect()
}

fn sorted(counts: &BTreeMap<(String, String), usize>) -> Vec<FormCount> {
    let count = |((skill, form), mentions): (&(String, String), &usize)| FormCount {
        skill: skill.clone(),
        form: form.clone(),
        mentions: *mentions,
    };
    let mut list: Vec<FormCount> = counts.iter().map(count).collect();
    list.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| (&a.skill, &a.form).cmp(&(&b.skill, &b.form))));
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn verdicts_flip_and_mentions_change() {
        let (files, _) =
            testing::broken("skills/baking.toml", "forms = [\"sourdough\", \"sour dough\"]", "forms = [\"rye bread\"]");
        let new = testing::load(&files).expect("a sound lexicon");
        let [old, new] = [testing::lexicon(), new].map(Classifier::new);
        let mut effect = Effect::default();
        let begin = "We are looking for somebody who likes to come in early. ".repeat(8);
        let texts = ["Kneading and sourdough.", "Rye bread, rye bread, and kneading.", "Hops and mashing."];
        for text in texts {
            let posting = Posting { id: text.to_owned(), text: begin.clone() + text, ..Posting::default() };
            effect.add(&old, &new, &posting).expect("within its budget");
        }
        let ids: Vec<(&str, &str, &str)> =
            effect.flips.iter().map(|flip| (flip.id.as_str(), flip.old.0.as_str(), flip.new.0.as_str())).collect();
        assert_eq!(
            ids,
            [
                ("Kneading and sourdough.", "baker", "neither"),
                ("Rye bread, rye bread, and kneading.", "neither", "baker")
            ]
        );
        let count = |form: &str, mentions| FormCount { skill: "sourdough".to_owned(), form: form.to_owned(), mentions };
        assert_eq!((effect.only_old(), effect.only_new()), (vec![count("sourdough", 1)], vec![count("rye bread", 2)]));
        assert_eq!(effect.postings, 3);
    }
}
