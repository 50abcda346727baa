//! Standard input to standard output: each line answered as it comes, in its place.

use std::io::{BufRead as _, BufReader, Write as _};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use crate::sandbox::{KITCHEN, Sandbox, package, piped};

const JSONL: &str = "classify - --input-format jsonl --stdout --output-format jsonl --quiet";

/// How long an answer may take on the slowest of machines. One that waits for the end of the
/// input would never come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes each part to the program's standard input, which stays open, and reads the lines
/// that it must answer with before it gets the next.
fn talk(arguments: &str, parts: &[(&str, &[&str])]) {
    let sandbox = Sandbox::new();
    let mut child = piped(&mut sandbox.command(&format!("{arguments} --lexicon {KITCHEN}")));
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let (to_test, answers) = mpsc::channel();
    let reader = std::thread::spawn(move || output.lines().all(|line| to_test.send(line.unwrap()).is_ok()));
    for (part, expected) in parts {
        input.write_all(part.as_bytes()).unwrap();
        input.flush().unwrap();
        for expected in *expected {
            let answer = answers.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no answer to {part:?}"));
            assert!(answer.starts_with(expected), "{answer} to {part:?}, expected {expected}");
        }
    }
    drop(input);
    child.wait().unwrap();
    assert!(reader.join().unwrap());
    assert_eq!(answers.try_iter().collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn lines_are_answered_while_the_pipe_is_open() {
    let parts: [(&str, &[&str]); 5] = [
        (
            "{\"id\": 1, \"text\": \"Cooking and baking.\"}\n",
            &["{\"posting\":1,\"id\":\"1\",\"source\":\"stdin\",\"record\":1,"],
        ),
        ("{\"id\": 2, \"text\": \"Mowing.\"}\n{\"id\": 3, \"te", &["{\"posting\":2,\"id\":\"2\","]),
        ("xt\": \"Baking.\"}\n", &["{\"posting\":3,\"id\":\"3\","]),
        (
            "{\"id\": 4, \"text\": \"Baking.\"}\nnot JSON\n{\"id\": 6, \"text\": \"Baking.\"}\n",
            &[
                "{\"posting\":4,\"id\":\"4\",",
                "{\"id\":null,\"source\":\"stdin\",\"record\":5,\"error\":",
                "{\"posting\":5,\"id\":\"6\",",
            ],
        ),
        ("{\"text\": \"Baking.\"}\n", &["{\"posting\":6,\"id\":\"stdin#7\","]),
    ];
    for threads in [1, 3] {
        talk(&format!("{JSONL} --threads {threads}"), &parts);
    }
}

#[test]
fn rows_and_elements_are_answered_too() {
    talk(
        "classify - --input-format csv --stdout --quiet",
        &[
            ("id,text\n1,Cooking and baking.\n", &["posting,id,source,title,", "1,1,stdin,"]),
            ("2,\"Mowing,\nand pruning.\"\n3,Mow", &["2,2,stdin,"]),
            ("ing.\n", &["3,3,stdin,"]),
        ],
    );
    talk(
        "classify - --input-format tsv --stdout --output-format jsonl --quiet",
        &[(
            "id\ttext\n1\tCooking.\n2\t\n",
            &["{\"posting\":1,\"id\":\"1\",", "{\"id\":\"2\",\"source\":\"stdin\",\"record\":2,\"error\":"],
        )],
    );
    talk(
        "classify - --input-format json --stdout --output-format jsonl --quiet",
        &[
            ("[\n{\"id\": 1, \"text\": \"Cooking.\"},\n{\"id\": 2,", &["{\"posting\":1,\"id\":\"1\","]),
            ("\"text\": \"x\"}]", &["{\"posting\":2,\"id\":\"2\","]),
        ],
    );
}

#[test]
fn every_line_has_one_answer_in_its_place() {
    let sandbox = Sandbox::new();
    let line = |number: usize| match number % 7 {
        0 => "{\"id\": \"cut off\n".to_owned(),
        1 => format!("{{\"id\": {number}, \"text\": \" \"}}\n"),
        2 => format!("{{\"id\": {number}, \"tasks\": 1}}\n"),
        _ => format!("{{\"id\": {number}, \"text\": \"Cooking and baking.\"}}\n"),
    };
    let lines: String = (1..=500).map(line).collect();
    let one = sandbox.pipe(&lines, &format!("{JSONL} --threads 1")).ends(1).says("").stdout;
    assert_eq!(sandbox.pipe(&lines, &format!("{JSONL} --threads 4")).stdout, one);
    assert_eq!(one.lines().count(), 500);
    let schema: Value = serde_json::from_slice(&std::fs::read(package("docs/postings.schema.json")).unwrap()).unwrap();
    let error: Vec<&String> = schema["$defs"]["error"]["properties"].as_object().unwrap().keys().collect();
    for (number, line) in (1..).zip(one.lines()) {
        let object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(object["record"], number, "{line}");
        let id = if number % 7 == 0 { Value::Null } else { number.to_string().into() };
        assert_eq!(object["id"], id, "{line}");
        assert_eq!(object.get("error").is_some(), number % 7 < 3, "{line}");
        if number % 7 < 3 {
            assert_eq!(object.as_object().unwrap().keys().collect::<Vec<_>>(), error, "{line}");
        }
    }
}

#[test]
fn the_objects_are_those_of_a_report() {
    let sandbox = Sandbox::with_samples();
    sandbox.run("classify samples --jsonl --out report --quiet").ends(0);
    let ran = sandbox.run("classify samples --stdout --output-format jsonl --quiet").ends(0);
    assert_eq!(ran.stdout, sandbox.read("report/postings.jsonl"));
}

#[test]
fn a_format_decides_what_the_content_does_not() {
    let sandbox = Sandbox::new();
    // By themselves all but the third would be taken for something else.
    let cases = [
        ("id,description\n", "csv", "no records under the header"),
        ("text\nCooking.\n", "csv", ""),
        ("id,text\n1,Cooking.\n", "text", ""),
        ("{\"jobs\": []}\n", "jsonl", "no text column"),
    ];
    for (input, format, says) in cases {
        let ran = sandbox.pipe(input, &format!("classify - --stdout --output-format jsonl --input-format {format}"));
        assert!(ran.stdout.lines().count() == 1 && ran.stdout.contains(says), "{ran}");
        assert_eq!(ran.stdout.contains("\"error\":"), !says.is_empty(), "{ran}");
    }
    sandbox.write("a.txt", "Cooking.");
    sandbox
        .kitchen("classify a.txt --input-format csv --out report")
        .ends(2)
        .says("error: --input-format is for standard input: add `-` as a path, or leave the option out\n");
    sandbox.kitchen("classify a.txt --output-format jsonl").ends(2);
}
