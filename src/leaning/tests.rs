//! Evidence, verdicts and what would flip them, on the lexicon of bakers (left) and
//! brewers (right): `kneading`, `sourdough` and `proving` weigh 2, 1 and 0.5 to the
//! left, `mashing`, `hops` and `lautering` as much to the right, `waiting-tables` and
//! `selling` 2 and 1 away from both.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::evidence::SkillsByLeaning;
use super::{Evidence, Leaning, Probabilities, Reason, TitleNames, judge, neither_terms, weigh, what_would_flip, why};
use crate::document::Section;
use crate::lexicon::{Lexicon, NeitherFeature, SectionFactors, Side, SkillId, SkillLeaning, testing};
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
    for one in &found.matches {
        assert!(found.mentions_of(one).iter().all(|mention| mention.skill == one.skill));
    }
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
fn the_verdict_is_the_most_probable_answer() {
    let (left, right) = (Leaning::Role(Side::Left), Leaning::Role(Side::Right));
    let cases = [
        ("", 100, Leaning::Neither, "nothing at all"),
        ("", 0, Leaning::Neither, "no text"),
        ("hygiene", 100, Leaning::Neither, "nothing of either role"),
        ("kneading", 100, Leaning::Neither, "a single skill"),
        ("kneading", 10, left, "a single skill, but hardly any words"),
        ("sourdough proving", 100, Leaning::Neither, "two skills with too little weight"),
        ("kneading sourdough", 100, left, "enough, and all on one side"),
        ("mashing hops", 100, right, "enough, and all on the other"),
        ("kneading sourdough", 200, left, "just dense enough"),
        ("kneading sourdough", 300, Leaning::Neither, "too little for so many words"),
        ("kneading mashing", 100, Leaning::Balanced, "as much of both"),
        ("kneading mashing hops", 100, Leaning::Balanced, "much of both, a little more right"),
        ("kneading mashing hops lautering", 100, right, "much of both, clearly more right"),
        ("sourdough hops", 10, Leaning::Balanced, "a tie"),
        ("sourdough hops", 200, Leaning::Neither, "a tie of too little"),
        ("kneading kneading sourdough proving selling", 100, left, "another profession's words, but not more"),
        ("kneading sourdough waiting-tables selling", 100, Leaning::Neither, "more of another profession"),
    ];
    for (skills, words, leaning, why) in cases {
        let evidence = Evidence { words, ..evidence(skills) };
        assert_eq!(judge(&LEXICON, &evidence).leaning, leaning, "{skills:?}: {why}");
    }
}

#[test]
fn a_verdict_that_names_no_role_says_why_with_numbers() {
    let cases = [
        ("kneading sourdough", 100, None),
        ("kneading", 100, Some(("too-little", "Too little of either role: 1 skill with evidence 2.00; "))),
        (
            "kneading sourdough",
            1000,
            Some(("too-diffuse", "Too little of either role for 1000 words: 2 skills with evidence 3.00; ")),
        ),
        (
            "kneading sourdough waiting-tables selling",
            100,
            Some((
                "other-profession",
                "Other professions outweigh both roles: 2 skills with evidence 3.00 against 2 skills with evidence 3.00; ",
            )),
        ),
        (
            "kneading sourdough proving mashing hops",
            100,
            Some((
                "both",
                "Both roles are asked for and neither clearly more: evidence 3.50 for baker, 3.00 for brewer, tilt -0.07.",
            )),
        ),
    ];
    for (skills, words, expected) in cases {
        let evidence = Evidence { words, ..evidence(skills) };
        let verdict = judge(&LEXICON, &evidence);
        assert_eq!(verdict.reason.map(Reason::name), expected.map(|(reason, _)| reason), "{skills:?}, {words}");
        let sentence = why(&LEXICON, &verdict, &evidence);
        assert_eq!(sentence.is_some(), expected.is_some());
        let begins = expected.is_none_or(|(_, begin)| sentence.as_deref().is_some_and(|said| said.starts_with(begin)));
        assert!(begins, "{sentence:?}");
    }
}

#[test]
fn terms_of_neither_add_up_to_its_log_odds() {
    let evidence = evidence("kneading sourdough waiting-tables");
    let terms = neither_terms(&LEXICON, &evidence);
    let told: Vec<(&str, LogOdds)> = terms.iter().map(|term| (term.feature.name(), term.amount)).collect();
    // Evidence 3 of the roles and 2 of others, 2 skills, 100 words.
    let expected = [
        ("bias", 4.0),
        ("evidence", -2.0 * 4.0_f64.ln()),
        ("role_skills", -(3.0_f64.ln())),
        ("title_role", 0.0),
        ("other_evidence", 2.0 * 3.0_f64.ln()),
        ("title_other", 0.0),
        ("words", 0.375_f64.ln()),
    ];
    assert_eq!(told, expected.map(|(name, amount)| (name, odds(amount))));
    let sum: LogOdds = terms.iter().map(|term| term.amount).sum();
    let neither = 1.0 / (1.0 + (-sum.to_f64()).exp());
    assert_eq!(judge(&LEXICON, &evidence).probabilities.neither, odds(neither).to_f64());
}

#[test]
fn only_skills_said_of_the_job_count_against_neither() {
    let counted = |mentions: &[Mention]| {
        let terms = neither_terms(&LEXICON, &weigh(&LEXICON, mentions, 100));
        terms.iter().find(|term| term.feature == NeitherFeature::RoleSkills).map(|term| term.value)
    };
    let within = |section, skill| Mention { section, ..plain(skill) };
    for (section, expected) in [
        (Section::Responsibilities, 2.0),
        (Section::Other, 2.0),
        (Section::About, 1.0),
        (Section::Benefits, 1.0),
        (Section::Legal, 1.0),
    ] {
        let mentions = [within(Section::Requirements, "kneading"), within(section, "hops")];
        assert_eq!(counted(&mentions), Some(f64::ln_1p(expected)), "{section:?}");
    }
    // One mention that is said of the job is enough.
    let both = [within(Section::About, "kneading"), within(Section::Title, "kneading")];
    assert_eq!(counted(&both), Some(2.0_f64.ln()));
}

/// A mention in the title.
fn titled(skill: &str) -> Mention {
    Mention { section: Section::Title, ..plain(skill) }
}

#[test]
fn the_skills_of_a_title_share_its_factor() {
    // The title counts 0.5, and adds 1 at most.
    let cases: [(&[Mention], f64, Section); 7] = [
        (&[titled("kneading")], -1.0, Section::Title),
        (&[titled("kneading"), titled("kneading")], -1.0, Section::Title),
        (&[titled("kneading"), titled("hops")], -0.5, Section::Title),
        (&[titled("kneading"), titled("hygiene")], -1.0, Section::Title),
        (&[titled("kneading"), Mention { negated: true, ..titled("hops") }], -1.0, Section::Title),
        (&[titled("kneading"), plain("kneading")], -3.0, Section::Requirements),
        (&[titled("kneading"), Mention { section: Section::Legal, ..plain("kneading") }], -1.0, Section::Legal),
    ];
    for (mentions, contribution, section) in cases {
        let found = &weigh(&LEXICON, mentions, 100).matches[0];
        assert_eq!((found.contribution, found.section), (odds(contribution), section), "{mentions:?}");
    }
}

#[test]
fn a_title_adds_no_more_than_its_limit() {
    let (files, _) = testing::broken("lexicon.toml", "title = 0.5", "title = 3.0");
    let lexicon = testing::load(&files).expect("a factor that the title may have");
    for skills in [&["kneading"] as &[&str], &["kneading", "sourdough"], &["mashing", "hops", "lautering"]] {
        let mentions: Vec<Mention> = skills.iter().map(|skill| titled(skill)).collect();
        let found = weigh(&lexicon, &mentions, 100);
        let below = lexicon.scoring().title_limit - found.score.abs().to_f64();
        assert!((0.0..0.001).contains(&below), "{skills:?}: but for rounding, {below} below it");
    }
}

#[test]
fn without_its_title_the_evidence_is_that_of_the_body() {
    let body = [plain("kneading"), plain("kneading"), negated("hops"), plain("selling"), plain("hygiene")];
    let title = [titled("hops"), titled("mashing"), titled("kneading"), negated("hygiene")];
    let of_body = weigh(&LEXICON, &body, 100);
    let of_all = weigh(&LEXICON, &[body.as_slice(), &title].concat(), 100);
    assert_eq!(of_all.without_title(&LEXICON), Evidence { matches: Vec::new(), mentions: Vec::new(), ..of_body });
}

#[test]
fn what_a_title_names_is_known() {
    let cases = [
        ("hygiene", (false, false)),
        ("kneading", (true, false)),
        ("selling", (false, true)),
        ("selling hops", (true, true)),
    ];
    for (skills, (role, other_profession)) in cases {
        let mentions: Vec<Mention> = skills.split(' ').map(titled).collect();
        assert_eq!(weigh(&LEXICON, &mentions, 100).title, TitleNames { role, other_profession }, "{skills}");
        let in_body: Vec<Mention> = skills.split(' ').map(plain).collect();
        assert_eq!(weigh(&LEXICON, &in_body, 100).title, TitleNames::default());
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
fn the_tilt_is_absent_without_evidence_and_even_at_a_tie() {
    for skills in ["", "hygiene", "waiting-tables"] {
        let verdict = judge(&LEXICON, &evidence(skills));
        assert_eq!(verdict.tilt, None, "{skills:?}");
        assert_eq!(verdict.probability(), Some(verdict.probabilities.neither));
        // The largest of the three takes what rounding leaves over.
        assert!((verdict.probabilities.left - verdict.probabilities.right).abs() < 1e-9);
    }
    let tie = judge(&LEXICON, &evidence("kneading mashing"));
    assert_eq!((tie.tilt, tie.probability()), (Some(0.0), None), "balanced is no answer of its own");
    let verdict = judge(&LEXICON, &evidence("kneading sourdough"));
    // -3 of 3, smoothed by 0.5 on each side; odds 0.5 * 3 + 2 * 0.75
    assert_eq!(verdict.tilt, Some(-0.75));
    let Probabilities { left, right, neither } = verdict.probabilities;
    assert_eq!(verdict.probability(), Some(left));
    assert!((left / (left + right) - 1.0 / (1.0 + (-3.0_f64).exp())).abs() < 1e-3, "{left} {right}");
    let mirrored = judge(&LEXICON, &evidence("mashing hops"));
    assert_eq!(mirrored.probabilities, Probabilities { left: right, right: left, neither });
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

#[test]
fn the_strongest_of_a_side_are_listed_and_of_equal_ones_the_first() {
    let cases: [(&str, Side, usize, &[&str]); 6] = [
        ("sourdough kneading hops", Side::Left, usize::MAX, &["kneading", "sourdough"]),
        ("sourdough kneading hops", Side::Left, 3, &["kneading", "sourdough"]),
        ("sourdough hops kneading", Side::Left, 1, &["kneading"]),
        ("hops sourdough proving", Side::Left, 1, &["sourdough"]),
        ("hops mashing kneading", Side::Right, 2, &["mashing", "hops"]),
        ("kneading", Side::Right, 2, &[]),
    ];
    for (skills, side, most, expected) in cases {
        let evidence = evidence(skills);
        assert_eq!(ids(evidence.strongest(side, most).iter().map(|found| found.skill)), expected, "{skills:?}");
    }
}

fn mentions() -> impl Strategy<Value = Vec<Mention>> {
    let mention = (
        prop::sample::select(LEXICON.skills().iter().map(|skill| skill.id.as_str()).collect::<Vec<_>>()),
        0..SectionFactors::SECTIONS.len(),
        0..REQUIREMENTS.len(),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(skill, section, requirement, negated)| Mention {
            section: SectionFactors::SECTIONS[section],
            requirement: REQUIREMENTS[requirement],
            negated,
            ..plain(skill)
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
        // What a skill leaves of the title goes to the others in it.
        prop_assume!(gone.section != Section::Title);
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
        if let Some(tilt) = verdict.tilt {
            prop_assert!((-1.0..=1.0).contains(&tilt));
            prop_assert_eq!(Side::of_score(tilt), Side::of_score(evidence.score));
        }
        let Probabilities { left, right, neither } = verdict.probabilities;
        let sum: LogOdds = [left, right, neither].into_iter().map(LogOdds::rounded).sum();
        prop_assert_eq!(sum, LogOdds::rounded(1.0));
        prop_assert!([left, right, neither].iter().all(|each| (0.0..=1.0).contains(each)));
        prop_assert_eq!(verdict.probability().is_none(), verdict.leaning == Leaning::Balanced);
        if let Leaning::Role(side) = verdict.leaning {
            prop_assert_eq!(Side::of_score(evidence.score), Some(side));
        }
    }
}
