//! Every command of the README, and the output it shows.

use std::ops::Range;

use regex::Regex;
use snapbox::IntoData as _;

use crate::classify::SAMPLES;
use crate::sandbox::{Sandbox, package};
use crate::table::Table;

/// The pages whose commands are run.
const PAGES: [&str; 11] = [
    "README.md",
    "docs/compare.md",
    "docs/design.md",
    "docs/output.md",
    "docs/report.md",
    "docs/pipes.md",
    "docs/scale.md",
    "docs/lexicon.md",
    "docs/other-roles.md",
    "CONTRIBUTING.md",
    "samples/README.md",
];

/// A fenced block: its language and where its lines are.
struct Block {
    language: String,
    lines: Range<usize>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(language) = line.trim_end().strip_prefix("```") {
            match open.take() {
                Some((language, start)) => blocks.push(Block { language, lines: start..at }),
                None => open = Some((language.to_owned(), at + line.len())),
            }
        }
        at += line.len();
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

/// Commands that set up or run the tests: there is no running them from inside.
fn is_set_up(line: &str) -> bool {
    ["cargo test", "cargo install", "SNAPSHOTS=", "git clone"].iter().any(|start| line.starts_with(start))
}

/// How long a run took differs from run to run.
fn without_seconds(text: &str) -> String {
    Regex::new(r"in [0-9]+[.][0-9]{2} s").unwrap().replace_all(text, "in 0.00 s").into_owned()
}

#[cfg(unix)]
#[test]
fn every_command_runs_and_prints_what_is_shown() {
    for name in PAGES {
        let path = package(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let shown = run_all(name, &text);
        if shown != text && std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
            std::fs::write(&path, shown).unwrap();
        } else {
            snapbox::assert_data_eq!(without_seconds(&shown), without_seconds(&text).into_data().raw());
        }
    }
}

/// The text with each block of output as the commands before it print it today.
#[cfg(unix)]
fn run_all(name: &str, text: &str) -> String {
    let sandbox = Sandbox::with_samples();
    sandbox.copy("lexicons").copy("tests/suite/kitchen");
    sandbox.copy("examples/other-roles").copy("examples/data-roles");
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    let mut output = None;
    for Block { language, lines } in blocks(text) {
        match language.as_str() {
            "sh" => output = Some(run_block(&sandbox, &text[lines])),
            "text" => {
                let output = output.take().unwrap_or_else(|| panic!("{name}: output of no command"));
                shown += &text[done..lines.start];
                shown += &output;
                done = lines.end;
            }
            _ => {}
        }
    }
    shown + &text[done..]
}

/// The commands of a block: a line each, and all lines of what is written to a file.
#[cfg(unix)]
fn commands(lines: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut inside = false;
    for line in lines.lines().filter(|line| !line.is_empty()) {
        match commands.last_mut().filter(|_| inside) {
            Some(command) => *command += &format!("\n{line}"),
            None => commands.push(line.to_owned()),
        }
        inside = if inside { line != "END" } else { line.ends_with("<<'END'") };
    }
    commands
}

/// What a person sees who types these lines.
#[cfg(unix)]
fn run_block(sandbox: &Sandbox, lines: &str) -> String {
    let mut output = String::new();
    for line in commands(lines).iter().filter(|line| !line.starts_with('#') && !is_set_up(line)) {
        let line = line.replace("cargo run --", "rolelean");
        let ran = sandbox.shell(&format!("exec 2>&1; {line}")).ends(0);
        output += &ran.stdout;
    }
    output
}

#[test]
fn the_columns_are_explained_in_their_order() {
    let text = std::fs::read_to_string(package("docs/output.md")).unwrap();
    for name in ["postings.csv", "matches.csv", "skills.csv", "skipped.csv"] {
        let section = text.split(&format!("\n## {name}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
        let columns: Vec<&str> =
            section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        let header = Table::parse(&SAMPLES.read(&format!("report/{name}"))).header;
        assert_eq!(columns.join(","), header, "{name}");
    }
}

#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]+)\)").unwrap();
    for name in PAGES {
        let path = package(name);
        let text = std::fs::read_to_string(&path).unwrap();
        for target in link.captures_iter(&text).map(|found| found[1].to_owned()) {
            assert!(path.parent().unwrap().join(&target).exists(), "{name}: {target}");
        }
    }
}
