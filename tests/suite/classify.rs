//! The report on the samples: its columns, sums, offsets, and that it never varies.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use crate::sandbox::{KITCHEN, Sandbox, package};
use crate::table::{Table, units};

const POSTINGS: &str = "posting,id,source,title,company,location,leaning,reason,tilt,probability,p_software,p_systems,p_neither,score,software_evidence,systems_evidence,\
    software_skills,systems_skills,shared_skills,top_software,top_systems,title_leaning,title_agrees,degree,\
    degree_fields,years_min,years_max,salary_min,salary_max,salary_currency,salary_period,certifications,workplace,contract,\
    seniority,clearance,sponsorship,language,words,warnings";
const MATCHES: &str = "posting,id,skill,skill_id,category,leaning,weight,contribution,mentions,first_line,first_column,start,\
    end,section,requirement,negated,years,form,context";
const SKILLS: &str = "skill,skill_id,category,leaning,weight,postings,share,software_postings,systems_postings,\
    required,preferred,lift,sole_evidence,software_share,systems_share,software_required,systems_required,\
    software_preferred,systems_preferred,pay_currency,pay_postings,software_pay_postings,systems_pay_postings,\
    pay_median,software_pay_median,systems_pay_median,pay_left_out,years_postings,software_years_postings,\
    systems_years_postings,years_median,software_years_median,systems_years_median";
const TABLES: [&str; 4] = ["postings.csv", "matches.csv", "skills.csv", "skipped.csv"];

/// The report on the samples, written once for all tests.
pub static SAMPLES: LazyLock<Sandbox> = LazyLock::new(|| {
    let sandbox = Sandbox::with_samples();
    sandbox.run("classify samples --out report").ends(0).prints("");
    sandbox
});

fn table(name: &str) -> Table {
    Table::parse(&SAMPLES.read(&format!("report/{name}")))
}

#[test]
fn the_columns_are_the_contract() {
    let headers = TABLES.map(|name| table(name).header);
    assert_eq!(headers, [POSTINGS, MATCHES, SKILLS, "source,record,reason"]);
}

#[test]
fn a_report_is_five_files_that_end_their_lines_with_a_line_feed() {
    assert_eq!(SAMPLES.names("report"), ["matches.csv", "postings.csv", "run.json", "skills.csv", "skipped.csv"]);
    for name in TABLES {
        let text = SAMPLES.read(&format!("report/{name}"));
        assert!(text.ends_with('\n') && !text.contains('\r'), "{name}");
    }
}

#[test]
fn every_sample_is_there_once_and_in_order() {
    let mut expected: Vec<String> = fs::read_dir(package("samples/postings"))
        .unwrap()
        .map(|entry| format!("postings/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    expected.sort();
    // A folder is walked in the order of its names: `postings`, `postings.csv`, `postings.jsonl`.
    for kind in ["csv", "jsonl"] {
        expected.extend((1..=8).map(|number| format!("{kind}-{number:02}")));
    }
    assert_eq!(table("postings.csv").column("id"), expected);
    assert!(table("skipped.csv").rows.is_empty());
}

#[test]
fn postings_are_numbered_and_matches_lead_to_them() {
    let postings = table("postings.csv");
    let numbers: Vec<String> = (1..=postings.rows.len()).map(|number| number.to_string()).collect();
    assert_eq!(postings.column("posting"), numbers);
    for row in table("matches.csv").rows {
        let number: usize = row["posting"].parse().unwrap();
        assert_eq!(row["id"], postings.rows[number - 1]["id"]);
    }
}

#[test]
fn every_posting_has_one_of_four_leanings() {
    for row in table("postings.csv").rows {
        let known = ["software-engineer", "systems-engineer", "balanced", "neither"];
        assert!(known.contains(&row["leaning"].as_str()), "{row:?}");
    }
}

#[test]
fn contributions_add_up_to_the_score_and_its_parts() {
    let mut parts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in table("matches.csv").rows {
        let contribution = units(&row["contribution"]);
        let (left, right) = parts.entry(row["posting"].clone()).or_default();
        *(if contribution < 0 { left } else { right }) += contribution;
    }
    for row in table("postings.csv").rows {
        let (left, right) = parts.get(&row["posting"]).copied().unwrap_or_default();
        assert_eq!(units(&row["score"]), left + right, "{}", row["id"]);
        assert_eq!(units(&row["software_evidence"]), -left, "{}", row["id"]);
        assert_eq!(units(&row["systems_evidence"]), right, "{}", row["id"]);
    }
}

#[test]
fn skills_are_counted_as_they_stand_in_matches() {
    let matches = table("matches.csv");
    let counted = |posting: &str, leaning: &str| {
        let counts = |row: &&BTreeMap<String, String>| {
            row["posting"] == posting && row["leaning"] == leaning && row["negated"] == "false"
        };
        matches.rows.iter().filter(counts).count().to_string()
    };
    for row in table("postings.csv").rows {
        for leaning in ["software", "systems", "shared"] {
            assert_eq!(row[&format!("{leaning}_skills")], counted(&row["posting"], leaning), "{} {leaning}", row["id"]);
        }
    }
    for row in table("skills.csv").rows {
        let has =
            |other: &&BTreeMap<String, String>| other["skill_id"] == row["skill_id"] && other["negated"] == "false";
        assert_eq!(row["postings"], matches.rows.iter().filter(has).count().to_string(), "{}", row["skill_id"]);
    }
}

#[test]
fn tilt_and_probability_go_with_the_score() {
    for row in table("postings.csv").rows {
        let (score, id) = (units(&row["score"]), &row["id"]);
        let evidence = units(&row["software_evidence"]) + units(&row["systems_evidence"]);
        assert_eq!(row["tilt"].is_empty(), evidence == 0, "{id}");
        if evidence > 0 {
            let tilt = units(&row["tilt"]);
            assert!((-10_000..=10_000).contains(&tilt) && tilt.signum() == score.signum(), "{id}");
        }
        let of = |answer: &str| units(&row[&format!("p_{answer}")]);
        let answers = ["software", "systems", "neither"];
        assert_eq!(answers.map(of).iter().sum::<i64>(), 10_000, "{id}");
        let given = answers.into_iter().find(|answer| row["leaning"].starts_with(answer));
        assert_eq!(
            row["probability"],
            given.map_or(String::new(), |answer| row[&format!("p_{answer}")].clone()),
            "{id}"
        );
        let most_probable = answers.into_iter().all(|answer| given.is_none_or(|given| of(given) >= of(answer)));
        assert!(most_probable || evidence == 0, "{id}");
        let reason = row["reason"].as_str();
        match row["leaning"].as_str() {
            "software-engineer" => assert!(score < 0 && reason.is_empty(), "{id}"),
            "systems-engineer" => assert!(score > 0 && reason.is_empty(), "{id}"),
            "balanced" => assert_eq!(reason, "both", "{id}"),
            _ => assert!(["too-little", "too-diffuse", "other-profession"].contains(&reason), "{id}"),
        }
        assert_eq!(row["title_agrees"].is_empty(), row["title_leaning"].is_empty(), "{id}");
    }
}

#[test]
fn offsets_lead_back_to_the_form_in_the_file() {
    let texts = plain_texts();
    let titles: BTreeMap<String, String> =
        table("postings.csv").rows.into_iter().map(|row| (row["id"].clone(), row["title"].clone())).collect();
    let mut checked = 0;
    for row in table("matches.csv").rows {
        // The skills that the title alone has are placed in it.
        let text = if row["section"] == "title" { titles.get(&row["id"]) } else { texts.get(&row["id"]) };
        let Some(text) = text else { continue };
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A form such as `+1` would be defused in the cell.
        assert_eq!(words(&text[start..end]), row["form"].trim_start_matches('\''), "{row:?}");
        let before = &text[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!((row["first_line"].clone(), row["first_column"].clone()), (line.to_string(), column.to_string()));
        assert!(row["context"].contains(&row["form"]), "{row:?}");
        checked += 1;
    }
    assert!(checked > 500, "only {checked} matches could be checked");
}

/// The texts that reach the matcher as they stand in the file: documents, and records without HTML.
fn plain_texts() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for name in SAMPLES.names("samples/postings") {
        let text = SAMPLES.read(&format!("samples/postings/{name}"));
        texts.insert(format!("postings/{name}"), text);
    }
    for line in SAMPLES.read("samples/postings.jsonl").lines() {
        let posting: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = posting["description"].as_str().unwrap_or_default();
        if !text.contains('<') && !text.contains('&') {
            texts.insert(posting["id"].as_str().unwrap().to_owned(), text.to_owned());
        }
    }
    for row in Table::parse(&SAMPLES.read("samples/postings.csv")).rows {
        let text = &row["job_description"];
        if !text.contains('<') && !text.contains('&') {
            texts.insert(row["job_id"].clone(), text.clone());
        }
    }
    texts
}

#[test]
fn run_json_tells_how_the_report_was_made() {
    let run: serde_json::Value = serde_json::from_str(&SAMPLES.read("report/run.json")).unwrap();
    assert_eq!(run["rolelean"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["lexicon"]["name"], "software-systems");
    assert_eq!(run["lexicon"]["sha256"], rolelean::Lexicon::builtin().hash());
    assert_eq!(run["settings"]["paths"], serde_json::json!(["samples"]));
    assert_eq!((run["postings"].as_u64(), run["skipped"].as_u64()), (Some(58), Some(0)));
    for name in ["postings", "matches", "skills", "skipped"] {
        let rows = table(&format!("{name}.csv")).rows.len();
        assert_eq!(run["rows"][name].as_u64(), Some(rows as u64), "{name}");
    }
    assert_eq!((&run["rows"]["objects"], &run["sheets"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    let postings = table("postings.csv");
    for (leaning, count) in run["leanings"].as_object().unwrap() {
        let rows = postings.column("leaning").iter().filter(|found| *found == leaning).count();
        assert_eq!(count.as_u64(), Some(rows as u64), "{leaning}");
    }
}

#[test]
fn an_id_that_repeats_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.csv", "id,text\n7,Cooking and baking.\n8,Pruning.\n7,Mowing and baking.\n,Mowing.\n,Baking.\n");
    sandbox.write("in/b.jsonl", "{\"id\": 7, \"text\": \"Wir backen.\"}\n{\"id\": 8, \"text\": \"Mowing.\"}\n");
    let ran = sandbox.kitchen("classify in --out report --jsonl").ends(0);
    assert!(ran.stderr.contains("\n3 have the id of an earlier one: the column `posting` tells them apart\n"), "{ran}");
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    let told = ["", "", "same id as posting 1", "", "", "same id as posting 1", "same id as posting 2"];
    assert_eq!(postings.column("warnings"), told);
    let objects: Vec<serde_json::Value> =
        sandbox.read("report/postings.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects[5]["warnings"], serde_json::json!(["same id as posting 1"]));
    // The key leads to one of them where the id does not.
    let matches = Table::parse(&sandbox.read("report/matches.csv"));
    let of = |posting: &str| -> Vec<String> {
        let rows = matches.rows.iter().filter(|row| row["posting"] == posting);
        rows.map(|row| row["skill_id"].clone()).collect()
    };
    assert_eq!([of("1"), of("3")], [["cooking", "baking"], ["lawns", "baking"]]);
    // A file that is given twice is there twice.
    sandbox.write("cook.txt", "Cooking.");
    let ran = sandbox.kitchen("classify cook.txt cook.txt --stdout").ends(0);
    assert!(ran.stdout.ends_with(",same id as posting 1\n"), "{ran}");
    assert!(ran.stderr.contains("\n1 has the id of an earlier one: "), "{ran}");
}

/// The samples many times over as JSON Lines, with a record that cannot be read now and then.
fn many(sandbox: &Sandbox) {
    let mut lines = String::new();
    for round in 0..12 {
        for name in SAMPLES.names("samples/postings") {
            let text = SAMPLES.read(&format!("samples/postings/{name}"));
            let posting = serde_json::json!({ "id": format!("{round}/{name}"), "description": text });
            lines += &format!("{posting}\n");
        }
        lines += "{\"id\": \"cut off\n";
    }
    sandbox.write("many.jsonl", lines);
}

#[test]
fn the_same_bytes_whatever_the_threads_and_however_often() {
    let sandbox = Sandbox::new();
    many(&sandbox);
    let mut reports = Vec::new();
    for (threads, out) in [(1, "a"), (2, "b"), (8, "c"), (8, "d")] {
        sandbox.run(&format!("classify many.jsonl -q --threads {threads} --out {out}")).ends(1);
        reports.push(TABLES.map(|name| sandbox.read(&format!("{out}/{name}"))));
    }
    for report in &reports[1..] {
        for (at, name) in TABLES.iter().enumerate() {
            assert!(report[at] == reports[0][at], "{name} differs");
        }
    }
    let rows = Table::parse(&reports[0][0]).rows.len();
    let skipped = Table::parse(&reports[0][3]);
    assert_eq!((rows, skipped.rows.len()), (12 * 42, 12));
    let records: Vec<String> = (1..=12).map(|round| (round * 43).to_string()).collect();
    assert_eq!(skipped.column("record"), records);
}

#[test]
fn the_workbook_is_the_same_whatever_the_threads_and_the_clock() {
    let sandbox = Sandbox::with_samples();
    let [one, other] = [1, 3].map(|threads| {
        sandbox.run(&format!("classify samples -q --xlsx --threads {threads} --out report")).ends(0);
        sandbox.bytes("report/report.xlsx")
    });
    assert!(one == other);
    let mut workbook = zip::ZipArchive::new(std::io::Cursor::new(one)).unwrap();
    let about = std::io::read_to_string(workbook.by_name("docProps/core.xml").unwrap()).unwrap();
    assert!(about.contains(">2000-01-01T00:00:00Z</dcterms:created>"), "{about}");
}

#[test]
fn the_workbook_begins_with_a_summary_and_leads_from_postings_to_matches() {
    let sandbox = Sandbox::with_samples();
    let mut command = sandbox.command("classify samples -q --excel --out report");
    assert!(command.env("SOURCE_DATE_EPOCH", "1795737600").status().unwrap().success());
    assert!(sandbox.read("report/postings.csv").starts_with("\u{feff}posting,"));
    let mut workbook = zip::ZipArchive::new(std::io::Cursor::new(sandbox.bytes("report/report.xlsx"))).unwrap();
    let mut part = |name: &str| std::io::read_to_string(workbook.by_name(name).unwrap()).unwrap();
    assert!(part("xl/workbook.xml").contains("<sheet name=\"summary\""));
    let summary = part("xl/sharedStrings.xml");
    for text in
        ["software-engineer or systems-engineer?", "samples", "From -1 (all evidence is software) to +1", "2026-11-27"]
    {
        assert!(summary.contains(text), "{text}: {summary}");
    }
    // The first row of each posting in the table of matches is that of the sheet, where rows count from 1.
    let matches = Table::parse(&sandbox.read("report/matches.csv"));
    let of_posting = |number: &str| matches.rows.iter().position(|row| row["posting"] == number);
    let postings = part("xl/worksheets/sheet3.xml");
    for number in (1..=58).map(|number| number.to_string()) {
        let link = of_posting(&number).map(|at| format!("HYPERLINK(\"#'matches'!A{}\",{number})", at + 2));
        let links = postings.matches(&format!("\",{number})</f>")).count();
        assert_eq!(links, usize::from(link.is_some()), "{number}");
        assert!(link.as_ref().is_none_or(|link| postings.contains(link)), "{link:?}");
    }
}

/// Postings of both roles and of none; pay in two currencies, and without a period.
fn paid() -> Sandbox {
    let sandbox = Sandbox::new();
    let postings = [
        ("Cook", "Cooking and baking. You need 2 years of experience. Salary: $50,000 - $60,000 a year."),
        ("Cook", "Cooking and baking. Salary: $30.50 an hour."),
        ("Cook", "Cooking and baking. You need 4 years of experience. Salary: €3,000 a month."),
        ("Gardener", "Mowing and pruning; baking is welcome. You need 7 years of experience. Salary: $70,040 a year."),
        ("Clerk", "Baking and mowing. Salary: $2,000 to $3,000."),
    ];
    let row = |(title, text)| format!("{title},\"{text}\"\n");
    sandbox.write("jobs.csv", format!("title,text\n{}", postings.map(row).concat()));
    sandbox
}

#[test]
fn skills_tell_the_pay_and_the_years_of_their_postings() {
    let sandbox = paid();
    sandbox.kitchen("classify jobs.csv --out report -q").ends(0);
    let skills = Table::parse(&sandbox.read("report/skills.csv"));
    let row = |id: &str| skills.rows.iter().find(|row| row["skill_id"] == id).unwrap();
    let cells =
        |id: &str, names: &[&str]| names.iter().map(|name| row(id)[*name].as_str()).collect::<Vec<_>>().join("|");
    let pay = ["pay_currency", "pay_postings", "pay_median", "kitchen_pay_median", "garden_pay_median", "pay_left_out"];
    // 30.50 an hour is 63,440 a year.
    assert_eq!(cells("cooking", &pay), "USD|2|55000|55000||1");
    assert_eq!(cells("baking", &pay), "USD|3|63400|55000|70000|2");
    let years = ["years_postings", "years_median", "kitchen_years_median", "garden_years_median"];
    assert_eq!(cells("cooking", &years), "2|2|2|");
    assert_eq!(cells("baking", &years), "3|4|2|7");
}

#[test]
fn the_order_of_inputs_changes_the_order_of_rows_alone() {
    let sandbox = Sandbox::new();
    for name in SAMPLES.names("samples/postings").iter().take(12) {
        sandbox.write(&format!("in/{name}"), SAMPLES.bytes(&format!("samples/postings/{name}")));
    }
    let names = sandbox.names("in").into_iter().map(|name| format!("in/{name}"));
    let forwards: Vec<String> = names.collect();
    let backwards: Vec<String> = forwards.iter().rev().cloned().collect();
    sandbox.run(&format!("classify {} -q --out a", forwards.join(" ")));
    sandbox.run(&format!("classify {} -q --out b", backwards.join(" ")));
    for name in ["postings.csv", "matches.csv", "skipped.csv"] {
        let rows = |report: &str| {
            let mut rows = Table::parse(&sandbox.read(&format!("{report}/{name}"))).rows;
            rows.iter_mut().for_each(|row| _ = row.remove("posting"));
            rows
        };
        let (mut one, mut other) = (rows("a"), rows("b"));
        assert!(one.len() < 2 || one != other, "{name}: the order is that of the inputs");
        // Within a posting the rows stay in the order of the text.
        one.sort_by_key(|row| row.get("id").or(row.get("source")).cloned());
        other.sort_by_key(|row| row.get("id").or(row.get("source")).cloned());
        assert!(one == other, "{name}");
    }
    assert_eq!(sandbox.read("a/skills.csv"), sandbox.read("b/skills.csv"));
}

#[test]
fn standard_output_is_the_postings_table_alone() {
    let ran = SAMPLES.run("classify samples --stdout").ends(0);
    assert_eq!(ran.stdout, SAMPLES.read("report/postings.csv"));
    let sandbox = Sandbox::new();
    sandbox.write("cook.txt", "Cook\n\nCooking and baking.");
    sandbox.kitchen("classify cook.txt --stdout").ends(0);
    assert_eq!(sandbox.names("."), ["cook.txt"]);
}

#[test]
fn another_lexicon_gives_other_names() {
    let sandbox = Sandbox::new();
    sandbox.write("cook.txt", "Cook\n\nCooking and baking, menus too.");
    sandbox.run(&format!("classify cook.txt --out report --lexicon {KITCHEN}")).ends(0);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(postings.header, POSTINGS.replace("software", "kitchen").replace("systems", "garden"));
    assert_eq!(postings.column("leaning"), ["cook"]);
    assert_eq!(postings.column("top_kitchen"), ["cooking; baking; cook; menu planning"]);
    let skills = Table::parse(&sandbox.read("report/skills.csv"));
    assert_eq!(skills.header, SKILLS.replace("software", "kitchen").replace("systems", "garden"));
}

#[test]
fn words_of_other_professions_are_no_part_of_the_score() {
    let sandbox = Sandbox::new();
    sandbox.write("clerk.txt", "Clerk\n\nBook-keeping and annual accounts, some cooking.");
    sandbox.kitchen("classify clerk.txt --out report").ends(0);
    let matches = Table::parse(&sandbox.read("report/matches.csv"));
    assert_eq!(matches.column("skill_id"), ["book-keeping", "cooking"]);
    assert_eq!(matches.column("leaning"), ["away", "kitchen"]);
    assert_eq!(matches.column("contribution"), ["0.0000", "-1.3500"]);
    assert_eq!(Table::parse(&sandbox.read("report/postings.csv")).column("score"), ["-1.3500"]);
}

#[test]
fn the_summary_says_how_many_and_where() {
    let sandbox = Sandbox::new();
    sandbox
        .write("in/cook.txt", "Pruning all year\n\nCooking and baking.")
        .write("in/gardener.txt", "Lawn care\n\nPruning.\n");
    sandbox.write("in/nobody.txt", "Baking\n\nCome as you are.\n").write("in/void.txt", "");
    sandbox.kitchen("classify in --out report").ends(1).prints("").says(snapbox::str![[r#"
3 postings classified in [..] s
  cook                        1   33.3 %
  gardener                    1   33.3 %
  balanced                    0    0.0 %
  neither                     1   33.3 %
  1 with a title that names the other role
strongest for cook: cooking, baking
strongest for gardener: pruning of fruit trees, hedges and climbing roses, lawns
3 text files: 3 postings (median 6 words)
1 skipped, with the reasons in skipped.csv:
  in/void.txt: empty file
report in report: postings.csv says which role, matches.csv says why

"#]]);
    sandbox.kitchen("classify in --out report --quiet").ends(1).prints("").says("");
}
