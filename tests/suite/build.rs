//! `lexicon build`: our own two role descriptions, and what comes of others.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use rolelean::input::{Inputs, ReadOptions};
use rolelean::lexicon::{Citation, Skill, SkillLeaning};
use rolelean::run::{Settings, Sink, run};
use rolelean::workbench::build::{Background, Build, Built, Description};
use rolelean::workbench::evaluate::{Evaluation, Gold, Judge, Judged};
use rolelean::workbench::review::{ReviewRow, ReviewTable};
use rolelean::{Classifier, Lexicon, Posting, Side};
use snapbox::str;

use crate::sandbox::{Sandbox, package};
use crate::table::Table;

static EMBEDDED: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(Lexicon::builtin()));

/// Builds a lexicon from our own two descriptions.
fn rebuild(by_statements: bool) -> Built {
    let describe = |side: Side, file: &str| {
        let text = std::fs::read_to_string(package("lexicons/software-systems/roles").join(file)).unwrap();
        Description::read(side, None, &[Posting::from_text(text)]).unwrap()
    };
    Build {
        left: describe(Side::Left, "software-engineer.md"),
        right: describe(Side::Right, "systems-engineer.md"),
        catalogue: Arc::clone(&EMBEDDED),
        by_statements,
        background: Background::builtin(),
        name: None,
    }
    .run()
    .unwrap()
}

/// The skills of the embedded lexicon that cite a role statement; building makes no duties.
fn citing() -> Vec<&'static Skill> {
    let cites = |skill: &&Skill| {
        !skill.forms.is_empty() && skill.sources.iter().any(|source| matches!(source, Citation::Statement { .. }))
    };
    EMBEDDED.skills().iter().filter(cites).collect()
}

/// Of the skills that cite a statement, those that were built with another pull, or not at all.
fn missed(built: &Built) -> Vec<String> {
    let pulls: BTreeMap<&str, SkillLeaning> =
        built.lexicon.skills().iter().map(|skill| (skill.id.as_str(), skill.leaning)).collect();
    let word = |pull| EMBEDDED.leaning_name(pull).to_owned();
    let missed = citing().into_iter().filter(|skill| pulls.get(skill.id.as_str()) != Some(&skill.leaning));
    missed
        .map(|skill| {
            let found = pulls.get(skill.id.as_str()).map_or("not found".to_owned(), |pull| word(*pull));
            format!("{} ({}): {found}", skill.id, word(skill.leaning))
        })
        .collect()
}

#[test]
fn our_own_descriptions_give_the_skills_that_cite_them() {
    let (all, missed_in_all) = (citing().len(), missed(&rebuild(true)));
    let found = all - missed_in_all.len();
    assert!(found * 100 >= all * 90, "{found} of {all}; missed:\n{}", missed_in_all.join("\n"));
    // Without the catalogue's word on what rests on these very statements.
    let by_words = all - missed(&rebuild(false)).len();
    assert!(by_words * 100 >= all * 25, "{by_words} of {all} by words alone");
    // The documentation lists what is missed.
    let docs = std::fs::read_to_string(package("docs/lexicon.md")).unwrap();
    let unlisted: Vec<&String> = missed_in_all
        .iter()
        .filter(|missed| !docs.contains(&format!("`{}`", missed.split(' ').next().unwrap())))
        .collect();
    assert!(unlisted.is_empty(), "docs/lexicon.md lacks {unlisted:#?}");
    assert!(docs.contains(&format!("{found} of {all}")), "docs/lexicon.md says something else than {found} of {all}");
    assert!(
        docs.contains(&format!("{by_words} of {all}")),
        "docs/lexicon.md says something else than {by_words} of {all}"
    );
}

#[test]
fn building_again_gives_the_same_bytes() {
    let (once, again) = (rebuild(true), rebuild(true));
    assert_eq!(once.files, again.files);
    let outcome = rolelean::workbench::check(&Classifier::new(once.lexicon));
    assert!(outcome.failures.is_empty() && outcome.passed > 100, "{:#?}", outcome.failures);
}

const COOK: &str =
    "# Cook\n\nCooks soups, sauces and meals. Writes menus, and orders from suppliers. Keeps the kitchen clean.\n";

#[test]
fn documents_of_all_kinds_make_a_lexicon() {
    let sandbox = Sandbox::new();
    sandbox.write("cook.md", COOK);
    sandbox.write(
        "gardener/page.html",
        "<h1>Gardener</h1><ul><li>Prunes roses and hedges.</li><li>Mows lawns and turns the compost.</li></ul>",
    );
    sandbox.write("gardener/more.txt", "Keeps the kitchen garden clean of weeds and plants tulip bulbs.");
    sandbox.run("lexicon build --left cook.md --right gardener --out garden").ends(0).says("").prints(str![[r#"
built cook-gardener: [..] skills, [..] known and [..] proposed from the descriptions
...
lexicon in garden: `rolelean lexicon review garden` goes through its skills, those most worth a look first
its probabilities are not calibrated, and no role gets more than 0.8, until `rolelean lexicon fit` has seen labelled postings

"#]]);
    let files = sandbox.names("garden");
    assert_eq!(
        files,
        [
            "background.csv",
            "cues.toml",
            "duties.toml",
            "headings.toml",
            "lexicon.toml",
            "review.csv",
            "roles",
            "skills"
        ]
    );
    sandbox.run("lexicon check --lexicon garden").ends(0);
    sandbox.run("lexicon test --lexicon garden").ends(0);
    sandbox
        .write("job.txt", "We want someone to prune roses, mow lawns and plant bulbs. Hedges and compost are yours.");
    let ran = sandbox.run("classify job.txt --stdout --quiet --lexicon garden").ends(0);
    assert!(ran.stdout.contains("gardener_evidence") && ran.stdout.contains("1,job.txt,job.txt,,,,gardener,"), "{ran}");
}

#[test]
fn what_cannot_be_built_is_told() {
    let sandbox = Sandbox::new();
    sandbox
        .write("cook.md", COOK)
        .write("untitled.txt", "prunes the roses and hedges.")
        .write("blank.md", "# Gardener\n\nRoses.\n");
    sandbox.write("mine/notes.txt", "x").write("same.md", "# Chef\n\nCooks soups, sauces and meals.");
    let cases = [
        (
            "--right untitled.txt --out new",
            "error: the description of the right role has no title: begin it with a line such as `# Data engineer`, or give a name\n",
        ),
        (
            "--right blank.md --out new",
            "error: the description of the right role holds no statement: write what the role does, knows and needs, a sentence each\n",
        ),
        ("--right cook.md --out new", "error: both roles are called \"Cook\"; give one of them another name\n"),
        (
            "--right same.md --out new",
            "error: the descriptions name nothing that only one of the roles does; describe what sets each role apart\n",
        ),
        ("--right nothing.md --out new", "error: `nothing.md` does not exist\n"),
        (
            "--right untitled.txt --right-name gardener --out mine",
            "error: mine exists already; give --out a new folder, so that nothing of yours is overwritten\n",
        ),
    ];
    for (arguments, message) in cases {
        sandbox.run(&format!("lexicon build --left cook.md {arguments}")).ends(2).prints("").says(message);
        assert!(!sandbox.path("new").exists());
    }
}

/// The share of the labelled postings of the worked example that are read as labelled.
fn example_accuracy(lexicon: Lexicon) -> f64 {
    let judged = judged(lexicon, "examples/other-roles/postings.csv");
    assert!(judged.len() >= 40, "{} labelled postings", judged.len());
    Evaluation::of(&judged).accuracy.value().unwrap()
}

/// The share of the postings of the two roles that are read as labelled.
fn accuracy_on_roles(lexicon: Lexicon, postings: &str) -> f64 {
    let mut judged = judged(lexicon, postings);
    judged.retain(|posting| posting.label.side().is_some());
    Evaluation::of(&judged).accuracy.value().unwrap()
}

/// The labelled postings of a table of the package, with their verdicts.
fn judged(lexicon: Lexicon, postings: &str) -> Vec<Judged> {
    let postings = package(postings);
    let gold = Gold::read(&postings, &lexicon).unwrap();
    let classifier = Classifier::new(lexicon);
    let mut inputs = Inputs::new(vec![postings], ReadOptions::default()).unwrap();
    let mut judge = Judge::new(&gold);
    let sinks: &mut [&mut dyn Sink] = &mut [&mut judge];
    run(&mut inputs, &classifier, Settings::default(), sinks, &AtomicBool::new(false), |_| {}).unwrap();
    assert_eq!(judge.judged.len(), gold.len());
    judge.judged
}

/// The two worked examples: folder, left role, right role.
const EXAMPLES: [[&str; 3]; 2] =
    [["other-roles", "nurse", "midwife"], ["data-roles", "data-engineer", "data-scientist"]];

/// A sandbox in which the lexicon of an example is built, in the folder `built`.
fn built([folder, left, right]: [&str; 3]) -> Sandbox {
    let sandbox = Sandbox::with_samples();
    sandbox.copy("examples/other-roles").copy("examples/data-roles");
    let folder = format!("examples/{folder}");
    sandbox
        .run(&format!("lexicon build --left {folder}/{left}.md --right {folder}/{right}.md --out built --quiet"))
        .ends(0);
    sandbox
}

/// The rows of `review.csv` by the ids of their skills.
fn review(sandbox: &Sandbox) -> BTreeMap<String, ReviewRow> {
    let table = ReviewTable::read(&sandbox.read("built/review.csv")).unwrap();
    table.rows.into_iter().map(|row| (row.skill_id.clone(), row)).collect()
}

#[test]
fn what_is_built_reads_its_roles_and_better_with_every_step() {
    for example in EXAMPLES {
        let postings = format!("examples/{}/postings.csv", example[0]);
        let sandbox = built(example);
        let accuracy = || accuracy_on_roles(Lexicon::from_folder(&sandbox.path("built")).unwrap(), &postings);
        let unedited = accuracy();
        assert!(unedited >= 0.85, "{example:?}: {unedited} with no hand editing");
        sandbox.run("lexicon review built --defaults --quiet").ends(0);
        sandbox.run("lexicon check --lexicon built --quiet").ends(0).says("");
        let reviewed = accuracy();
        assert!(reviewed >= 0.92, "{example:?}: {reviewed} after the review");
        sandbox.write("ten.csv", ten_of_each(&sandbox.read(&postings)));
        sandbox.run("lexicon fit ten.csv --lexicon built --out built").ends(0);
        let fitted = accuracy();
        assert!(fitted >= 0.95, "{example:?}: {fitted} after ten labels of each role");
    }
}

/// The rows of a labelled table with at most ten of each role, and none of neither.
fn ten_of_each(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let label = row.iter().next_back().unwrap().to_owned();
        let count = counts.entry(label.clone()).or_default();
        *count += 1;
        if label != "neither" && *count <= 10 {
            writer.write_record(&row).unwrap();
        }
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn no_other_profession_is_taken_for_a_role_with_confidence() {
    for (example, others) in EXAMPLES.into_iter().zip(["data-roles", "other-roles"]) {
        let sandbox = built(example);
        let paths = format!("samples examples/{others}/postings.csv examples/{}/postings.csv", example[0]);
        let ran = sandbox.run(&format!("classify {paths} --stdout --quiet --lexicon built"));
        for row in Table::parse(&ran.stdout).rows {
            let probability: f64 = row["probability"].parse().unwrap_or(0.0);
            assert!(row["leaning"] == "neither" || probability <= 0.8, "{row:?}");
        }
    }
}

#[test]
fn titles_everyday_words_and_duties_are_known() {
    let sandbox = built(EXAMPLES[1]);
    let rows = review(&sandbox);
    for (id, side) in [("data-engineer", "data_engineer"), ("data-scientist", "data_scientist")] {
        let row = &rows[id];
        assert_eq!((row.side.as_str(), row.strength, row.origin.as_str()), (side, 3, "title"));
    }
    assert!(rows.values().any(|row| row.origin == "duty"), "verbs with their objects");
    let everyday = ["story", "stories", "happens", "arrives", "questions", "difference", "record"];
    for row in rows.values().filter(|row| everyday.contains(&row.name.as_str())) {
        assert_eq!(row.strength, 0, "{row:?}");
    }
    let lexicon = Lexicon::from_folder(&sandbox.path("built")).unwrap();
    let unconfirmed = lexicon.skills().iter().filter(|skill| skill.strength == 0);
    assert!(unconfirmed.clone().count() > 0);
    assert!(unconfirmed.clone().all(|skill| skill.weight == rolelean::LogOdds::ZERO));
    // What the built-in lexicon lumps together is not one skill to these roles.
    let titled = |title: &str| {
        let posting = Posting { title: title.to_owned(), ..Posting::default() };
        Classifier::new(lexicon.clone()).classify(&posting).unwrap().title_leaning
    };
    let cases = [
        ("Senior Data Engineer", Some(Side::Left)),
        ("Data Scientist (m/f/x)", Some(Side::Right)),
        ("Head of Data Science", Some(Side::Right)),
        ("Ward nurse", None),
        ("UX designer", None),
    ];
    for (title, side) in cases {
        assert_eq!(titled(title), side, "{title}");
    }
}

#[test]
fn decisions_come_from_keys_and_from_a_table() {
    let sandbox = built(EXAMPLES[1]);
    let first = |sandbox: &Sandbox| ReviewTable::read(&sandbox.read("built/review.csv")).unwrap().rows;
    let before = first(&sandbox);
    // Keep, drop, keep as shared, skip, stop: and nothing but these is changed.
    sandbox.shell("printf 'y\\nn\\ns\\n \\nq\\n' | rolelean lexicon review built").ends(0);
    let after = first(&sandbox);
    let decided: Vec<Option<bool>> = after.iter().take(5).map(|row| row.keep).collect();
    assert_eq!(decided, [Some(true), Some(false), Some(true), None, None]);
    let lexicon = Lexicon::from_folder(&sandbox.path("built")).unwrap();
    assert!(lexicon.find(&before[1].skill_id).is_none());
    assert_eq!(lexicon.find(&before[2].skill_id).unwrap().1.leaning, SkillLeaning::Shared);
    // A table that was filled in elsewhere.
    let mut table = ReviewTable { rows: after };
    table.rows[4].keep = Some(false);
    table.rows[5].merge_with = table.rows[6].skill_id.clone();
    sandbox.write("filled.csv", table.write());
    sandbox.run("lexicon review built --table filled.csv").ends(0).prints(str![[r#"
reviewed built: 2 kept, 2 dropped, [..] left: `rolelean lexicon review built` goes on

"#]]);
    let lexicon = Lexicon::from_folder(&sandbox.path("built")).unwrap();
    assert!(lexicon.find(&table.rows[4].skill_id).is_none() && lexicon.find(&table.rows[5].skill_id).is_none());
    let unknown = "error: no-such-folder/lexicon.toml";
    assert!(!sandbox.run("lexicon review no-such-folder").ends(2).stderr.is_empty(), "{unknown}");
}

#[test]
fn postings_are_suggested_that_have_no_label_yet() {
    let sandbox = built(EXAMPLES[1]);
    let postings = "examples/data-roles/postings.csv";
    let ran = sandbox.run(&format!("lexicon suggest {postings} --lexicon built --number 5")).ends(0);
    let suggested = Table::parse(&ran.stdout);
    assert_eq!((suggested.header.as_str(), suggested.rows.len()), ("leaning,id,title,read_as,why", 5));
    sandbox.write("labels.csv", ran.stdout.replace("\n,", "\nneither,"));
    let ran =
        sandbox.run(&format!("lexicon suggest {postings} --lexicon built --number 5 --labelled labels.csv")).ends(0);
    let next = Table::parse(&ran.stdout);
    let ids = |table: &Table| table.rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert!(ids(&next).iter().all(|id| !ids(&suggested).contains(id)));
}

#[test]
fn the_worked_example_reads_its_postings() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/other-roles");
    let folder = "examples/other-roles";
    sandbox.run(&format!("lexicon build --left {folder}/nurse.md --right {folder}/midwife.md --out built")).ends(0);
    let lexicon = Lexicon::from_folder(&sandbox.path("built")).unwrap();
    let unedited = example_accuracy(lexicon.clone());
    assert!(unedited >= 0.9, "{unedited} with no hand editing");
    let review = sandbox.read(&format!("{folder}/review.toml"));
    let reviewed = example_accuracy(lexicon.extended("review.toml", &review).unwrap());
    assert!(reviewed >= 0.95, "{reviewed} after the review");
}

#[test]
fn postings_will_do_as_descriptions() {
    let sandbox = Sandbox::with_samples();
    let given = |side: &str, files: &[&str]| -> String {
        files.iter().map(|file| format!(" --{side} samples/postings/{file}")).collect()
    };
    let left =
        given("left", &["01-backend-java.txt", "02-frontend-react.md", "04-mobile-kotlin.md", "11-csharp-desktop.md"]);
    let right = given(
        "right",
        &["12-linux-admin.txt", "13-windows-m365.md", "15-sre-operations.md", "16-virtualisation-storage.txt"],
    );
    let names = "--left-name developer --right-name administrator";
    sandbox.run(&format!("lexicon build{left}{right} {names} --out built --quiet")).ends(0).prints("");
    sandbox.run("lexicon check --lexicon built").ends(0);
    sandbox.run("lexicon test --lexicon built").ends(0);
}

#[test]
fn labelled_postings_fit_what_was_built() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/other-roles");
    let roles = "--left examples/other-roles/nurse.md --right examples/other-roles/midwife.md";
    let ran = sandbox
        .run(&format!("lexicon build {roles} --postings examples/other-roles/postings.csv --out fitted"))
        .ends(0);
    assert!(ran.stdout.contains("\nfitted to 50 postings: "), "{ran}");
    let weights = Table::parse(&sandbox.read("fitted/weights.csv"));
    assert_eq!(weights.header, "skill_id,prior,weight,nurse_postings,midwife_postings");
    assert!(weights.rows.iter().any(|row| row["prior"] != row["weight"]));
    sandbox.run("lexicon check --lexicon fitted").ends(0).says("");
    // Too few labelled postings are no ground for a fit, and nothing is left behind.
    sandbox.write("few.csv", "id,title,description,leaning\n1,Nurse,You dress wounds and give medicines.,nurse\n");
    sandbox
        .run(&format!("lexicon build {roles} --postings few.csv --out none"))
        .ends(2)
        .prints("")
        .says("error: only 1 postings are labelled nurse; fitting needs at least 10 of each role\n");
    assert!(!sandbox.path("none").exists());
}
