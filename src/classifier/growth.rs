//! Work must grow with the length of a text, not with its square: n and 4n bytes of many
//! kinds of text that repeat themselves. Steps are counted, so that no clock decides.

use proptest::prelude::*;

use super::testing::CLASSIFIER;
use crate::input::Posting;

/// Bytes of the shorter text.
const SHORT: usize = 6_000;
/// How many times as long the longer one is.
const TIMES: u64 = 4;
/// Steps for each byte that any text may take.
const PER_BYTE: u64 = 400;

/// What is repeated: each once made something take time with the square of the length, or might.
const UNITS: [&str; 160] = [
    "remote ",
    "location: remote, ",
    "full-time permanent position ",
    "visa sponsorship ",
    "security clearance? ",
    "build ",
    "servers ",
    "build, servers and ",
    "administration of ",
    "servers, ",
    "design and xx xx xx applications, ",
    "BS ",
    "MS, ",
    "PhD ",
    "degree ",
    "bachelor degree in computer science or ",
    "electrical or ",
    "electrical, ",
    "computer science, ",
    "master's or ",
    "no java, ",
    "java not required ",
    "not necessary, ",
    "No Java. ",
    "not only ",
    "no ",
    "but ",
    "; ",
    "java; ",
    "java must preferred ",
    "required, ",
    "a plus. ",
    "preferred ",
    "HA ",
    "Go, ",
    "C/",
    "R&D ",
    "C++",
    "C+ ",
    ".NET ",
    "node.js ",
    "ci/cd ",
    "network xx ",
    "Vault and ",
    "Rust and Go and ",
    "spring ",
    "monitoring ",
    "linux and ",
    "ECS EBS ALB KMS ECR ",
    "Helm xx Kafka yy ",
    "EC2 here. Z z z z z z z z. ECS. Z z z z z z z z. EBS. ",
    "5 years ",
    "5 + (5) - 6 years, ",
    "five (5) ",
    "5 - 5 - ",
    "at least 5 years of ",
    "between 5 and 6 years ",
    "5 years - 3 years - ",
    "5 and ",
    "6 months - ",
    "Acme has 5 years ",
    "no less than 5 years, ",
    "colleagues with 5 years ",
    "residency 5 years ",
    "java (5 years), ",
    "Java: 5 years (Required) ",
    "years of experience: 5 ",
    "years ago in a row ",
    "salary ) $50,000 ( ",
    "salary: $90k+ bonus ",
    "$5",
    "$5k-",
    "5k ",
    "GBP5",
    "401k ",
    "PMP or ",
    "no CSM, ",
    "R5 000 ",
    "Rs. 5 ",
    "OTE £60k, ",
    "$5 in ",
    "$5 biweekly - ",
    "per hour ",
    "Requirements: ",
    "Requirements\n",
    "* Nice to have: ",
    "Requirements: we are a leader. ",
    "you will Design ",
    "Experience with X\n",
    "we offer health insurance. ",
    "\u{1f4cb} Skills & tools\n",
    "R E Q U I R E M E N T S\n",
    "R E ",
    "About Heron\n",
    "Similar jobs\n",
    "Essential\tDesirable\n",
    "Essential\tDesirable\na\tb\n",
    "Essential\tDesirable\na\n",
    "a\tb\n",
    "java (kotlin, ideally ",
    "About us\n",
    "salary a year: ",
    "**a** ",
    "_a_ ",
    "*",
    "a*b",
    "\n",
    "a\n",
    "a-\n",
    ". ",
    "A. ",
    "e.g. ",
    "http://",
    "a@b.c ",
    "&amp;",
    "\\*",
    " / ",
    "\u{301}",
    "\u{fb01}",
    "\u{130}",
    "\u{2022} ",
    "\u{1F600}",
    "work with ",
    "work with java engineers, ",
    "engineers and ",
    "helping orchards ",
    "orchard ",
    "non-java ",
    "need not apply without ",
    "contact Ruby ",
    "Oracle is hiring ",
    "At Oracle ",
    "A to C ",
    "R. Smith ",
    "Java-\nScript ",
    "kuber-\n",
    "JavaScriptPython",
    "LinuxDocker ",
    "RequirementsPython ",
    "Java8 ",
    "Java8",
    "C#9 ",
    "#windowsserver ",
    "#",
    "o",
    "\noJava",
    "R E Q U I R E M E N T S ",
    "N I C E T O H A V E\n",
    "> Java and\n",
    ">\n",
    "code.Develop",
    "Windows(R) ",
    "Copyright (C) 2026 ",
    "sql_server_",
    "unit and functional test, ",
    "unit, functional, ",
    "unit/",
    "UNIX/Linux/",
    "Block C, A to C, R. Smith ",
    "JAVA, SPRING AND VAULT\n",
];

/// `unit` over and over, `bytes` long or a little less.
fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// The steps that a text of `bytes` takes, and one `TIMES` as long.
fn work(unit: &str) -> [u64; 2] {
    [1, 4].map(|times| {
        let text = repeated(unit, SHORT * times);
        let document = CLASSIFIER.read("", &text);
        CLASSIFIER.analyse(&Posting::default(), &document);
        document.budget().spent()
    })
}

fn grows_with_the_length(unit: &str) -> Result<(), String> {
    let [short, long] = work(unit);
    // What a short text takes is in part what any text does.
    if long > short * (TIMES + 2) + 4_000 || long > PER_BYTE * SHORT as u64 * TIMES {
        return Err(format!("{unit:?}: {short} steps for {SHORT} bytes, {long} for {TIMES} times as many"));
    }
    Ok(())
}

#[test]
fn work_grows_with_the_length_of_a_text() {
    let wrong: Vec<String> = UNITS.iter().filter_map(|unit| grows_with_the_length(unit).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn work_grows_with_the_length_of_any_mixture(units in prop::collection::vec(prop::sample::select(&UNITS[..]), 1..12)) {
        prop_assert_eq!(grows_with_the_length(&units.concat()), Ok(()));
    }
}
