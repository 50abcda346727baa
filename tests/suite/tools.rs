//! `lexicon init`, `import`, `export`, `diff`, `stats`, `schema`, and `--extend`.

use snapbox::str;

use crate::sandbox::{KITCHEN, Sandbox};
use crate::table::Table;

const OWN: &str = r#"
category = "own"
title = "Of our own"
drop = ["compost"]

[[skill]]
id = "lawns"
name = "lawns"
leaning = "garden"
strength = 3
forms = ["lawn", "scarifying"]
sources = ["role:gardener#2"]

[[skill]]
id = "knives"
name = "knives"
leaning = "kitchen"
strength = 1
forms = ["knives", "knife skills"]
sources = ["judgement"]
"#;

/// A sandbox with an extension and a posting that it reads otherwise.
fn extended() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("own.toml", OWN);
    sandbox.write("jobs/one.txt", "Scarifying the lawn, and pruning.");
    sandbox.write("jobs/two.txt", "Knife skills and baking. Compost.");
    sandbox
}

#[test]
fn an_extension_goes_on_top() {
    let sandbox = extended();
    sandbox.kitchen("lexicon check --extend own.toml").ends(0).says("").prints(
        "ok kitchen-garden: 10 skills, 18 forms, 4 categories; every source exists and every role statement is covered\n",
    );
    let ran = sandbox.kitchen("classify jobs --stdout --quiet --extend own.toml").ends(0);
    let table = Table::parse(&ran.stdout);
    let found: Vec<&str> = table.rows.iter().map(|row| row["top_kitchen"].as_str()).collect();
    assert_eq!(found, ["", "baking; knives"], "{ran}");
}

#[test]
fn diff_says_what_changed_and_what_it_changes() {
    let sandbox = extended();
    sandbox.run(&format!("lexicon diff {KITCHEN} {KITCHEN}")).ends(0).prints("no skill changed\n");
    sandbox.run(&format!("lexicon diff {KITCHEN} {KITCHEN} --extend own.toml --on jobs")).ends(0).says("").prints(
        str![[r#"
skills: 1 added, 1 removed, 1 changed
+ knives
- compost
~ lawns
    category garden -> own
    strength 2 -> 3
    weight +1.0000 -> +1.5000
    form - "mowing"
    form + "scarifying"
verdicts that flip: 0 of 2
mentions found by the new one alone: 2
       1  knife skills (knives)
       1  scarifying (lawns)
mentions found by the old one alone: 1
       1  compost (compost)

"#]],
    );
}

#[test]
fn stats_tell_which_forms_earn_their_place() {
    let sandbox = extended();
    sandbox.kitchen("lexicon stats jobs --quiet").ends(0).prints(str![[r#"
2 postings: 4 of 10 skills found, 4 of 17 forms
most postings
       1  baking (baking)
       1  compost (compost)
       1  lawn (lawns)
       1  pruning (pruning)
unique catches: the skill is found by this form alone
       1  baking (baking)
       1  compost (compost)
       1  lawn (lawns)
       1  pruning (pruning)
sole evidence: the verdict rests on this form alone
       1  baking (baking)
skills never found
  garden                          1  gardener
  general                         2  hygiene, book-keeping
  kitchen                         3  cooking, menu-planning, cook

"#]]);
    let table = Table::parse(&sandbox.kitchen("lexicon stats jobs --quiet --csv").ends(0).stdout);
    assert_eq!(table.header, "skill_id,leaning,form,mentions,postings,unique,sole_evidence");
    assert_eq!(table.rows.len(), 17);
}

#[test]
fn a_starter_and_its_schemas_are_written() {
    let sandbox = Sandbox::new();
    sandbox
        .run("lexicon init mine")
        .ends(0)
        .says("")
        .prints("ok a small lexicon is in mine: edit it, then `rolelean lexicon check --lexicon mine`\n");
    sandbox.run("lexicon check --lexicon mine").ends(0);
    sandbox.run("lexicon test --lexicon mine").ends(0).prints("2 passed, 0 failed\n");
    let first = sandbox.read("mine/skills/coffee.toml");
    assert!(first.starts_with("#:schema ../schema/skills.schema.json\n"), "{first}");
    assert_eq!(sandbox.names("mine/schema").len(), 6);
    sandbox
        .run("lexicon init mine")
        .ends(2)
        .says("error: mine exists already; give --out a new folder, so that nothing of yours is overwritten\n");
    sandbox.run("lexicon schema schemas --quiet").ends(0).prints("");
    for name in sandbox.names("schemas") {
        assert_eq!(sandbox.read(&format!("schemas/{name}")), sandbox.read(&format!("mine/schema/{name}")));
    }
    sandbox.write("schemas/cues.schema.json", "{\"mine\": true}");
    let refused = "error: schemas/cues.schema.json exists and is no schema of rolelean; choose another folder, so that it \
                   is not overwritten\n";
    sandbox.run("lexicon schema schemas").ends(2).says(refused);
    assert_eq!(sandbox.read("schemas/cues.schema.json"), "{\"mine\": true}");
}

#[test]
fn what_is_exported_can_be_imported() {
    let sandbox = Sandbox::new();
    let table = sandbox.kitchen("lexicon export --csv").ends(0).says("").stdout;
    sandbox.write("table.csv", &table);
    sandbox
        .run("lexicon import table.csv --left kitchen --right garden --name again --out again")
        .ends(0)
        .says("")
        .prints("ok the lexicon is in again: describe its two roles in again/roles, a numbered sentence a line\n");
    sandbox.run("lexicon check --lexicon again").ends(0);
    let again = Table::parse(&sandbox.run("lexicon export --csv --lexicon again").ends(0).stdout);
    let table = Table::parse(&table);
    for (before, after) in table.rows.iter().zip(&again.rows) {
        for column in ["name", "aliases", "side", "strength", "category", "id"] {
            assert_eq!(before[column], after[column], "{column} of {}", before["id"]);
        }
    }
    let json = sandbox.kitchen("lexicon export --json").ends(0).stdout;
    assert!(json.contains("\"sha256\"") && json.contains("\"context\": \"near\""), "{json}");
    sandbox.run("lexicon export").ends(2);
}

#[test]
fn a_table_that_cannot_be_imported_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("table.csv", "name,aliases,side\nlawns,,garden\nmenus,,kitchen\nsoup,,kichen\n");
    sandbox.run("lexicon import table.csv --left garden --right kitchen --out new").ends(2).says(
        "error: table.csv: line 4: no side is called \"kichen\"; expected one of: garden, kitchen, shared, away; did you mean \"kitchen\"?\n",
    );
    assert!(!sandbox.path("new").exists());
}
