//! Files that hold others: archives, workbooks, feeds, mail. What is no posting is refused with the next step.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::sandbox::Sandbox;
use crate::table::Table;

const COOK: &str = "Chef\n\nCooking and baking.";
const MAIL: &str = "From: a@b.example\nSubject: Chef\n\nCooking and baking.\n";

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A file in the container of Office's binary formats, with a part of that name.
fn ole(part: &str) -> Vec<u8> {
    let name = part.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 600]).chain(name).chain([0; 4]).collect()
}

/// Cells of style 1 are amounts in pounds, of 2 percentages, of 3 numbers of five digits.
#[cfg(feature = "workbooks")]
const STYLES: &str = "<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"170\" formatCode=\"[$£-809]#,##0\"/>\
    <numFmt numFmtId=\"171\" formatCode=\"00000\"/></numFmts><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/>\
    <xf numFmtId=\"9\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>";

/// A workbook in XLSX whose sheets are these pieces of XML.
#[cfg(feature = "workbooks")]
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut relations) = (String::new(), String::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, (name, rows)) in sheets.iter().enumerate() {
        write!(list, "<sheet name=\"{name}\" sheetId=\"{at}1\" r:id=\"r{at}\"/>").unwrap();
        let target = format!("Target=\"worksheets/sheet{at}.xml\"");
        write!(relations, "<Relationship Id=\"r{at}\" Type=\"{RELATIONS}/worksheet\" {target}/>").unwrap();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{at}.xml"), sheet));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns:r=\"{RELATIONS}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
    parts.push(("xl/styles.xml".to_owned(), STYLES.to_owned()));
    let whole = format!(
        "<Relationships><Relationship Id=\"w\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    parts.push(("_rels/.rels".to_owned(), whole));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (name.as_str(), part.as_bytes())).collect();
    zip(&parts)
}

/// A row of texts, the first cell in column A.
#[cfg(feature = "workbooks")]
fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(at, text): (usize, &&str)| {
        let column = char::from(b'A' + u8::try_from(at).unwrap());
        format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// `id: title` of every posting, then `source: reason` of what was skipped.
fn read(sandbox: &Sandbox, path: &str, code: i32) -> Vec<String> {
    sandbox.kitchen(&format!("classify {path} --out report")).ends(code);
    let postings = Table::parse(&sandbox.read("report/postings.csv")).rows;
    let skipped = Table::parse(&sandbox.read("report/skipped.csv")).rows;
    let postings = postings.iter().map(|row| format!("{}: {}", row["id"], row["title"]));
    postings.chain(skipped.iter().map(|row| format!("{}: {}", row["source"], row["reason"]))).collect()
}

#[test]
fn an_archive_is_read_as_a_folder() {
    let sandbox = Sandbox::new();
    let inner = zip(&[("x.txt", COOK.as_bytes())]);
    let jobs = b"id,title,description\n7,Chef,Cooking and baking.\n8,Cook,Baking and cooking.\n";
    let members: [(&str, &[u8]); 7] = [
        ("b.csv", jobs),
        ("a/cook.txt", COOK.as_bytes()),
        ("m.eml", MAIL.as_bytes()),
        ("n.zip", &inner),
        (".hidden.txt", COOK.as_bytes()),
        ("__MACOSX/a.txt", COOK.as_bytes()),
        ("../up.txt", b""),
    ];
    sandbox.write("jobs.zip", zip(&members));
    let expected =
        ["jobs.zip/a/cook.txt: Chef", "7: Chef", "8: Cook", "jobs.zip/m.eml: Chef", "jobs.zip/n.zip/x.txt: Chef"];
    assert_eq!(read(&sandbox, "jobs.zip", 0), expected);
    assert_eq!(sandbox.names("."), ["jobs.zip", "report"]);
}

#[test]
fn patterns_choose_among_the_members_of_archives() {
    let sandbox = Sandbox::new();
    let inner = zip(&[("x.txt", COOK.as_bytes()), ("y.md", COOK.as_bytes())]);
    let members: [(&str, &[u8]); 3] = [("a/cook.txt", COOK.as_bytes()), ("b.md", COOK.as_bytes()), ("n.zip", &inner)];
    sandbox.write("in/jobs.zip", zip(&members)).write("in/c.md", COOK).write("in/none.zip", zip(&[("d.csv", b"x")]));
    let found = |options: &str| read(&sandbox, &format!("in {options}"), 0);
    assert_eq!(found("--include *.txt"), ["jobs.zip/a/cook.txt: Chef", "jobs.zip/n.zip/x.txt: Chef"]);
    assert_eq!(found("--include *.md --exclude n.zip"), ["c.md: Chef", "jobs.zip/b.md: Chef"]);
    assert_eq!(found("--include n.zip"), ["jobs.zip/n.zip/x.txt: Chef", "jobs.zip/n.zip/y.md: Chef"]);
}

/// What is attached is read as a file of its own, and what is no posting is left alone.
#[test]
fn tables_attached_to_a_message_are_read() {
    let sandbox = Sandbox::new();
    let table = "id,title,description\n7,Chef,Cooking and baking.\n8,Cook,Baking and cooking.\n";
    let part = |name: &str, text: &str| {
        format!(
            "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\n\n{text}\n"
        )
    };
    let head = "From: a@b.example\nDate: Thu, 1 Jan 2026 10:00:00 +0000\nSubject: Jobs\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease find them attached.\n";
    let mail = format!("{head}{}{}{}--b--\n", part("jobs.csv", table), part("logo.png", "x"), part("Chef.md", COOK));
    sandbox.write("m.eml", &mail).write("m.mbox", format!("From a Thu Jan  1 2026\n{mail}"));
    assert_eq!(read(&sandbox, "m.eml", 0), ["7: Chef", "8: Cook", "m.eml/Chef.md: Chef"]);
    assert_eq!(read(&sandbox, "m.mbox", 0), ["7: Chef", "8: Cook", "m.mbox#1/Chef.md: Chef"]);
}

#[test]
fn what_has_no_name_is_known_by_its_content() {
    let sandbox = Sandbox::new();
    let feed =
        "<?xml version=\"1.0\"?><jobs><job id=\"7\"><title>Chef</title><text>Cooking and baking.</text></job></jobs>";
    let cases: [(&[u8], &str); 4] = [
        (feed.as_bytes(), "7"),
        (MAIL.as_bytes(), "stdin"),
        (&[b"From a@b.example Thu Jan  1 2026\n", MAIL.as_bytes()].concat(), "stdin#1"),
        (&zip(&[("a.txt", COOK.as_bytes())]), "stdin/a.txt"),
    ];
    for (input, id) in cases {
        let ran = sandbox.pipe(input, "classify - --stdout").ends(0);
        let postings = Table::parse(&ran.stdout);
        assert_eq!((postings.column("id"), postings.column("title")), (vec![id], vec!["Chef"]), "{ran}");
    }
}

#[test]
fn each_refusal_names_the_next_step() {
    let sandbox = Sandbox::new();
    let nested = (0..5).fold(zip(&[("a.txt", COOK.as_bytes())]), |inner, _| zip(&[("n.zip", &inner)]));
    let bomb = zip(&[("a.txt", &vec![b'\n'; 20 << 20])]);
    let cases: [(&str, Vec<u8>, &str); 9] = [
        (
            "a.doc",
            ole("WordDocument"),
            "an old Word file (.doc): convert it with `soffice --headless --convert-to docx FILE`",
        ),
        (
            "b.msg",
            ole("__properties_version1.0"),
            "an Outlook message (.msg): save it as .eml, or drag it out of a mail program that writes that",
        ),
        ("c.docx", ole("EncryptedPackage"), "an Office file that is locked with a password: save it without one"),
        (
            "d.db",
            b"SQLite format 3\0 CREATE TABLE jobs(id)".to_vec(),
            "a SQLite database: write its table to a CSV file with `sqlite3 -header -csv FILE 'SELECT * FROM jobs' > jobs.csv`",
        ),
        ("e.zip", zip(&[]), "an archive without files to read"),
        ("f.zip", nested, "archives and messages nested more than 3 deep"),
        ("g.zip", bomb, "larger than 16 MiB, the limit for one document"),
        (
            "h.xml",
            b"<svg><path/></svg>".to_vec(),
            "XML in which no element is a posting: none repeats that holds a text in parts; there are `svg`, `path`",
        ),
        (
            "i.html",
            zip(&[("a.txt", COOK.as_bytes())]),
            "a zip archive, whose name says otherwise: give it the ending `.zip`",
        ),
    ];
    sandbox.write("in/zzz.txt", COOK);
    for (name, content, _) in &cases {
        sandbox.write(&format!("in/{name}"), content);
    }
    let found = read(&sandbox, "in", 1);
    assert_eq!(found.len(), cases.len() + 1, "{found:#?}");
    for ((name, _, reason), found) in cases.iter().zip(&found[1..]) {
        assert!(found.starts_with(&format!("in/{name}")) && found.ends_with(&format!(": {reason}")), "{found}");
    }
}

/// Entities that double forty times over cost nothing, and neither do elements without end.
#[test]
fn a_feed_that_is_made_to_do_harm_costs_itself_alone() {
    let sandbox = Sandbox::new();
    let doubling: String = (1..40).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    let job = |inner: &str| format!("<job><title>Chef</title><text>Cooking and baking. {inner}</text></job>");
    let laughs = format!("<!DOCTYPE j [<!ENTITY l0 \"ha\">{doubling}]><j>{}</j>", job("&l39;"));
    let deep = ["<x1>".repeat(200_000), "</x1>".repeat(200_000)].concat();
    sandbox.write("in/a.xml", laughs).write("in/b.xml", format!("<j>{}{}</j>", job(&deep), job("")));
    let expected = ["in/a.xml#1: Chef", "in/b.xml#2: Chef", "in/b.xml: elements nested more than 128 deep"];
    assert_eq!(read(&sandbox, "in", 1), expected);
}

#[cfg(feature = "workbooks")]
#[test]
fn numbers_of_a_workbook_are_read_as_they_are_shown() {
    let sandbox = Sandbox::new();
    let number =
        |column: &str, style: u8, number: &str| format!("<c r=\"{column}2\" s=\"{style}\"><v>{number}</v></c>");
    let numbers = number("A", 3, "7")
        + &number("D", 1, "52000")
        + &number("E", 2, "0.1")
        + &number("F", 0, "0.30000000000000004");
    let texts = "<c r=\"B2\" t=\"inlineStr\"><is><t>Chef</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>Cooking and baking.</t></is></c>";
    let rows =
        row(1, &["id", "title", "text", "pay", "bonus", "share"]) + &format!("<row r=\"2\">{numbers}{texts}</row>");
    sandbox.write("jobs.xlsx", xlsx(&[("Jobs", &rows)]));
    sandbox.kitchen("classify jobs.xlsx --keep pay --keep bonus --keep share --out report").ends(0);
    let table = Table::parse(&sandbox.read("report/postings.csv"));
    let found = ["id", "pay", "bonus", "share"].map(|column| table.column(column)[0]);
    assert_eq!(found, ["00007", "£52000", "10%", "0.3"]);
}

#[cfg(feature = "workbooks")]
#[test]
fn the_sheets_with_postings_are_found() {
    let sandbox = Sandbox::new();
    let notes = row(1, &["This file lists all the jobs that are open, as of May."]) + &row(2, &["Ask for more."]);
    let jobs = [
        row(1, &["Vacancies in May"]),
        row(3, &["Ref", "Position", "Description"]),
        row(4, &["7", "Chef", "Cooking and baking."]),
        row(5, &["8", "Helper", "Pruning and mowing."]),
    ];
    let lists = row(1, &["Yes"]) + &row(2, &["No"]);
    let sheets = [("Read me", notes.as_str()), ("Jobs", &jobs.concat()), ("Lists", &lists)];
    sandbox.write("jobs.xlsx", xlsx(&sheets));
    assert_eq!(read(&sandbox, "jobs.xlsx", 0), ["7: Chef", "8: Helper"]);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(postings.column("source"), ["jobs.xlsx/Jobs", "jobs.xlsx/Jobs"]);
}

/// A cell that is repeated 17 thousand million times.
#[cfg(feature = "workbooks")]
#[test]
fn a_workbook_that_grows_without_measure_costs_itself_alone() {
    let sandbox = Sandbox::new();
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    let sheet = format!(
        "<table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row></table:table>"
    );
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest/>";
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ];
    let jobs = row(1, &["title", "description"]) + &row(2, &["Chef", "Cooking and baking."]);
    sandbox.write("in/a.ods", zip(&parts)).write("in/b.xlsx", xlsx(&[("Jobs", &jobs)]));
    let found = read(&sandbox, "in", 1);
    assert_eq!(found[0], "in/b.xlsx/Jobs#1: Chef");
    assert!(found[1].starts_with("in/a.ods: a broken workbook: "), "{found:?}");
}
