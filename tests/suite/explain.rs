//! One posting explained, to the letter.

use snapbox::{IntoData as _, file, str};

use crate::sandbox::{Sandbox, package};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("posting.txt", std::fs::read(package("tests/suite/kitchen-posting.txt")).unwrap());
    sandbox
}

#[test]
fn a_posting_is_marked_up_and_added_up() {
    sandbox().kitchen("explain posting.txt").ends(0).says("").prints(file!["snapshots/explain.txt"].raw());
}

#[test]
fn colours_take_the_place_of_brackets() {
    let ran = sandbox().kitchen("explain posting.txt --color always").ends(0);
    snapbox::assert_data_eq!(ran.stdout.replace('\u{1b}', "␛"), file!["snapshots/explain-colours.txt"].raw());
    let sandbox = sandbox();
    let never = sandbox.kitchen("explain posting.txt --color never").ends(0);
    assert_eq!(never.stdout, sandbox.kitchen("explain posting.txt").stdout);
}

#[test]
fn one_posting_of_a_table_is_chosen_by_id_or_number() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.csv", "id,title,text\nx7,Chef,Cooking and baking.\n9,Helper,Pruning and mowing.\n10,,\n");
    let first = |arguments: &str| sandbox.kitchen(arguments).ends(0).stdout.lines().next().unwrap().to_owned();
    assert_eq!(first("explain jobs.csv --posting x7"), "Chef");
    assert_eq!(first("explain jobs.csv --posting 9"), "Helper");
    assert_eq!(first("explain jobs.csv --posting 2"), "Helper");
    sandbox
        .kitchen("explain jobs.csv")
        .ends(2)
        .prints("")
        .says("error: jobs.csv holds several postings; choose one with --posting ID (its id, or 1, 2, 3 ...)\n");
    sandbox
        .kitchen("explain jobs.csv --posting 3")
        .ends(2)
        .says("error: no posting `3` among the 2 in jobs.csv; the ids are `x7`, `9`; not read: jobs.csv, record 3: no text in the record at line 4\n");
    sandbox.write("two.csv", "id,text\nx7,Cooking.\n9,Mowing.\n");
    sandbox
        .kitchen("explain two.csv --posting zz")
        .ends(2)
        .says("error: no posting `zz` among the 2 in two.csv; the ids are `x7`, `9`\n");
    // What cannot be read has no number: it is as in the column `posting`.
    sandbox.write("gap.csv", "id,title,text\n1,Void,\nx2,Chef,Cooking.\n");
    assert_eq!(first("explain gap.csv --posting 1"), "Chef");
}

#[test]
fn a_posting_may_come_from_a_pipe() {
    let ran = Sandbox::new().pipe("Chef\n\nCooking, and mowing too.\n", "explain -").ends(0);
    ran.prints(
        str![[r#"
Chef
leans to cook   tilt -0.14   probability kitchen 0.52, garden 0.36, neither 0.11

[-Cooking], and [+mowing] too.

marked: [-cook]  [+gardener]

How it adds up, left for cook, right for gardener
██████████████████████████████|  -1.3500 cooking
████████████████████          |  +0.9000 lawns
                    ██████████|  -0.4500 score = 0.9000 - 1.3500

log-odds of neither role -2.0462 = +4.0000 bias, -2.5903 words, -2.3573
  evidence, -1.0986 role skills
the tilt would change sides without: cooking

"#]]
        .raw(),
    );
}

#[test]
fn a_posting_without_skills_says_so() {
    Sandbox::new().pipe("Come as you are.\n", "explain -").ends(0).prints(
        str![[r#"
stdin
leans to neither   probability kitchen 0.10, garden 0.10, neither 0.80
Too little of either role: 0 skills with evidence 0.00; neither role with probability 0.80.

Come as you are.

Nothing counts for either role.

log-odds of neither role +1.4097 = +4.0000 bias, -2.5903 words

"#]]
        .raw(),
    );
}

#[test]
fn a_hostile_posting_does_not_reach_the_terminal() {
    let filler = "You prepare the meals of our guests. ".repeat(10);
    let text = format!("\u{1b}[31mCooking\u{1b}]0;owned\u{7} and baking\u{202e}. {filler}\n");
    let ran = Sandbox::new().pipe(text, "explain -").ends(0);
    assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{ran}");
}

#[test]
fn the_title_is_held_against_the_body() {
    let ran = Sandbox::new().pipe("Pruning and mowing\n\nCooking, baking and menus.\n", "explain -").ends(0);
    assert!(ran.stdout.contains("\nthe title claims gardener: the body says otherwise\n"), "{ran}");
    let ran = Sandbox::new().pipe("Baking\n\nCooking, baking and menus.\n", "explain -").ends(0);
    assert!(ran.stdout.contains("\nthe title claims cook: as the body does\n"), "{ran}");
}
