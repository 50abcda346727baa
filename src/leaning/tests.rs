//! Evidence, verdicts and what would flip them, on the lexicon of bakers (left) and
//! brewers (right): `kneading`, `sourdough` and `proving` weigh 2, 1 and 0.5 to the
//! left, `mashing`, `hops` and `lautering` as much to the right, `waiting-tables` and
//! `selling` 2 and 1 away from both.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::evidence::SkillsByLeaning;
use super::{Evidence, Leaning, Reason, judge, weigh, what_would_flip};
use crate::document::Section;
use crate::lexicon::{Lexicon, Side, SkillId, SkillLeaning, testing};
use crate::log_odds::LogOdds;
use crate::matching::{Mention, Requirement};
use crate::text::{Place, Span};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(testing::lexicon);

const REQUIREMENTS: [Requirement; 3] = [Requirement::Required, Requirement::Preferred, Requirement::Unstated];

/// A mention of a skill where it counts in full.
fn plain(skill: &str) -> Mention {
    let (skill, _) = LEXICON.find(skill).unwrap_or_else(|| panic!("no skill is called {skill}"));
    Mention {
        skill,
        form: Some(0),
        span: Span::new(0, 1),
        place: Place::START,
        section: Section::Requirements,
        requirement: Requirement::Unstated,
        negated: false,
        years: None,
    }
}

fn negated(skill: &str) -> Mention {
    Mention { negated: true, ..plain(skill) }
}

/// As the lexicon writes it.
fn odds(value: f64) -> LogOdds {
    LogOdds::rounded(value)
}

/// The evidence of skills named in a row, each where it counts in full.
fn evidence(skills: &str) -> Evidence {
    let mentions: Vec<Mention> = skills.split_whitespace().map(plain).collect();
    weigh(&LEXICON, &mentions, 100)
}

fn ids(skills: impl IntoIterator<Item = SkillId>) -> Vec<&'static str> {
    skills.into_iter().map(|skill| LEXICON.skill(skill).id.as_str()).collect()
}

#[test]
fn mentions_of_a_skill_are_one_match_in_the_order_of_first_mentions() {
    let found = evidence("hops kneading hops hygiene kneading hops");
    assert_eq!(ids(found.matches.iter().map(|found| found.skill)), ["hops", "kneading", "hygiene"]);
    let counts: Vec<usize> = found.matches.iter().map(|found| found.mentions.len()).collect();
    assert_eq!(counts, [3, 2, 1]);
    assert_eq!(found.skills, SkillsByLeaning { left: 1, right: 1, shared: 1, other_profession: 0 });
    assert_eq!(found.words, 100);
}

#[test]
fn a_mention_counts_by_its_place_and_by_how_much_it_is_asked_for() {
    let cases = [
        (Section::Requirements, Requirement::Required, -2.0),
        (Section::Requirements, Requirement::Unstated, -2.0),
        (Section::Responsibilities, Requirement::Preferred, -1.0),
        (Section::Preferred, Requirement::Preferred, -0.8),
        (Section::Other, Requirement::Unstated, -1.8),
        (Section::About, Requirement::Unstated, -1.0),
        (Section::Benefits, Requirement::Unstated, -0.2),
        (Section::Legal, Requirement::Required, 0.0),
    ];
    for (section, requirement, contribution) in cases {
        let found = weigh(&LEXICON, &[Mention { section, requirement, ..plain("kneading") }], 100);
        let contribution = odds(contribution);
        assert_eq!(found.matches[0].contribution, contribution, "{section:?}, {requirement:?}");
        assert_eq!((found.left, found.score), (-contribution, contribution));
    }
}

#[test]
fn the_best_mention_speaks_for_its_skill() {
    let about = Mention { section: Section::About, ..plain("hops") };
    let welcome = Mention { requirement: Requirement::Preferred, ..plain("hops") };
    let required = Mention { requirement: Requirement::Required, ..plain("hops") };
    for mentions in [[about, welcome, required], [required, welcome, about], [welcome, required, about]] {
        let found = &weigh(&LEXICON, &mentions, 100).matches[0];
        assert_eq!((found.section, found.requirement), (Section::Requirements, Requirement::Required));
    }
}

#[test]
fn a_repeated_skill_gains_less_each_time() {
    let contributions: Vec<f64> =
        (1..=4).map(|times| evidence(&"kneading ".repeat(times)).matches[0].contribution.to_f64()).collect();
    // 2 * (1 + 0.5 ln n), to four decimals
    assert_eq!(contributions, [-2.0, -2.6931, -3.0986, -3.3863]);
}

#[test]
fn a_negated_skill_is_reported_and_adds_nothing() {
    let found = weigh(&LEXICON, &[negated("kneading"), plain("hops"), negated("waiting-tables")], 100);
    assert_eq!(found.matches.len(), 3);
    assert!(found.matches[0].negated);
    assert_eq!((found.matches[0].contribution, found.matches[2].contribution), (odds(0.0), odds(0.0)));
    assert_eq!([found.left, found.right, found.other_profession, found.score], [0.0, 1.0, 0.0, 1.0].map(odds));
    assert_eq!(found.skills, SkillsByLeaning { right: 1, ..SkillsByLeaning::default() });
}

#[test]
fn a_skill_negated_in_one_place_counts_for_the_others() {
    let once = weigh(&LEXICON, &[negated("kneading"), plain("kneading"), negated("kneading")], 100);
    assert!(!once.matches[0].negated);
    assert_eq!(once.matches[0].contribution, odds(-2.0), "the negated mentions repeat nothing");
    assert_eq!(once.skills.left, 1);
}

#[test]
fn evidence_goes_to_its_side() {
    let found = evidence("kneading proving mashing hygiene waiting-tables selling");
    assert_eq!([found.left, found.right, found.other_profession, found.score], [2.5, 2.0, 3.0, -0.5].map(odds));
    assert_eq!(found.skills, SkillsByLeaning { left: 2, right: 1, shared: 1, other_profession: 2 });
    assert_eq!(evidence(""), Evidence { words: 100, ..Evidence::default() });
}

#[test]
fn a_fitted_weight_may_cross_to_the_other_side() {
    let (files, _) = testing::broken("weights.csv", "", "skill_id,weight\nhops,-0.25\nhygiene,0.0\n");
    let lexicon = testing::load(&files).expect("good weights");
    let found = weigh(&lexicon, &[plain("hops"), plain("mashing")], 100);
    assert_eq!([found.left, found.right, found.score], [0.25, 2.0, 1.75].map(odds));
}

#[test]
fn the_verdict_follows_the_thresholds() {
    let (left, right) = (Leaning::Role(Side::Left), Leaning::Role(Side::Right));
    let cases = [
        ("", 100, Leaning::Neither, "nothing at all"),
        ("hygiene", 100, Leaning::Neither, "nothing of either role"),
        ("kneading", 100, Leaning::Neither, "a single skill"),
        ("sourdough proving", 100, Leaning::Neither, "two skills with too little weight"),
        ("kneading sourdough", 100, left, "enough, and all on one side"),
        ("mashing hops", 100, right, "enough, and all on the other"),
        ("kneading sourdough", 300, left, "just dense enough"),
        ("kneading sourdough", 301, Leaning::Neither, "too little for so many words"),
        ("kneading mashing", 100, Leaning::Balanced, "as much of both"),
        ("kneading mashing hops", 100, Leaning::Balanced, "much of both, a little more right"),
        ("kneading mashing hops lautering", 100, right, "much of both, clearly more right"),
        ("sourdough proving mashing", 100, right, "nearly as much, but not much of both"),
        ("sourdough hops", 100, Leaning::Balanced, "a tie"),
        ("kneading sourdough waiting-tables selling", 100, left, "another profession's words, but not more"),
        (
            "kneading sourdough waiting-tables waiting-tables selling",
            100,
            Leaning::Neither,
            "more of another profession",
        ),
    ];
    for (skills, words, leaning, why) in cases {
        let evidence = Evidence { words, ..evidence(skills) };
        assert_eq!(judge(&LEXICON, &evidence).leaning, leaning, "{skills:?}: {why}");
    }
}

#[test]
fn a_verdict_that_names_no_role_says_why() {
    let cases = [
        ("kneading sourdough", 100, None),
        ("kneading", 100, Some("too-little")),
        ("kneading sourdough", 301, Some("too-diffuse")),
        ("kneading sourdough waiting-tables waiting-tables selling", 100, Some("other-profession")),
        ("kneading sourdough proving mashing hops", 100, Some("both")),
    ];
    for (skills, words, expected) in cases {
        let evidence = Evidence { words, ..evidence(skills) };
        assert_eq!(judge(&LEXICON, &evidence).reason.map(Reason::name), expected, "{skills:?}, {words}");
    }
}

#[test]
fn both_are_meant_only_below_the_tilt_for_it() {
    // 1.5 / (6.5 + 1) is the 0.2 of the lexicon, to the bit.
    for (right, leaning) in [(3.9, Leaning::Balanced), (4.0, Leaning::Role(Side::Right))] {
        let (left, right) = (odds(2.5), odds(right));
        let evidence = Evidence { left, right, score: right - left, ..evidence("kneading proving mashing hops") };
        assert_eq!(judge(&LEXICON, &evidence).leaning, leaning, "{right}");
    }
}

#[test]
fn tilt_and_probability_are_absent_without_evidence_and_even_at_a_tie() {
    for skills in ["", "hygiene", "waiting-tables"] {
        let verdict = judge(&LEXICON, &evidence(skills));
        assert_eq!((verdict.tilt, verdict.probability), (None, None), "{skills:?}");
    }
    let tie = judge(&LEXICON, &evidence("kneading mashing"));
    assert_eq!((tie.tilt, tie.probability), (Some(0.0), Some(0.5)));
    let verdict = judge(&LEXICON, &evidence("kneading sourdough"));
    // -3 of 3, smoothed by 0.5 on each side; odds 0.5 * 3 + 2 * 0.75
    assert_eq!(verdict.tilt, Some(-0.75));
    let probability = verdict.probability.expect("there is evidence");
    assert!((probability - 1.0 / (1.0 + (-3.0_f64).exp())).abs() < 1e-12, "{probability}");
    let mirrored = judge(&LEXICON, &evidence("mashing hops"));
    assert_eq!((mirrored.tilt, mirrored.probability), (Some(0.75), Some(probability)));
}

#[test]
fn verdicts_go_by_the_names_of_the_lexicon() {
    let cases = [
        (Leaning::Role(Side::Left), "baker", Some(Side::Left)),
        (Leaning::Role(Side::Right), "brewer", Some(Side::Right)),
        (Leaning::Balanced, "balanced", None),
        (Leaning::Neither, "neither", None),
    ];
    for (leaning, name, side) in cases {
        assert_eq!((leaning.name(&LEXICON), leaning.side()), (name, side));
    }
}

#[test]
fn the_fewest_strongest_skills_flip_a_verdict() {
    let cases: [(&str, &[&str]); 6] = [
        ("kneading sourdough lautering", &["kneading", "sourdough"]),
        ("kneading sourdough hops", &["kneading"]),
        ("proving sourdough kneading mashing", &["kneading"]),
        ("hops mashing", &["mashing", "hops"]),
        ("kneading mashing", &[]),
        ("", &[]),
    ];
    for (skills, expected) in cases {
        let evidence = evidence(skills);
        let gone = what_would_flip(&evidence);
        assert_eq!(ids(gone.iter().map(|found| found.skill)), expected, "{skills:?}");
    }
}

fn mentions() -> impl Strategy<Value = Vec<Mention>> {
    let mention = (0..LEXICON.skills().len(), 0..Section::ALL.len(), 0..REQUIREMENTS.len(), prop::bool::weighted(0.2))
        .prop_map(|(skill, section, requirement, negated)| Mention {
            section: Section::ALL[section],
            requirement: REQUIREMENTS[requirement],
            negated,
            ..plain(&LEXICON.skills()[skill].id)
        });
    prop::collection::vec(mention, 0..24)
}

proptest! {
    #[test]
    fn contributions_add_up_to_the_score_and_its_parts(mentions in mentions()) {
        let evidence = weigh(&LEXICON, &mentions, 100);
        let of_roles = evidence.matches.iter().filter(|found| LEXICON.skill(found.skill).leaning != SkillLeaning::OtherProfession);
        let contributions: Vec<LogOdds> = of_roles.map(|found| found.contribution).collect();
        prop_assert_eq!(contributions.iter().copied().sum::<LogOdds>(), evidence.score);
        let of_side = |side| contributions.iter().copied().filter(move |amount| Side::of_score(*amount) == Some(side));
        prop_assert_eq!(of_side(Side::Left).sum::<LogOdds>(), -evidence.left);
        prop_assert_eq!(of_side(Side::Right).sum::<LogOdds>(), evidence.right);
        prop_assert!([evidence.left, evidence.right, evidence.other_profession].iter().all(|part| *part >= LogOdds::ZERO));
    }

    #[test]
    fn a_mention_less_never_raises_its_side(mentions in mentions(), at in any::<prop::sample::Index>()) {
        prop_assume!(!mentions.is_empty());
        let mut fewer = mentions.clone();
        let gone = fewer.remove(at.index(mentions.len()));
        let (before, after) = (weigh(&LEXICON, &mentions, 100), weigh(&LEXICON, &fewer, 100));
        prop_assert!(after.left <= before.left && after.right <= before.right && after.other_profession <= before.other_profession);
        let others_stay = match LEXICON.skill(gone.skill).leaning {
            SkillLeaning::Toward(Side::Left) => (after.right, after.other_profession) == (before.right, before.other_profession),
            SkillLeaning::Toward(Side::Right) => (after.left, after.other_profession) == (before.left, before.other_profession),
            SkillLeaning::OtherProfession => after.score == before.score,
            SkillLeaning::Shared => (after.score, after.other_profession) == (before.score, before.other_profession),
        };
        prop_assert!(others_stay);
    }

    #[test]
    fn the_order_of_mentions_changes_no_sum(mentions in mentions()) {
        let backwards: Vec<Mention> = mentions.iter().rev().copied().collect();
        let (one, other) = (weigh(&LEXICON, &mentions, 100), weigh(&LEXICON, &backwards, 100));
        prop_assert_eq!((one.left, one.right, one.other_profession, one.skills), (other.left, other.right, other.other_profession, other.skills));
    }

    #[test]
    fn what_would_flip_takes_the_score_to_the_other_side_and_no_less_does(mentions in mentions()) {
        // Words of other professions are no part of the score.
        let mentions: Vec<Mention> =
            mentions.into_iter().filter(|mention| LEXICON.skill(mention.skill).leaning != SkillLeaning::OtherProfession).collect();
        let evidence = weigh(&LEXICON, &mentions, 100);
        let gone = what_would_flip(&evidence);
        prop_assert_eq!(gone.is_empty(), evidence.score == LogOdds::ZERO);
        let without = |skills: usize| evidence.score - gone.iter().take(skills).map(|found| found.contribution).sum();
        let side = Side::of_score(evidence.score);
        prop_assert!(side.is_none() || Side::of_score(without(gone.len())) != side);
        if let Some(but_one) = gone.len().checked_sub(1) {
            prop_assert_eq!(Side::of_score(without(but_one)), side);
        }
    }

    #[test]
    fn verdicts_stay_in_their_ranges(mentions in mentions(), words in 0_usize..2000) {
        let evidence = weigh(&LEXICON, &mentions, words);
        let verdict = judge(&LEXICON, &evidence);
        prop_assert_eq!(verdict.tilt.is_some(), evidence.left + evidence.right > LogOdds::ZERO);
        prop_assert_eq!(verdict.tilt.is_some(), verdict.probability.is_some());
        if let (Some(tilt), Some(probability)) = (verdict.tilt, verdict.probability) {
            prop_assert!((-1.0..=1.0).contains(&tilt) && (0.5..=1.0).contains(&probability));
            prop_assert_eq!(Side::of_score(tilt), Side::of_score(evidence.score));
        }
        if let Leaning::Role(side) = verdict.leaning {
            prop_assert_eq!(Side::of_score(evidence.score), Some(side));
        }
    }
}
