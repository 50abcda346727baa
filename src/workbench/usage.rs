//! Which skills and forms of a lexicon earn their place in a run.
//!
//! ```
//! use rolelean::workbench::usage::Usage;
//! use rolelean::{Classifier, Lexicon, Posting};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let classifier = Classifier::new(Lexicon::builtin());
//! let mut usage = Usage::new(classifier.lexicon());
//! usage.add(&classifier.classify_text("You write C# and Kotlin.")?);
//! let (id, _) = classifier.lexicon().find("c-sharp").ok_or("the skill is there")?;
//! assert_eq!(usage.forms(id)[0].mentions, 1);
//! # Ok(())
//! # }
//! ```

use std::collections::BTreeSet;
use std::sync::Arc;

use super::csv_text::CsvText;
use crate::classifier::Analysis;
use crate::lexicon::{Lexicon, SkillId};
use crate::run::{Classified, Rows, Sink, SinkError};

/// What is counted of one form; negated mentions do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FormUsage {
    /// Mentions.
    pub mentions: u64,
    /// Postings that have it.
    pub postings: u64,
    /// Of those, the ones in which its skill is found by this form alone.
    pub unique: u64,
    /// Of those, the ones whose verdict rests on it: no other skill of the verdict's side
    /// was found, and this one by no other form.
    pub sole_evidence: u64,
}

/// The counts of every form of a lexicon over a run.
#[derive(Debug, Clone)]
pub struct Usage {
    forms: Vec<Vec<FormUsage>>,
    lexicon: Arc<Lexicon>,
    /// Postings counted.
    pub postings: u64,
}

impl Usage {
    /// No postings yet.
    #[must_use]
    pub fn new(lexicon: &Arc<Lexicon>) -> Self {
        let forms = lexicon.skills().iter().map(|skill| vec![FormUsage::default(); skill.wordings().count()]).collect();
        Self { forms, lexicon: Arc::clone(lexicon), postings: 0 }
    }

    /// Counts one analysis made with the lexicon.
    pub fn add(&mut self, analysis: &Analysis) {
        let lexicon = Arc::clone(&self.lexicon);
        self.postings += 1;
        let side = analysis.verdict.leaning.side();
        for found in analysis.evidence.matches.iter().filter(|found| !found.negated) {
            let sole = side.is_some_and(|side| analysis.evidence.is_sole(&lexicon, side, found));
            let forms = &mut self.forms[found.skill.index()];
            let mut found_by = BTreeSet::new();
            for mention in analysis.evidence.mentions_of(found).iter().filter(|mention| !mention.negated) {
                let wording = mention.form.unwrap_or(forms.len() - 1);
                forms[wording].mentions += 1;
                found_by.insert(wording);
            }
            for form in &found_by {
                forms[*form].postings += 1;
                forms[*form].unique += u64::from(found_by.len() == 1);
                forms[*form].sole_evidence += u64::from(found_by.len() == 1 && sole);
            }
        }
    }

    /// The counts of a skill's forms, in their order; for a duty then those of its verbs and objects.
    #[must_use]
    pub fn forms(&self, skill: SkillId) -> &[FormUsage] {
        &self.forms[skill.index()]
    }

    /// The table of all forms as CSV, in the order of the lexicon.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut table =
            CsvText::new(["skill_id", "leaning", "form", "mentions", "postings", "unique", "sole_evidence"]);
        for (id, skill) in self.lexicon.skills_with_ids() {
            for (wording, counts) in skill.wordings().zip(self.forms(id)) {
                let numbers = [counts.mentions, counts.postings, counts.unique, counts.sole_evidence];
                let [mentions, postings, unique, sole] = numbers.map(|number| number.to_string());
                let leaning = self.lexicon.leaning_name(skill.leaning);
                table.row([&skill.id, leaning, wording, &mentions, &postings, &unique, &sole]);
            }
        }
        table.finish()
    }
}

impl Sink for Usage {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        self.add(&result.analysis);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::Classifier;
    use crate::lexicon::testing;

    #[test]
    fn forms_are_counted_by_what_hangs_on_them() {
        let classifier = Classifier::new(testing::lexicon());
        let lexicon = classifier.lexicon();
        let mut usage = Usage::new(lexicon);
        for text in ["Kneading, kneading. Hops.", "Knead dough and kneading, with sourdough.", "No kneading."] {
            usage.add(&classifier.classify_text(text).expect("within its budget"));
        }
        let (kneading, _) = lexicon.find("kneading").expect("a skill of the small lexicon");
        let [name, phrase] = usage.forms(kneading) else { panic!("two forms") };
        assert_eq!(*name, FormUsage { mentions: 3, postings: 2, unique: 1, sole_evidence: 1 });
        assert_eq!(*phrase, FormUsage { mentions: 1, postings: 1, unique: 0, sole_evidence: 0 });
        assert_eq!(usage.postings, 3);
        assert!(usage.to_csv().contains("\nkneading,bread,knead dough,1,1,0,0\n"));
    }
}
