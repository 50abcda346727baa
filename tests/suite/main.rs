//! The program as its users meet it: every test runs the binary in a folder of its own.
//!
//! Snapshots are rewritten by `SNAPSHOTS=overwrite cargo test --test suite`; read the
//! difference before it is committed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

// A folder for each test, and the program run in it.
mod sandbox;
// Reports read back as tables.
mod table;

// The report on the samples: its columns, sums, offsets, and that it never varies.
mod classify;
// How a report is put in place, and what is never replaced.
mod replace;
// What can be read: standard input, columns by name, inputs that are skipped.
mod inputs;
// Columns of the user's own, carried through.
mod keep;
// Archives, workbooks, feeds and mail, and what is refused with the next step.
mod containers;
// The answers of job boards, and JSON of any other shape.
mod boards;
// Standard input to standard output, answered as it comes.
mod pipes;
// Reports of separate runs joined into one.
mod merge;
// Two reports compared, and what a text lacks.
mod compare;
// What is new added to an earlier report.
mod since;
// Inputs made to do harm: bombs, depths, loops, names.
mod hostile;
// Cells that a spreadsheet would run, and byte order marks.
mod cells;
// One posting in every format and encoding, against its plain-text twin.
mod formats;
// Exit codes, closed pipes, interrupts.
mod endings;
// What is found in sentences from postings, one table a topic.
mod mentions;
// What a word stands for: a skill, or something else.
mod senses;
// One posting explained, to the letter.
mod explain;
// The page for a browser: what it holds, and that no posting adds markup to it.
mod page;
// JSON Lines and `explain --json` against their schema and the tables.
mod objects;
// `lexicon check`, `show`, `trace` and `test`, and the built-in lexicon itself.
mod lexicon;
// `lexicon build`, on our own descriptions and on others.
mod build;
// Every kind of mistake in a lexicon, and the message about it.
mod broken;
// The other commands on lexicons, and skills of one's own on top.
mod tools;
// `evaluate` and `lexicon fit` on labelled postings.
mod labels;
// Help, completions and manual pages.
mod help;
// Settings files and variables.
mod settings;
// Command lines that are wrong, and what is said of them.
mod mistakes;
// The samples against what a careful reader expects.
mod samples;
// The map in docs/design.md against the code.
mod design;
// Every command of the README, and the output it shows.
mod readme;
