//! Help, completions and manual pages.

use std::fmt::Write as _;

use snapbox::file;

use crate::sandbox::Sandbox;

#[test]
fn the_help_of_every_command() {
    let sandbox = Sandbox::new();
    let mut page = String::new();
    help(&sandbox, "", &mut page);
    snapbox::assert_data_eq!(page, file!["snapshots/help.txt"].raw());
}

/// The help of a command and of those under it.
fn help(sandbox: &Sandbox, command: &str, page: &mut String) {
    let text = sandbox.run(&format!("{command} --help")).ends(0).says("").stdout;
    writeln!(page, "$ {} --help\n{text}", format!("rolelean {command}").trim_end()).unwrap();
    let commands = text.split_once("\nCommands:\n").map_or("", |(_, list)| list);
    for name in commands.lines().map_while(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        help(sandbox, format!("{command} {name}").trim_start(), page);
    }
}

#[test]
fn the_version_is_the_package_s() {
    Sandbox::new().run("--version").ends(0).prints(concat!("rolelean ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_for_every_shell() {
    let sandbox = Sandbox::new();
    let cases = [
        ("bash", "complete -F _rolelean"),
        ("zsh", "#compdef rolelean"),
        ("fish", "complete -c rolelean"),
        ("elvish", "edit:completion"),
        ("powershell", "Register-ArgumentCompleter"),
    ];
    for (shell, mark) in cases {
        let ran = sandbox.run(&format!("completions {shell}")).ends(0).says("");
        assert!(ran.stdout.contains(mark) && ran.stdout.contains("classify"), "{ran}");
    }
    sandbox.run("completions tcsh").ends(2);
}

#[test]
fn manual_pages_to_read_and_to_install() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run("man").ends(0).says("");
    assert!(ran.stdout.contains(".TH rolelean 1"), "{ran}");
    sandbox.run("man --out man").ends(0).prints("").says("");
    let pages = sandbox.names("man");
    for page in ["rolelean.1", "rolelean-classify.1", "rolelean-explain.1", "rolelean-lexicon-check.1"] {
        assert!(pages.iter().any(|name| name == page), "{pages:?}");
    }
    assert!(sandbox.read("man/rolelean-classify.1").contains("fail\\-fast"));
}
