//! A nightly job: what is new is added to the report of the night before.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::table::Table;

const SINCE: &str = "classify in --since report --out report";

fn ids(sandbox: &Sandbox, report: &str) -> Vec<String> {
    let table = Table::parse(&sandbox.read(&format!("{report}/postings.csv")));
    table.rows.iter().map(|row| format!("{} {} {}", row["posting"], row["id"], row["leaning"])).collect()
}

/// A table of one night, and something that cannot be read.
fn first_night() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("in/jobs.csv", "id,text,ref\na,Cooking and baking.,1\nb,Mowing and pruning.,2\n")
        .write("in/x.txt", "");
    let ran = sandbox.kitchen(&format!("{SINCE} --keep ref --jsonl")).ends(1);
    assert!(ran.stderr.starts_with("2 postings classified"), "{ran}");
    sandbox
}

#[test]
fn what_is_new_is_added() {
    let sandbox = first_night();
    // The export of the next night: one is gone, one is changed, two are new.
    let rows = "id,text,ref,pay\nc,Baking and cooking.,3,9\nb,Mowing and pruning.,2,8\na,Cooking.,1,7\n";
    sandbox.write("in/jobs.csv", rows).write("in/d.txt", "Pruning and mowing.");
    let ran = sandbox.kitchen(&format!("{SINCE} --keep ref --keep pay --html --xlsx")).ends(1);
    assert!(ran.stderr.contains("3 postings classified"), "{ran}");
    assert!(ran.stderr.contains("1 more were in the earlier report already; 5 in the report now\n"), "{ran}");
    let expected = ["1 a cook", "2 b gardener", "3 d.txt gardener", "4 c cook", "5 a cook"];
    assert_eq!(ids(&sandbox, "report"), expected);
    let table = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(table.column("warnings"), ["", "", "", "", "same id as posting 1"]);
    assert_eq!([table.column("ref"), table.column("pay")], [["1", "2", "", "3", "1"], ["", "", "", "9", "7"]]);
    let all = [
        "matches.csv",
        "postings.csv",
        "postings.jsonl",
        "report.html",
        "report.xlsx",
        "run.json",
        "skills.csv",
        "skipped.csv",
    ];
    assert_eq!(sandbox.names("report"), all);
    // What could not be read on both nights is named once.
    assert_eq!(Table::parse(&sandbox.read("report/skipped.csv")).column("source"), ["in/x.txt"]);
    let run: Value = serde_json::from_str(&sandbox.read("report/run.json")).unwrap();
    assert_eq!(
        (&run["postings"], &run["skipped"], &run["settings"]["paths"]),
        (&5.into(), &1.into(), &serde_json::json!(["in"]))
    );
    assert!(sandbox.names(".").iter().all(|name| !name.starts_with(".rolelean")), "{:?}", sandbox.names("."));
}

#[test]
fn a_night_without_news_changes_nothing() {
    let sandbox = first_night();
    let before = ["postings.csv", "matches.csv", "skills.csv", "skipped.csv", "postings.jsonl"]
        .map(|name| (name, sandbox.bytes(&format!("report/{name}"))));
    for _ in 0..2 {
        let ran = sandbox.kitchen(&format!("{SINCE} --keep ref")).ends(1);
        assert!(ran.stderr.contains("2 more were in the earlier report already; 2 in the report now\n"), "{ran}");
        for (name, bytes) in &before {
            assert_eq!(&sandbox.bytes(&format!("report/{name}")), bytes, "{name}");
        }
    }
}

#[test]
fn records_without_an_id_are_known_wherever_they_stand() {
    let sandbox = Sandbox::new();
    sandbox.write("in/jobs.csv", "text\nCooking.\nMowing.\n");
    sandbox.kitchen("classify in --out old -q").ends(0);
    sandbox.write("in/jobs.csv", "text\nBaking.\nMowing.\nCooking.\n");
    sandbox.kitchen("classify in --since old --out new -q").ends(0);
    assert_eq!(Table::parse(&sandbox.read("new/postings.csv")).rows.len(), 3);
    assert_eq!(Table::parse(&sandbox.read("old/postings.csv")).rows.len(), 2);
}

#[test]
fn what_cannot_be_added_to_is_refused_before_anything_is_read() {
    let sandbox = first_night();
    sandbox.kitchen("classify in --out plain -q").ends(1);
    let run = sandbox.read("plain/run.json");
    let (start, end) = (run.find(",\n  \"texts\"").unwrap(), run.rfind("\n}").unwrap());
    sandbox.write("old/run.json", format!("{}{}", &run[..start], &run[end..]));
    let cases = [
        ("--since nowhere --out x", "`nowhere` does not exist: --since takes a report[..]"),
        ("--since in --out x", "cannot join in/run.json: [..]"),
        ("--since old --out x", "old does not say which texts it was made from[..]"),
        ("--since report --out x --bom", "report and this run cannot be joined, because they differ in --bom[..]"),
        (
            "--since plain --out x --html",
            "report.html is made from the texts in postings.jsonl, and plain has none[..]",
        ),
    ];
    for (options, expected) in cases {
        let ran = sandbox.kitchen(&format!("classify in -q {options}")).ends(2);
        ran.says(format!("error: {expected}\n"));
    }
    sandbox.run("classify in --since report --out x -q").ends(2).says("error: [..] differ in lexicon[..]\n");
    sandbox.kitchen("classify in --since report --stdout").ends(2);
    sandbox.kitchen("classify in --since report --dedupe").ends(2);
    assert!(!sandbox.path("x").exists());
}
