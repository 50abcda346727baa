//! Cells that a spreadsheet would run, and byte order marks.

use crate::sandbox::Sandbox;
use crate::table::Table;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let row = |id: &str, title: &str| format!("{id},\"{title}\",Acme,Cooking and baking.\n");
    let rows = [
        row("=1+1", "=HYPERLINK(\"\"http://x\"\")"),
        row("-5", "@SUM(A1)"),
        row("+49 30", "- Chef"),
        row("5", "Chef = boss"),
    ];
    sandbox.write("jobs.csv", format!("id,title,company,text\n{}", rows.concat()));
    sandbox
}

#[test]
fn formulas_are_defused_and_numbers_are_not() {
    let table = Table::parse(&sandbox().kitchen("classify jobs.csv --stdout").ends(0).stdout);
    assert_eq!(table.column("id"), ["'=1+1", "'-5", "'+49 30", "5"]);
    assert_eq!(table.column("title"), ["'=HYPERLINK(\"http://x\")", "'@SUM(A1)", "'- Chef", "Chef = boss"]);
    assert!(table.column("score").iter().all(|score| score.starts_with('-')));
}

/// A reader that splits at semicolons or tabs, too, finds no formula in a cell that it leaves whole.
#[test]
fn other_separators_are_quoted_and_the_text_stays() {
    let sandbox = Sandbox::new();
    let title = "Engineer;=HYPERLINK(1);x";
    let posting = serde_json::json!({ "id": 1, "title": title, "text": "Cooking." });
    sandbox.write("jobs.jsonl", posting.to_string());
    let written = sandbox.kitchen("classify jobs.jsonl --stdout").ends(0).stdout;
    assert!(written.contains(&format!(",\"{title}\",")), "{written}");
    assert_eq!(Table::parse(&written).column("title"), [title]);
    for separator in [b';', b'\t'] {
        // As LibreOffice splits by default: at commas and at the other one, minding quotation marks.
        let commas = written.replace(',', &char::from(separator).to_string());
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(commas.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[3], title);
    }
}

#[test]
fn raw_cells_are_left_as_they_are() {
    let sandbox = sandbox();
    let table = Table::parse(&sandbox.kitchen("classify jobs.csv --stdout --raw-cells").ends(0).stdout);
    assert_eq!(table.column("id"), ["=1+1", "-5", "+49 30", "5"]);
    sandbox.kitchen("classify jobs.csv --out report --raw-cells").ends(0);
    assert_eq!(Table::parse(&sandbox.read("report/matches.csv")).column("id")[0], "=1+1");
    assert!(sandbox.read("report/run.json").contains("\"raw_cells\": true"));
}

#[test]
fn a_byte_order_mark_is_written_on_request() {
    let sandbox = sandbox();
    let ran = sandbox.kitchen("classify jobs.csv --stdout --bom").ends(0);
    assert!(ran.stdout.starts_with("\u{feff}posting,id,source,"));
    sandbox.kitchen("classify jobs.csv --out report --bom").ends(0);
    for name in ["postings.csv", "matches.csv", "skills.csv", "skipped.csv"] {
        assert!(sandbox.bytes(&format!("report/{name}")).starts_with(b"\xef\xbb\xbf"), "{name}");
    }
}
