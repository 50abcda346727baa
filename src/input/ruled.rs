//! Several postings in one plain text, with ruled lines between them.

use super::job_words::names_a_job;
use super::{Pending, Posting, Skipped, Source, title};

/// The shortest ruled line, in characters.
const SHORTEST_RULE: usize = 10;

/// The postings of a text that is divided by ruled lines, where each begins with a title that
/// names a job; none where the lines set off sections of one posting.
pub(super) fn postings(text: &str, source: &str) -> Option<Box<dyn Source>> {
    let texts = blocks(text);
    let begins_with_job = |text: &&str| names_a_job(&title::of_text(text).0);
    if texts.len() < 2 || !texts.iter().all(begins_with_job) {
        return None;
    }
    let posting = |(text, record): (&str, u64)| Posting {
        id: format!("{source}#{record}"),
        source: source.to_owned(),
        record: Some(record),
        ..Posting::from_text(text)
    };
    let postings: Vec<Posting> = texts.into_iter().zip(1..).map(posting).collect();
    Some(Box::new(Postings(postings.into_iter())))
}

/// What stands between the ruled lines.
fn blocks(text: &str) -> Vec<&str> {
    let (mut blocks, mut start, mut end) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if is_rule(line.trim()) {
            blocks.push(&text[start..end]);
            start = end + line.len();
        }
        end += line.len();
    }
    blocks.push(&text[start..]);
    blocks.retain(|block| !block.trim().is_empty());
    blocks
}

fn is_rule(line: &str) -> bool {
    let mut characters = line.chars();
    let first = characters.next().filter(|first| "-=_*#~\u{2014}\u{2500}".contains(*first));
    first.is_some_and(|first| characters.all(|c| c == first)) && line.chars().count() >= SHORTEST_RULE
}

struct Postings(std::vec::IntoIter<Posting>);

impl Source for Postings {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        self.0.next().map(|posting| Ok(posting.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ruled_lines_divide_postings_but_not_sections() {
        let rule = "-".repeat(20);
        let two = format!("Head Cook\n\nYou cook.\n\n{rule}\nBread Baker (Chef)\n\nYou bake.\n{rule}\n");
        let titles = |text: &str| {
            let mut source = postings(text, "a.txt")?;
            let read = std::iter::from_fn(|| source.next()).map(|next| next.and_then(Pending::read));
            Some(read.map(|read| read.map_or_else(|error| error.reason, |posting| posting.title)).collect::<Vec<_>>())
        };
        assert_eq!(titles(&two), Some(vec!["Head Cook".to_owned(), "Bread Baker (Chef)".to_owned()]));
        for one in [format!("Head Cook\n\nYou cook.\n{rule}\nAbout us\n\nAn inn."), "Head Cook\n\nYou cook.".to_owned()]
        {
            assert_eq!(titles(&one), None, "{one}");
        }
    }
}
