//! One posting in, its analysis out: the layers below put together.

use std::sync::Arc;

use crate::leaning::{Evidence, Leaning, Verdict, judge, weigh};
use crate::lexicon::{Lexicon, Pull, Side};
use crate::matching::{BuildError, Matcher};
use crate::posting::Posting;

/// Classifies postings with one lexicon; shared freely between threads.
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
}

impl Analysis {
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
            matches!(skill.pull, Pull::Toward(_)).then_some(skill.weight)
        });
        Side::of_score(weights.sum())
    }
}
