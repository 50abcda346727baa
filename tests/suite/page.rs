//! `report.html` as bytes: what it holds, and that nothing in it is markup but its own.
//! How it behaves in a browser is tested by `tests/outside/browser/browser.cjs`.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::table::Table;

fn page(sandbox: &Sandbox, arguments: &str) -> String {
    sandbox.run(&format!("classify {arguments} --html --out report --quiet")).ends(0);
    sandbox.read("report/report.html")
}

/// The JSON of a data block of the page.
fn block(page: &str, id: &str) -> Value {
    let block = page.split_once(&format!("<script type=\"application/json\" id=\"{id}\">")).unwrap().1;
    serde_json::from_str(block.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn the_page_holds_every_posting_of_the_table() {
    let sandbox = Sandbox::with_samples();
    let page = page(&sandbox, "samples");
    let rows = block(&page, "rows");
    let data = block(&page, "table-data");
    let columns: Vec<&str> =
        data["columns"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap()).collect();
    let table = sandbox.read("report/postings.csv");
    assert_eq!(columns.join(","), table.lines().next().unwrap());
    let table = Table::parse(&table);
    for (place, column) in columns.into_iter().enumerate() {
        for (row, cell) in rows.as_array().unwrap().iter().zip(table.column(column)) {
            assert!(is_same(&row["cells"][place], cell), "{column}: {} is not {cell}", row["cells"][place]);
        }
    }
    assert_eq!(data["detailed"], rows.as_array().unwrap().len());
}

/// Whether a cell of the page says what a cell of the table says: texts on one line, and numbers without the zeros that
/// end them.
fn is_same(on_page: &Value, in_table: &str) -> bool {
    match on_page {
        Value::Null => in_table.is_empty(),
        Value::Number(number) => number.as_f64() == in_table.parse().ok(),
        Value::String(text) => *text == in_table.split_whitespace().collect::<Vec<_>>().join(" "),
        other => *other.to_string() == *in_table,
    }
}

#[test]
fn the_page_holds_the_columns_that_are_carried_through() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.csv", "id,title,text,Team\na,Cook,You write Java.,Shop\nb,Cook,You write Java.,\n");
    let page = page(&sandbox, "jobs.csv --keep Team");
    assert_eq!(block(&page, "table-data")["kept"], serde_json::json!(["Team"]));
    let rows = block(&page, "rows");
    assert_eq!([&rows[0]["kept"], &rows[1]["kept"]], [&serde_json::json!(["Shop"]), &serde_json::json!([""])]);
}

#[test]
fn columns_that_are_carried_through_stand_on_the_page_as_in_the_table() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "id,text,Team\na,You write Java.,Shop\n")
        .write("b.csv", "id,text,Ref\nb,You write Java.,7\n");
    for keep in ["--keep Ref --keep Team", "--keep Ref --keep *", "--keep *"] {
        let page = page(&sandbox, &format!("a.csv b.csv {keep}"));
        let table = sandbox.read("report/postings.csv");
        let kept = table.lines().next().unwrap().split_once(",warnings,").unwrap().1.to_owned();
        let on_page: Vec<String> = serde_json::from_value(block(&page, "table-data")["kept"].clone()).unwrap();
        assert_eq!(on_page.join(","), kept, "{keep}");
    }
}

#[test]
fn a_page_without_skills_has_no_market() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", "Cook\n\nYou cook for the guests of the house.");
    assert!(!page(&sandbox, "a.txt").contains("#market\""));
}

/// The numbers by which the cells of a row of the table of skills are sorted.
fn sorted_by(row: &str) -> Vec<Option<f64>> {
    let number = |cell: &str| cell.strip_prefix(" data-value=\"")?.split_once('"')?.0.parse().ok();
    row.split("<td").skip(1).map(number).collect()
}

#[test]
fn the_page_tells_the_market_as_the_table_does() {
    let sandbox = Sandbox::with_samples();
    let page = page(&sandbox, "samples");
    let market = page.split_once("<table id=\"market-table\"").unwrap().1.split_once("</table>").unwrap().0;
    let skills = Table::parse(&sandbox.read("report/skills.csv"));
    let rows: Vec<&str> = market.split("<tr><th scope=\"row\">").skip(1).collect();
    assert_eq!(rows.len(), 200);
    for row in rows {
        let id = row.split_once("#skill=").unwrap().1.split_once('"').unwrap().0;
        let counts = skills.rows.iter().find(|row| row["skill_id"] == id).unwrap();
        assert!(!["role-titles", "other-titles", "other-job-names"].contains(&counts["category"].as_str()), "{id}");
        for (side, told) in ["software", "systems"].into_iter().zip(sorted_by(row).chunks(4)) {
            let count = |name: &str| counts[&format!("{side}_{name}")].parse::<f64>().ok();
            // Of fewer than three postings no median is told.
            let median = |name: &str| {
                count(&format!("{name}_median")).filter(|_| count(&format!("{name}_postings")) >= Some(3.0))
            };
            let required = count("required").zip(count("postings").filter(|postings| *postings > 0.0));
            let expected = [count("share"), required.map(|(part, whole)| part / whole), median("pay"), median("years")];
            for (told, expected) in told.iter().zip(expected) {
                assert_eq!(told.is_some(), expected.is_some(), "{id} {side}");
                assert!(
                    told.zip(expected).is_none_or(|(told, expected)| (told - expected).abs() < 1e-4),
                    "{id} {side}"
                );
            }
        }
    }
}

#[test]
fn the_page_tells_a_note_once_for_each_file() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.csv", "id,title,text\na,Cook,You write Java.\na,Cook,You write C.\na,Cook,You write Go.\n");
    let page = page(&sandbox, "jobs.csv");
    let notes = page.split_once("id=\"notes\"").unwrap().1.split_once("</details>").unwrap().0;
    assert_eq!(notes.matches("<li>").count(), 1, "{notes}");
    assert!(notes.contains("(2 postings)"), "{notes}");
}

#[test]
fn the_page_says_when_it_was_made_and_by_which_version() {
    let sandbox = Sandbox::with_samples();
    let mut command = sandbox.command("classify samples --html --out report --quiet");
    assert!(command.env("SOURCE_DATE_EPOCH", "1795737600").status().unwrap().success());
    let page = sandbox.read("report/report.html");
    let said =
        format!("Run of <time datetime=\"2026-11-27\">2026-11-27</time> by rolelean {}", env!("CARGO_PKG_VERSION"));
    assert!(page.contains(&said), "{page:.900}");
}

#[test]
fn the_page_and_run_json_tell_what_was_read() {
    let sandbox = Sandbox::new();
    let notes = "Cook for the guests of the house. ".repeat(5);
    sandbox.write("jobs.csv", format!("title,text,notes\nCook,Apply <now>,\"{notes}\"\n"));
    sandbox.write("1.txt", "You dig beds.").write("Head-Gardener.md", "You dig beds.");
    let page = page(&sandbox, "jobs.csv 1.txt Head-Gardener.md --text-column text");
    let read = page.split_once("<details id=\"read\">").unwrap().1.split_once("</details>").unwrap().0;
    let rows: Vec<String> = read.split("<tr>").skip(2).map(cells).collect();
    let warning = "Warning:the text is short, and `notes` is longer: `--text-column` takes it instead";
    let expected = [
        format!("jobs.csv|1|title|text|2|notes (35){warning}"),
        "1 text file|1|1 without||3|".to_owned(),
        "1 Markdown file|1|1 from the file name||3|".to_owned(),
    ];
    assert_eq!(rows, expected);
    let run: Value = serde_json::from_str(&sandbox.read("report/run.json")).unwrap();
    let markdown = serde_json::json!({
        "kind": "markdown", "documents": 1, "postings": 1, "median_words": 3, "title_from_file_name": 1, "untitled": 0
    });
    assert_eq!((&run["tables"][0]["not_used"]["notes"], &run["documents"][1]), (&35.into(), &markdown));
}

/// The cells of a row of a table, without tags.
fn cells(row: &str) -> String {
    let text = |cell: &str| cell.split('<').filter_map(|tag| Some(tag.split_once('>')?.1.trim())).collect::<String>();
    row.split_inclusive("</t").map(text).collect::<Vec<_>>()[..6].join("|")
}

#[test]
fn the_page_is_the_same_whatever_the_threads() {
    let sandbox = Sandbox::with_samples();
    let one = page(&sandbox, "samples --threads 1");
    assert_eq!(one, page(&sandbox, "samples --threads 3"));
}

#[test]
fn the_page_loads_nothing_and_its_policy_allows_nothing() {
    let page = page(&Sandbox::with_samples(), "samples");
    assert!(page.contains("content=\"default-src &#39;none&#39;; script-src &#39;sha256-"), "{page:.600}");
    let outside = ["http:", "https:", " src=", "@import", "url(", " style=", " onclick", "javascript:"];
    // Data are packed or text; the namespace of SVG is a name and nothing is loaded from it.
    let markup: String = page.lines().filter(|line| !line.starts_with("<script type=")).collect();
    let markup = markup.replace("http://www.w3.org/2000/svg", "");
    for word in outside {
        assert!(!markup.contains(word), "{word}");
    }
}

#[test]
fn no_posting_can_add_markup() {
    let sandbox = Sandbox::new();
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)><!--rows--><!--";
    // Titles are read as HTML, so that a title can hold quotes and no tag; an id is taken as it is.
    let quoted = "Chef\" onmouseover=\"alert(3)";
    let rows = format!("id,title,text\n\"{hostile}\",\"{}\",\"Java. {hostile}\"\n", quoted.replace('"', "\"\""));
    sandbox.write("jobs.csv", rows).write(&format!("{}.txt", "<b>empty"), "");
    sandbox.run("classify jobs.csv <b>empty.txt --html --out report --quiet").ends(1);
    let page = sandbox.read("report/report.html");
    let rows = block(&page, "rows");
    assert_eq!([&rows[0]["cells"][1], &rows[0]["cells"][3]], [hostile, quoted]);
    for word in ["<script>alert", "<img", "<b>", "<!--"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_page_speaks_the_words_of_the_lexicon() {
    let sandbox = Sandbox::new();
    sandbox.write("chef.txt", "Chef\n\nCooking, baking and mowing.\n");
    sandbox.kitchen("classify chef.txt --html --out report --quiet").ends(0);
    let page = sandbox.read("report/report.html");
    assert!(page.contains("1 job postings: cook or gardener"), "{page:.600}");
    assert!(!page.contains("systems"));
}
