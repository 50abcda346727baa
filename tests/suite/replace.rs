//! How a report is put in place, and what is never replaced.

use crate::sandbox::Sandbox;

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
            "error: thesis holds `chapter-1.txt`, which rolelean did not write; it is left as it is: choose another \
             folder with --out\n",
        ),
        ("notes.txt", "error: notes.txt is not a folder; it is left as it is: choose another place with --out\n"),
    ];
    for (place, expected) in cases {
        sandbox.kitchen(&format!("classify in --out {place}")).ends(2).prints("").says(expected);
    }
    assert_eq!(sandbox.read("thesis/chapter-1.txt"), "dear");
    assert_eq!(sandbox.read("notes.txt"), "dear");
    assert_eq!(sandbox.names("."), ["in", "notes.txt", "thesis"]);
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
    let kitchen = crate::sandbox::KITCHEN;
    let line = format!("trap '' XFSZ; ulimit -f 16; rolelean classify many.csv --out report --lexicon {kitchen}");
    let ran = sandbox.shell(&line).ends(2);
    assert!(ran.stderr.starts_with("error: cannot write matches.csv: File too large"), "{ran}");
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
