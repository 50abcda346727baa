//! How a report is put in place, and what is never replaced.

use std::collections::BTreeMap;

use crate::sandbox::{KITCHEN, Sandbox, piped};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/cook.txt", "Cook\n\nCooking and baking.");
    sandbox
}

#[test]
fn an_older_report_is_replaced_whole() {
    let sandbox = sandbox();
    sandbox.kitchen("classify in --out report").ends(0);
    sandbox.write("report/postings.jsonl", "of a run with --jsonl");
    sandbox.write("in/gardener.txt", "Gardener\n\nPruning and mowing.");
    sandbox.kitchen("classify in --out report").ends(0);
    assert_eq!(sandbox.read("report/postings.csv").lines().count(), 3);
    assert_eq!(sandbox.names("report"), ["matches.csv", "postings.csv", "run.json", "skills.csv", "skipped.csv"]);
    assert_eq!(sandbox.names("."), ["in", "report"]);
}

#[test]
fn folders_above_the_report_are_made_and_an_empty_one_is_taken() {
    let sandbox = sandbox();
    sandbox.kitchen("classify in --out a/b/report").ends(0);
    assert!(sandbox.path("a/b/report/run.json").is_file());
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    sandbox.kitchen("classify in --out empty").ends(0);
    assert!(sandbox.path("empty/run.json").is_file());
}

#[test]
fn what_is_no_report_is_left_alone() {
    let sandbox = sandbox();
    sandbox.write("thesis/chapter-1.txt", "dear").write("notes.txt", "dear");
    let cases = [
        (
            "thesis",
            "error: thesis holds `chapter-1.txt`, which rolelean did not write; it was not changed: choose another \
             folder with --out\n",
        ),
        ("notes.txt", "error: notes.txt is not a folder; it was not changed: choose another place with --out\n"),
    ];
    for (place, expected) in cases {
        sandbox.kitchen(&format!("classify in --out {place}")).ends(2).prints("").says(expected);
    }
    assert_eq!(sandbox.read("thesis/chapter-1.txt"), "dear");
    assert_eq!(sandbox.read("notes.txt"), "dear");
    assert_eq!(sandbox.names("."), ["in", "notes.txt", "thesis"]);
}

/// Every command that writes a folder, but for the folder.
const COMMANDS: [&str; 5] = [
    "classify ROOT/in --lexicon KITCHEN --quiet --out",
    "merge ROOT/one ROOT/two --quiet --out",
    "lexicon build --left ROOT/cook.md --right ROOT/gardener.md --quiet --out",
    "lexicon import ROOT/skills.csv --quiet --out",
    "lexicon init --quiet",
];

/// What each command needs, and places of all kinds.
fn places() -> Sandbox {
    let sandbox = sandbox();
    sandbox.write("in2/gardener.txt", "Gardener\n\nPruning and mowing.");
    for (input, out) in [("in", "one"), ("in2", "two"), ("in", "report"), ("in", "noted"), ("in", "at/report")] {
        sandbox.kitchen(&format!("classify {input} --jsonl --out {out} --quiet")).ends(0);
    }
    sandbox.write("cook.md", "# Cook\n\nCooks soups, sauces and meals. Writes menus, and orders from suppliers.\n");
    sandbox.write("gardener.md", "# Gardener\n\nPrunes roses and hedges. Mows lawns and turns the compost.\n");
    sandbox.write("skills.csv", "name,aliases,side\nlawns,,garden\nmenus,,kitchen\n");
    for number in 1..=50 {
        sandbox.write(&format!("files/{number}.txt"), format!("dear {number}"));
    }
    sandbox.write("theirs/run.json", "{\"model\": \"theirs\"}").write("theirs/model.bin", [0, 1, 2]);
    sandbox.write("only-run/run.json", "{\"model\": \"theirs\"}");
    sandbox.write("noted/notes.md", "mine").write("file", "mine").write("at/files/thesis.txt", "mine");
    sandbox.write("mine/lexicon.toml", "# mine").write("mine/skills/own.toml", "# mine");
    for folder in ["empty", "real", "at/empty"] {
        std::fs::create_dir(sandbox.path(folder)).unwrap();
    }
    sandbox
}

/// Every file below the sandbox with its content; folders and links are named.
fn everything(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for name in sandbox.names(&folder) {
            let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let path = sandbox.path(&name);
            if path.is_symlink() {
                found.insert(name, std::fs::read_link(path).unwrap().to_string_lossy().into_owned().into_bytes());
            } else if path.is_dir() {
                found.insert(name.clone(), Vec::new());
                folders.push(name);
            } else {
                found.insert(name.clone(), sandbox.bytes(&name));
            }
        }
    }
    found
}

/// Each place with the exit codes of the [`COMMANDS`]: 0 where it is written, 2 where it is refused and
/// everything is as it was. A place in a folder is `.` while one stands in that folder.
#[cfg(unix)]
#[test]
fn whatever_stands_at_out_is_kept() {
    let cases = [
        ("missing/deep/place", [0, 0, 0, 0, 0]),
        ("empty", [0, 0, 0, 0, 0]),
        ("report", [0, 0, 2, 2, 2]),
        ("noted", [2, 2, 2, 2, 2]),
        ("files", [2, 2, 2, 2, 2]),
        ("theirs", [2, 2, 2, 2, 2]),
        ("only-run", [2, 2, 2, 2, 2]),
        ("mine", [2, 2, 2, 2, 2]),
        ("file", [2, 2, 2, 2, 2]),
        ("file/place", [2, 2, 2, 2, 2]),
        ("link", [0, 0, 0, 0, 0]),
        ("link-to-report", [0, 0, 2, 2, 2]),
        ("link-to-files", [2, 2, 2, 2, 2]),
        ("link-to-file", [2, 2, 2, 2, 2]),
        ("dangling", [2, 2, 2, 2, 2]),
        ("at/empty .", [0, 0, 0, 0, 0]),
        ("at/report .", [0, 0, 2, 2, 2]),
        ("at/files .", [2, 2, 2, 2, 2]),
        ("at .", [2, 2, 2, 2, 2]),
        ("at/files ..", [2, 2, 2, 2, 2]),
    ];
    let places = places();
    for (place, codes) in cases {
        for (command, code) in COMMANDS.iter().zip(codes) {
            let sandbox = places.twin();
            for (link, to) in [
                ("link", "real"),
                ("link-to-report", "report"),
                ("link-to-files", "files"),
                ("link-to-file", "file"),
                ("dangling", "nowhere"),
            ] {
                std::os::unix::fs::symlink(to, sandbox.path(link)).unwrap();
            }
            let (folder, out) = place.split_once(' ').unwrap_or((".", place));
            let root = sandbox.path("");
            let command = command.replace("ROOT", root.to_str().unwrap()).replace("KITCHEN", KITCHEN);
            let before = everything(&sandbox);
            let ran = sandbox.shell(&format!("cd {folder} && rolelean {command} {out}")).ends(code);
            let mut after = everything(&sandbox);
            if code == 0 {
                let written = if out == "." { folder } else { out };
                let written = written.replace("link-to-report", "report").replace("link", "real");
                let mark =
                    format!("{written}/{}", if command.starts_with("lexicon") { "lexicon.toml" } else { "run.json" });
                assert!(after.contains_key(&mark), "{ran}{after:?}");
                after.retain(|name, _| !name.starts_with(&written) && !written.starts_with(name.as_str()));
                let others = before
                    .iter()
                    .filter(|(name, _)| !name.starts_with(&written) && !written.starts_with(name.as_str()));
                assert!(others.eq(after.iter()), "{place}: {ran}");
            } else {
                assert_eq!(after, before, "{place}: {ran}");
                assert!(ran.stderr.starts_with("error: ") && !ran.stderr.contains("rolelean-tmp"), "{ran}");
            }
        }
    }
}

#[test]
fn inputs_are_never_where_the_report_is_to_stand() {
    let sandbox = sandbox();
    sandbox.kitchen("classify in --out report").ends(0);
    sandbox.write("report/postings.jsonl", "{\"text\": \"Cooking and baking.\"}\n");
    let before = everything(&sandbox);
    let cases = [
        ("in --out in", "`in` is an input, so the report cannot be written there"),
        ("in --out ./in/", "`in` is an input, so the report cannot be written to ./in/"),
        ("in/cook.txt --out in", "`in/cook.txt` is an input, so the report cannot be written to in"),
        ("in/cook.txt --out .", "`in/cook.txt` is an input, so the report cannot be written to ."),
        (
            "in report/postings.jsonl --out report",
            "`report/postings.jsonl` is an input, so the report cannot be written to report",
        ),
        (
            "in/../report/postings.jsonl --out in/../report",
            "`in/../report/postings.jsonl` is an input, so the report cannot be written to in/../report",
        ),
    ];
    for (arguments, expected) in cases {
        let expected = format!("error: {expected}; choose another folder with --out\n");
        sandbox.kitchen(&format!("classify {arguments}")).ends(2).prints("").says(expected);
        assert_eq!(everything(&sandbox), before);
    }
    // Where nothing is written, nothing is in the way.
    sandbox.kitchen("classify report/postings.jsonl --stdout").ends(0);
    sandbox.kitchen("classify in --out in/report").ends(0);
}

#[test]
fn what_is_saved_into_the_folder_meanwhile_stays() {
    for older in [false, true] {
        let sandbox = sandbox();
        if older {
            sandbox.kitchen("classify in --out report").ends(0);
        } else {
            std::fs::create_dir(sandbox.path("report")).unwrap();
        }
        let mut child = piped(&mut sandbox.command(&format!("classify - --out report --quiet --lexicon {KITCHEN}")));
        while !sandbox.names(".").iter().any(|name| name.starts_with(".rolelean-tmp-")) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        // From here on the place has been looked at, or is about to be: either way it must stay.
        sandbox.write("report/saved.txt", "mine");
        let before = everything(&sandbox);
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"Cook\n\nCooking and baking.").unwrap();
        let ran = crate::sandbox::Ran::new("classify -", &child.wait_with_output().unwrap()).ends(2);
        assert!(
            ran.stderr.contains("report holds `saved.txt`, which rolelean did not write; it was not changed"),
            "{ran}"
        );
        for (name, content) in before.iter().filter(|(name, _)| name.starts_with("report")) {
            assert!(everything(&sandbox).get(name) == Some(content), "{name}: {ran}");
        }
        assert!(sandbox.names(".").iter().all(|name| !name.starts_with(".rolelean-tmp-")), "{:?}", sandbox.names("."));
        if ran.stderr.starts_with("error: meanwhile") {
            assert_eq!(sandbox.read("report-new/postings.csv").lines().count(), 2);
        }
    }
}

#[test]
fn a_run_that_fails_leaves_the_older_report() {
    let sandbox = sandbox();
    sandbox.kitchen("classify in --out report").ends(0);
    let before = sandbox.read("report/postings.csv");
    sandbox.write("in/void.txt", "");
    sandbox.kitchen("classify in --out report --fail-fast").ends(1).says("error: in/void.txt: empty file\n");
    sandbox.kitchen("classify in nowhere.txt --out report").ends(2);
    assert_eq!(sandbox.read("report/postings.csv"), before);
    assert_eq!(sandbox.names("."), ["in", "report"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_older_report() {
    let sandbox = sandbox();
    sandbox.kitchen("classify in --out report").ends(0);
    let before = sandbox.read("report/postings.csv");
    let many = "id,text\n".to_owned() + &"1,Cooking and baking and mowing the lawn.\n".repeat(2000);
    sandbox.write("many.csv", many);
    // A file may grow no further than 16 blocks, and the signal that would say so is ignored.
    let kitchen = KITCHEN;
    let line = format!("trap '' XFSZ; ulimit -f 16; rolelean classify many.csv --out report --lexicon {kitchen}");
    let ran = sandbox.shell(&line).ends(2);
    assert!(ran.stderr.starts_with("error: cannot write matches.csv: File too large"), "{ran}");
    assert_eq!(sandbox.read("report/postings.csv"), before);
    assert_eq!(sandbox.names("."), ["in", "many.csv", "report"]);
}

/// Rows of a workbook wait in a file of their own, larger than any table.
#[cfg(all(unix, feature = "xlsx"))]
#[test]
fn a_disk_that_is_full_of_a_workbook_leaves_the_older_report() {
    let sandbox = sandbox();
    sandbox.kitchen("classify in --out report").ends(0);
    let before = sandbox.read("report/postings.csv");
    sandbox.write("many.csv", "id,text\n".to_owned() + &"1,Cooking and baking and mowing the lawn.\n".repeat(200));
    let line =
        format!("trap '' XFSZ; ulimit -f 200; rolelean classify many.csv --out report --xlsx --lexicon {KITCHEN}");
    let ran = sandbox.shell(&line).ends(2);
    assert!(
        ran.stderr.contains("\nerror: cannot write report.xlsx: ") && ran.stderr.contains("File too large"),
        "{ran}"
    );
    assert_eq!(sandbox.read("report/postings.csv"), before);
    assert_eq!(sandbox.names("."), ["in", "many.csv", "report"]);
}

#[test]
fn a_place_that_cannot_be_written_is_named_before_anything_is_read() {
    let sandbox = sandbox();
    sandbox.write("file", "");
    let ran = sandbox.kitchen("classify in --out file/report").ends(2);
    assert!(ran.stderr.starts_with("error: cannot write file/report: "), "{ran}");
    assert_eq!(ran.stderr.lines().count(), 1);
}

#[test]
fn the_report_is_not_read_as_postings() {
    let sandbox = sandbox();
    for _ in 0..2 {
        sandbox.kitchen("classify . --out report").ends(0);
        assert_eq!(sandbox.read("report/postings.csv").lines().count(), 2);
    }
}
