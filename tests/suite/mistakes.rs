//! What is said of a command line that is wrong, all on one page.

use std::fmt::Write as _;

use snapbox::file;

use crate::sandbox::Sandbox;

/// Command lines that people have tried.
const TRIED: &[&str] = &[
    "classify in --ouput x",
    "classify in --output x",
    "classify in --format jsonl",
    "classify in --csv",
    "classify in --json",
    "classify in --html=page.html",
    "classify in --nonsense",
    "classify in --file-from list.txt",
    "--lexicon kitchen classify in",
    "explain in/a.csv --html",
    "classify in --threads abc",
    "classify in --threads 0",
    "classify in --max-depth x",
    "classify in --max-document-bytes 3q",
    "lexicon list",
    "lexicon shwo",
    "clasify in",
    "in/a.csv",
    "lexicon trace pythn",
    "lexicon trace xyzzy",
    "classify http://jobs.example/1",
    "classify inn",
    "classify Job ads 2026",
    "classify in --lexicon kitchen/lexicon.toml",
    "classify in --lexicon nowhere",
    "classify in --out /dev/null/x",
    "explain in --posting zz",
    "explain in/b.csv --posting vacancy-12",
    "explain in",
    "classify",
    "explain",
    "evaluate gold.csv",
    "evaluate in/a.csv",
    "classify --files-from nowhere.txt",
    "classify --files-from empty.txt",
    "merge",
];

/// What the system says of missing files is part of some messages.
#[cfg(unix)]
#[test]
fn every_mistake_is_answered_with_what_was_meant() {
    let sandbox = Sandbox::new();
    sandbox
        .write("in/a.csv", "id,text\n1,Cooking.\n2,Mowing.\n")
        .write("in/b.csv", "id,text\nvacancy-11,Cooking.\nvacancy-21,Mowing.\n")
        .write("Job ads 2026/a.txt", "Cooking.")
        .write("kitchen/lexicon.toml", "")
        .write("gold.csv", "id,leaning\n1,software-engineer\n")
        .write("empty.txt", "\n");
    let mut page = String::new();
    for arguments in TRIED {
        let output = sandbox.command(arguments).stdin(std::process::Stdio::null()).output().unwrap();
        let (code, said) = (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap());
        let printed = String::from_utf8(output.stdout).unwrap();
        writeln!(page, "$ rolelean {arguments}\n{printed}{said}exit code {code}\n").unwrap();
    }
    snapbox::assert_data_eq!(page, file!["snapshots/mistakes.txt"].raw());
}
