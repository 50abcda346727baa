//! Reports of separate runs joined: the same as one run over all inputs, or refused.

use std::fs;

use serde_json::Value;

use crate::sandbox::{KITCHEN, Sandbox};

/// Files that are the same to the byte.
const SAME: [&str; 5] = ["matches.csv", "postings.csv", "postings.jsonl", "skills.csv", "skipped.csv"];

/// Lines of JSON Lines: every sample, some twice with one id, cells of every kind, and some that cannot be read.
fn lines(sandbox: &Sandbox) -> Vec<String> {
    let mut lines: Vec<String> = vec!["{\"id\": \"cut off".to_owned()];
    for (number, name) in sandbox.names("samples/postings").iter().enumerate() {
        let text = sandbox.read(&format!("samples/postings/{name}"));
        let title = ["=1+1", "a \"quoted\", title", "Engineer"][number % 3];
        let posting = serde_json::json!({ "id": name, "title": title, "description": text });
        lines.extend(std::iter::repeat_n(posting.to_string(), 1 + usize::from(number % 5 == 0)));
        if number % 9 == 0 {
            lines.push(format!("{{\"id\": {number}, \"text\": \"\"}}"));
        }
    }
    lines
}

fn run_json(sandbox: &Sandbox, report: &str) -> Value {
    let mut run: Value = serde_json::from_str(&sandbox.read(&format!("{report}/run.json"))).unwrap();
    assert!(run["seconds"].take().as_f64().unwrap() > 0.0);
    run
}

#[test]
fn shards_joined_are_one_run() {
    let sandbox = Sandbox::with_samples();
    let lines = lines(&sandbox);
    let cuts: [&[usize]; 4] = [&[], &[20], &[2, 40], &[7, 9, 30, 31, 55]];
    for (cuts, style) in cuts.iter().zip(["", "--bom", "--raw-cells", "--bom --raw-cells"]) {
        let ends = cuts.iter().copied().chain([lines.len()]);
        let (mut start, mut files, mut reports) = (0, Vec::new(), Vec::new());
        for (number, end) in ends.enumerate() {
            let (file, report) = (format!("shard-{number}.jsonl"), format!("report-{number}"));
            sandbox.write(&file, lines[start..end].join("\n"));
            let ran = sandbox.run(&format!("classify {file} {style} --jsonl --out {report} --threads 2 --quiet"));
            assert!(ran.stderr.is_empty(), "{ran}");
            (start, files, reports) = (end, [files, vec![file]].concat(), [reports, vec![report]].concat());
        }
        sandbox.run(&format!("classify {} {style} --jsonl --out one --threads 2 --quiet", files.join(" "))).ends(1);
        let count = reports.len();
        let plural = if count == 1 { "" } else { "s" };
        sandbox.run(&format!("merge {} --out joined", reports.join(" "))).ends(0).prints("").says(format!(
            "{} postings of {count} report{plural} joined in joined\n",
            run_json(&sandbox, "one")["postings"]
        ));
        for name in SAME {
            let (joined, one) = (sandbox.bytes(&format!("joined/{name}")), sandbox.bytes(&format!("one/{name}")));
            assert!(joined == one, "{name} of {count} shards {style}");
        }
        assert_eq!(run_json(&sandbox, "joined"), run_json(&sandbox, "one"));
        assert_eq!(sandbox.names("joined"), sandbox.names("one"));
    }
}

/// Two small reports, `a` and `b`.
fn reports(of_b: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("1.txt", "Cook\n\nCooking and baking.").write("2.txt", "Gardener\n\nPruning and mowing.");
    sandbox.kitchen("classify 1.txt --out a --quiet").ends(0);
    sandbox.run(&format!("classify 2.txt --out b --quiet {of_b}")).ends(0);
    sandbox
}

#[test]
fn reports_whose_rows_differ_are_refused() {
    let kitchen = format!("--lexicon {KITCHEN}");
    let cases = [
        (String::new(), "error: a and b cannot be joined, for they differ in lexicon (kitchen-garden 1, sha256 [..]"),
        (format!("{kitchen} --bom"), "error: a and b cannot be joined, for they differ in --bom (false and true)[..]"),
        (
            format!("{kitchen} --raw-cells"),
            "error: a and b cannot be joined, for they differ in --raw-cells (false and true)[..]",
        ),
        (format!("{kitchen} --dedupe"), "error: b was made with --dedupe, which sees the postings of its own run[..]"),
    ];
    for (of_b, expected) in cases {
        let sandbox = reports(&of_b);
        sandbox.run("merge a b --out joined").ends(2).prints("").says(format!("{expected}\n"));
        assert_eq!(sandbox.names("."), ["1.txt", "2.txt", "a", "b"]);
    }
    let sandbox = reports(&kitchen);
    let run = sandbox.read("b/run.json").replace(env!("CARGO_PKG_VERSION"), "9.9.9");
    sandbox.write("b/run.json", run);
    sandbox.run("merge a b --out joined").ends(2).says("error: [..] differ in version ([..] and 9.9.9); [..]\n");
}

#[test]
fn what_would_go_wrong_is_refused() {
    let sandbox = reports(&format!("--lexicon {KITCHEN}"));
    sandbox.write("notes/dear.txt", "dear");
    let cases = [
        ("merge a a --out joined", "error: a is given twice: its postings would be counted twice\n"),
        (
            "merge a b --out ./b/",
            "error: b is to be joined, and ./b/ is where the joined report is to stand; choose another folder with --out\n",
        ),
        ("merge a nowhere --out joined", "error: cannot join nowhere/run.json: [..]\n"),
        ("merge a b --out notes", "error: notes holds `dear.txt`, which rolelean did not write; [..]\n"),
    ];
    for (arguments, expected) in cases {
        sandbox.run(arguments).ends(2).prints("").says(expected);
    }
    sandbox.run("merge --out joined").ends(2);
    for name in ["postings.csv", "matches.csv", "skills.csv"] {
        let whole = sandbox.read(&format!("b/{name}"));
        sandbox.write(&format!("b/{name}"), &whole[..whole.len() - 3]);
        sandbox.run("merge a b --out joined").ends(2).says(format!("error: cannot join b/{name}: [..]\n"));
        sandbox.write(&format!("b/{name}"), whole);
    }
    fs::remove_file(sandbox.path("b/skipped.csv")).unwrap();
    sandbox.run("merge a b --out joined").ends(2).says("error: cannot join b/skipped.csv: [..]\n");
    assert_eq!(sandbox.names("."), ["1.txt", "2.txt", "a", "b", "notes"]);
}

#[test]
fn reports_without_a_posting_replace_nothing() {
    let sandbox = reports(&format!("--lexicon {KITCHEN}"));
    sandbox.kitchen("classify 1.txt --out joined --quiet").ends(0);
    let before = sandbox.read("joined/postings.csv");
    for report in ["a", "b"] {
        let run = sandbox.read(&format!("{report}/run.json")).replace("\"postings\": 1", "\"postings\": 0");
        sandbox.write(&format!("{report}/run.json"), run);
    }
    sandbox
        .run("merge a b --out joined")
        .ends(2)
        .says("error: none of the reports holds a posting; nothing is joined\n");
    assert_eq!(sandbox.read("joined/postings.csv"), before);
}

#[test]
fn what_cannot_be_joined_is_named() {
    let sandbox = reports(&format!("--lexicon {KITCHEN} --html --jsonl"));
    sandbox
        .run("merge a b --out joined")
        .ends(0)
        .says("2 postings of 2 reports joined in joined\nnot joined: postings.jsonl, report.html\n");
    assert_eq!(sandbox.names("joined"), ["matches.csv", "postings.csv", "run.json", "skills.csv", "skipped.csv"]);
}
