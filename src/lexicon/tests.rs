//! What is found wrong with a lexicon, and where: one mistake a case, made in the
//! small lexicon of [`super::testing`].

use super::testing::{files, load};
use super::{Citation, Code, Diagnostic, Lexicon, LexiconError, Severity, Side, SkillLeaning, testing};
use crate::log_odds::LogOdds;

/// What comes of the small lexicon broken so, and where its finding must point.
fn broken(file: &str, old: &str, new: &str) -> (Result<Lexicon, LexiconError>, Option<(usize, usize)>) {
    let (files, place) = testing::broken(file, old, new);
    (load(&files), place)
}

fn findings(outcome: Result<Lexicon, LexiconError>) -> Vec<Diagnostic> {
    match outcome {
        Ok(lexicon) => lexicon.warnings().to_vec(),
        Err(error) => error.errors,
    }
}

/// Code, file, line and column, as one line a finding.
fn shown(findings: &[Diagnostic]) -> Vec<String> {
    findings.iter().map(|finding| finding.to_string().split_once(": ").map_or("", |(at, _)| at).to_owned()).collect()
}

#[test]
fn the_small_lexicon_is_sound() {
    let lexicon = testing::lexicon();
    assert_eq!(lexicon.warnings(), []);
    assert_eq!(lexicon.skills().len(), 9);
    assert_eq!(lexicon.role(Side::Left).side_id, "bread");
    let (_, kneading) = lexicon.find("kneading").expect("a skill of the small lexicon");
    assert_eq!(kneading.leaning, SkillLeaning::Toward(Side::Left));
    assert_eq!(kneading.weight, LogOdds::rounded(-2.0));
    assert_eq!(kneading.sources[0], Citation::Statement { side: Side::Left, number: 1 });
    assert_eq!(lexicon.cite(&kneading.sources[0]), "role:baker#1");
    assert_eq!(lexicon.statement(&kneading.sources[0]).map(|found| found.text.as_str()), Some("Kneads dough."));
    assert_eq!(lexicon.cite(&kneading.sources[1]), "guild:11");
}

#[test]
fn each_mistake_is_found_once_at_its_place() {
    let baking = "skills/baking.toml";
    let brewing = "skills/brewing.toml";
    let workplace = "skills/workplace.toml";
    let manifest = "lexicon.toml";
    let weights = "weights.csv";
    let cases = [
        (Code::MissingFile, manifest, "statements = \"roles/brewer.md\"", "statements = «\"roles/brewers.md\""),
        (Code::Syntax, baking, "strength = 3", "«strenght = 3"),
        (Code::Syntax, baking, "strength = 2", "strength = «\"two\""),
        (Code::Syntax, baking, "strength = 2", "strength = «300"),
        (Code::Syntax, baking, "case = \"exact\"", "«cse = \"exact\""),
        (Code::Syntax, baking, "forms = [\"sourdough\", \"sour dough\"]", "forms = [\"sourdough\", «7]"),
        (Code::Syntax, manifest, "repeat_gain = 0.5", "repeat_gain = «\"much\""),
        (Code::Syntax, "cues.toml", "[clause]", "[«claws]"),
        (
            Code::Syntax,
            manifest,
            "[scoring]",
            "«[[role]]\nid = \"miller\"\nlabel = \"miller\"\nside = \"flour\"\nstatements = \"roles/baker.md\"\n[scoring]",
        ),
        (Code::Syntax, weights, "", "«skill,weight\nhops,1.5\n"),
        (Code::Syntax, weights, "", "skill_id,weight\nhops,1.5\n«mashing,much\nlautering,0.5\n"),
        (Code::Syntax, weights, "", "skill_id,weight\nhops,1.5\n«mashing\n"),
        (Code::OutOfRange, weights, "", "skill_id,weight\n«hops,inf\n"),
        (Code::OutOfRange, weights, "", "skill_id,weight\n«hops,1e308\n"),
        (Code::DuplicateId, brewing, "id = \"lautering\"", "id = «\"hops\""),
        (Code::DuplicateId, brewing, "id = \"lautering\"", "id = «\"sourdough\""),
        (
            Code::DuplicateId,
            manifest,
            "title = \"from reading postings\"",
            "title = \"a\"\n[[source]]\nid = «\"guild\"\ntitle = \"b\"",
        ),
        (Code::DuplicateId, weights, "", "skill_id,weight\nhops,1.5\n«hops,1.6\n"),
        (Code::DuplicateForm, brewing, "forms = [\"lautering\"]", "forms = [\"lautering\", «\"Hops\"]"),
        (Code::DuplicateForm, brewing, "forms = [\"lautering\"]", "forms = [\"lautering\", «\"Lautering\"]"),
        (Code::DuplicateForm, brewing, "forms = [\"lautering\"]", "forms = [\"lautering\", «\"knead-dough\"]"),
        (Code::UnknownLeaning, workplace, "leaning = \"shared\"", "leaning = «\"sharde\""),
        (
            Code::DuplicateForm,
            "duties.toml",
            "",
            "ends = []\npersons = []\n[verbs]\n[objects]\nloaf = [\"bun\"]\nroll = [«\"bun\"]\n",
        ),
        (Code::UnknownWord, baking, "strength = 3", "strength = 3\ndoes = [{ verbs = [«\"shape\"], objects = [] }]"),
        (Code::OutOfRange, baking, "strength = 3", "strength = «4"),
        (Code::OutOfRange, manifest, "[0.5, 1.0, 2.0]", "[0.5, «-1.0, 2.0]"),
        (Code::OutOfRange, manifest, "repeat_gain = 0.5", "repeat_gain = «-0.5"),
        (Code::OutOfRange, manifest, "balanced_tilt = 0.2", "balanced_tilt = «1.2"),
        (Code::OutOfRange, manifest, "title_limit = 1.0", "title_limit = «inf"),
        (Code::OutOfRange, manifest, "[0.5, 1.0, 2.0]", "[0.5, 1.0, «1e308]"),
        (Code::OutOfRange, manifest, "balanced_evidence = 2.0", "balanced_evidence = «nan"),
        (Code::OutOfRange, manifest, "about = 0.5", "about = «1.5"),
        (Code::OutOfRange, manifest, "title = 0.5", "title = «3.5"),
        (Code::OutOfRange, manifest, "title_other = 0.5", "title_other = «-101.0"),
        (Code::OutOfRange, manifest, "unstated = 1.0", "unstated = «-1.0"),
        (Code::UnknownWord, baking, "case = \"exact\"", "case = «\"exct\""),
        (Code::UnknownWord, baking, "context = \"near\"", "context = «\"nearby\""),
        (Code::UnknownWord, brewing, "category = \"brewing\"", "category = «\"beer\""),
        (Code::UnknownWord, manifest, "legal = 0.0", "«legals = 0.0"),
        (Code::UnknownWord, "headings.toml", "legal =", "«legals ="),
        (Code::UnknownWord, weights, "", "skill_id,weight\n«malting,1.0\nhops,1.5\n"),
        (Code::Empty, brewing, "forms = [\"lautering\"]", "forms = «[]"),
        (Code::Empty, brewing, "forms = [\"lautering\"]", "forms = [\"lautering\", «\"--\"]"),
        (Code::Empty, baking, "\"proof of address\"", "\"proof of address\", «\"...\""),
        (Code::Empty, baking, "needs = [\"dough\"]", "needs = [\"dough\", «\"\"]"),
        (Code::Empty, "cues.toml", "\"not only\"", "\"not only\", «\"\""),
        (Code::Empty, "cues.toml", "\"a plus\"", "\"a plus\", «\"+\""),
        (Code::Empty, "headings.toml", "\"you bring\"", "«\"\", \"you bring\""),
        (Code::UnknownSource, baking, "\"guild:11\"", "«\"gild:11\""),
        (Code::UnknownSource, baking, "\"judgement\"", "«\"judgement:7\""),
        (Code::UnknownSource, baking, "sources = [\"role:baker#2\"]", "sources = [«\"role:baker#9\"]"),
        (Code::UnknownSource, baking, "sources = [\"role:baker#2\"]", "sources = [«\"role:miller#2\"]"),
        (Code::UnknownSource, baking, "sources = [\"role:baker#2\"]", "sources = «[]"),
        (Code::UncoveredStatement, "roles/brewer.md", "clean. [shared]", "clean. [shared]\n«4. Fills bottles."),
        (
            Code::MissingExample,
            brewing,
            "id = \"lautering\"\nname = \"lautering\"\nleaning = \"beer\"\nstrength = 1\nforms = [\"lautering\"]",
            "id = «\"lautering\"\nname = \"lautering\"\nleaning = \"beer\"\nstrength = 1\n\
             forms = [{ form = \"lautering\", context = \"weak\" }]\nyes = [\"Only one kind: lautering.\"]",
        ),
        (Code::Statements, "roles/baker.md", "2. Raises", "«3. Raises"),
    ];
    for (code, file, old, new) in cases {
        let (outcome, place) = broken(file, old, new);
        let (line, column) = place.expect("a case marks where its finding points");
        let found = findings(outcome);
        assert_eq!(shown(&found), [format!("{file}:{line}:{column}")], "{new:?} should be {}: {found:#?}", code.name());
        assert_eq!(found[0].code, code, "{new:?}: {}", found[0].message);
        let warns = (code, file) == (Code::UnknownWord, weights);
        assert_eq!(found[0].severity == Severity::Warning, warns, "{new:?}");
    }
}

#[test]
fn roles_go_by_names_of_their_own() {
    let cases = [
        (Code::DuplicateId, "id = \"brewer\"", "id = «\"baker\""),
        (Code::DuplicateId, "side = \"beer\"", "side = «\"bread\""),
        (Code::UnknownLeaning, "side = \"beer\"", "side = «\"away\""),
        (Code::UnknownLeaning, "side = \"bread\"", "side = «\"shared\""),
    ];
    for (code, old, new) in cases {
        // What the skills then say of the roles is wrong too; the cause comes first.
        let (outcome, place) = broken("lexicon.toml", old, new);
        let found = findings(outcome);
        let shown = found[0].place.map(|place| (place.line, place.column));
        assert_eq!((found[0].code, shown), (code, place), "{new:?}: {}", found[0].message);
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    for missing in ["lexicon.toml", "cues.toml", "headings.toml"] {
        let files: Vec<(String, String)> = files().into_iter().filter(|(path, _)| path != missing).collect();
        let found = findings(load(&files));
        assert_eq!((found[0].code, found[0].file.as_str()), (Code::MissingFile, missing));
        assert_eq!(found.len(), 1, "{found:#?}");
    }
    let no_skills: Vec<(String, String)> =
        files().into_iter().filter(|(path, _)| !path.starts_with("skills/")).collect();
    let found = findings(load(&no_skills));
    assert_eq!((found[0].code, found[0].file.as_str()), (Code::Empty, "skills"));
    let (outcome, _) = broken("roles/baker.md", "", "A baker bakes.\n");
    let found = findings(outcome);
    assert_eq!((found[0].code, found[0].file.as_str()), (Code::Statements, "roles/baker.md"));
}

#[test]
fn everything_wrong_is_reported_and_not_only_the_first() {
    let (outcome, _) = broken(
        "skills/brewing.toml",
        "leaning = \"beer\"\nstrength = 1\nforms = [\"lautering\"]",
        "leaning = \"bear\"\nstrength = 9\nforms = [\"--\", \"lautering\", \"Lautering\", \"hops\"]",
    );
    let found = findings(outcome);
    let codes: Vec<Code> = found.iter().map(|finding| finding.code).collect();
    let expected = [Code::UnknownLeaning, Code::OutOfRange, Code::Empty, Code::DuplicateForm, Code::DuplicateForm];
    assert_eq!(codes, expected, "{found:#?}");
    let columns: Vec<usize> = found.iter().filter_map(|finding| finding.place).map(|place| place.column).collect();
    assert_eq!(columns, [11, 12, 10, 29, 42], "each points at the word it is about");
}

#[test]
fn findings_say_what_to_do() {
    let (outcome, _) = broken("skills/baking.toml", "context = \"near\"", "context = \"neer\"");
    let error = outcome.expect_err("a context nobody knows");
    assert_eq!(
        error.errors[0].to_string(),
        "skills/baking.toml:27:54: error[unknown-word]: no context is called \"neer\"; \
         expected one of: none, anywhere, near, weak; did you mean \"near\"?"
    );
    assert!(error.to_string().starts_with("the lexicon bread-beer has 1 error, first: skills/baking.toml:27:54"));
}

#[test]
fn fitted_weights_replace_the_priors() {
    let (outcome, _) =
        broken("weights.csv", "", "skill_id,prior,weight\r\nhops,1.0,1.75\r\n\r\nsourdough,-1.0,-0.25\r\n");
    let lexicon = outcome.expect("good weights");
    let weight = |id: &str| lexicon.find(id).map(|(_, skill)| skill.weight.to_f64());
    assert_eq!([weight("hops"), weight("sourdough"), weight("kneading")], [Some(1.75), Some(-0.25), Some(-2.0)]);
}

#[test]
fn line_ends_of_any_kind_will_do() {
    let windows: Vec<(String, String)> =
        files().into_iter().map(|(path, text)| (path, text.replace('\n', "\r\n"))).collect();
    let lexicon = load(&windows).expect("the same lexicon");
    let plain = testing::lexicon();
    assert_eq!(lexicon.role(Side::Right).statements[1].text, plain.role(Side::Right).statements[1].text);
    assert_eq!(lexicon.skills().len(), plain.skills().len());
    assert_ne!(lexicon.hash(), plain.hash(), "other bytes, another hash");
}

#[test]
fn the_lexicon_inside_the_binary_is_the_one_in_the_folder() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/software-systems");
    let read = Lexicon::from_folder(&folder).expect("the folder of the embedded lexicon");
    assert_eq!(read.hash(), Lexicon::builtin().hash(), "lexicons/embedded.rs must list every file of {folder:?}");
}
