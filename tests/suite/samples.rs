//! The samples against what a careful reader expects.

use std::collections::BTreeMap;

use crate::classify::SAMPLES;
use crate::sandbox::package;
use crate::table::Table;

/// Samples that do not come out as a careful reader reads them, and as what they do. Each
/// is a flaw of the program or its lexicon: the list may only become shorter.
///
/// All of them are jobs of both roles. `balanced` is said in a band of tilts that was fitted to
/// postings in which such jobs are rare, and is narrow (docs/accuracy.md); these lie beside it.
const EXCEPTIONS: &[(&str, &str)] = &[
    // The tilt is -0.12: programming has more names than running a build farm.
    ("csv-05", "software-engineer"),
    // The tilt is -0.18: the weeks of features name more skills than those of platform.
    ("postings/24-half-product-half-platform.md", "software-engineer"),
    // The tilt is 0.00; prose that names few skills has less evidence than is asked for.
    ("postings/25-museum-one-person-it.txt", "software-engineer"),
    // The tilt is -0.01; the evidence of each side is less than is asked for.
    ("postings/26-hil-simulation-and-integration.txt", "software-engineer"),
    // The tilt is 0.37: `run` is told at length, `build` in a few skills of little weight.
    ("postings/27-trading-build-and-run.txt", "systems-engineer"),
    // A title and a blurb: what the blurb names is no skill of the job any more, but the title and the
    // little that a blurb counts still outweigh that nothing is said.
    ("postings/40-blurb-without-duties.md", "systems-engineer"),
];

fn by_id(text: &str) -> BTreeMap<String, String> {
    Table::parse(text).rows.into_iter().map(|row| (row["id"].clone(), row["leaning"].clone())).collect()
}

#[test]
fn the_samples_lean_as_expected_but_for_the_known_exceptions() {
    let expected = by_id(&SAMPLES.read("samples/expected.csv"));
    let found = by_id(&SAMPLES.read("report/postings.csv"));
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    let wrong: BTreeMap<&str, &str> = found
        .iter()
        .filter(|(id, leaning)| expected[*id] != **leaning)
        .map(|(id, leaning)| (id.as_str(), leaning.as_str()))
        .collect();
    assert_eq!(wrong, EXCEPTIONS.iter().copied().collect(), "samples that come out wrong, and the list of exceptions");
}

#[test]
fn the_readme_of_the_samples_lists_what_is_expected() {
    let readme = std::fs::read_to_string(package("samples/README.md")).unwrap();
    let listed: BTreeMap<String, String> = readme
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    assert_eq!(listed, by_id(&SAMPLES.read("samples/expected.csv")));
}
