//! The user's own columns, carried through to every format of a report.

use serde_json::{Value, json};

use crate::sandbox::{Ran, Sandbox};

/// Of each row of a table the cells behind those of every report, the header first.
fn kept(table: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let ours = rows[0].iter().position(|name| name == "warnings").unwrap() + 1;
    rows.iter().map(|row| row.iter().skip(ours).collect::<Vec<_>>().join("|")).collect()
}

fn stdout(ran: Ran) -> Vec<String> {
    kept(&ran.ends(0).stdout)
}

/// Two tables that share some of their columns, objects, and a text that has none.
fn inputs() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("in/a.csv", "id,Vacancy ref,source,pay,text\n1,007,Web,-12.50,Cooking.\n2,=1+1,,\"a; \"\"b\"\"\",Baking.\n")
        .write("in/b.csv", "id,text,vacancy_ref,City\n3,Mowing.,R-3,\"Ulm\nBonn\"\n")
        .write("in/c.jsonl", "{\"id\": 4, \"text\": \"Cooking.\", \"pay\": {\"min\": 1, \"max\": 2.5}, \"tags\": [\"x\", \"y\"], \"pay2\": null}\n")
        .write("in/d.txt", "Chef\n\nCooking and baking.");
    sandbox
}

#[test]
fn columns_that_are_named_stand_behind_ours() {
    let sandbox = inputs();
    let cases: [(&str, &[&str]); 4] = [
        (
            "--keep vacancy-ref --keep pay",
            &["vacancy-ref|pay", "007|-12.50", "'=1+1|a; \"b\"", "R-3|", "|{\"min\":1,\"max\":2.5}", "|"],
        ),
        // Called as one of ours: it is told from that.
        ("--keep source", &["source_kept", "Web", "", "", "", ""]),
        ("--keep City --raw-cells", &["City", "", "", "Ulm\nBonn", "", ""]),
        // Used as the text, and kept as it is all the same.
        ("--keep text", &["text", "Cooking.", "Baking.", "Mowing.", "Cooking.", ""]),
    ];
    for (options, expected) in cases {
        assert_eq!(stdout(sandbox.kitchen(&format!("classify in --stdout -q {options}"))), expected, "{options}");
        sandbox.kitchen(&format!("classify in --out report -q {options}")).ends(0);
        assert_eq!(kept(&sandbox.read("report/postings.csv")), expected, "{options}");
    }
}

#[test]
fn all_columns_that_are_not_used_are_kept() {
    let sandbox = inputs();
    sandbox.kitchen("classify in --keep * --out report -q --bom").ends(0);
    let expected = [
        "Vacancy ref|source_kept|pay|vacancy_ref|tags|pay2",
        "007|Web|-12.50|||",
        "'=1+1||a; \"b\"|||",
        "|||R-3||",
        "||{\"min\":1,\"max\":2.5}||[\"x\",\"y\"]|",
        "|||||",
    ];
    assert_eq!(kept(&sandbox.read("report/postings.csv")), expected);
    assert!(sandbox.read("report/postings.csv").starts_with("\u{feff}posting,"));
    sandbox.kitchen("classify in --keep * --stdout").ends(2).says(
        "error: with --stdout the header is written before all columns are known: name the columns to --keep, or add \
         --output-format jsonl\n",
    );
    sandbox.kitchen("classify in/d.txt --keep * --out report -q").ends(0);
    assert_eq!(kept(&sandbox.read("report/postings.csv")), ["", ""]);
}

#[test]
fn objects_hold_what_is_kept() {
    let sandbox = inputs();
    let ran = sandbox.kitchen("classify in --keep * --stdout --output-format jsonl -q").ends(0);
    let objects: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kept: Vec<&Value> = objects.iter().map(|object| &object["kept"]).collect();
    let expected = [
        json!({"Vacancy ref": "007", "source": "Web", "pay": "-12.50"}),
        json!({"Vacancy ref": "=1+1", "source": null, "pay": "a; \"b\""}),
        json!({"vacancy_ref": "R-3"}),
        json!({"pay": "{\"min\":1,\"max\":2.5}", "tags": "[\"x\",\"y\"]", "pay2": null}),
        json!({}),
    ];
    assert_eq!(kept, expected.iter().collect::<Vec<_>>());
}

#[test]
fn the_page_shows_and_finds_what_is_kept() {
    let sandbox = inputs();
    sandbox.kitchen("classify in --keep pay --keep city --html --out report -q").ends(0);
    let page = sandbox.read("report/report.html");
    assert!(page.contains("\"-12.50\"") && page.contains("\"Ulm Bonn\""), "{page:.300}");
}

#[test]
fn a_column_that_no_input_has_ends_the_run() {
    let sandbox = inputs();
    let expected = "error: no input has a column `Cty`; the columns are `id`, `Vacancy ref`, `source`, `pay`, `text`, `vacancy_ref`, \
                    `City`, `tags`, `pay2`; did you mean `City`?\n";
    sandbox.kitchen("classify in --keep Cty --out report -q").ends(2).says(expected);
    sandbox.kitchen("classify in/d.txt --keep pay --out report -q").ends(2);
    assert!(!sandbox.path("report").exists());
}

/// Reports of runs that kept different columns are joined as one run over all inputs would have kept them.
#[test]
fn merging_joins_what_was_kept() {
    let sandbox = inputs();
    let classify = |arguments: &str| sandbox.kitchen(&format!("classify {arguments} -q --jsonl")).ends(0);
    classify("in/a.csv in/b.csv in/c.jsonl in/d.txt --keep * --html --xlsx --out one");
    classify("in/b.csv in/c.jsonl in/d.txt --keep * --out y");
    classify("in/a.csv --keep * --out x");
    sandbox.kitchen("merge x y --html --xlsx --out joined -q").ends(0);
    for name in ["postings.csv", "postings.jsonl", "report.html", "report.xlsx"] {
        assert!(sandbox.comparable(&format!("joined/{name}")) == sandbox.comparable(&format!("one/{name}")), "{name}");
    }
    classify("in/a.csv --keep pay --keep source --out x");
    sandbox.run("merge x y --out joined -q").ends(0);
    let expected = ["pay|source_kept|vacancy_ref|tags|pay2", "-12.50|Web|||", "a; \"b\"||||", "||R-3||"];
    assert_eq!(kept(&sandbox.read("joined/postings.csv"))[..4], expected);
}
