//! The examples in a lexicon, run: what `rolelean lexicon test` and the test suite call.

use std::collections::HashSet;

use super::Matcher;
use crate::lexicon::{Code, Diagnostic, SkillId};

/// How the examples of a lexicon came out.
#[derive(Debug, Clone, Default)]
pub struct ExampleOutcome {
    /// Example sentences that came out as they say.
    pub passed: usize,
    /// Example sentences that did not, and skills that none of their forms reaches.
    pub failures: Vec<Diagnostic>,
}

/// Runs every `yes` and `no` example of the lexicon, and looks for skills that none
/// of their own forms reaches.
#[must_use]
pub fn check(matcher: &Matcher) -> ExampleOutcome {
    let mut outcome = ExampleOutcome::default();
    let lexicon = matcher.lexicon();
    for (id, skill) in lexicon.skills_with_ids() {
        let file = format!("skills/{}.toml", lexicon.category_of(skill).id);
        let examples = skill.yes.iter().map(|text| (text, true)).chain(skill.no.iter().map(|text| (text, false)));
        for (text, expected) in examples {
            if found_in(matcher, text).contains(&id) == expected {
                outcome.passed += 1;
                continue;
            }
            let verb = if expected { "is not found" } else { "is found" };
            let message = format!("{} {verb} in {text:?}", skill.id);
            let help = if expected {
                "loosen the form's context, add a form or a word to `needs`, or correct the example"
            } else {
                "add a phrase to `not`, tighten the form's case or context, or correct the example"
            };
            outcome.failures.push(Diagnostic::error(Code::FailingExample, &file, message).help(help));
        }
        if !skill.forms.iter().any(|form| matcher.reached_by(&form.text).contains(&id)) {
            let message =
                format!("no form of {} reaches it: longer forms or phrases of other skills win each time", skill.id);
            outcome.failures.push(
                Diagnostic::error(Code::Unreachable, &file, message)
                    .help("give it a form of its own; `rolelean lexicon trace FORM` shows who wins"),
            );
        }
    }
    outcome
}

/// The skills that count in a text: found and not negated.
fn found_in(matcher: &Matcher, text: &str) -> HashSet<SkillId> {
    matcher.find(text, 0).mentions.into_iter().filter(|mention| !mention.negated).map(|mention| mention.skill).collect()
}
