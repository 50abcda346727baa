//! Exit codes, closed pipes, interrupts.

use std::io::{BufRead as _, BufReader};

use crate::sandbox::{KITCHEN, Ran, Sandbox, piped};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("postings/cook.txt", "Cook\n\nCooking and baking.");
    sandbox
}

#[test]
fn all_read_is_0_and_something_skipped_is_1() {
    let sandbox = sandbox();
    sandbox.kitchen("classify postings --out report").ends(0);
    sandbox.write("postings/void.txt", "");
    sandbox.kitchen("classify postings --out report").ends(1);
    sandbox.kitchen("classify postings --stdout").ends(1);
    sandbox.kitchen("classify postings --out report --fail-fast").ends(1);
}

#[test]
fn what_cannot_be_done_is_2_and_says_what_to_do() {
    let sandbox = sandbox();
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    let cases = [
        ("classify postngs", "error: `postngs` does not exist; did you mean `postings`?\n"),
        ("classify postings/cok.txt", "error: `postings/cok.txt` does not exist; did you mean `postings/cook.txt`?\n"),
        ("classify elsewhere", "error: `elsewhere` does not exist\n"),
        ("classify empty", "error: nothing to read in `empty`: no files but hidden ones; no report is written\n"),
        ("classify - -", "error: `-` is given twice: standard input can be read only once\n"),
        ("explain postngs", "error: `postngs` does not exist; did you mean `postings`?\n"),
    ];
    for (arguments, expected) in cases {
        sandbox.kitchen(arguments).ends(2).prints("").says(expected);
    }
    assert_eq!(sandbox.names("."), ["empty", "postings"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_does_not_exist() {
    let sandbox = sandbox();
    std::os::unix::fs::symlink("nowhere", sandbox.path("link.txt")).unwrap();
    sandbox.kitchen("classify link.txt").ends(2).says("error: `link.txt` does not exist[..]\n");
}

#[test]
fn usage_is_2() {
    let sandbox = sandbox();
    for arguments in [
        "",
        "classify",
        "clasify postings",
        "classify postings --threads 0",
        "classify postings --threads 5000",
        "classify --outt x postings",
    ] {
        let ran = sandbox.run(arguments).ends(2);
        assert!(ran.stdout.is_empty() && ran.stderr.contains("--help"), "{ran}");
    }
    let ran = sandbox.run("classify postings --stdout --out x").ends(2);
    assert!(ran.stderr.contains("cannot be used with"), "{ran}");
}

#[test]
fn a_bad_lexicon_is_2_with_every_finding() {
    let sandbox = sandbox();
    sandbox.copy("tests/suite/kitchen");
    let file = "tests/suite/kitchen/skills/garden.toml";
    let text = sandbox.read(file).replace("\"garden\"\nstrength = 3", "\"gardn\"\nstrength = 5");
    sandbox.write(file, text);
    for command in ["classify postings", "explain postings/cook.txt", "lexicon show", "lexicon test"] {
        let ran = sandbox.run(&format!("{command} --lexicon tests/suite/kitchen")).ends(2);
        assert!(ran.stderr.contains("error[unknown-leaning]") && ran.stderr.contains("error[out-of-range]"), "{ran}");
        assert!(ran.stderr.ends_with("error: the lexicon in tests/suite/kitchen has 2 errors\n"), "{ran}");
    }
    sandbox.run("classify postings --lexicon missing").ends(2);
    assert_eq!(sandbox.names("."), ["postings", "tests"]);
}

/// Runs the program on many postings, reads one line of `stdout` or `stderr`, and closes both.
fn first_line(arguments: &str, of_stderr: bool) -> (Ran, String) {
    let sandbox = Sandbox::new();
    let rows: String = (0..20_000).map(|id| format!("{id},Cooking and baking.\n")).collect();
    sandbox.write("many.csv", format!("id,text\n{rows}"));
    let mut child = piped(&mut sandbox.command(&format!("{arguments} --lexicon {KITCHEN}")));
    let mut line = String::new();
    let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    if of_stderr {
        drop(stderr);
        BufReader::new(stdout).read_to_end_line(&mut line);
        return (Ran::new(arguments, &child.wait_with_output().unwrap()), line);
    }
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let errors = std::io::read_to_string(stderr).unwrap();
    let mut ran = Ran::new(arguments, &child.wait_with_output().unwrap());
    ran.stderr = errors;
    (ran, line)
}

trait ReadToEndLine {
    fn read_to_end_line(self, line: &mut String);
}

impl<R: std::io::Read> ReadToEndLine for BufReader<R> {
    /// Reads everything and keeps the last line.
    fn read_to_end_line(self, line: &mut String) {
        *line = self.lines().last().unwrap().unwrap();
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let (ran, line) = first_line("classify many.csv --stdout", false);
    assert!(line.starts_with("posting,id,source,title,"), "{line}");
    assert!(ran.stderr.is_empty(), "{ran}");
    ran.ends(0);
}

#[test]
fn nobody_listening_to_the_summary_is_no_error() {
    let (ran, line) = first_line("classify many.csv --stdout", true);
    assert!(line.starts_with("20000,19999,many.csv,"), "{line}");
    ran.ends(0);
}

/// What the system refuses ends a run as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn limits_of_the_system_are_told_and_not_died_of() {
    let sandbox = sandbox();
    let rows: String = (0..5_000).map(|id| format!("{id},Cooking and baking.\n")).collect();
    sandbox.write("many.csv", format!("id,text\n{rows}"));
    let classify = format!("rolelean classify many.csv --out report --quiet --lexicon {KITCHEN}");
    let ran = sandbox.shell(&format!("ulimit -f 100; {classify}")).ends(2);
    assert!(ran.stderr.starts_with("error: cannot write") && ran.stderr.contains("File too large"), "{ran}");
    assert_eq!(sandbox.names("."), ["many.csv", "postings"]);
    // The program itself takes more with every round.
    let starts = |kilobytes: &usize| sandbox.shell(&format!("ulimit -v {kilobytes}; rolelean --version")).succeeded();
    let least = (30_000..).step_by(1_000).find(starts).unwrap();
    // Room for a few threads of the many, and then for none: exit code 0 or 2, and no panic.
    for kilobytes in [400_000, 200_000, 2 * least, least + 5_000, least + 2_000] {
        let line = format!(
            "ulimit -v {kilobytes}; {classify} --threads 256; code=$?; rm -r report .[!.]*; [ $code = 2 ] || exit $code"
        );
        let ran = sandbox.shell(&line).ends(0);
        assert!(!ran.stderr.contains("panicked"), "{kilobytes}: {ran}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_2() {
    let sandbox = sandbox();
    let ran = sandbox.shell(&format!("rolelean classify postings --stdout --lexicon {KITCHEN} >/dev/full")).ends(2);
    assert_eq!(ran.stderr, "error: cannot write standard output: No space left on device (os error 28)\n");
    let ran = sandbox.shell(&format!("rolelean lexicon show --lexicon {KITCHEN} >/dev/full")).ends(2);
    assert_eq!(ran.stderr, "error: cannot write to standard output: No space left on device (os error 28)\n");
    #[cfg(feature = "pdf")]
    {
        // A last line without an end waits to be written until the program ends.
        let ran = sandbox.shell("rolelean read-pdf 9 </dev/null >/dev/full").ends(2);
        assert_eq!(ran.stderr, "error: cannot write to standard output: No space left on device (os error 28)\n");
    }
}

/// Each thread asks for a stack of its own: so many bytes that a few of them fit, or none, beside the gigabyte of
/// addresses that memory is given out from.
#[cfg(target_os = "linux")]
#[test]
fn threads_that_the_system_refuses_are_done_without() {
    let sandbox = sandbox();
    sandbox.kitchen("classify postings --out report").ends(0);
    let before = sandbox.read("report/postings.csv");
    let line = format!("rolelean classify postings --threads 8 --quiet --lexicon {KITCHEN} --out");
    sandbox.shell(&format!("ulimit -v 5000000; RUST_MIN_STACK=1000000000 {line} fewer")).ends(0).says("");
    assert_eq!(sandbox.read("fewer/postings.csv"), before);
    let ran = sandbox.shell(&format!("RUST_MIN_STACK=1000000000000000000 {line} report")).ends(2);
    assert!(ran.stderr.starts_with("error: the system refuses another thread"), "{ran}");
    assert_eq!(sandbox.read("report/postings.csv"), before);
    assert_eq!(sandbox.names("."), ["fewer", "postings", "report"]);
}

#[cfg(unix)]
mod interrupts {
    use super::*;
    use std::io::Write as _;
    use std::process::Command;
    use std::time::{Duration, Instant};

    /// Waits until the sandbox holds a report under construction.
    fn wait_for_a_report(sandbox: &Sandbox) {
        let started = Instant::now();
        while !sandbox.names(".").iter().any(|name| name.starts_with(".rolelean-tmp-")) {
            assert!(started.elapsed() < Duration::from_secs(60), "no report was begun: {:?}", sandbox.names("."));
            std::thread::sleep(Duration::from_millis(20));
        }
        // The signals are heard from a moment after the folder is made.
        std::thread::sleep(Duration::from_millis(300));
    }

    #[test]
    fn an_interrupted_run_leaves_nothing_behind() {
        let sandbox = sandbox();
        sandbox.kitchen("classify postings --out report").ends(0);
        let before = sandbox.read("report/postings.csv");
        for signal in ["INT", "TERM"] {
            let mut child = piped(&mut sandbox.command(&format!("classify - --out report --lexicon {KITCHEN}")));
            // Standard input stays open: the run waits for more, and must end all the same.
            let mut input = child.stdin.take().unwrap();
            input.write_all(b"id,text\n1,Cooking and baking.\n").unwrap();
            wait_for_a_report(&sandbox);
            Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
            let ran = Ran::new(&format!("SIG{signal}"), &child.wait_with_output().unwrap());
            drop(input);
            ran.ends(130);
            assert_eq!(sandbox.read("report/postings.csv"), before);
            assert_eq!(sandbox.names("."), ["postings", "report"]);
        }
    }
}
