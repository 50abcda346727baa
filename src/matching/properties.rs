//! What holds for every text: tried on texts put together from the forms of the
//! embedded lexicon, everyday words and cues.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::Mention;
use crate::classifier::testing::CLASSIFIER;
use crate::lexicon::{Case, Context};
use crate::text::{is_word_char, normalise};

/// Every form of the lexicon.
static FORMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    CLASSIFIER.lexicon().skills().iter().flat_map(|skill| &skill.forms).map(|form| form.text.as_str()).collect()
});

/// The forms that are certain in any case, and whose letters lose nothing by a change of case.
static PLAIN_FORMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let forms = CLASSIFIER.lexicon().skills().iter().flat_map(|skill| &skill.forms);
    let rivals = |phrase: &str| CLASSIFIER.entries(phrase).len();
    forms
        .filter(|form| form.case == Case::Any && form.context == Context::Certain)
        .filter(|form| form.text.is_ascii() && rivals(&form.key) == 1)
        .map(|form| form.text.as_str())
        .collect()
});

const FILLERS: [&str; 24] = [
    "experience",
    "with",
    "and",
    "or",
    "the",
    "daily",
    "team",
    "you will",
    "know",
    "no",
    "not",
    "without",
    "but",
    "while",
    "a plus",
    "required",
    "nice to have",
    "5 years of",
    "people",
    "build",
    "maintain",
    "e.g.",
    "(in house)",
    "customers",
];

const SEPARATORS: [&str; 7] = [" ", " ", " ", ", ", "; ", "/", ": "];

const NOISE: [&str; 17] = [
    "\n",
    " - ",
    "\n\n",
    "\r\n* ",
    "İ",
    "ﬁ",
    "🚀",
    "\u{ad}",
    "\u{200b}",
    "\u{a0}",
    "e\u{301}",
    "&amp;",
    "\\#",
    "™",
    "—",
    "’s",
    "https://x.io/",
];

fn form() -> impl Strategy<Value = &'static str> {
    (0..FORMS.len()).prop_map(|at| FORMS[at])
}

fn filler() -> impl Strategy<Value = &'static str> {
    prop::sample::select(FILLERS.as_slice())
}

/// Words of a sentence: forms among everyday words.
fn words() -> impl Strategy<Value = String> {
    let piece = (prop_oneof![form(), filler()], prop::sample::select(SEPARATORS.as_slice()));
    prop::collection::vec(piece, 1..9)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, separator)| [word, separator]).collect())
}

fn sentences() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(words().prop_map(|words| format!("We need {}today.", words)), 1..5)
}

/// Forms, words and characters that try the offsets, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => form().prop_map(str::to_owned),
        2 => prop::sample::select(NOISE.as_slice()).prop_map(str::to_owned),
        2 => prop::sample::select(SEPARATORS.as_slice()).prop_map(str::to_owned),
        1 => filler().prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The skills of a text, and whether they are negated.
fn skills(text: &str) -> BTreeSet<(&'static str, bool)> {
    let name = |mention: &Mention| CLASSIFIER.lexicon().skill(mention.skill).id.as_str();
    CLASSIFIER.mentions(text).iter().map(|mention| (name(mention), mention.negated)).collect()
}

/// Whether what stands at a mention is spelled as one of its skill's forms, or as
/// their plurals and singulars; or as the part of one that it does not share with a neighbour; or as one whose words the
/// document takes apart.
fn is_spelled_as_a_form(text: &str, mention: &Mention) -> bool {
    let spelling = normalise(mention.span.of(text));
    let mut entries = CLASSIFIER.entries(&spelling).iter();
    let form = &CLASSIFIER.form(mention).expect("not a duty").key;
    entries.any(|entry| entry.skill == mention.skill && Some(entry.form as usize) == mention.form)
        || spelling.split(|c: char| !is_word_char(c)).all(|word| form.contains(word.trim_end_matches(['e', 's'])))
        || joined_stem(&spelling).eq_ignore_ascii_case(&joined_stem(form))
}

/// A phrase without its spaces, and without what ends a plural.
fn joined_stem(phrase: &str) -> String {
    phrase.trim_end_matches(['e', 's']).replace(' ', "")
}

#[test]
fn a_glued_mention_is_spelled_as_its_form() {
    for (text, spelling) in
        [("maintainLinux OS", "maintainLinux"), ("experiencebachelor of science in nursingTeams chat", "nursingTeams")]
    {
        let mentions = CLASSIFIER.mentions(text);
        let mention = mentions.iter().find(|mention| mention.span.of(text) == spelling);
        assert!(mention.is_some_and(|mention| is_spelled_as_a_form(text, mention)), "{text:?}: {mentions:?}");
    }
}

/// `text` broken into lines of at most `width` bytes, as an editor breaks it.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let fits = column + 1 + word.len() <= width;
        match column {
            0 => {}
            _ if fits => lines.push(' '),
            _ => {
                lines.push('\n');
                column = 0;
            }
        }
        lines.push_str(word);
        column += word.len() + usize::from(column > 0);
    }
    lines
}

#[test]
fn names_are_found_wherever_wrapping_breaks_them() {
    // Each found by the properties below: what follows the break may be taken for a heading, an item or a name.
    for name in [
        "Step\nFunctions/today.",
        "MS Office\nClickHouse, too.",
        "Spectrum\nProtect fund administration.",
        "Big\nO notation.",
        "the\nCompute Engine deals to close.",
        "a customer success manager: English\nJenkins.",
    ] {
        let text = format!("We need socket programming and experience with wireless networks/{name}");
        assert_eq!(skills(&text), skills(&text.replace('\n', " ")), "{text}");
    }
}

proptest! {
    #[test]
    fn mentions_lie_in_order_on_character_boundaries_and_read_as_their_forms(text in soup()) {
        let mentions = CLASSIFIER.mentions(&text);
        prop_assert!(mentions.is_sorted_by_key(|mention| mention.span.start));
        let mut end = 0;
        for mention in &mentions {
            let span = mention.span;
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            prop_assert!(span.start < span.end);
            // A duty is no form, and other skills may stand between its verb and its object.
            if mention.form.is_some() {
                prop_assert!(end <= span.start, "{:?} overlaps the one before", span);
                prop_assert!(is_spelled_as_a_form(&text, mention), "{:?} is no form of its skill", span.of(&text));
                end = span.end;
            }
        }
    }

    #[test]
    fn white_space_between_sentences_changes_nothing(sentences in sentences()) {
        let plain = skills(&sentences.join(" "));
        for space in ["  ", "\n", "\r\n", " \u{a0}\t "] {
            prop_assert_eq!(&skills(&sentences.join(space)), &plain, "{:?}", space);
        }
    }

    #[test]
    fn wrapping_lines_changes_nothing(sentences in sentences(), width in 80_usize..110) {
        let text = sentences.join(" ");
        let lines = wrapped(&text, width);
        prop_assert_eq!(skills(&lines), skills(&text), "{}", lines);
    }

    #[test]
    fn the_case_of_unambiguous_words_changes_nothing(
        forms in prop::collection::vec((0..PLAIN_FORMS.len(), any::<bool>()), 1..6)
    ) {
        let text = |spell: &dyn Fn(&str, bool) -> String| -> String {
            forms.iter().map(|(at, upper)| format!("we need {}; ", spell(PLAIN_FORMS[*at], *upper))).collect()
        };
        let written = text(&|form, _| form.to_owned());
        let changed = text(&|form, upper| if upper { form.to_uppercase() } else { form.to_lowercase() });
        prop_assert_eq!(skills(&changed), skills(&written), "{}", changed);
    }
}
