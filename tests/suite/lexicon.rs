//! `lexicon check`, `show`, `trace` and `test`, and the built-in lexicon itself.

use rolelean::lexicon::{Case, Context};
use rolelean::{Classifier, Lexicon};
use snapbox::str;

use crate::sandbox::{KITCHEN, Sandbox, package};

#[test]
fn the_built_in_lexicon_passes_its_own_examples() {
    let outcome = rolelean::workbench::check(&Classifier::new(Lexicon::builtin()));
    let failures: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(outcome.passed > 1000, "only {} examples", outcome.passed);
}

#[test]
fn the_built_in_lexicon_has_no_warnings() {
    let warnings: Vec<String> = Lexicon::builtin().warnings().iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n"));
}

#[test]
fn every_ambiguous_skill_has_an_example_of_each_kind() {
    let lexicon = Lexicon::builtin();
    for skill in lexicon.skills().iter() {
        let ambiguous = !skill.not.is_empty() || skill.forms.iter().any(|form| form.context != Context::Certain);
        assert!(!ambiguous || (!skill.yes.is_empty() && !skill.no.is_empty()), "{}", skill.id);
        assert!(!skill.sources.is_empty(), "{}", skill.id);
    }
    // One letter alone is a skill only in its own case and with context.
    for form in lexicon.skills().iter().flat_map(|skill| &skill.forms).filter(|form| form.key.len() == 1) {
        assert!(form.case == Case::Exact && form.context != Context::Certain, "{}", form.text);
    }
}

#[test]
fn check_and_test_say_that_all_is_well() {
    let sandbox = Sandbox::new();
    sandbox.run("lexicon check").ends(0).says("").prints(
        "ok software-systems: [..] skills, [..] forms, [..] categories; every source exists and every role statement is covered\n",
    );
    sandbox.run("lexicon test").ends(0).says("").prints("[..] passed, 0 failed\n");
    sandbox.kitchen("lexicon check").ends(0).prints(
        "ok kitchen-garden: 10 skills, 17 forms, 3 categories; every source exists and every role statement is covered\n",
    );
    sandbox.kitchen("lexicon test").ends(0).prints("4 passed, 0 failed\n");
    sandbox.kitchen("lexicon test --quiet").ends(0).prints("");
}

#[test]
fn check_points_at_what_is_wrong() {
    let sandbox =
        kitchen_with("skills/garden.toml", "leaning = \"garden\"\nstrength = 3", "leaning = \"gardn\"\nstrength = 3");
    sandbox.run("lexicon check --lexicon tests/suite/kitchen").ends(1).prints("").says(str![[r#"
error[unknown-leaning]: no leaning is called "gardn"; expected one of: kitchen, garden, shared, away
 --> tests/suite/kitchen/skills/garden.toml:8:11
  |
8 | leaning = "gardn"
  |           ^^^^^^^
  |
  = help: did you mean "garden"?

error: the lexicon in tests/suite/kitchen has 1 error

"#]]);
}

#[test]
fn test_names_the_example_that_fails() {
    let sandbox = kitchen_with("skills/kitchen.toml", "Orders are orders", "They cook meals and write menus");
    let ran = sandbox.run("lexicon test --lexicon tests/suite/kitchen").ends(1);
    assert!(ran.stderr.contains("menu-planning is found in \"They cook meals and write menus\""), "{ran}");
    ran.prints("FAILED menu-planning no: They cook meals and write menus\n3 passed, 1 failed\n");
    sandbox.run("lexicon test garden --lexicon tests/suite/kitchen").ends(0).prints("0 passed, 0 failed\n");
    sandbox.kitchen("lexicon test menu-planning --verbose").ends(0).prints(str![[r#"
ok menu-planning yes: Orders to suppliers
ok menu-planning yes: You write menus
ok menu-planning no: Court orders
ok menu-planning no: Orders are orders
4 passed, 0 failed

"#]]);
    sandbox.kitchen("lexicon test fencing").ends(2).prints("");
}

/// A sandbox with the lexicon of the tests in which one passage is another.
fn kitchen_with(file: &str, passage: &str, other: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.copy("tests/suite/kitchen");
    let file = format!("tests/suite/kitchen/{file}");
    let text = sandbox.read(&file);
    assert!(text.contains(passage), "{file} does not hold {passage:?}");
    sandbox.write(&file, text.replacen(passage, other, 1));
    sandbox
}

#[test]
fn show_tells_of_the_whole_a_category_and_a_skill() {
    let sandbox = Sandbox::new();
    sandbox.kitchen("lexicon show").ends(0).prints(str![[r#"
kitchen-garden version 1: Cook against gardener
sha256 [..]
skills by category                     kitchen    garden    shared      away
garden                                       0         4         0         0
general                                      0         0         1         1
kitchen                                      4         0         0         0
all                                          4         4         1         1

"#]]);
    sandbox.kitchen("lexicon show garden").ends(0).prints(str![[r#"
In the garden
  pruning                          garden    3 pruning of fruit trees, hedges and climbing roses
  lawns                            garden    2 lawns
  compost                          garden    1 compost
  gardener                         garden    2 gardener

"#]]);
    sandbox.run(&format!("lexicon show menu-planning --lexicon {KITCHEN}")).ends(0).prints(str![[r#"
menu planning (menu-planning)
category  In the kitchen
leaning   kitchen, strength 1, weight -0.5000
form      menu planning
form      menus
form      orders, with related skills or needed words near
not       court orders
needs     suppliers
rests on  role:cook#2: Writes menus and orders what they need.
note      orders alone are given in armies too
yes       Orders to suppliers
yes       You write menus
no        Court orders
no        Orders are orders

"#]]);
    sandbox.kitchen("lexicon show fencing").ends(2).prints("").says(
        "error: no category or skill is called \"fencing\"; `rolelean lexicon show` lists the categories, `rolelean lexicon trace fencing` looks for a form\n",
    );
}

#[test]
fn trace_says_who_owns_a_form_and_why() {
    let sandbox = Sandbox::new();
    sandbox.kitchen("lexicon trace ORDERS").ends(0).prints(str![[r#"
looked up as "orders"
menu-planning owns "orders", with related skills or needed words near: kitchen 1
rests on  role:cook#2: Writes menus and orders what they need.

"#]]);
    sandbox.kitchen("lexicon trace Court Orders").ends(0).prints(str![[r#"
looked up as "court orders"
means something else for menu-planning
related forms:
  orders -> menu-planning

"#]]);
    sandbox.kitchen("lexicon trace fencing").ends(1).prints("looked up as \"fencing\"\nno skill owns it\n");
    let ran = sandbox.run("lexicon trace C#").ends(0);
    assert!(ran.stdout.starts_with("looked up as \"c#\"\nc-sharp owns \"C#\""), "{ran}");
    assert!(ran.stdout.contains("rests on  role:software-engineer#"), "{ran}");
}

#[test]
fn no_role_is_named_in_the_code() {
    let lexicon = Lexicon::builtin();
    // What a name is made of may be said in passing, as in `file systems`.
    let names = lexicon.roles().each_ref().map(|role| {
        [role.id.clone(), role.label.clone(), format!("\"{}\"", role.side_id), format!("{}_", role.side_id)]
    });
    let mut folders = vec![package("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // Degrees are taken in fields that go by the same words.
            if path.is_dir() && !path.ends_with("facts") {
                folders.push(path);
            } else if path.is_file() {
                let text = std::fs::read_to_string(&path).unwrap().to_lowercase().replace(lexicon.name(), "");
                let named = names.as_flattened().iter().find(|name| text.contains(*name));
                assert!(named.is_none(), "{} names a role: {named:?}", path.display());
            }
        }
    }
}
