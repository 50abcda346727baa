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
    let ids: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row[0].as_str().unwrap()).collect();
    assert_eq!(ids, Table::parse(&sandbox.read("report/postings.csv")).column("id"));
    assert_eq!(block(&page, "table-data")["detailed"], ids.len());
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
    assert_eq!([&rows[0][0], &rows[0][1]], [hostile, quoted]);
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
