//! One posting in, its analysis out: the rooms above put together, in the order of docs/design.md.

mod compiled;
#[cfg(test)]
mod growth;

use std::sync::Arc;

use crate::document::{Document, PhraseTable, PhraseTableBuilder, Section, TooMuchWork};
use crate::facts::{self, Facts, Stated};
use crate::input::Posting;
use crate::leaning::{Evidence, Leaning, Verdict, judge, weigh};
use crate::lexicon::{Form, Lexicon, Side, SkillId, SkillLeaning};
use crate::log_odds::LogOdds;
use crate::matching::{Entries, Lookups, Matcher, Mention, add_duty_phrases};
use crate::text::{LineCursor, Span};

/// Classifies postings with one lexicon; shared freely between threads.
///
/// ```
/// use rolelean::{Classifier, Lexicon, Posting, Side};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let classifier = Classifier::new(Lexicon::builtin());
/// let posting = Posting::from_text("Developer\n\nYou write Kotlin and TypeScript, and review code.");
/// let analysis = classifier.classify(&posting)?;
/// assert_eq!(analysis.verdict.leaning.side(), Some(Side::Left));
/// for found in &analysis.evidence.matches {
///     let skill = classifier.lexicon().skill(found.skill);
///     println!("{:+.2} {} ({:?})", found.contribution, skill.name, found.section);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Classifier {
    table: PhraseTable,
    matcher: Matcher,
}

/// The category whose skills are certifications.
const CERTIFICATIONS: &str = "certifications";

/// What is said of one posting.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Which role it leans to.
    pub verdict: Verdict,
    /// The evidence the verdict is made of.
    pub evidence: Evidence,
    /// What the title alone claims.
    pub title_leaning: Option<Side>,
    /// What the body alone leans to: the verdict, had the posting no title.
    pub body_leaning: Leaning,
    /// Degrees, years and pay that the body names; no part of the verdict either.
    pub facts: Facts,
    /// The sections of the body, each with the bytes of [`Posting::text`] it covers;
    /// together they cover all of the body.
    pub sections: Vec<(Section, Span)>,
}

impl Analysis {
    /// Whether title and body alone name the same role; `None` when the title claims none.
    #[must_use]
    pub fn title_agrees(&self) -> Option<bool> {
        self.title_leaning.map(|side| self.body_leaning == Leaning::Role(side))
    }

    /// The names of the certifications that are asked for: the skills of the lexicon's category
    /// of them, then others that the text names. `lexicon` is the one it was classified with.
    #[must_use]
    pub fn certifications<'l>(&self, lexicon: &'l Lexicon) -> Vec<&'l str> {
        let skills =
            self.evidence.matches.iter().filter(|found| !found.negated).map(|found| lexicon.skill(found.skill));
        let of_category = skills.filter(|skill| lexicon.category_of(skill).id == CERTIFICATIONS);
        let mut names: Vec<&str> = of_category.map(|skill| skill.name.as_str()).collect();
        for name in &self.facts.certificates {
            if !names.contains(name) {
                names.push(name);
            }
        }
        names
    }
}

impl Classifier {
    /// Prepares `lexicon` for use.
    #[must_use]
    pub fn new(lexicon: impl Into<Arc<Lexicon>>) -> Self {
        let lexicon = lexicon.into();
        let (table, lookups) = compiled::load(&lexicon).unwrap_or_else(|| gather(&lexicon));
        Self { matcher: Matcher::new(lexicon, lookups), table }
    }

    /// The lexicon in use.
    #[must_use]
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        self.matcher.lexicon()
    }

    /// All phrases that a posting is searched for.
    #[must_use]
    pub fn phrases(&self) -> &PhraseTable {
        &self.table
    }

    /// Reads a title and a body with the phrases of the lexicon.
    #[must_use]
    pub fn read(&self, title: &str, body: &str) -> Document<'_> {
        Document::new(&self.table, title, body)
    }

    /// Classifies a posting by its body, and by its title as weak evidence.
    ///
    /// # Errors
    /// When that would take far more work than a text of its length should.
    pub fn classify(&self, posting: &Posting) -> Result<Analysis, TooMuchWork> {
        let document = self.read(&posting.title, posting.body());
        let (facts, mut mentions) = self.analyse(posting, &document);
        document.budget().check()?;
        let title = mentions.partition_point(|mention| mention.section == Section::Title);
        put_in_text(&mut mentions[..title], &posting.title, 0);
        put_in_text(&mut mentions[title..], &posting.text, posting.body_start);
        // Those of the body come first, so that the first mention of a skill is where it is shown.
        mentions.rotate_left(title);
        let in_title = &mentions[mentions.len() - title..];
        let lexicon = self.lexicon();
        let evidence = weigh(lexicon, &mentions, document.words());
        let verdict = judge(lexicon, &evidence);
        let body_leaning = if in_title.is_empty() {
            verdict.leaning
        } else {
            judge(lexicon, &evidence.without_title(lexicon)).leaning
        };
        let sections = document.original_sections(posting.body().len());
        Ok(Analysis {
            verdict,
            body_leaning,
            title_leaning: self.leaning_of(in_title),
            facts,
            evidence,
            sections: sections.into_iter().map(|(section, span)| (section, span.after(posting.body_start))).collect(),
        })
    }

    /// The facts of a posting, and its mentions with the years that facts bind to them.
    fn analyse(&self, posting: &Posting, document: &Document<'_>) -> (Facts, Vec<Mention>) {
        let mut facts = Facts::of(document);
        let mentions = self.matcher.mentions(document, |place| facts.years_for(document, place));
        if let Some(Stated { title, text }) = Stated::of(posting) {
            facts.prefer(Facts::of(&self.read(&title, &text)), &posting.structured);
        }
        (facts, mentions)
    }

    /// Classifies a bare text.
    ///
    /// # Errors
    /// When that would take far more work than a text of its length should.
    pub fn classify_text(&self, text: &str) -> Result<Analysis, TooMuchWork> {
        self.classify(&Posting::from_text(text))
    }

    /// Every mention of every skill in a bare text without a title, from left to right.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut mentions = self.matcher.mentions(&self.read("", text), |_| None);
        put_in_text(&mut mentions, text, 0);
        mentions
    }

    /// The form of a mention; none for a duty found by its verb and object.
    #[must_use]
    pub fn form(&self, mention: &Mention) -> Option<&Form> {
        self.matcher.form(mention)
    }

    /// The entries of the lexicon for a normalised phrase.
    #[cfg(test)]
    pub(crate) fn entries(&self, phrase: &str) -> &[crate::matching::Entry] {
        self.table.find(phrase).map_or(&[], |phrase| self.matcher.entries(self.table.entries(phrase)))
    }

    /// The skills that `form` reaches when it stands alone, whatever its context.
    pub(crate) fn reached_by(&self, form: &str) -> Vec<SkillId> {
        self.matcher.reached_by(&self.read("", form))
    }

    /// The side on which the skills of a title weigh more; none where it begins with the name
    /// of another profession: `Recruiter (Java)`.
    fn leaning_of(&self, title: &[Mention]) -> Option<Side> {
        let lexicon = self.lexicon();
        let mut leanings = title.iter().map(|mention| lexicon.skill(mention.skill).leaning);
        if leanings.find(|leaning| *leaning != SkillLeaning::Shared) == Some(SkillLeaning::OtherProfession) {
            return None;
        }
        let weights = title.iter().filter(|mention| !mention.negated).filter_map(|mention| {
            let skill = lexicon.skill(mention.skill);
            matches!(skill.leaning, SkillLeaning::Toward(_)).then_some(skill.weight)
        });
        Side::of_score(weights.sum::<LogOdds>())
    }
}

/// The phrases of a lexicon and of facts in one table, and what is looked up of the lexicon's skills.
fn gather(lexicon: &Lexicon) -> (PhraseTable, Lookups) {
    let mut table = PhraseTableBuilder::default();
    let entries = Entries::new(lexicon, &mut table);
    add_duty_phrases(lexicon.duties(), &mut table);
    facts::add_phrases(&mut table);
    let table = table.build();
    let lookups = Lookups::new(lexicon, entries, &table);
    (table, lookups)
}

/// Counts where mentions stand from the beginning of a text, no longer from its body, and tells
/// their lines.
fn put_in_text(mentions: &mut [Mention], text: &str, body_start: usize) {
    let mut lines = LineCursor::new(text);
    for mention in mentions {
        mention.span = mention.span.after(body_start);
        mention.place = lines.advance(mention.span.start);
    }
}

/// A classifier for tests of all layers.
#[cfg(test)]
pub(crate) mod testing {
    use std::sync::LazyLock;

    use super::*;

    pub(crate) static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(Lexicon::builtin()));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::classifier::testing::CLASSIFIER;

    const HEADINGS: [&str; 6] =
        ["", "Requirements:\n", "What you will do:\n", "Nice to have:\n", "About us:\n", "Benefits:\n"];

    const FILLERS: [&str; 9] = ["and", "with people", "not", "is a plus", "must have", "daily; ", ", ", ".\n", "but"];

    /// A posting of forms of the lexicon, everyday words and headings.
    fn posting() -> impl Strategy<Value = String> {
        let forms: Vec<&'static str> = CLASSIFIER
            .lexicon()
            .skills()
            .iter()
            .flat_map(|skill| &skill.forms)
            .map(|form| form.text.as_str())
            .collect();
        let word = prop_oneof![3 => prop::sample::select(forms), 2 => prop::sample::select(FILLERS.as_slice())];
        let part = (prop::sample::select(HEADINGS.as_slice()), prop::collection::vec(word, 1..20))
            .prop_map(|(heading, words)| format!("{heading}{}.\n\n", words.join(" ")));
        prop::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn contributions_add_up_to_the_score(text in posting()) {
            let Analysis { evidence, .. } = CLASSIFIER.classify_text(&text).expect("within its budget");
            let contributions: Vec<LogOdds> = evidence.matches.iter().map(|found| found.contribution).collect();
            prop_assert_eq!(contributions.iter().copied().sum::<LogOdds>(), evidence.score);
            let of_side = |side| contributions.iter().copied().filter(move |amount| Side::of_score(*amount) == Some(side));
            prop_assert_eq!(of_side(Side::Left).sum::<LogOdds>(), -evidence.left);
            prop_assert_eq!(of_side(Side::Right).sum::<LogOdds>(), evidence.right);
        }
    }

    #[test]
    fn the_title_is_weak_evidence_and_held_against_the_body() {
        let body =
            "You write Kotlin and TypeScript, design REST APIs, review code and fix bugs in our web applications.";
        let titled = |title: &str| Posting { title: title.to_owned(), ..Posting::from_text(body) };
        let plain = CLASSIFIER.classify(&titled("")).expect("within its budget");
        assert_eq!(plain.verdict.leaning, Leaning::Role(Side::Left));
        assert_eq!((plain.title_leaning, plain.title_agrees()), (None, None));
        let label = |side| CLASSIFIER.lexicon().role(side).label.as_str();
        let limit = CLASSIFIER.lexicon().scoring().title_limit;
        let cases = [
            (label(Side::Left), Some(Side::Left), Some(true)),
            (label(Side::Right), Some(Side::Right), Some(false)),
            ("Colleague", None, None),
        ];
        for (title, leaning, agrees) in cases {
            let analysis = CLASSIFIER.classify(&titled(title)).expect("within its budget");
            assert_eq!((analysis.title_leaning, analysis.title_agrees()), (leaning, agrees), "{title}");
            assert_eq!(analysis.body_leaning, plain.verdict.leaning, "{title}");
            let added = analysis.evidence.score - plain.evidence.score;
            assert_eq!(Side::of_score(added), leaning, "{title}");
            assert!(added.to_f64().abs() <= limit, "{title}: {added}");
        }
    }

    #[test]
    fn a_title_line_is_not_part_of_the_body() {
        let body = "Our team looks after the people who travel with us.";
        let analysis = CLASSIFIER.classify_text(&format!("Linux Administrator\n\n{body}")).expect("within its budget");
        assert!(analysis.evidence.matches.iter().all(|found| found.section == Section::Title));
        assert_eq!((analysis.title_leaning, analysis.title_agrees()), (Some(Side::Right), Some(false)));
        assert_eq!(analysis.body_leaning, Leaning::Neither);
    }
}
