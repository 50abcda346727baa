//! The examples in a lexicon, run: what `rolelean lexicon test` and the test suite call.

use std::collections::HashSet;

use crate::classifier::Classifier;
use crate::lexicon::{Code, Diagnostic, SkillId};

/// How the examples of a lexicon came out.
#[derive(Debug, Clone, Default)]
pub struct ExampleOutcome {
    /// Example sentences that came out as they say.
    pub passed: usize,
    /// Example sentences that did not, and skills that none of their forms reaches.
    pub failures: Vec<Diagnostic>,
    /// Each of them, passed or failed, in the order of the lexicon.
    pub runs: Vec<ExampleRun>,
}

/// One example sentence that was run, or one skill that none of its forms reaches.
#[derive(Debug, Clone)]
pub struct ExampleRun {
    /// The skill.
    pub skill: SkillId,
    /// The sentence, and whether the skill must be found in it; none where the skill
    /// cannot be reached.
    pub text: Option<(String, bool)>,
    /// What is wrong, if anything is.
    pub failure: Option<Diagnostic>,
}

impl ExampleOutcome {
    fn add(&mut self, run: ExampleRun) {
        match &run.failure {
            Some(failure) => self.failures.push(failure.clone()),
            None => self.passed += 1,
        }
        self.runs.push(run);
    }
}

/// Runs every `yes` and `no` example of the lexicon, and looks for skills that none
/// of their own forms reaches.
#[must_use]
pub fn check(classifier: &Classifier) -> ExampleOutcome {
    let mut outcome = ExampleOutcome::default();
    let lexicon = classifier.lexicon();
    for (id, skill) in lexicon.skills_with_ids() {
        let yes = skill.yes.iter().zip(&skill.written.yes).map(|(text, span)| (text, *span, true));
        let no = skill.no.iter().zip(&skill.written.no).map(|(text, span)| (text, *span, false));
        for (text, span, expected) in yes.chain(no) {
            let run = |failure| ExampleRun { skill: id, text: Some((text.clone(), expected)), failure };
            if found_in(classifier, text).contains(&id) == expected {
                outcome.add(run(None));
                continue;
            }
            let verb = if expected { "is not found" } else { "is found" };
            let message = format!("{} {verb} in {text:?}", skill.id);
            let help = if expected {
                "loosen the form's context, add a form or a word to `needs`, or correct the example"
            } else {
                "add a phrase to `not`, tighten the form's case or context, or correct the example"
            };
            outcome.add(run(Some(lexicon.finding(Code::FailingExample, skill, span, message).help(help))));
        }
        if !skill.forms.is_empty() && !skill.forms.iter().any(|form| classifier.reached_by(&form.text).contains(&id)) {
            let message =
                format!("no form of {} reaches it: longer forms or phrases of other skills win each time", skill.id);
            let failure = lexicon
                .finding(Code::Unreachable, skill, skill.written.id, message)
                .help("give it a form of its own; `rolelean lexicon trace FORM` shows who wins");
            outcome.add(ExampleRun { skill: id, text: None, failure: Some(failure) });
        }
    }
    outcome
}

/// The skills that count in a text: found and not negated.
fn found_in(classifier: &Classifier, text: &str) -> HashSet<SkillId> {
    classifier.mentions(text).into_iter().filter(|mention| !mention.negated).map(|mention| mention.skill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    fn outcome_of(file: &str, old: &str, new: &str) -> (ExampleOutcome, Option<(usize, usize)>) {
        let (files, place) = testing::broken(file, old, new);
        let lexicon = testing::load(&files).unwrap_or_else(|error| panic!("{error}"));
        (check(&Classifier::new(lexicon)), place)
    }

    #[test]
    fn the_examples_of_the_small_lexicon_come_out_as_they_say() {
        let classifier = Classifier::new(testing::lexicon());
        let outcome = check(&classifier);
        assert_eq!((outcome.passed, outcome.failures), (2, Vec::new()));
    }

    #[test]
    fn each_failure_is_found_at_its_place() {
        let (baking, brewing) = ("skills/baking.toml", "skills/brewing.toml");
        let cases = [
            (Code::FailingExample, baking, "[\"Proof the dough overnight.\"]", "[«\"Bake the dough overnight.\"]"),
            (Code::FailingExample, baking, "[\"Bring proof of address.\"]", "[\"Rest.\", «\"Proof the dough.\"]"),
            (
                Code::FailingExample,
                baking,
                "sources = [\"role:baker#2\"]",
                "sources = [\"role:baker#2\"]\nyes = [«\"No sourdough.\"]",
            ),
            (
                Code::Unreachable,
                brewing,
                "id = \"hops\"\nname = \"hops\"\nleaning = \"beer\"\nstrength = 2\nforms = [\"hops\"]",
                "id = «\"hops\"\nname = \"hops\"\nleaning = \"beer\"\nstrength = 2\nforms = [\"Hops\"]\nsources = [\"guild\"]\n\
                 [[skill]]\nid = \"leaping\"\nname = \"leaping\"\nleaning = \"beer\"\nstrength = 2\n\
                 forms = [{ form = \"Hops\", case = \"exact\" }]",
            ),
        ];
        for (code, file, old, new) in cases {
            let (outcome, place) = outcome_of(file, old, new);
            let [failure] = outcome.failures.as_slice() else { panic!("{new:?}: {:#?}", outcome.failures) };
            let shown = failure.place.map(|place| (place.line, place.column));
            assert_eq!((failure.code, failure.file.as_str(), shown), (code, file, place), "{}", failure.message);
        }
    }
}
