//! Two reports compared, and what a text lacks: `rolelean compare` and `rolelean gap`.

use std::fs;

use serde_json::{Value, json};
use snapbox::file;

use crate::sandbox::Sandbox;
use crate::table::Table;

const COOK: &str = "Cooking and baking.";
const GARDENER: &str = "Pruning and mowing. You must have compost.";

/// Writes postings and classifies them: each with its number, title and text.
fn report(sandbox: &Sandbox, name: &str, postings: impl Iterator<Item = (u32, &'static str, &'static str)>) {
    let line = |(number, title, text)| json!({ "id": format!("p{number}"), "title": title, "text": text }).to_string();
    sandbox.write(&format!("{name}.jsonl"), postings.map(line).collect::<Vec<_>>().join("\n"));
    sandbox.kitchen(&format!("classify {name}.jsonl --out {name} --quiet")).ends(0);
}

/// 60 cooks and 40 gardeners in the old report; in the new one ten of the cooks are gardeners, the gardeners stay, and
/// 15 cooks and 35 gardeners come.
fn two_months() -> Sandbox {
    let sandbox = Sandbox::new();
    let posting = |is_cook| if is_cook { ("Cook", COOK) } else { ("Gardener", GARDENER) };
    let row = |number, (title, text)| (number, title, text);
    report(&sandbox, "may", (1..=100).map(|number| row(number, posting(number <= 60))));
    report(&sandbox, "june", (51..=150).map(|number| row(number, posting((101..=115).contains(&number)))));
    sandbox
}

#[test]
fn what_moved_is_told() {
    let sandbox = two_months();
    sandbox.run("compare may june").ends(0).says("").prints(file!["snapshots/compare.txt"]);
    assert_eq!(sandbox.names("."), ["june", "june.jsonl", "may", "may.jsonl"]);
}

#[test]
fn every_change_is_in_the_tables() {
    let sandbox = two_months();
    sandbox
        .run("compare may june --out moved")
        .ends(0)
        .says("comparison in moved: open comparison.html in a browser, or its tables\n");
    let names = ["comparison.html", "posting-changes.csv", "run.json", "skill-changes.csv", "verdict-changes.csv"];
    assert_eq!(sandbox.names("moved"), names);
    let postings = Table::parse(&sandbox.read("moved/posting-changes.csv"));
    let count = |change: &str, by: &str| {
        postings.rows.iter().filter(|row| row["change"] == change && row["matched_by"] == by).count()
    };
    let found = [count("came", ""), count("gone", ""), count("verdict", "id"), postings.rows.len()];
    assert_eq!(found, [50, 50, 10, 110]);
    let verdicts = Table::parse(&sandbox.read("moved/verdict-changes.csv"));
    assert_eq!(verdicts.column("leaning"), ["cook", "gardener", "balanced", "neither"]);
    assert_eq!(verdicts.column("difference")[..2], ["-0.4500", "0.4500"]);
    assert_eq!(verdicts.column("moved"), ["true", "true", "false", "false"]);
    let skills = Table::parse(&sandbox.read("moved/skill-changes.csv"));
    let cooking = skills.rows.iter().find(|row| row["skill_id"] == "cooking" && row["among"] == "all").unwrap();
    assert_eq!(["old_postings", "new_postings", "moved"].map(|name| cooking[name].as_str()), ["60", "15", "true"]);
    // An older comparison is replaced, and none of its tables is read as postings.
    sandbox.run("compare june may --out moved --quiet").ends(0);
    assert_eq!(Table::parse(&sandbox.read("moved/verdict-changes.csv")).column("difference")[0], "0.4500");
    sandbox.kitchen("classify . --out all --quiet").ends(0);
    assert_eq!(Table::parse(&sandbox.read("all/postings.csv")).rows.len(), 200);
}

#[test]
fn a_moved_file_leaves_its_postings_the_same() {
    let sandbox = Sandbox::new();
    // Without ids the postings are called by their places, which say nothing in another file.
    sandbox.write("a.csv", format!("title,text\nCook,{COOK}\nGardener,{GARDENER}\n"));
    sandbox.write("b.csv", format!("title,text\nGardener,{GARDENER}\nCook,{COOK}\nCook,{COOK} Menus.\n"));
    for name in ["a", "b"] {
        sandbox.kitchen(&format!("classify {name}.csv --out {name} --quiet")).ends(0);
    }
    sandbox.run("compare a b --out moved --quiet").ends(0);
    let postings = Table::parse(&sandbox.read("moved/posting-changes.csv"));
    assert_eq!((postings.column("change"), postings.column("id")), (vec!["came"], vec!["b.csv#3"]));
}

#[test]
fn the_page_loads_nothing_and_no_posting_adds_markup() {
    let sandbox = Sandbox::new();
    report(&sandbox, "old", [(1, "Cook", COOK)].into_iter());
    sandbox.write("new.jsonl", json!({ "id": "<script>alert(1)</script>", "title": "Cook", "text": COOK }).to_string());
    sandbox.kitchen("classify new.jsonl --out new --quiet").ends(0);
    sandbox.run("compare old new --out moved --quiet").ends(0);
    let page = sandbox.read("moved/comparison.html");
    assert!(page.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-"), "{page:.600}");
    for word in ["<script", "http:", "https:", " src=", "@import", "url(", " style=", "javascript:"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("&#60;script&#62;alert(1)"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let sandbox = two_months();
    sandbox.write("notes/dear.txt", "dear");
    sandbox.write("cook.txt", COOK);
    sandbox.run("classify cook.txt --out other --quiet").ends(0);
    sandbox.run("compare may june --out moved --quiet").ends(0);
    let run = sandbox.read("june/run.json");
    sandbox.write("later/run.json", run.replace(env!("CARGO_PKG_VERSION"), "9.9.9"));
    sandbox.write("unfinished/run.json", json!({ "rolelean": "0.1.0", "unfinished": "being replaced" }).to_string());
    let mut without: Value = serde_json::from_str(&run).unwrap();
    without["postings"] = 7.into();
    sandbox.write("changed/run.json", without.to_string());
    let no_report = "is no report: give a folder that `rolelean classify` or `merge` wrote, with its run.json";
    let cases = [
        ("may ./may", "may and ./may are the same report: give two".to_owned()),
        ("may nowhere", format!("nowhere {no_report}")),
        ("may notes", format!("notes {no_report}")),
        ("may moved", format!("moved {no_report}")),
        ("may cook.txt", format!("cook.txt {no_report}")),
        ("later may", "later was written by rolelean 9.9.9, and this is [..]".to_owned()),
        ("may unfinished", "the report in unfinished is unfinished, [..]".to_owned()),
        ("may other", "may is about cook and gardener, and other about [..]".to_owned()),
        ("may changed", "cannot compare changed/run.json: is its report whole?: its `leanings` [..]".to_owned()),
        ("may june --out june", "june is an input, so the comparison cannot be written to june; [..]".to_owned()),
        ("may june --out notes", "notes holds `dear.txt`, which rolelean did not write; [..]".to_owned()),
        ("may june --out other", "other holds `matches.csv` [..]".to_owned()),
    ];
    for (arguments, expected) in cases {
        sandbox.run(&format!("compare {arguments}")).ends(2).prints("").says(format!("error: {expected}\n"));
    }
    fs::remove_file(sandbox.path("june/skills.csv")).unwrap();
    sandbox.run("compare may june").ends(2).says("error: cannot compare june/skills.csv: is its report whole?: [..]\n");
}

#[test]
fn what_a_text_lacks_is_listed_by_how_many_ask_for_it() {
    let sandbox = two_months();
    sandbox.write("cv.md", "# CV\n\nI like baking, and I know lawns: mowing for ten years.\n");
    sandbox.kitchen("gap cv.md may.jsonl").ends(0).says("").prints(file!["snapshots/gap.txt"]);
    let csv = sandbox.kitchen("gap cv.md may.jsonl --csv").ends(0).says("").stdout;
    let lacks = Table::parse(&csv);
    let row =
        |at: usize| ["role", "skill_id", "postings", "total", "required"].map(|name| lacks.rows[at][name].as_str());
    assert_eq!(row(0), ["cook", "cook", "60", "60", "0"]);
    assert_eq!(row(1), ["cook", "cooking", "60", "60", "0"]);
}

#[test]
fn a_gap_lists_no_names_of_jobs() {
    let sandbox = Sandbox::new();
    let text = "As a software engineer in a team of software developers you write Java.";
    sandbox.write("cv.txt", "I bake.").write("jobs.csv", format!("title,text\nSoftware Engineer,{text}\n"));
    let csv = sandbox.run("gap cv.txt jobs.csv --csv").ends(0).stdout;
    let lacks = Table::parse(&csv);
    assert!(lacks.column("skill_id").contains(&"java"), "{csv}");
    assert!(!lacks.column("category").contains(&"role-titles"), "{csv}");
}

#[test]
fn a_gap_needs_one_text_and_some_postings() {
    let sandbox = two_months();
    sandbox.write("cv.txt", COOK).write("empty.txt", "").write("some/a.txt", COOK).write("some/b.txt", "");
    let cases = [
        ("gap may.jsonl june.jsonl", "error: may.jsonl holds several texts: give a file with one, [..]\n"),
        ("gap nowhere.txt may.jsonl", "error: [..]nowhere.txt[..]\n"),
        ("gap empty.txt may.jsonl", "error: empty.txt: [..]\n"),
        ("gap cv.txt empty.txt", "error: no posting could be read:\n  empty.txt: [..]\n"),
    ];
    for (arguments, expected) in cases {
        sandbox.kitchen(arguments).ends(2).prints("").says(expected);
    }
    let ran = sandbox.kitchen("gap cv.txt some").ends(1);
    assert!(ran.stdout.contains("cook: 1 posting\n"), "{ran}");
}
