//! How the cells of a workbook are shown: numbers by their decimals, leanings by their colours.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::lexicon::Side;
use crate::report::columns::Cell;

/// The backgrounds of the two sides, told apart by people who do not see red and green alike.
const COLOURS: [Color; 2] = [Color::RGB(0xDB_E8_F7), Color::RGB(0xFF_E6_CC)];
/// The background of what both roles share.
const BALANCED: Color = Color::RGB(0xE4_E8_EC);
/// The colour of what belongs to neither role.
const NEITHER: Color = Color::RGB(0x59_62_6D);

/// The words that name each side in cells: the id of its role, and its own.
pub(in crate::report) type Words = [[String; 2]; 2];

/// How cells are shown.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) header: Format,
    /// A header of several lines.
    pub(super) wrapped: Format,
    pub(super) percent: Format,
    /// A share in a column of numbers.
    pub(super) share: Format,
    /// A count or a sum of money with its thousands set apart.
    pub(super) grouped: Format,
    pub(super) link: Format,
    /// The two roles, balanced, neither: each with a colour and, for those who do not see it, a sign of its own.
    pub(super) leanings: [Format; 4],
    /// By number of decimals.
    pub(super) decimals: [Format; 5],
}

impl Formats {
    pub(super) fn new() -> Self {
        let header = || Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
        let decimals = |count: usize| Format::new().set_num_format(format!("0.{}", "0".repeat(count)));
        Self {
            title: Format::new().set_bold().set_font_size(16),
            header: header(),
            wrapped: header().set_text_wrap().set_align(FormatAlign::Top),
            percent: Format::new().set_num_format("0.0%").set_align(FormatAlign::Left),
            share: Format::new().set_num_format("0.0%"),
            grouped: Format::new().set_num_format("#,##0"),
            link: Format::new().set_underline(FormatUnderline::Single).set_font_color(Color::RGB(0x17_4F_91)),
            leanings: [
                Format::new().set_background_color(COLOURS[0]).set_border_left(FormatBorder::Thick),
                Format::new().set_background_color(COLOURS[1]).set_border_right(FormatBorder::Thick),
                Format::new().set_background_color(BALANCED),
                Format::new().set_font_color(NEITHER).set_italic(),
            ],
            decimals: [Format::new().set_num_format("0"), decimals(1), decimals(2), decimals(3), decimals(4)],
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Format> {
        let single = [&self.title, &self.header, &self.wrapped, &self.percent, &self.share, &self.grouped, &self.link];
        single.into_iter().chain(&self.leanings).chain(&self.decimals)
    }

    /// How the word of a leaning is shown.
    pub(super) fn of_leaning(&self, words: &Words, cell: &Cell<'_>) -> Option<&Format> {
        let Cell::Text(word) = cell else { return None };
        let side = Side::BOTH.into_iter().find(|side| words[side.index()].iter().any(|name| name == word));
        match (side, word.as_ref()) {
            (Some(side), _) => Some(&self.leanings[side.index()]),
            (None, "balanced") => Some(&self.leanings[2]),
            (None, "neither") => Some(&self.leanings[3]),
            (None, _) => None,
        }
    }
}
