//! Settings files and the environment: what goes before what, and what a file of somebody else may not do.

use crate::sandbox::{Ran, Sandbox};
use crate::table::Table;

const USER: &str = "home/rolelean/rolelean.toml";

fn jobs() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/jobs.csv", "ref,jd,pay\nr1,Cooking and baking.,9\nr2,Mowing and pruning.,8\n");
    sandbox
}

fn ids(ran: &Ran) -> Vec<String> {
    Table::parse(&ran.stdout).column("id").into_iter().map(str::to_owned).collect()
}

#[test]
fn the_command_line_goes_before_the_environment_and_that_before_files() {
    let sandbox = jobs();
    let show = |options: &str, variable: &str| {
        let mut command = sandbox.command(&format!("classify in --show-settings {options}"));
        if let Some((name, value)) = variable.split_once('=') {
            command.env(name, value);
        }
        let ran = Ran::new(options, &command.output().unwrap()).ends(0);
        ran.stdout
            .lines()
            .find(|line| line.starts_with("id-column") || line.contains("id-column is"))
            .unwrap()
            .to_owned()
    };
    let set = |path: &str, column: &str| _ = sandbox.write(path, format!("# mine\nid-column = \"{column}\"\n"));
    assert_eq!(show("", ""), "# id-column is not set");
    set(USER, "user");
    assert!(show("", "").starts_with("id-column = \"user\"  # ") && show("", "").ends_with("rolelean.toml, line 2"));
    set("in/rolelean.toml", "beside");
    assert_eq!(show("", ""), "id-column = \"beside\"  # in/rolelean.toml, line 2");
    let variable = "ROLELEAN_ID_COLUMN=environment";
    assert_eq!(show("", variable), "id-column = \"environment\"  # ROLELEAN_ID_COLUMN");
    assert_eq!(show("--id-column line", variable), "id-column = \"line\"  # command line");
}

#[test]
fn settings_are_shown_as_a_file_of_them() {
    let sandbox = jobs();
    sandbox.write(USER, "threads = 2\ntext-column = [\"jd\", \"a \\\"b\\\"\"]\nhtml = true\nlexicon = \"mine\"\n");
    let shown = sandbox.run("classify --show-settings --max-depth 9").ends(0).says("").stdout;
    let user = sandbox.path("home/rolelean").display().to_string();
    for line in [
        format!("text-column = [\"jd\", 'a \"b\"']  # {user}/rolelean.toml, line 2"),
        format!("html = true  # {user}/rolelean.toml, line 3"),
        format!("lexicon = \"{user}/mine\"  # {user}/rolelean.toml, line 4"),
        "jsonl = false  # default".to_owned(),
        "max-depth = 9  # command line".to_owned(),
        "# keep is not set".to_owned(),
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
    sandbox.write(USER, &shown);
    let again = sandbox.run("classify --show-settings").ends(0).stdout;
    let values = |page: &str| page.lines().map(|line| line.split("  #").next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(values(&again), values(&shown));
}

#[test]
fn a_file_beside_the_inputs_names_their_columns() {
    let sandbox = jobs();
    sandbox.write("in/rolelean.toml", "id-column = \"ref\"\ntext-column = \"jd\"\nkeep = [\"pay\"]\n");
    let note = "in/rolelean.toml sets id-column, keep, text-column; --no-settings goes without it\n";
    for path in ["in", "in/jobs.csv"] {
        let ran = sandbox.kitchen(&format!("classify {path} --stdout")).ends(0);
        assert_eq!(ids(&ran), ["r1", "r2"]);
        assert!(ran.stderr.starts_with(note) && ran.stdout.contains(",warnings,pay\n"), "{ran}");
    }
    sandbox.kitchen("explain in/jobs.csv --posting r2").ends(0);
    let ran = sandbox.kitchen("classify in --stdout --no-settings").ends(0);
    assert!(!ran.stderr.contains("rolelean.toml") && ran.stdout.contains(",warnings\n"), "{ran}");
    // Several folders with settings of their own contradict each other.
    sandbox.write("other/rolelean.toml", "keep = \"*\"\n").write("other/a.txt", "Cooking.");
    let ran = sandbox.kitchen("classify in other --stdout").ends(2);
    ran.says("error: in/rolelean.toml and other/rolelean.toml both stand beside inputs: give the inputs of one of them at a time, or --no-settings\n");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_report_for_excel_is_a_setting() {
    let sandbox = jobs();
    sandbox.write("in/rolelean.toml", "excel = true\ntext-column = \"jd\"\n");
    sandbox.kitchen("classify in --out report -q").ends(0);
    assert!(sandbox.read("report/postings.csv").starts_with('\u{feff}'));
    assert!(sandbox.path("report/report.xlsx").is_file());
    // One stream holds no workbook, and is still marked.
    assert!(sandbox.kitchen("classify in --stdout -q").ends(0).stdout.starts_with('\u{feff}'));
}

#[test]
fn a_file_beside_the_inputs_can_do_no_harm() {
    let sandbox = jobs();
    let told = "is not taken from a file beside inputs, which somebody else may have written: set it in your own \
                rolelean.toml, or on the command line";
    for line in [
        "out = \"/tmp/elsewhere\"",
        "lexicon = \"mine\"",
        "extend = [\"more.toml\"]",
        "raw-cells = true",
        "threads = 256",
        "max-depth = 9000",
        "max-document-bytes = \"9T\"",
    ] {
        sandbox.write("in/rolelean.toml", format!("html = true\n{line}\n"));
        let name = line.split(' ').next().unwrap();
        sandbox.kitchen("classify in").ends(2).says(format!("error: in/rolelean.toml, line 2: `{name}` {told}\n"));
    }
    assert!(!sandbox.path("rolelean-report").exists());
}

#[test]
fn mistakes_are_told_with_their_line() {
    let sandbox = jobs();
    let cases = [
        ("keeep = \"x\"", "no setting is called `keeep`; did you mean `keep`?"),
        ("text_column = \"x\"", "no setting is called `text_column`; did you mean `text-column`?"),
        ("html = \"yes\"", "`html` is `true` or `false`"),
        ("id-column = [\"a\"]", "`id-column` is one value and no list"),
        ("keep = true", "`keep` is a text or a number"),
        ("keep = {a = 1}", "`keep` is a text, a number, `true` or `false`, or a list of texts"),
        ("keep = \"a", "[..]"),
    ];
    for (line, expected) in cases {
        sandbox.write("in/rolelean.toml", format!("# columns\n{line}\n"));
        sandbox.kitchen("classify in").ends(2).says(format!("error: in/rolelean.toml, line 2: {expected}\n"));
    }
    sandbox.write("in/rolelean.toml", "").write(USER, "\nthreads = 1000\n");
    let expected = "error: [..]rolelean.toml, line 2: invalid value '1000' for '--threads <N>': expected a whole number from 1 to 256\n";
    sandbox.kitchen("classify in").ends(2).says(expected);
}
