//! The text of a posting with its mentions marked: in colour, or between brackets
//! where there are none.

use anstyle::Style;
use rolelean::document::Section;
use rolelean::lexicon::{Side, SkillLeaning};
use rolelean::matching::{Mention, marks};
use rolelean::text::Span;

use super::{Explained, side_style};
use crate::terminal::{DIM, plain, styled};

/// A section that counts less than this is dimmed.
const DIMMED: f64 = 0.5;

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
        match self.lexicon.skill(mention.skill).leaning {
            _ if mention.negated => Mark::Negated,
            SkillLeaning::Toward(side) => Mark::Side(side),
            SkillLeaning::Shared => Mark::Both,
            SkillLeaning::OtherProfession => Mark::Others,
        }
    }

    /// The title, if it has mentions, and the body, section by section, with its mentions marked.
    pub fn marked_text(&self, colours: bool) -> String {
        let (titled, mentions): (Vec<&Mention>, Vec<&Mention>) =
            self.analysis.evidence.mentions.iter().partition(|mention| mention.section == Section::Title);
        let (titled, pieces) = (marks(titled), marks(mentions));
        let sections = &self.analysis.sections;
        let mut page = String::with_capacity(self.posting.text.len() * 2);
        if !titled.is_empty() {
            let title = &self.posting.title;
            let marked = self.marked(title, Section::Title, Span::new(0, title.len()), titled.into_iter(), colours);
            page += &format!("{}\n{marked}\n\n", styled(DIM, &self.counts(Section::Title)));
        }
        for (section, span) in sections {
            // A posting that is one piece needs no telling which.
            if sections.len() > 1 {
                page += &format!("{}\n", styled(DIM, &self.counts(*section)));
            }
            let within = |(piece, _): &&(Span, &Mention)| span.start <= piece.start && piece.start < span.end;
            let pieces = pieces.iter().filter(within).copied();
            page += &self.marked(&self.posting.text, *section, self.trimmed(*span), pieces, colours);
            page += "\n\n";
        }
        page
    }

    /// Without the empty lines around it, nor the space before it where it begins inside a line.
    fn trimmed(&self, span: Span) -> Span {
        let text = span.of(&self.posting.text);
        let spaces = if self.posting.text[..span.start].ends_with(['\n', ' ']) {
            0
        } else {
            text.len() - text.trim_start_matches(' ').len()
        };
        let kept = text[spaces..].trim_start_matches('\n');
        let start = span.end - kept.len();
        Span::new(start, start + kept.trim_end().len())
    }

    /// What a section is and how much a mention counts there.
    fn counts(&self, section: Section) -> String {
        let name = match section {
            Section::Elsewhere => return "-- elsewhere: no part of the posting".to_owned(),
            Section::Other => "of no known kind",
            section => section.name(),
        };
        format!("-- {name}, counts {}", self.lexicon.section_factors().of(section))
    }

    /// A part of `text`, which is in `section`, with its mentions marked.
    fn marked<'m>(
        &self,
        text: &str,
        section: Section,
        span: Span,
        pieces: impl Iterator<Item = (Span, &'m Mention)>,
        colours: bool,
    ) -> String {
        let dimmed = colours && self.lexicon.section_factors().of(section) < DIMMED;
        let between = |start: usize, end: usize| match plain(&text[start..end]) {
            words if dimmed && !words.trim().is_empty() => styled(DIM, &words),
            words => words.into_owned(),
        };
        let mut page = String::new();
        let mut at = span.start;
        for (piece, mention) in pieces {
            page += &between(at, piece.start);
            page += &self.mark(mention).around(piece.of(text), colours);
            at = piece.end;
        }
        page + &between(at, span.end.max(at))
    }

    /// What the marks mean that stand in the text.
    pub fn legend(&self, colours: bool) -> String {
        let met = |mark: &Mark| self.analysis.evidence.mentions.iter().any(|mention| self.mark(mention) == *mark);
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
