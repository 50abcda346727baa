//! Every kind of mistake in a hand-written lexicon, and the message about it.

use std::fmt::Write as _;

use snapbox::file;

use crate::sandbox::Sandbox;

/// The lexicon that is broken, and where it stands in the sandbox.
const FOLDER: &str = "tests/suite/kitchen";

const MANIFEST: &str = "lexicon.toml";
const KITCHEN: &str = "skills/kitchen.toml";
const GARDEN: &str = "skills/garden.toml";
const COOK: &str = "roles/cook.md";
const WEIGHTS: &str = "weights.csv";

/// What is wrong, the file, a passage of it and what stands there instead; an empty
/// passage stands for the whole file.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("a key that is misspelled", KITCHEN, "strength = 3", "strenght = 3"),
    ("a key that nobody knows", KITCHEN, "strength = 3", "strength = 3\ncolour = \"red\""),
    ("a key that is missing", KITCHEN, "leaning = \"kitchen\"\nstrength = 3\n", "strength = 3\n"),
    ("a string without its end", KITCHEN, "name = \"cooking\"", "name = \"cooking"),
    ("a bracket without its end", KITCHEN, "[\"cooking\", \"cook meals\"]", "[\"cooking\", \"cook meals\""),
    ("a comma that is missing", KITCHEN, "\"cooking\", \"cook meals\"", "\"cooking\" \"cook meals\""),
    ("a word where a number is meant", KITCHEN, "strength = 3", "strength = \"strong\""),
    ("a number where a word is meant", KITCHEN, "name = \"cooking\"", "name = 7"),
    ("one form where a list is meant", KITCHEN, "forms = [\"cooking\", \"cook meals\"]", "forms = \"cooking\""),
    ("a number where a form is meant", KITCHEN, "[\"cooking\", \"cook meals\"]", "[\"cooking\", 7]"),
    ("a rule of a form that is misspelled", KITCHEN, "context = \"near\"", "contex = \"near\""),
    ("a table that nobody knows", KITCHEN, "[[skill]]\nid = \"cooking\"", "[[skills]]\nid = \"cooking\""),
    ("a key written twice", KITCHEN, "strength = 3", "strength = 3\nstrength = 2"),
    ("a side that is misspelled", KITCHEN, "leaning = \"kitchen\"\nstrength = 3", "leaning = \"kichen\"\nstrength = 3"),
    ("a strength out of range", KITCHEN, "strength = 3", "strength = 4"),
    ("a context that nobody knows", KITCHEN, "context = \"near\"", "context = \"nearby\""),
    ("a case that nobody knows", KITCHEN, "context = \"near\"", "case = \"exakt\""),
    ("an id that is taken", GARDEN, "id = \"compost\"", "id = \"cooking\""),
    ("a form that another skill has", GARDEN, "forms = [\"compost\"]", "forms = [\"compost\", \"Cook-meals\"]"),
    ("a form that is listed twice", GARDEN, "forms = [\"compost\"]", "forms = [\"compost\", \"Compost\"]"),
    ("a skill without forms", GARDEN, "forms = [\"compost\"]", "forms = []"),
    ("a form that holds nothing", GARDEN, "forms = [\"compost\"]", "forms = [\"compost\", \"--\"]"),
    ("a skill that rests on nothing", GARDEN, "sources = [\"judgement\"]", "sources = []"),
    ("a source that is misspelled", GARDEN, "sources = [\"judgement\"]", "sources = [\"judgment\"]"),
    ("a statement that does not exist", KITCHEN, "sources = [\"role:cook#2\"]", "sources = [\"role:cook#9\"]"),
    ("a role that does not exist", KITCHEN, "sources = [\"role:cook#2\"]", "sources = [\"role:cok#2\"]"),
    ("an ambiguous skill without examples", KITCHEN, "no = [\"Court orders\", \"Orders are orders\"]\n", ""),
    ("a statement that no skill rests on", COOK, "[shared]", "[shared]\n4. Sharpens knives."),
    ("a statement with the wrong number", COOK, "2. Writes", "3. Writes"),
    ("a description without statements", COOK, "", "# Cook\n\nA cook cooks.\n"),
    ("a category that is not the file's name", GARDEN, "category = \"garden\"", "category = \"gardening\""),
    ("a section that nobody knows", "headings.toml", "benefits =", "benefit ="),
    ("a heading that holds nothing", "headings.toml", "\"what we offer\"", "\"...\""),
    ("a list of cues that is missing", "cues.toml", "except = [\"not only\"]\n", ""),
    ("a factor out of range", MANIFEST, "balanced_tilt = 0.1", "balanced_tilt = 1.5"),
    ("a prior without measure", MANIFEST, "[0.5, 1.0, 1.5]", "[0.5, 1.0, 1e308]"),
    ("a threshold that is no number", MANIFEST, "title_limit = 1.0", "title_limit = nan"),
    ("a factor without end", MANIFEST, "unstated = 1.0", "unstated = inf"),
    ("a factor that is a word", MANIFEST, "repeat_gain = 0.5", "repeat_gain = \"often\""),
    (
        "one role alone",
        MANIFEST,
        "[[role]]\nid = \"gardener\"\nlabel = \"gardener\"\nside = \"garden\"\nstatements = \"roles/gardener.md\"\n",
        "",
    ),
    ("two roles of one name", MANIFEST, "id = \"gardener\"", "id = \"cook\""),
    ("a side by a word that is taken", MANIFEST, "side = \"garden\"", "side = \"shared\""),
    ("a description that is not there", MANIFEST, "roles/gardener.md", "roles/gardner.md"),
    ("weights without their columns", WEIGHTS, "", "skill;weight\ncooking;1\n"),
    ("a weight that is a word", WEIGHTS, "", "skill_id,weight\ncooking,heavy\n"),
    ("a weight without measure", WEIGHTS, "", "skill_id,weight\ncooking,-1\ncompost,1e308\n"),
    ("weights that are no number", WEIGHTS, "", "skill_id,weight\ncooking,NaN\ncompost,-inf\n"),
    ("two weights of one skill", WEIGHTS, "", "skill_id,weight\ncooking,-1\ncooking,-2\n"),
    ("a title that leans to no role", KITCHEN, "forms = [\"cook\"]", "forms = [\"chef\"]"),
    (
        "a title of the other role",
        KITCHEN,
        "id = \"cook\"\nname = \"cook\"\nleaning = \"kitchen\"",
        "id = \"cook\"\nname = \"cook\"\nleaning = \"garden\"",
    ),
    (
        "a statement that only everyday words cover",
        KITCHEN,
        "\"menu planning\", \"menus\", { form = \"orders\", context = \"near\" }]\nnot = [\"court orders\"]\nneeds = [\"suppliers\"]",
        "\"story\", \"begins\"]",
    ),
    ("a form that another skill has in the plural", GARDEN, "forms = [\"compost\"]", "forms = [\"compost\", \"menu\"]"),
    ("a weight of no skill", WEIGHTS, "", "skill_id,weight\ncoking,-1\n"),
];

/// Runs `lexicon check` on the lexicon with one passage changed.
fn broken(file: &str, passage: &str, other: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.copy(FOLDER);
    let path = format!("{FOLDER}/{file}");
    let text = if passage.is_empty() {
        other.to_owned()
    } else {
        let text = sandbox.read(&path);
        assert!(text.contains(passage), "{file} does not hold {passage:?}");
        text.replacen(passage, other, 1)
    };
    sandbox.write(&path, text);
    let ran = sandbox.run(&format!("lexicon check --lexicon {FOLDER} --quiet"));
    ran.stderr
}

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_do() {
    let mut page = String::new();
    for (what, file, passage, other) in CASES {
        let told = broken(file, passage, other);
        assert!(told.contains("error[") || told.contains("warning["), "{what}: {told}");
        writeln!(page, "# {what}\n{told}").unwrap();
    }
    snapbox::assert_data_eq!(page, file!["snapshots/broken.txt"].raw());
}

#[test]
fn an_extension_is_checked_like_the_rest() {
    let sandbox = Sandbox::new();
    let cases = [
        ("category = \"garden\"\ntitle = \"Own\"\n", "duplicate-id", 1),
        ("category = \"own\"\ntitle = \"Own\"\ndrop = [\"coking\"]\n", "did you mean \"cooking\"?", 3),
        ("category = \"own\"\ntitel = \"Own\"\n", "did you mean \"title\"?", 2),
    ];
    for (text, told, line) in cases {
        sandbox.write("own.toml", text);
        let ran = sandbox.kitchen("lexicon check --extend own.toml").ends(1);
        assert!(ran.stderr.contains(told) && ran.stderr.contains(&format!("--> own.toml:{line}:")), "{ran}");
    }
    let skill = "category = \"own\"\ntitle = \"Own\"\n[[skill]]\nid = \"x\"\nname = \"x\"\nleaning = \"garden\"\nstrength = 1\n";
    sandbox.write("own.toml", format!("{skill}forms = [\"cook meals\"]\nsources = [\"judgement\"]\n"));
    let ran = sandbox.kitchen("lexicon check --extend own.toml").ends(1);
    assert!(ran.stderr.contains("claimed by cooking already") && ran.stderr.contains("--> own.toml:8:"), "{ran}");
    sandbox
        .write("own.toml", format!("{skill}forms = [\"weeding\"]\nsources = [\"judgement\"]\nyes = [\"Mowing.\"]\n"));
    let ran = sandbox.kitchen("lexicon test --extend own.toml").ends(1);
    assert!(ran.stderr.contains("--> own.toml:10:"), "{ran}");
}
