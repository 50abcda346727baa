//! The text of a posting with its mentions marked: in colour, or between brackets
//! where there are none.

use anstyle::Style;
use rolelean::lexicon::{Pull, Side};
use rolelean::matching::Mention;

use super::{Explained, side_style};
use crate::terminal::{plain, styled};

/// What a mention speaks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Side(Side),
    Both,
    Others,
    Negated,
}

impl Mark {
    const ALL: [Self; 5] = [Self::Side(Side::Left), Self::Side(Side::Right), Self::Both, Self::Others, Self::Negated];

    fn style(self) -> Style {
        match self {
            Self::Side(side) => side_style(side),
            Self::Both => Style::new().underline(),
            Self::Others => Style::new().dimmed().underline(),
            Self::Negated => Style::new().dimmed().strikethrough(),
        }
    }

    /// The sign where there are no colours; those of the sides are the signs of their contributions.
    fn sign(self) -> char {
        match self {
            Self::Side(Side::Left) => '-',
            Self::Side(Side::Right) => '+',
            Self::Both => '=',
            Self::Others => '*',
            Self::Negated => '~',
        }
    }

    fn around(self, text: &str, colours: bool) -> String {
        if colours { styled(self.style(), text) } else { format!("[{}{}]", self.sign(), plain(text)) }
    }
}

impl Explained<'_> {
    fn mark(&self, mention: &Mention) -> Mark {
        match self.lexicon.skill(mention.skill).pull {
            _ if mention.negated => Mark::Negated,
            Pull::Toward(side) => Mark::Side(side),
            Pull::Shared => Mark::Both,
            Pull::Away => Mark::Others,
        }
    }

    fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.analysis.evidence.matches.iter().flat_map(|found| &found.mentions)
    }

    /// The body with its mentions marked.
    pub fn marked_text(&self, colours: bool) -> String {
        let mut mentions: Vec<&Mention> = self.mentions().collect();
        mentions.sort_by_key(|mention| mention.span);
        let text = &self.posting.text;
        let mut page = String::with_capacity(text.len() * 2);
        let mut at = self.posting.body_start;
        for mention in mentions {
            page += &plain(&text[at..mention.span.start]);
            page += &self.mark(mention).around(mention.span.of(text), colours);
            at = mention.span.end;
        }
        page += &plain(&text[at..]);
        page.truncate(page.trim_end().len());
        page + "\n\n"
    }

    /// What the marks mean that stand in the text.
    pub fn legend(&self, colours: bool) -> String {
        let met = |mark: &Mark| self.mentions().any(|mention| self.mark(mention) == *mark);
        let meaning = |mark: Mark| match mark {
            Mark::Side(side) => self.lexicon.role(side).label.as_str(),
            Mark::Both => "both roles",
            Mark::Others => "other professions",
            Mark::Negated => "negated",
        };
        let met = Mark::ALL.into_iter().filter(met);
        let marks: Vec<String> = met.map(|mark| mark.around(meaning(mark), colours)).collect();
        if marks.is_empty() { String::new() } else { format!("marked: {}\n\n", marks.join("  ")) }
    }
}
