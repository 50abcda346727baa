//! Reports of separate runs joined: the same as one run over all inputs, or refused.

use std::fs;

use serde_json::Value;

use crate::sandbox::{KITCHEN, Sandbox};

/// Files that are the same to the byte.
const SAME: [&str; 7] =
    ["matches.csv", "postings.csv", "postings.jsonl", "report.html", "report.xlsx", "skills.csv", "skipped.csv"];

/// Lines of JSON Lines: every sample, some twice with one id, cells of every kind, what a terminal would obey, another
/// language, pay in two currencies and without a period, years, and some that cannot be read.
fn lines(sandbox: &Sandbox) -> Vec<String> {
    let mut lines: Vec<String> = vec!["{\"id\": \"cut off".to_owned()];
    for (number, name) in sandbox.names("samples/postings").iter().enumerate() {
        let text = sandbox.read(&format!("samples/postings/{name}"));
        let title = ["=1+1", "a \"quoted\", title;\t=1", "Engineer", "'=1", "\u{9b}31m\u{202e}", "-"][number % 6];
        let stated = match number % 4 {
            0 => format!("Salary: €{}.55 an hour. You need {} years of experience.", 20 + number, number % 7),
            1 => format!("Salary: ${0},000 - ${0},900 a year.", 80 + number),
            2 => "Salary: $3,000 to $4,000.".to_owned(),
            _ => String::new(),
        };
        let text = format!("{text}\n\n{stated}");
        let posting = serde_json::json!({ "id": name, "title": title, "location": "Ulm; Bonn", "description": text });
        lines.extend(std::iter::repeat_n(posting.to_string(), 1 + usize::from(number % 5 == 0)));
        if number % 8 == 0 {
            let german = "Wir suchen eine Köchin, die unsere Küche führt und die Gerichte plant. Du arbeitest im Team.";
            lines.push(serde_json::json!({ "id": format!("'=de{}", number % 16), "description": german }).to_string());
        }
        if number % 9 == 0 {
            lines.push(format!("{{\"id\": {number}, \"text\": \"\"}}"));
        }
    }
    lines
}

fn run_json(sandbox: &Sandbox, report: &str) -> Value {
    let mut run: Value = serde_json::from_str(&sandbox.read(&format!("{report}/run.json"))).unwrap();
    assert!(run["seconds"].take().as_f64().unwrap() > 0.0);
    // Reports that are joined still tell of each one's tables by themselves.
    assert!(run["tables"].take().is_array() && run["documents"].take().is_array());
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
        let one = format!("classify {} {style} --jsonl --html --xlsx --out one --threads 2 --quiet", files.join(" "));
        sandbox.run(&one).ends(1);
        let run = run_json(&sandbox, "one");
        assert!(run["repeated_ids"].as_u64().unwrap() > 9, "{run}");
        let count = reports.len();
        let plural = if count == 1 { "" } else { "s" };
        let joined = format!("merge {} --html --xlsx --out joined", reports.join(" "));
        sandbox.run(&joined).ends(0).prints("").says(format!(
            "{} postings of {count} report{plural} joined in joined\n\
             {} have the id of an earlier one: the column `posting` tells them apart\n",
            run["postings"], run["repeated_ids"]
        ));
        for name in SAME {
            let [joined, one] = ["joined", "one"].map(|report| sandbox.comparable(&format!("{report}/{name}")));
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
        (
            String::new(),
            "error: a and b cannot be joined, because they differ in lexicon (kitchen-garden 1, sha256 [..]",
        ),
        (
            format!("{kitchen} --bom"),
            "error: a and b cannot be joined, because they differ in --bom (false and true)[..]",
        ),
        (
            format!("{kitchen} --raw-cells"),
            "error: a and b cannot be joined, because they differ in --raw-cells (false and true)[..]",
        ),
        (format!("{kitchen} --dedupe"), "error: b was made with --dedupe, which compares only postings of one run[..]"),
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
            "error: b is an input, so the joined report cannot be written to ./b/; choose another folder with --out\n",
        ),
        ("merge a nowhere --out joined", "error: cannot join nowhere/run.json: [..]\n"),
        ("merge a b --out notes", "error: notes holds `dear.txt`, which rolelean did not write; [..]\n"),
    ];
    for (arguments, expected) in cases {
        sandbox.run(arguments).ends(2).prints("").says(expected);
    }
    sandbox.run("merge --out joined").ends(2);
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
        let path = format!("{report}/run.json");
        let mut run: Value = serde_json::from_str(&sandbox.read(&path)).unwrap();
        (run["postings"], run["rows"]["postings"]) = (0.into(), 0.into());
        run["leanings"].as_object_mut().unwrap().values_mut().for_each(|count| *count = 0.into());
        sandbox.write(&path, run.to_string());
    }
    sandbox
        .run("merge a b --out joined")
        .ends(2)
        .says("error: none of the reports holds a posting; nothing is joined\n");
    assert_eq!(sandbox.read("joined/postings.csv"), before);
}

#[test]
fn files_that_are_not_what_their_report_says_are_refused() {
    let sandbox = reports(&format!("--lexicon {KITCHEN} --jsonl"));
    type Change = fn(&str) -> String;
    let without_last: Change =
        |whole| whole.trim_end().rsplit_once('\n').map_or(String::new(), |(rest, _)| format!("{rest}\n"));
    let cut: Change = |whole| whole[..whole.len() - 3].to_owned();
    let twice: Change = |whole| format!("{whole}{}\n", whole.lines().last().unwrap());
    let garbage: Change = |whole| format!("{whole}garbage\n");
    let changes = [("without its last row", without_last), ("cut", cut), ("grown", twice), ("spoilt", garbage)];
    for name in ["postings.csv", "matches.csv", "skills.csv", "postings.jsonl"] {
        let whole = sandbox.read(&format!("b/{name}"));
        for (change, changed) in changes {
            sandbox.write(&format!("b/{name}"), changed(&whole));
            let ran = sandbox.run("merge b --out joined").ends(2);
            assert!(ran.stderr.starts_with(&format!("error: cannot join b/{name}: ")), "{change}: {ran}");
        }
        sandbox.write(&format!("b/{name}"), whole);
    }
    let cases = [
        ("postings.csv", "1,2.txt", "2,2.txt", "row 1 is not of posting `2`"),
        ("matches.csv", "\n1,2.txt", "\n7,2.txt", "row 1 is not of posting `7`"),
        ("matches.csv", "\n1,2.txt", "\nx,2.txt", "row 1 is not of posting `x`"),
        ("postings.jsonl", "{\"posting\":1,", "{\"posting\":2,", "line 1 is not the object of posting 1"),
        (
            "skills.csv",
            ",1,1.0000,",
            ",18446744073709551616,1.0000,",
            "`18446744073709551616` is not a count of postings",
        ),
        (
            "run.json",
            "\"postings\": 1,\n  \"skipped\"",
            "\"postings\": 2,\n  \"skipped\"",
            "its `leanings` do not add up to its `postings`",
        ),
        (
            "run.json",
            "\"skipped\": 0,\n  \"rows\"",
            "\"skipped\": 3,\n  \"rows\"",
            "its `rows` are not its `postings` and `skipped`",
        ),
        ("run.json", "\"jsonl\": true", "\"jsonl\": false", "its `rows` have objects where [..]"),
    ];
    for (name, from, to, expected) in cases {
        let whole = sandbox.read(&format!("b/{name}"));
        assert!(whole.contains(from), "{name}: {whole}");
        sandbox.write(&format!("b/{name}"), whole.replace(from, to));
        let expected = format!("error: cannot join b/{name}: is its report whole, and of this version?: {expected}\n");
        sandbox.run("merge b --out joined").ends(2).says(expected);
        sandbox.write(&format!("b/{name}"), whole);
    }
    sandbox.run("merge b --out joined").ends(0);
}

#[test]
fn counts_that_cannot_be_added_are_refused() {
    let sandbox = reports(&format!("--lexicon {KITCHEN}"));
    let run = sandbox.read("b/run.json");
    for (from, count) in [("\"words\": 3", "words"), ("\"bytes\": 29", "bytes")] {
        assert!(run.contains(from), "{run}");
        sandbox.write("b/run.json", run.replace(from, &format!("\"{count}\": {}", u64::MAX)));
        sandbox.run("merge a b --out joined").ends(2).says(format!(
            "error: `{count}` in the run.json of all reports together is too large: one of them was \
             changed; classify its inputs again\n"
        ));
    }
}

#[test]
fn a_report_of_another_version_is_refused() {
    let sandbox = reports(&format!("--lexicon {KITCHEN}"));
    let run = sandbox.read("b/run.json");
    sandbox.write("b/run.json", run.replace(env!("CARGO_PKG_VERSION"), "9.9.9"));
    sandbox.run("merge b --out joined").ends(2).says(
        "error: b was written by rolelean 9.9.9, and this is [..]: classify again with this version, or join with that \
         one\n",
    );
    let mut older: Value = serde_json::from_str(&run).unwrap();
    older.as_object_mut().unwrap().remove("rows");
    sandbox.write("b/run.json", older.to_string());
    sandbox.run("merge a b --out joined").ends(2).says(
        "error: b does not say how many rows its tables have, as older reports do not: classify again with this \
         version\n",
    );
}

#[test]
fn what_is_not_joined_is_named() {
    let sandbox = reports(&format!("--lexicon {KITCHEN} --html --jsonl --xlsx"));
    sandbox
        .run("merge a b --out joined")
        .ends(0)
        .says("2 postings of 2 reports joined in joined\nnot joined: postings.jsonl, report.html, report.xlsx\n");
    assert_eq!(sandbox.names("joined"), ["matches.csv", "postings.csv", "run.json", "skills.csv", "skipped.csv"]);
    sandbox
        .run("merge a b --xlsx --out joined")
        .ends(0)
        .says("2 postings of 2 reports joined in joined\nnot joined: postings.jsonl, report.html\n");
    assert!(sandbox.names("joined").contains(&"report.xlsx".to_owned()));
}

#[test]
fn a_page_needs_the_texts_and_the_lexicon_of_the_reports() {
    let sandbox = reports(&format!("--lexicon {KITCHEN} --jsonl"));
    let cases = [
        (
            "merge b --html --out joined",
            "error: the reports were made with the lexicon kitchen-garden 1, sha256 [..], and report.html would be with \
             software-systems [..]: give the lexicon of the reports with --lexicon and --extend\n",
        ),
        (
            &format!("merge a b --html --out joined --lexicon {KITCHEN}"),
            "error: report.html is made from the texts in postings.jsonl, and a has none: classify its inputs again with \
             --jsonl, or go on without --html and --jsonl\n",
        ),
        (
            &format!("merge a b --out joined --lexicon {KITCHEN}"),
            "error: --lexicon and --extend are only for --html: add --html, or leave them out\n",
        ),
    ];
    for (arguments, expected) in cases {
        sandbox.run(arguments).ends(2).says(expected);
    }
    let whole = sandbox.read("b/postings.jsonl");
    sandbox.write("b/postings.jsonl", whole.replace("Pruning and mowing.", "Cooking and baking."));
    sandbox.kitchen("merge b --html --out joined").ends(2).says(
        "error: cannot make report.html from the joined report: its texts do not give the verdicts of postings.csv\n",
    );
    sandbox.write("b/postings.jsonl", whole);
    sandbox.kitchen("merge b --html --out joined").ends(0);
    sandbox.kitchen("classify 2.txt --html --jsonl --out one --quiet").ends(0);
    assert_eq!(sandbox.read("joined/report.html"), sandbox.read("one/report.html"));
}
