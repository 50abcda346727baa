//! `evaluate` and `lexicon fit`: verdicts compared with people's labels, and weights learned
//! from them.

use std::fmt::Write as _;

use snapbox::str;

use crate::sandbox::{KITCHEN, Sandbox};

#[test]
fn verdicts_are_held_against_labels() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a/one.txt", "Cook\n\nYou do the cooking and the baking.")
        .write("a/two.txt", "Cook\n\nYou prune trees, and you know compost.")
        .write("b/three.txt", "Gardener\n\nPruning, mowing, compost.")
        .write("b/four.txt", "Clerk\n\nBook-keeping.")
        .write("b/unlabelled.txt", "Clerk\n\nCooking.")
        .write("gold.csv", "id,label\na/one.txt,cook\na/two.txt,kitchen\nb/three.txt,garden\nb/four.txt,neither\n");
    sandbox.kitchen("evaluate gold.csv a b --baseline --errors").ends(0).says("").prints(str![[r#"
4 postings (labels down, verdicts across)
                                cook          gardener          balanced           neither
              cook                 1                 1                 0                 0
          gardener                 0                 1                 0                 0
          balanced                 0                 0                 0                 0
           neither                 0                 0                 0                 1
accuracy, four verdicts    0.7500  (95 % 0.250 to 1.000; 3 of 4)
sign of tilt, two roles    0.6667  (95 % 0.000 to 1.000; 2 of 3)
recall, cook               0.5000
recall, gardener           1.0000
recall, neither            1.0000
macro-F1                   0.7778
AUC of tilt, two roles     1.0000
Brier score                0.1266
expected calibration error 0.2571
  predicted  observed  postings
      0.679     0.000         1
      0.860     1.000         2
      0.931     1.000         1
by source
  a                        0.5000  (95 % 0.000 to 1.000; 1 of 2)
  b                        1.0000  (95 % 1.000 to 1.000; 2 of 2)
for comparison
  always the commonest label 0.5000  (95 % 0.000 to 1.000; 2 of 4)
  what the title claims      1.0000  (95 % 1.000 to 1.000; 4 of 4)
wrong verdicts
a/two.txt: Cook, gardener instead of cook, tilt +0.39, 7 words
  kitchen    cook -0.50
  garden     pruning of fruit trees, hedges and climbing roses +1.35, compost +0.45

"#]]);
}

#[test]
fn labels_that_help_nobody_are_refused() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.txt", "Cook\n\nCooking and baking.")
        .write("columns.csv", "name,leaning\na.txt,cook\n")
        .write("label.csv", "id,leaning\na.txt,cook\nb.txt,chef\n")
        .write("nobody.csv", "id,leaning\nb.txt,cook\n")
        .write("more.csv", "id,leaning\na.txt,cook\nb.txt,cook\nc.txt,cook\nd.txt,\n");
    let cases = [
        (
            "columns.csv",
            str![[r#"
error: columns.csv needs a column id and a column leaning (or label, consensus, gold); it has: name, leaning

"#]],
        ),
        (
            "label.csv",
            str![[r#"
error: label.csv, line 3: no leaning is called "chef"; expected one of: cook, gardener, balanced, neither (or kitchen, garden)

"#]],
        ),
        (
            "nobody.csv",
            str![[r#"
error: none of the 1 labelled ids is among the postings of a.txt; give the files or folders that hold the labelled postings behind the labels

"#]],
        ),
        (
            "missing.csv",
            str![[r#"
error: cannot read missing.csv: No such file or directory (os error 2)

"#]],
        ),
    ];
    for (gold, told) in cases {
        sandbox.kitchen(&format!("evaluate {gold} a.txt")).ends(2).prints("").says(told);
    }
    sandbox.kitchen("evaluate more.csv a.txt").ends(0).says(str![[r#"
warning: 2 labelled postings were not found, first: b.txt

"#]]);
    sandbox.kitchen("evaluate more.csv a.txt --quiet").ends(0).says("");
}

/// Forty labelled postings, half of each role; who bakes is a gardener as often as a cook.
fn labelled() -> (String, String) {
    let (mut postings, mut gold) = (String::new(), String::from("id,leaning\n"));
    for number in 0..40 {
        let (role, sure) = if number % 2 == 0 { ("cook", "cooking") } else { ("gardener", "pruning") };
        let often = if number % 3 == 0 { "menus" } else { "mowing" };
        let baking = if number % 4 < 2 { "baking" } else { "hygiene" };
        let sure = if number % 5 == 0 { "compost" } else { sure };
        writeln!(
            postings,
            "{{\"id\": \"{number}\", \"title\": \"Help\", \"text\": \"Daily {sure}, {often}, {baking}.\"}}"
        )
        .unwrap();
        writeln!(gold, "{number},{role}").unwrap();
    }
    (postings, gold)
}

#[test]
fn weights_are_fitted_and_fit_into_the_lexicon() {
    let (postings, gold) = labelled();
    let sandbox = Sandbox::new();
    sandbox.copy("tests/suite/kitchen").write("postings.jsonl", postings).write("gold.csv", gold);
    let lexicon = "--lexicon tests/suite/kitchen";
    let fit = format!("lexicon fit gold.csv postings.jsonl {lexicon}");
    sandbox.run(&format!("{fit} --folds 4 --out tests/suite/kitchen")).ends(0).says("").prints(str![[r#"
40 postings, 20 cook and 20 gardener; 4 folds, drawn by ids
loss by title factor  0: 0.3452  0.25: 0.3452  0.5: 0.3452  0.75: 0.3452  1: 0.3452  1.5: 0.3452  2: 0.3452  3: 0.3452
loss by spread        0.125: 0.3984  0.25: 0.3795  0.5: 0.3452  0.707: 0.3280  1: 0.3154
chosen: title factor 0, spread 1
                                    before cross-validated       in sample
two roles, sign of tilt             0.8250          0.8250          0.8500
two roles, AUC                      0.9463          0.9400          0.9425
four verdicts                       0.8250          0.8250          0.8500
  recall, cook                      0.8500          0.8500          0.9000
  recall, gardener                  0.8000          0.8000          0.8000
  recall, balanced                       -               -               -
  recall, neither                        -               -               -
expected calibration error          0.2874          0.0806          0.0532
Brier score                         0.1373          0.0666          0.0664
scales of the hand priors
                                     kitchen      garden
garden                                              1.73
kitchen                                 1.78            
calibration_slope = 1.482, calibration_tilt = 0.000, balanced_tilt = 0.2, balanced_evidence = 2
neither: bias 3.103, left_evidence 0.000, right_evidence 0.000, evidence -2.000, one_sided 0.000, role_skills -1.000, title_role -0.500, other_evidence 2.000, other_skills 0.000, title_other 0.500, words 1.000
8 weights changed, most of all
  cooking                          -1.5000   -2.6739
  pruning                           1.5000    2.5879
  baking                           -1.0000   -1.7826
  cook                             -1.0000   -1.7826
  gardener                          1.0000    1.7253
  lawns                             1.0000    1.7253
  menu-planning                    -0.5000   -0.8913
  compost                           0.5000    0.8626
written: tests/suite/kitchen/weights.csv and tests/suite/kitchen/lexicon.toml

"#]]);
    snapbox::assert_data_eq!(
        sandbox.read("tests/suite/kitchen/weights.csv"),
        str![[r#"
skill_id,prior,weight,kitchen_postings,garden_postings
baking,-1.0000,-1.7826,10,10
compost,0.5000,0.8626,4,4
cook,-1.0000,-1.7826,0,0
cooking,-1.5000,-2.6739,16,0
gardener,1.0000,1.7253,0,0
lawns,1.0000,1.7253,13,13
menu-planning,-0.5000,-0.8913,7,7
pruning,1.5000,2.5879,0,16

"#]]
    );
    sandbox.run(&format!("lexicon check {lexicon}")).ends(0);
    // The fitted numbers are in use, and all else is as it was.
    let manifest = sandbox.read("tests/suite/kitchen/lexicon.toml");
    assert!(manifest.starts_with("# A small lexicon for tests"), "{manifest}");
    assert!(!manifest.contains("calibration_slope = 0.5\n"), "{manifest}");
    // No posting is of another profession, so nothing is learned of that.
    assert!(manifest.contains("\nother_evidence = 2.0\n"), "{manifest}");
    snapbox::assert_data_eq!(
        sandbox.run(&format!("evaluate gold.csv postings.jsonl {lexicon}")).ends(0).stdout,
        str![[r#"
40 postings (labels down, verdicts across)
                                cook          gardener          balanced           neither
              cook                18                 2                 0                 0
          gardener                 1                16                 3                 0
          balanced                 0                 0                 0                 0
           neither                 0                 0                 0                 0
accuracy, four verdicts    0.8500  (95 % 0.725 to 0.950; 34 of 40)
sign of tilt, two roles    0.8500  (95 % 0.725 to 0.950; 34 of 40)
recall, cook               0.9000
recall, gardener           0.8000
macro-F1                   0.5884
AUC of tilt, two roles     0.9425
Brier score                0.0664
expected calibration error 0.0532
  predicted  observed  postings
      0.470     0.500         2
      0.753     0.889         9
      0.882     1.000         4
      0.964     0.955        22

"#]]
    );
}

#[test]
fn what_is_asked_for_is_all_that_is_tried() {
    let (postings, gold) = labelled();
    let sandbox = Sandbox::new();
    sandbox.write("postings.jsonl", postings).write("gold.csv", gold);
    let ran = sandbox.kitchen("lexicon fit gold.csv postings.jsonl --spread 0.5 --title-factor 1.5").ends(0).says("");
    assert!(ran.stdout.contains("\nloss by title factor  1.5: "), "{ran}");
    assert!(ran.stdout.contains("\nloss by spread        0.5: "), "{ran}");
    assert!(ran.stdout.contains("\nchosen: title factor 1.5, spread 0.5\n"), "{ran}");
}

#[test]
fn numbers_are_written_over_those_of_the_lexicon_alone() {
    let (postings, gold) = labelled();
    let sandbox = Sandbox::new();
    sandbox.copy("tests/suite/kitchen").write("postings.jsonl", postings).write("gold.csv", gold);
    let fit = "lexicon fit gold.csv postings.jsonl --lexicon tests/suite/kitchen";
    sandbox.run(&format!("{fit} --spread 0")).ends(2).prints("").says(str![[r#"
error: --spread is 0; expected a number above zero

"#]]);
    sandbox.run(&format!("{fit} --title-factor 4")).ends(2).prints("").says(str![[r#"
error: --title-factor is 4; expected a number from 0 to 3

"#]]);
    // Another folder is made; what fits the lexicon may be fitted again.
    for _ in 0..2 {
        sandbox.run(&format!("{fit} --spread 0.5 --out new/numbers")).ends(0).says("");
        assert_eq!(sandbox.names("new/numbers"), ["lexicon.toml", "weights.csv"]);
    }
    for (file, why) in [("weights.csv", "holds no weights"), ("lexicon.toml", "is not of this lexicon")] {
        let folder = file.replace('.', "-");
        let path = format!("{folder}/{file}");
        sandbox.write(&path, "dear").run(&format!("{fit} --out {folder}")).ends(2).prints("").says(format!(
            "error: {path} exists and {why}; choose another folder with --out, so that it is not overwritten\n"
        ));
        assert_eq!(sandbox.read(&path), "dear");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_older_weights() {
    let (postings, gold) = labelled();
    let sandbox = Sandbox::new();
    sandbox.write("postings.jsonl", postings).write("gold.csv", gold).write("out/weights.csv", "skill_id,weight\n");
    let fit = format!("rolelean lexicon fit gold.csv postings.jsonl --folds 2 --lexicon {KITCHEN} --out out");
    let ran = sandbox.shell(&format!("trap '' XFSZ; ulimit -f 0; {fit}")).ends(2);
    assert_eq!(ran.stderr, "error: cannot write out/weights.csv: File too large (os error 27)\n");
    assert_eq!(sandbox.read("out/weights.csv"), "skill_id,weight\n");
    assert_eq!(sandbox.names("out"), ["weights.csv"]);
}

/// Each thread asks for a stack of which three fit.
#[cfg(target_os = "linux")]
#[test]
fn threads_that_the_system_refuses_change_no_weights() {
    let (postings, gold) = labelled();
    let sandbox = Sandbox::new();
    sandbox.write("postings.jsonl", postings).write("gold.csv", gold);
    let fit = format!("rolelean lexicon fit gold.csv postings.jsonl --folds 8 --lexicon {KITCHEN}");
    let expected = sandbox.shell(&fit).ends(0);
    let ran = sandbox.shell(&format!("ulimit -v 4000000; RUST_MIN_STACK=1000000000 {fit}")).ends(0);
    assert_eq!(ran.stdout, expected.stdout);
}

#[test]
fn a_few_labels_are_too_few_to_fit() {
    let (postings, gold) = labelled();
    let sandbox = Sandbox::new();
    let few: String = gold.lines().take(15).map(|line| format!("{line}\n")).collect();
    sandbox.write("postings.jsonl", postings).write("gold.csv", few);
    sandbox.kitchen("lexicon fit gold.csv postings.jsonl --quiet").ends(2).prints("").says(str![[r#"
error: only 7 postings are labelled cook; fitting needs at least 10 of each role

"#]]);
}
