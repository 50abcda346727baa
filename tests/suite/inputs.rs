//! What can be read: standard input, columns by name, inputs that are skipped.

#[cfg(target_os = "linux")]
use crate::sandbox::KITCHEN;
use crate::sandbox::{Ran, Sandbox};
use crate::table::Table;

/// `id: title: leaning` of every posting.
fn read(ran: &Ran) -> Vec<String> {
    let rows = Table::parse(&ran.stdout).rows;
    rows.iter().map(|row| format!("{}: {}: {}", row["id"], row["title"], row["leaning"])).collect()
}

#[test]
fn standard_input_is_what_it_begins_like() {
    let sandbox = Sandbox::new();
    let cases: [(&str, &[&str]); 5] = [
        ("Chef\n\nCooking and baking.\n", &["stdin: Chef: cook"]),
        (
            "id,title,description\n7,Chef,Cooking and baking.\n8,Helper,Pruning and mowing.\n",
            &["7: Chef: cook", "8: Helper: gardener"],
        ),
        (
            "{\"id\": 7, \"title\": \"Chef\", \"text\": \"Cooking and baking.\"}\n{\"text\": \"Mowing. Pruning.\"}\n",
            &["7: Chef: cook", "stdin#2: : gardener"],
        ),
        ("[{\"id\": \"a\", \"text\": \"Cooking and baking.\"}]", &["a: : cook"]),
        ("<!DOCTYPE html><h1>Chef</h1><p>Cooking &amp; baking.</p>", &["stdin: Chef: cook"]),
    ];
    for (input, expected) in cases {
        assert_eq!(read(&sandbox.pipe(input, "classify - --stdout").ends(0)), expected, "{input}");
    }
}

/// What a shell hands over by its number is read as a pipe; a pipe with a name is not.
#[cfg(target_os = "linux")]
#[test]
fn descriptors_are_read_and_named_pipes_are_not() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.csv", "id,text\n7,Cooking and baking.\n").write("gold.csv", "id,leaning\n7,cook\n");
    let classify = format!("rolelean classify --stdout --lexicon {KITCHEN}");
    for line in [
        format!("{classify} /dev/stdin < jobs.csv"),
        format!("cat jobs.csv | {classify} /dev/stdin"),
        // What `<(cat jobs.csv)` is to the program, in a shell that has no such thing.
        format!("cat jobs.csv | {classify} /dev/fd/7 7<&0"),
    ] {
        assert_eq!(read(&sandbox.shell(&line).ends(0)), ["7: : cook"], "{line}");
    }
    let evaluate = format!("rolelean evaluate /dev/fd/7 jobs.csv --lexicon {KITCHEN}");
    sandbox.shell(&format!("cat gold.csv | {evaluate} 7<&0")).ends(0);
    sandbox.shell("mkfifo pipe pipe.csv").ends(0);
    for name in ["pipe", "pipe.csv"] {
        let ran = sandbox.kitchen(&format!("classify {name} --stdout")).ends(2);
        assert!(ran.stderr.contains("a named pipe, which is not opened"), "{ran}");
    }
}

#[test]
fn standard_input_writes_a_report_too() {
    let sandbox = Sandbox::new();
    sandbox.pipe("Chef\n\nCooking and baking.\n", "classify - --out report").ends(0);
    assert_eq!(Table::parse(&sandbox.read("report/postings.csv")).column("source"), ["stdin"]);
}

#[test]
fn columns_are_found_by_name() {
    let sandbox = Sandbox::new();
    let headers = [
        "id,title,description",
        "job_id,job_title,job_description",
        "jobId;jobtitle;jobdescription",
        "posting_id\tposition\ttext",
        "url,name,body",
        "JOB URL,Job Title,Job Description",
    ];
    for header in headers {
        let delimiter = header.chars().find(|c| [',', ';', '\t'].contains(c)).unwrap();
        let row = ["7", "Chef", "Cooking and baking."].join(&delimiter.to_string());
        sandbox.write("jobs.csv", format!("{header}\n{row}\n"));
        let ran = sandbox.kitchen("classify jobs.csv --stdout").ends(0);
        assert_eq!(read(&ran), ["7: Chef: cook"], "{header}");
    }
}

#[test]
fn parts_of_a_text_are_joined_under_their_names() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.csv", "id,responsibilities,nice_to_have\n7,Cooking and baking.,Mowing\n");
    sandbox.kitchen("classify jobs.csv --out report").ends(0);
    let matches = Table::parse(&sandbox.read("report/matches.csv"));
    assert_eq!(matches.column("section"), ["responsibilities", "responsibilities", "preferred"]);
}

#[test]
fn columns_can_be_named() {
    let sandbox = Sandbox::new();
    let table = "Ref,Role,description,Wants,Does\nr1,Chef,lawn and pruning,Baking,Cooking\n";
    sandbox.write("jobs.csv", table);
    let named = "classify jobs.csv --stdout --id-column ref --title-column role --text-column wants --text-column does";
    assert_eq!(read(&sandbox.kitchen(named).ends(0)), ["r1: Chef: cook"]);
}

#[test]
fn a_named_column_that_no_input_has_ends_the_run() {
    let sandbox = Sandbox::new();
    sandbox.write("in/jobs.csv", "Ref,Role,description\nr1,Chef,Cooking and baking.\n");
    sandbox.write("in/jobs.jsonl", "{\"key\": 1, \"text\": \"Cooking.\"}\n").write("in/z.txt", "Cooking.");
    sandbox.kitchen("classify in --out report").ends(0);
    let before = sandbox.read("report/postings.csv");
    let cases = [
        (
            "--text-column duties",
            "no input has a column `duties`; the columns are `Ref`, `Role`, `description`, `key`, `text`",
        ),
        (
            "--id-column Reff",
            "no input has a column `Reff`; the columns are `Ref`, `Role`, `description`, `key`, `text`; did you mean `Ref`?",
        ),
        (
            "--title-column Rolle --text-column description",
            "no input has a column `Rolle`; the columns are `Ref`, `Role`, `description`, `key`, `text`; did you mean `Role`?",
        ),
    ];
    for (options, expected) in cases {
        for out in ["--out report", "--stdout"] {
            let ran = sandbox.kitchen(&format!("classify in {out} --quiet {options}"));
            ran.ends(2).says(format!("error: {expected}\n"));
        }
    }
    assert_eq!(sandbox.read("report/postings.csv"), before);
    sandbox
        .kitchen("classify in/z.txt --out report --id-column Ref")
        .ends(2)
        .says("error: no input has a column `Ref`: none of them is a table\n");
    // One that some have is enough, and the others are skipped for it or have none.
    sandbox.kitchen("classify in --stdout --id-column key").ends(1);
    sandbox.kitchen("classify in/z.txt in/jobs.csv --stdout --id-column ref").ends(0);
}

#[test]
fn nothing_readable_leaves_the_older_report() {
    let sandbox = Sandbox::new();
    sandbox.write("good.txt", "Chef\n\nCooking and baking.");
    sandbox.write("in/a.txt", "").write("in/b.csv", "id,skill\n1,Java\n").write("empty/.hidden", "x");
    sandbox.write("none.json", "[]").write("blank.jsonl", "\n".repeat(100_000));
    let reasons = "\n  in/a.txt: empty file\n  in/b.csv: no text column such as `description` was found; the columns are \
                   `id`, `skill`; name one with `--text-column`\n";
    sandbox
        .kitchen("classify in --out report")
        .ends(2)
        .prints("")
        .says(format!("error: nothing could be read: all 2 inputs were skipped; no report is written{reasons}"));
    assert!(!sandbox.path("report").exists());
    sandbox.kitchen("classify good.txt --out report").ends(0);
    let before = sandbox.read("report/postings.csv");
    let stays = "; the report in report was not changed";
    let cases = [
        ("in", format!("nothing could be read: all 2 inputs were skipped{stays}{reasons}")),
        (
            "none.json",
            format!(
                "nothing could be read: the only input was skipped{stays}\n  none.json: no records: the array is empty\n"
            ),
        ),
        ("blank.jsonl", format!("the inputs hold no posting{stays}\n")),
        ("empty", format!("nothing to read in `empty`: no files but hidden ones{stays}\n")),
    ];
    for (path, expected) in cases {
        sandbox
            .kitchen(&format!("classify {path} --out report --quiet"))
            .ends(2)
            .prints("")
            .says(format!("error: {expected}"));
        assert_eq!(sandbox.read("report/postings.csv"), before, "{path}");
        let ran = sandbox.kitchen(&format!("classify {path} --stdout --quiet")).ends(2);
        assert_eq!(ran.stderr, format!("error: {expected}").replace(stays, ""), "{ran}");
    }
    assert!(sandbox.names(".").iter().all(|name| !name.starts_with(".rolelean")), "{:?}", sandbox.names("."));
}

#[test]
fn many_reasons_are_cut_short() {
    let sandbox = Sandbox::new();
    for number in 1..=9 {
        sandbox.write(&format!("in/{number}.txt"), "");
    }
    let ran = sandbox.kitchen("classify in --out report").ends(2);
    assert!(ran.stderr.starts_with("error: nothing could be read: all 9 inputs were skipped; "), "{ran}");
    assert!(ran.stderr.ends_with("\n  in/5.txt: empty file\n  and 4 more\n"), "{ran}");
}

#[test]
fn older_reports_and_left_overs_are_passed_over() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Chef\n\nCooking and baking.");
    for out in ["in/r1", "in/deep/r2"] {
        sandbox.kitchen(&format!("classify in/a.txt --html --jsonl --out {out}")).ends(0);
    }
    let left_overs = ["Thumbs.db", "desktop.ini", ".DS_Store", "~$a.docx", ".~lock.a.odt#", "a.txt~", "#a.txt#"];
    for name in left_overs {
        sandbox.write(&format!("in/{name}"), "Cooking.");
    }
    let ran = sandbox.kitchen("classify in --stdout -v").ends(0);
    assert_eq!(read(&ran), ["a.txt: Chef: cook"]);
    let told = "left out in/deep/r2, a report of an earlier run\nleft out in/r1, a report of an earlier run\n";
    assert!(ran.stderr.starts_with(told), "{ran}");
    assert!(!sandbox.kitchen("classify in --stdout").stderr.contains("left out"));
    // Whatever is named is read, but a report is none.
    for name in left_overs {
        sandbox.kitchen(&format!("classify in/{name} --stdout --quiet")).ends(0);
    }
    sandbox.kitchen("classify in/r1 --out report").ends(2).says(
        "error: `in/r1` is a report of rolelean: give the files or folders it was made from; `rolelean merge` joins reports\n",
    );
    std::fs::remove_file(sandbox.path("in/a.txt")).unwrap();
    sandbox
        .kitchen("classify in --out report")
        .ends(2)
        .says("error: nothing to read in `in`: no files but hidden ones and 2 reports; no report is written\n");
    // What only looks like a report is read.
    sandbox.write("in/r1/run.json", "{\"model\": \"theirs\"}");
    sandbox.kitchen("classify in --stdout").ends(1);
}

#[test]
fn a_table_without_text_is_refused_with_its_columns() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.csv", "id,skill\n1,Java\n").write("chef.txt", "Cooking and baking.");
    sandbox.kitchen("classify jobs.csv chef.txt --out report").ends(1);
    let skipped = Table::parse(&sandbox.read("report/skipped.csv"));
    let reason =
        "no text column such as `description` was found; the columns are `id`, `skill`; name one with `--text-column`";
    assert_eq!(skipped.column("reason"), [reason]);
}

#[test]
fn what_cannot_be_read_is_skipped_and_the_rest_is_there() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Chef\n\nCooking and baking.").write("in/b-empty.txt", "");
    sandbox.write("in/c-binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0").write("in/d-blank.md", " \n\t\n");
    sandbox.write("in/e.csv", "id,text\n1,Cooking\n2,\n3,Baking\n").write("in/f.jsonl", "{\"text\": \"x\n");
    sandbox.write("in/z.txt", "Helper\n\nPruning and mowing.").write("in/.hidden.txt", "Cooking");
    unreadable(&sandbox);
    sandbox.kitchen("classify in --out report").ends(1);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(postings.column("id"), ["a.txt", "1", "3", "z.txt"]);
    let skipped = Table::parse(&sandbox.read("report/skipped.csv"));
    let skipped: Vec<String> =
        skipped.rows.iter().map(|row| format!("{} {}: {}", row["source"], row["record"], row["reason"])).collect();
    let mut expected = vec![
        "in/b-empty.txt : empty file",
        "in/c-binary.txt : not text (binary), and none of the formats that are read: see docs/inputs.md, or save it as text or CSV",
        "in/d-blank.md : empty file",
        "in/e.csv 2: no text in the record at line 3",
        "in/f.jsonl 1: not valid JSON at line 1, column 11: EOF while parsing a string",
    ];
    if cfg!(unix) {
        expected.push("in/g-link.txt : a symbolic link, which a walk does not follow: give its path to read it");
        expected.push("in/h-socket.txt : neither a file nor a folder");
    }
    assert_eq!(skipped, expected);
}

/// What nobody can read, not even the superuser, whom permissions do not hinder.
#[cfg(unix)]
fn unreadable(sandbox: &Sandbox) {
    std::os::unix::fs::symlink("nowhere", sandbox.path("in/g-link.txt")).unwrap();
    std::os::unix::net::UnixListener::bind(sandbox.path("in/h-socket.txt")).unwrap();
}

#[cfg(not(unix))]
fn unreadable(_: &Sandbox) {}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read_is_skipped() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", "Chef\n\nCooking and baking.");
    // The memory of the process has nothing at its first address.
    sandbox.kitchen("classify /proc/self/mem a.txt --out report").ends(1);
    let skipped = sandbox.read("report/skipped.csv");
    assert_eq!(skipped, "source,record,reason\n/proc/self/mem,,Input/output error (os error 5)\n");
    assert_eq!(Table::parse(&sandbox.read("report/postings.csv")).column("id"), ["a.txt"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_skipped() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Chef\n\nCooking and baking.").write("in/locked.txt", "Cooking");
    let locked = sandbox.path("in/locked.txt");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read(&locked).is_ok() {
        // The superuser reads it all the same; the tests above cover what even that one cannot.
        return;
    }
    sandbox.kitchen("classify in --out report").ends(1);
    assert!(sandbox.read("report/skipped.csv").contains("in/locked.txt,,Permission denied"));
}

#[test]
fn an_ignore_file_keeps_files_out() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Chef\n\nCooking and baking.").write("in/README.md", "About cooking.");
    sandbox.write("in/.rolelean-ignore", "README.md\n");
    assert_eq!(read(&sandbox.kitchen("classify in --stdout").ends(0)), ["a.txt: Chef: cook"]);
}

#[test]
fn an_odd_encoding_is_a_warning() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.txt", b"Chef im Caf\xe9\n\nCooking and baking in the caf\xe9 \x96 na\xefve r\xe9sum\xe9s welcome.\n");
    let ran = sandbox.kitchen("classify a.txt --stdout -v").ends(0);
    assert_eq!(read(&ran), ["a.txt: Chef im Café: cook"]);
    assert_eq!(Table::parse(&ran.stdout).column("warnings"), ["read as windows-1252"]);
    assert!(ran.stderr.starts_with("warning: a.txt: read as windows-1252\n"), "{ran}");
}
