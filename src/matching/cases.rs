//! What is found in texts of two trades, what is negated and what is asked for: one table
//! for each rule.
//!
//! A case is a text in which every mention that must be found, and no other, stands in
//! brackets: `[hops]`, `[-hops]` where it is negated, `[hops!]` where it is required and
//! `[hops?]` where it is preferred.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::Requirement;
use crate::classifier::Classifier;
use crate::input::Posting;
use crate::lexicon::testing;

const CUES: &str = r#"
[negation]
before = ["no", "no kind of", "not", "is not"]
after = ["is out of scope", "not necessary", "is not necessary"]
except = ["not only"]
prefix = ["non"]
refusal = ["need not come"]

[preferred]
phrases = ["a plus"]
before = ["ideally"]

[required]
phrases = ["must have"]

[clause]
phrases = ["but", "while"]

[colleagues]
before = ["side by side with"]
people = ["crew", "smiths"]
own = ["company"]
end = ["to"]

[employer]
opening = ["about"]
before = ["life at"]
after = ["is hiring"]

[person]
before = ["ring", "dr"]
after = ["leads"]
given = ["stoking"]

[letter]
before = ["row"]

[elsewhere]
before = ["isle of"]
after = ["tower"]

[others]
before = ["serving"]
after = ["trade"]

[asking]
words = ["skills"]
before = ["versed in"]
after = ["worker"]
"#;

/// A technical category and one that is not, with forms of every context.
const OVENS: &str = r#"
category = "ovens"
title = "Ovens"
technical = true
"#;

const HALL: &str = r#"
category = "hall"
title = "Hall"
technical = false
"#;

/// What another profession does.
const SMITHY: &str = r#"
category = "smithy"
title = "Smithy"
technical = false

[[skill]]
id = "forge"
name = "forge"
leaning = "away"
strength = 1
forms = ["forge", "forging"]
sources = ["judgement"]

[[skill]]
id = "anvil"
name = "anvil"
leaning = "away"
strength = 1
forms = ["anvil"]
sources = ["judgement"]

[[skill]]
id = "tongs"
name = "tongs"
leaning = "away"
strength = 1
forms = ["tongs", "fire. tongs", "heat! tongs"]
sources = ["judgement"]
"#;

/// Working together, and a skill of one letter.
const COMPANY: &str = r#"
category = "company"
title = "Company"
technical = false

[[skill]]
id = "helping-smiths"
name = "helping smiths"
leaning = "shared"
strength = 1
forms = ["smiths of all kinds"]
sources = ["judgement"]

[[skill]]
id = "q"
name = "Q"
leaning = "shared"
strength = 1
forms = [{ form = "Q", case = "exact" }]
sources = ["judgement"]
"#;

fn skill(id: &str, forms: &[(&str, &str)], needs: &[&str]) -> String {
    let forms: Vec<String> =
        forms.iter().map(|(form, context)| format!("{{ form = {form:?}, context = {context:?} }}")).collect();
    format!(
        "\n[[skill]]\nid = {id:?}\nname = {id:?}\nleaning = \"shared\"\nstrength = 1\nforms = [{}]\nneeds = {needs:?}\n\
         sources = [\"judgement\"]\nyes = [\"Not run here.\"]\nno = [\"Nor is this.\"]\n",
        forms.join(", ")
    )
}

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| {
    let ovens = [
        skill("firing", &[("firing", "none")], &[]),
        skill("stoking", &[("stoking", "none")], &[]),
        skill("kiln", &[("kiln", "anywhere")], &[]),
        skill("steam", &[("steam", "near"), ("steam oven", "none")], &[]),
        skill("peel", &[("peel", "near"), ("loaf peel", "near")], &["loaf", "qx", "#crust"]),
        skill("clay", &[("clay oven", "near")], &[]),
        skill("stone", &[("stone", "weak"), ("stone oven", "none")], &[]),
        skill("brick", &[("brick", "weak")], &["mortar"]),
        skill("flue", &[("flue", "none")], &[]) + "unless = [\"season\"]\n",
        skill("grate", &[("grate", "none")], &[]),
        skill("damper", &[("damper", "none")], &[]),
        skill("hearth", &[("hearth", "none")], &[]),
        skill("kindling", &[("kindling", "none")], &[]),
    ];
    let hall = [
        skill("door", &[("oven door", "none"), ("door frame", "none"), ("oven", "none")], &[])
            + "not = [\"oven door key\"]\n",
        skill("mitt", &[("oven mitt", "near")], &[]),
        skill("greeting", &[("greeting", "none")], &[]),
        skill("till", &[("till", "near")], &[]),
        skill("tray", &[("tray", "near")], &[]),
        skill("cup", &[("cup", "near")], &[]),
        skill("lamp", &[("lamp", "weak")], &[]),
    ];
    let mut files = testing::files();
    files.retain(|(path, _)| path != "cues.toml");
    files.push(("cues.toml".to_owned(), CUES.to_owned()));
    files.push(("skills/ovens.toml".to_owned(), format!("{OVENS}{}", ovens.concat())));
    files.push(("skills/smithy.toml".to_owned(), SMITHY.to_owned()));
    files.push(("skills/company.toml".to_owned(), COMPANY.to_owned()));
    files.push(("skills/hall.toml".to_owned(), format!("{HALL}{}", hall.concat())));
    let lexicon = testing::load(&files).unwrap_or_else(|error| panic!("{error}"));
    Classifier::new(lexicon)
});

/// The text of a case.
fn plain(case: &str) -> String {
    let mut text = String::new();
    for (index, part) in case.split(['[', ']']).enumerate() {
        // Every other part stands in brackets.
        text += if index % 2 == 0 { part } else { part.trim_start_matches('-').trim_end_matches(['!', '?']) };
    }
    text
}

/// The text with its mentions in brackets.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    let mut done = 0;
    for mention in CLASSIFIER.mentions(text) {
        let negated = if mention.negated { "-" } else { "" };
        let requirement = match mention.requirement {
            Requirement::Required => "!",
            Requirement::Preferred => "?",
            Requirement::Unstated => "",
        };
        let before = &text[done..mention.span.start];
        let _ = write!(marked, "{before}[{negated}{}{requirement}]", mention.span.of(text));
        done = mention.span.end;
    }
    marked + &text[done..]
}

/// Tries every case and reports all that came out otherwise.
fn check(cases: &[&str]) {
    let came_out = |case: &str| marked(&plain(case));
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| came_out(case) != **case)
        .map(|case| format!("{case:?}\n    came out as {:?}", came_out(case)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_negation_reaches_on_to_the_end_of_its_clause() {
    check(&[
        "[hops] and no [-kneading]",
        "no [-kneading]. [hops] too",
        "no [-kneading]! [hops] too",
        "no [-kneading]; [hops] too",
        "no [-kneading]: [hops] too",
        "no [-kneading] ([hops] too)",
        "no [-kneading] - [hops] too",
        "([mashing], no [-kneading]) [hops]",
        "no [-kneading] but [hops], [mashing]",
        "no [-kneading] while [hops] but [mashing]",
        "but no [-kneading] but [hops]",
        "[mashing] but [hops] is not [-kneading]",
        // a dot inside a word ends nothing
        "no 1.5 [-hops]",
        "no a.b.c [-hops]",
        "no etc. [hops]",
        "not only [hops], not [-mashing]",
        // a cue of another kind ends nothing
        "no [-kneading] a plus or [-hops]",
    ]);
}

#[test]
fn a_negation_runs_on_through_the_short_entries_of_a_list() {
    check(&[
        "no [-kneading], [-hops] or [-mashing]",
        "no [-kneading], some more [-hops]",
        "no [-kneading], some more good [hops]",
        "no [-kneading], [-hops], some more good [mashing], [lautering]",
        // the first entry may be long
        "no kind of fine good [-kneading]",
    ]);
}

#[test]
fn a_negation_reaches_fourteen_words() {
    check(&[
        "no a b c d e f g h i j k l m [-hops]",
        "no a b c d e f g h i j k l m n [hops]",
        // after the longer of two cues
        "no kind of a b c d e f g h i j k l m [-hops]",
    ]);
}

#[test]
fn a_negation_behind_reaches_back_to_the_start_of_its_clause() {
    check(&[
        "[-kneading] is out of scope",
        "[-kneading] is out of scope, [hops] too",
        "[hops]. [-Kneading] is out of scope",
        "[hops]; [-kneading] is out of scope",
        "[hops]: [-kneading] is out of scope",
        "[hops] ([-kneading] is out of scope)",
        "[hops] but [-kneading] is out of scope",
        "[hops] but [mashing] while [-kneading] is out of scope",
        "[-hops], [-kneading] is out of scope",
        "[-mashing], [-hops], [-kneading] is out of scope",
        "[-hops] as a plus is out of scope",
        "[lautering], [mashing] and all that, [-hops], [-kneading] is out of scope",
        "all of [-hops], [-kneading] is out of scope",
        "some of all [hops], [-kneading] is out of scope",
        "some of all [-kneading] is out of scope",
        // right behind a comma it speaks of nothing, in brackets of what stands before them
        "[hops], is out of scope",
        "[-hops] (is out of scope)",
        "[mashing], [hops]; (is out of scope)",
        "some more [-hops] (is out of scope)",
        "some more good [hops] (is out of scope)",
        // before a colon it heads a list
        "is out of scope: [-hops], [-mashing]",
        "[hops] is out of scope: [-mashing]",
    ]);
}

#[test]
fn of_overlapping_negations_one_stands() {
    check(&[
        "[-kneading] is not necessary for [hops]",
        "[-kneading] not necessary, not [-hops]",
        "is not [-kneading]",
        "this is not only [hops]",
        // `not necessary` alone would not stand right behind the comma
        "[hops], is not necessary",
        // welcome all the same
        "[hops] is not necessary but [mashing?] a plus",
    ]);
}

#[test]
fn a_prefix_negates_the_name_behind_it() {
    check(&["a non-[-kneading] hall of [hops]", "non [-hops], [mashing]", "the nonsense of [hops]", "canon [hops]"]);
}

#[test]
fn what_turns_away_those_who_lack_something_asks_for_it() {
    check(&[
        "whoever has no [kneading] need not come",
        "without it need not come. No [-kneading]",
        "with [kneading] need not come",
        "need not come with no [hops], not even [mashing]. [Hops]",
    ]);
}

#[test]
fn what_is_not_wanted_is_not_asked_for() {
    check(&["Requirements:\n\n* no [-hops]\n* [mashing!]"]);
}

#[test]
fn the_nearest_cue_in_its_part_of_the_sentence_says_how_much_is_asked_for() {
    check(&[
        "[hops?] a plus",
        "must have [hops!]",
        "must have [hops!] or now [mashing?] a plus",
        "a plus is now [mashing?], [hops!] you must have",
        // as near to both
        "must have [hops?] a plus",
        "must have [hops!]. [Mashing] too",
        "[mashing] too. Must have [hops!]",
        "must have [hops!]; [mashing] too",
        "must have [hops!] all of the long day; then [mashing] too",
        "no kind of rest you must have; [hops] too",
        "[mashing] too; must have [hops!]",
        "must have [hops!]; [kneading] too; [mashing?] a plus",
        "must have [hops!] but [mashing] too",
        "[mashing] too but must have [hops!]",
        "must have [hops!] but [kneading] too but [mashing?] a plus",
    ]);
}

#[test]
fn a_preference_speaks_of_its_clause() {
    check(&[
        "[hops] and ideally [mashing?]",
        "[hops], ideally [mashing?], [kneading?]",
        "[hops] (ideally [mashing?]) and [kneading]",
        "[hops] ([mashing?] a plus) and [kneading]",
        "[hops?] (a plus) and [kneading]",
        "[hops] for the whole long day, [mashing?] a plus",
        "[hops?], [mashing?], and [kneading?] a plus",
        "[hops]; [mashing?] a plus",
        "[hops]. [Mashing?] a plus. [Kneading]",
        "* [hops]\n* a plus: [mashing?], [kneading?]\n* [hops]",
        "a plus but not only: [hops?]",
        "[hops?] is a plus, but out of our hands",
        "ideally [hops?], must have [mashing!]",
    ]);
}

#[test]
fn a_section_says_how_much_is_asked_for_where_no_cue_does() {
    check(&[
        "Requirements:\n\n* [hops!]\n* [mashing?] a plus\n\nAbout us:\n\n* [kneading]",
        "Nice to have:\n\n* [hops?]\n* must have [mashing?]",
        "About us:\n\n* [hops]\n* must have [mashing!]\n* [kneading?] a plus",
    ]);
}

#[test]
fn two_certain_technical_skills_make_a_posting_technical() {
    check(&[
        "[kneading] first\n\n[mashing] then\n\na [kiln] and a tree",
        "[kneading] first\n\n[sourdough] then\n\na [kiln] and a tree",
        "a [kiln] and a tree\n\n[kneading] then\n\n[mashing] last",
        "[kneading] first\n\na kiln and a tree",
        "[kneading] first\n\n[kneading] then\n\na kiln and a tree",
        "[kneading] first\n\n[hygiene] then\n\na kiln and a tree",
        "[greeting] first\n\n[hygiene] then\n\na kiln and a tree",
        // and that is not enough for others
        "[kneading] first\n\n[mashing] then\n\nthe steam and a stone",
    ]);
}

#[test]
fn technical_kin_near_by_vouches() {
    check(&[
        "[firing] makes the [steam]",
        "the [steam] of [firing]",
        "a [kiln] for [firing]",
        "[greeting] at the till",
        "[mashing] makes the steam",
        // itself is no context
        "a [steam oven] makes the steam",
        // what is accepted vouches for others, on either side
        "the [steam] has a [peel] for a loaf",
        "a [peel] for a loaf has the [steam]",
        // by twelve words to either side, the sentence apart
        "[firing]. A b c d e f g h i j k [steam]",
        "[firing]. A b c d e f g h i j k l steam",
        "A [steam] b c d e f g h i j k. L [firing]",
        "A steam b c d e f g h i j k l. M [firing]",
        "[firing] a b c d e f g h i j k l m n o p q [steam]",
        "[steam] a b c d e f g h i j k l m n o p q [firing]",
    ]);
}

#[test]
fn any_technical_skill_in_its_list_vouches() {
    check(&[
        "[mashing], [steam]",
        "[steam], [mashing]",
        "[mashing] and the [steam]",
        "[steam] or [mashing]",
        "[mashing], more, steam",
        "[greeting], steam",
        "[greeting] and steam for [mashing]",
    ]);
}

#[test]
fn two_of_a_kind_in_a_list_vouch_for_each_other() {
    check(&[
        "[till], [tray], [cup]",
        "[till], [tray] and the [cup]",
        "till, tray",
        "till, tray, lamp",
        "till, till, till",
        "till, tray, steam",
        "till, more, less, tray, cup",
        "till, more, [tray], cup",
    ]);
}

#[test]
fn what_is_refused_hides_only_what_lies_in_it() {
    check(&[
        "a clay oven",
        "a clay [oven door]",
        "a clay oven mitt",
        "a clay oven [door frame]",
        "a [clay oven] door for [firing]",
        "a clay [oven door] and, of [sourdough] and of [hops], a [door frame]",
        // means something else, and takes what was uncovered
        "a clay oven door key",
    ]);
}

#[test]
fn an_everyday_word_needs_its_kin_in_the_sentence() {
    check(&[
        "[firing] on a [stone]",
        "on a [stone] for [firing]",
        "[firing] on. A stone",
        "[mashing] on a stone",
        "[mashing], stone",
        "[greeting] by the [lamp]",
        "a [stone oven] with a stone",
        "a [brick] and mortar",
        // what is weak itself supports none
        "a [brick] and mortar, a stone",
        "a [brick] and mortar, steam",
    ]);
}

#[test]
fn a_word_that_a_skill_needs_stands_in_its_sentence() {
    check(&[
        "[peel] a loaf",
        "a loaf on a [peel]",
        "[peel] the loafs",
        "peel the loafing",
        "peel the meatloaf",
        "peel the loafss",
        "[peel] the meatloaf and the loaf",
        "peel. A loaf",
        "A loaf. Then peel",
        "[peel] a loaf. Then peel it",
        "Then peel it. [Peel] a loaf",
        "[peel] qx",
        "[peel] qx now",
        "peel qxy",
        "[peel] a #crust",
        "peel a crust",
        // the word must not be a part of the form itself
        "a loaf peel",
        "Here it is: a loaf peel",
        "It is here. We have a loaf peel",
        "It is here. We have a [loaf peel] for a loaf",
        "It is here. We have a loaf, a [peel]",
    ]);
}

#[test]
fn what_colleagues_do_is_not_found() {
    check(&[
        "side by side with the firing crew",
        "side by side with stoking and firing smiths, [greeting] guests all day long of the week",
        "side by side with the firing crew, hops and the oven",
        // up to the word that ends it, and only where people are named
        "side by side with the crew to do [firing]",
        "side by side with [firing] and [stoking]",
        "[stoking] side by side with the crew",
        "side by side with the crew. [Firing]",
        "side by side with the crew; [firing]",
        "side by side with the crew, seeing to it that there is [firing]",
        // long behind the people it is no list of theirs
        "side by side with the crew, all of the long dark evenings with [firing]",
        // working together is the person's own
        "side by side with [smiths of all kinds]",
    ]);
}

#[test]
fn the_employer_is_no_skill() {
    check(&[
        "Firing is hiring. firing too",
        "Firing Halls is hiring. [firing]",
        "Great Firing is hiring",
        "[Firing] Smiths is hiring",
        "We say: Firing is hiring",
        "they say that [Firing] is hiring",
        "[firing] is hiring",
        "About Firing. [Firing] and [stoking]",
        "About Great Firing",
        "all about [Firing]",
        "good life at Firing",
        "life at [firing]",
        // nor is its name elsewhere, unless it is asked for or listed
        "About Firing. The great firing",
        "About Great Firing. The great [firing]",
        "About Firing. Well versed in [firing]",
        "About Firing. The great [firing] and [stoking]",
    ]);
}

#[test]
fn people_and_places_are_no_skills() {
    check(&[
        "ring Firing Jones",
        "ring Anna Firing",
        "ring: Firing",
        "ring [Firing]",
        // a given name
        "ring Stoking",
        "Stoking Jones leads us",
        "[Stoking] Jones has [stoking]",
        "[Firing] Jones leads us",
        "ring [firing] Jones",
        "the isle of firing",
        "the firing tower",
        "the tower [firing]",
    ]);
}

#[test]
fn a_letter_alone_may_be_none_of_a_name() {
    check(&[
        "good [Q] and [firing]",
        "good ([Q]) and [firing]",
        "good(Q) and [firing]",
        "(Q) 1999",
        "copyright (Q) us",
        "dr Q. Jones",
        "see [Q]. Jones",
        "row Q",
        "row A to Q",
        "row A, B or Q",
        "ends B or [Q]",
        "arrow [Q]",
    ]);
}

#[test]
fn a_word_shows_that_something_else_is_meant() {
    check(&["a [flue]", "a flue in the season", "the season for a flue", "the season. A [flue]"]);
}

#[test]
fn a_plain_cue_beside_a_name_is_context() {
    check(&[
        "well versed in [steam]",
        "a [steam] worker",
        "a [kiln] worker",
        "a steam and worker",
        // not for everyday words
        "well versed in stone",
    ]);
}

#[test]
fn words_of_another_profession_are_those_of_the_work() {
    check(&[
        "[forge] and [anvil]",
        "serving the forge all day",
        "for the forge trade",
        "versed in [forge] trade",
        "for the [firing] trade",
        "serving the [firing] all day",
    ]);
}

#[test]
fn a_plainly_technical_posting_holds_strays_of_other_professions() {
    let technical = "[firing], [stoking], [flue], [grate], [damper], [hearth]\n\n";
    let fewer = "[firing], [stoking], [flue], [grate], [damper]\n\n";
    let cases = [
        (technical, "a forge and an anvil, a forge"),
        (technical, "a [forge], an [anvil] and [tongs]"),
        (technical, "skills at the [forge]. The anvil"),
        (technical, "a forge and an anvil\n\nAbout us:\n\nThe tongs"),
        // What a passage on the work says is no stray.
        (technical, "Your tasks:\n\n* fetch the [anvil]\n\nAbout us:\n\nThe forge"),
        (fewer, "a [forge] and an [anvil]"),
    ];
    let cases = cases.map(|(start, rest)| format!("{start}{rest}"));
    check(&cases.each_ref().map(String::as_str));
}

#[test]
fn a_mark_that_a_form_is_spelled_with_ends_no_sentence() {
    check(&["the [fire. tongs] and [tongs]", "the [Fire. Tongs] and [tongs]", "A fire; [tongs]. A [forge]"]);
    check(&["the [heat! tongs] and [tongs]", "the [Heat! Tongs] and [tongs]", "What heat! [Forge] it"]);
}

#[test]
fn sections_cover_the_body() {
    use crate::document::Section::{About, Other, Preferred, Requirements};

    let cases: [(&str, &[(crate::document::Section, &str)]); 6] = [
        ("", &[(Other, "")]),
        ("Some text.", &[(Other, "Some text.")]),
        (
            "Some text.\n\nRequirements:\n\n* Hops\n\nAbout us:\n\nBeer.",
            &[(Other, "Some text.\n\n"), (Requirements, "Requirements:\n\n* Hops\n\n"), (About, "About us:\n\nBeer.")],
        ),
        // Nothing stands between two headings, or before the first.
        ("Requirements:\n\nAbout us:\n\nBeer.", &[(Requirements, "Requirements:\n\n"), (About, "About us:\n\nBeer.")]),
        ("Nice to have:\n\nHops.", &[(Preferred, "Nice to have:\n\nHops.")]),
        (
            "Requirements:\n\n* Hops\n\nYou bring:\n\n* Malt",
            &[(Requirements, "Requirements:\n\n* Hops\n\nYou bring:\n\n* Malt")],
        ),
    ];
    for (text, expected) in cases {
        for before in ["", "Brewer\n\n"] {
            let whole = format!("{before}{text}");
            let posting = Posting { text: whole.clone(), body_start: before.len(), ..Posting::default() };
            let sections = CLASSIFIER.classify(&posting).expect("within its budget").sections;
            let found: Vec<_> = sections.iter().map(|(section, span)| (*section, span.of(&whole))).collect();
            assert_eq!(found, expected, "{whole:?}");
        }
    }
}

#[test]
fn phrases_are_sorted_and_hold_every_form() {
    let table = CLASSIFIER.phrases();
    assert!(table.phrases().is_sorted());
    for skill in CLASSIFIER.lexicon().skills().iter() {
        assert!(skill.forms.iter().all(|form| table.find(&form.key).is_some()), "{}", skill.id);
    }
}

#[test]
fn requirements_have_words_for_reports() {
    let words = [Requirement::Required, Requirement::Preferred, Requirement::Unstated].map(Requirement::name);
    assert_eq!(words, ["required", "preferred", ""]);
}
