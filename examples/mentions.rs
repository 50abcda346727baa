//! Every mention of every skill in some postings, one a line: id, start, end, skill and
//! the words as they stand in the text, between tabs.
//!
//! ```text
//! cargo run --release --example mentions -- samples/postings.jsonl
//! ```

use std::error::Error;
use std::io::{BufWriter, Write};

use rolelean::Classifier;
use rolelean::input::{Inputs, ReadOptions, Source};
use rolelean::lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    let paths = std::env::args_os().skip(1).map(Into::into).collect();
    let classifier = Classifier::new(Lexicon::builtin());
    let mut inputs = Inputs::new(paths, ReadOptions::default())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    while let Some(item) = inputs.next() {
        let posting = match item.and_then(|pending| pending.read()) {
            Ok(posting) => posting,
            Err(skipped) => {
                writeln!(std::io::stderr(), "{skipped}")?;
                continue;
            }
        };
        for mention in classifier.mentions(posting.body()) {
            let skill = &classifier.lexicon().skill(mention.skill).id;
            let words = mention.span.of(&posting.text).split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out, "{}\t{}\t{}\t{skill}\t{words}", posting.id, mention.span.start, mention.span.end)?;
        }
    }
    Ok(out.flush()?)
}
