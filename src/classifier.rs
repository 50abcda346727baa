//! One posting in, its analysis out: the layers below put together.

use std::sync::Arc;

use crate::facts::Facts;
use crate::leaning::{Evidence, Leaning, SkillMatch, Verdict, judge, weigh};
use crate::lexicon::{Lexicon, Side, SkillLeaning};
use crate::log_odds::LogOdds;
use crate::matching::{BuildError, Matcher};
use crate::posting::Posting;
use crate::text::Span;

/// Classifies postings with one lexicon; shared freely between threads.
///
/// ```
/// use rolelean::{Classifier, Lexicon, Posting, Side};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let classifier = Classifier::new(Lexicon::builtin())?;
/// let posting = Posting::from_text("Developer\n\nYou write Kotlin and TypeScript, and review code.");
/// let analysis = classifier.classify(&posting);
/// assert_eq!(analysis.verdict.leaning.side(), Some(Side::Left));
/// for found in &analysis.evidence.matches {
///     let skill = classifier.lexicon().skill(found.skill);
///     println!("{:+.2} {} ({:?})", found.contribution, skill.name, found.section);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Classifier {
    matcher: Matcher,
}

/// What is said of one posting.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Which role it leans to.
    pub verdict: Verdict,
    /// The evidence the verdict is made of.
    pub evidence: Evidence,
    /// What the title alone claims; it never enters the verdict.
    pub title_leaning: Option<Side>,
    /// Degrees, years and pay that the body names; no part of the verdict either.
    pub facts: Facts,
}

impl Analysis {
    /// The years of experience asked of a skill, where a sentence binds them to it.
    #[must_use]
    pub fn years(&self, posting: &Posting, found: &SkillMatch) -> Option<u32> {
        let in_body = |span: Span| Span::new(span.start - posting.body_start, span.end - posting.body_start);
        found.mentions.iter().find_map(|mention| self.facts.years_for(posting.body(), in_body(mention.span)))
    }

    /// Whether title and body name the same role; `None` when the title claims none.
    #[must_use]
    pub fn title_agrees(&self) -> Option<bool> {
        self.title_leaning.map(|side| self.verdict.leaning == Leaning::Role(side))
    }
}

impl Classifier {
    /// Prepares `lexicon` for use.
    ///
    /// # Errors
    /// When the lexicon holds more forms than one automaton can.
    pub fn new(lexicon: Lexicon) -> Result<Self, BuildError> {
        Ok(Self { matcher: Matcher::new(Arc::new(lexicon))? })
    }

    /// The lexicon in use.
    #[must_use]
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        self.matcher.lexicon()
    }

    /// The matcher in use.
    #[must_use]
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Classifies a posting by its body; the title is only compared with the verdict.
    #[must_use]
    pub fn classify(&self, posting: &Posting) -> Analysis {
        let found = self.matcher.find(&posting.text, posting.body_start);
        let evidence = weigh(self.lexicon(), &found.mentions, found.words);
        Analysis {
            verdict: judge(self.lexicon(), &evidence),
            title_leaning: self.title_leaning(&posting.title),
            facts: Facts::of(posting.body()),
            evidence,
        }
    }

    /// Classifies a bare text.
    #[must_use]
    pub fn classify_text(&self, text: &str) -> Analysis {
        self.classify(&Posting::from_text(text))
    }

    /// The side on which the title's skills weigh more.
    fn title_leaning(&self, title: &str) -> Option<Side> {
        let found = self.matcher.find(title, 0);
        let lexicon = self.lexicon();
        let weights = found.mentions.iter().filter(|mention| !mention.negated).filter_map(|mention| {
            let skill = lexicon.skill(mention.skill);
            matches!(skill.leaning, SkillLeaning::Toward(_)).then_some(skill.weight)
        });
        Side::of_score(weights.sum::<LogOdds>())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::matching::properties::MATCHER;

    static CLASSIFIER: LazyLock<Classifier> =
        LazyLock::new(|| Classifier::new((**MATCHER.lexicon()).clone()).expect("the embedded lexicon fits"));

    /// The same once more, so that what depends on the order of a map would show.
    static TWIN: LazyLock<Classifier> =
        LazyLock::new(|| Classifier::new((**MATCHER.lexicon()).clone()).expect("the embedded lexicon fits"));

    const HEADINGS: [&str; 6] =
        ["", "Requirements:\n", "What you will do:\n", "Nice to have:\n", "About us:\n", "Benefits:\n"];

    const FILLERS: [&str; 9] = ["and", "with people", "not", "is a plus", "must have", "daily; ", ", ", ".\n", "but"];

    /// A posting of forms of the lexicon, everyday words and headings.
    fn posting() -> impl Strategy<Value = String> {
        let forms: Vec<&'static str> =
            MATCHER.lexicon().skills().iter().flat_map(|skill| &skill.forms).map(|form| form.text.as_str()).collect();
        let word = prop_oneof![3 => prop::sample::select(forms), 2 => prop::sample::select(FILLERS.as_slice())];
        let part = (prop::sample::select(HEADINGS.as_slice()), prop::collection::vec(word, 1..20))
            .prop_map(|(heading, words)| format!("{heading}{}.\n\n", words.join(" ")));
        prop::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn contributions_add_up_to_the_score(text in posting()) {
            let Analysis { evidence, .. } = CLASSIFIER.classify_text(&text);
            let contributions: Vec<LogOdds> = evidence.matches.iter().map(|found| found.contribution).collect();
            prop_assert_eq!(contributions.iter().copied().sum::<LogOdds>(), evidence.score);
            let of_side = |side| contributions.iter().copied().filter(move |amount| Side::of_score(*amount) == Some(side));
            prop_assert_eq!(of_side(Side::Left).sum::<LogOdds>(), -evidence.left);
            prop_assert_eq!(of_side(Side::Right).sum::<LogOdds>(), evidence.right);
        }

        #[test]
        fn classifying_again_gives_the_same(text in posting()) {
            let once = CLASSIFIER.classify_text(&text);
            prop_assert_eq!(&once, &CLASSIFIER.classify_text(&text));
            prop_assert_eq!(&once, &TWIN.classify_text(&text));
        }
    }

    #[test]
    fn the_title_never_enters_the_verdict() {
        let body =
            "You write Kotlin and TypeScript, design REST APIs, review code and fix bugs in our web applications.";
        let titled = |title: &str| Posting { title: title.to_owned(), ..Posting::from_text(body) };
        let plain = CLASSIFIER.classify(&titled(""));
        assert_eq!(plain.verdict.leaning, Leaning::Role(Side::Left));
        assert_eq!((plain.title_leaning, plain.title_agrees()), (None, None));
        let label = |side| CLASSIFIER.lexicon().role(side).label.as_str();
        let cases = [
            (label(Side::Left), Some(Side::Left), Some(true)),
            (label(Side::Right), Some(Side::Right), Some(false)),
            ("Colleague", None, None),
        ];
        for (title, leaning, agrees) in cases {
            let analysis = CLASSIFIER.classify(&titled(title));
            assert_eq!((analysis.title_leaning, analysis.title_agrees()), (leaning, agrees), "{title}");
            assert_eq!((&analysis.verdict, &analysis.evidence), (&plain.verdict, &plain.evidence), "{title}");
        }
    }

    #[test]
    fn a_title_line_is_not_part_of_the_body() {
        let body = "Our team looks after the people who travel with us.";
        let analysis = CLASSIFIER.classify_text(&format!("Linux Administrator\n\n{body}"));
        assert_eq!(analysis.evidence.matches, []);
        assert_eq!(analysis.title_leaning, Some(Side::Right));
        assert_eq!(analysis.verdict.leaning, Leaning::Neither);
    }
}
