//! Postings whose text has been seen before, the same or nearly.

use std::collections::HashMap;

use super::Posting;
use crate::text::Sketch;
use crate::text::minhash::{BANDS, Near, Packed};

/// How many texts of one band are compared with a new one, the latest first.
///
/// Texts that share a band are mostly alike, so that one of a few is the one that is looked
/// for. But a boilerplate, or whoever wants to, can give any number of texts one band and
/// nothing else in common, and comparing each with all would cost the square of their number.
const MOST_COMPARED: usize = 32;
/// Stands for no text.
const NONE: u32 = u32::MAX;

/// Texts seen so far, of which about 220 bytes and the id are kept each.
///
/// A text that is nearly the same as an earlier one is not kept itself, so that a
/// posting that was scraped a thousand times costs no more than once; it may
/// therefore differ from its nearest, as long as it is like the first.
///
/// What is marked depends on the postings and their order alone: a text is compared with the
/// latest of each of its bands, whatever the maps below make of their keys.
#[derive(Default)]
pub struct Duplicates {
    /// The number of the first posting with exactly these words.
    exact: HashMap<u64, u32>,
    /// The ids of those postings one after another, and where each ends.
    ids: String,
    ends: Vec<usize>,
    /// The texts that later ones may be like.
    kept: Vec<Kept>,
    /// For each band the last text that has a hash there. The maps are keyed at random, so
    /// that nobody can choose texts which they would take long to find.
    last: [HashMap<u32, u32>; BANDS],
}

struct Kept {
    posting: u32,
    hashes: Packed,
    /// The text before with the same hash, for each band.
    before: [u32; BANDS],
}

impl Duplicates {
    /// Adds a warning to a posting whose text is the same, or nearly, as that of one
    /// before; what comes first is the order of the calls.
    pub fn mark(&mut self, posting: &mut Posting, sketch: &Sketch) {
        if let Some(earlier) = self.exact.get(&sketch.exact) {
            posting.warnings.push(format!("same text as {}", self.id(*earlier)));
            return;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(NONE);
        self.exact.insert(sketch.exact, number);
        self.ids.push_str(&posting.id);
        self.ends.push(self.ids.len());
        let Some(near) = &sketch.near else { return };
        match self.like(near) {
            Some(earlier) => posting.warnings.push(format!("nearly the same text as {}", self.id(earlier))),
            None => self.keep(number, near),
        }
    }

    fn id(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start..self.ends[number]]
    }

    /// The first text that is like this one.
    fn like(&self, near: &Near) -> Option<u32> {
        self.candidates(near).filter(|kept| kept.hashes.is_like(&near.hashes)).map(|kept| kept.posting).min()
    }

    /// The texts that this one is compared with.
    fn candidates(&self, near: &Near) -> impl Iterator<Item = &Kept> {
        near.bands.iter().enumerate().flat_map(move |(band, hash)| {
            let latest = self.last[band].get(hash).copied().unwrap_or(NONE);
            let before = move |kept: &&Kept| self.kept.get(kept.before[band] as usize);
            std::iter::successors(self.kept.get(latest as usize), before).take(MOST_COMPARED)
        })
    }

    fn keep(&mut self, posting: u32, near: &Near) {
        let number = u32::try_from(self.kept.len()).unwrap_or(NONE);
        let mut before = [NONE; BANDS];
        for (band, hash) in near.bands.iter().enumerate() {
            before[band] = self.last[band].insert(*hash, number).unwrap_or(NONE);
        }
        self.kept.push(Kept { posting, hashes: near.hashes, before });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(texts: &[(&str, &str)]) -> Vec<String> {
        let mut duplicates = Duplicates::default();
        let mark = |(id, text): &(&str, &str)| {
            let mut posting = Posting { id: (*id).to_owned(), text: (*text).to_owned(), ..Posting::default() };
            duplicates.mark(&mut posting, &Sketch::of(text));
            posting.warnings.join("; ")
        };
        texts.iter().map(mark).collect()
    }

    #[test]
    fn later_postings_name_the_first() {
        let duties = "You look after the kitchen, order what it needs, keep the books of it, and teach those who are new. \
                      You plan the meals of the week with the house and cook four of them a day for ninety guests. \
                      We ask for a finished training as a cook, a few years in a kitchen of some size, and good German.";
        let other = duties.replace("kitchen", "garden").replace("cook", "plant").replace("guests", "beds");
        let more = format!("{duties} Munich.");
        let again = format!("{duties} Ulm!");
        let cases = [
            ("a", duties),
            ("b", "You cook."),
            ("c", &other),
            ("d", &more),
            ("e", &again),
            ("f", "you COOK"),
            ("g", &more),
        ];
        let expected =
            ["", "", "", "nearly the same text as a", "nearly the same text as a", "same text as b", "same text as d"];
        assert_eq!(marked(&cases), expected);
    }

    /// Texts that share one band, here the first, and nothing else.
    fn one_band(number: u64) -> Near {
        let mut near = Sketch::of(&format!("{number} ").repeat(30)).near.expect("a long text");
        near.bands[0] = 7;
        near
    }

    /// Keeps so many texts of one band, and says how often one was compared with another.
    fn comparisons(texts: u64) -> usize {
        let mut duplicates = Duplicates::default();
        let mut compared = 0;
        for number in 0..texts {
            let near = one_band(number);
            compared += duplicates.candidates(&near).count();
            duplicates.keep(0, &near);
        }
        compared
    }

    #[test]
    fn texts_that_share_a_band_cost_no_more_than_others() {
        let (some, more) = (comparisons(1_000), comparisons(4_000));
        assert!(some > 20_000 && more <= 4_000 * BANDS * MOST_COMPARED, "{some}, {more}");
        // Work grows with the number of texts, not with its square.
        assert!(more < 5 * some, "{some}, {more}");
    }

    #[test]
    fn a_text_is_found_among_many_that_share_a_band_with_it() {
        let mut duplicates = Duplicates::default();
        for number in 0..1_000 {
            duplicates.keep(u32::try_from(number).expect("a small number"), &one_band(number));
        }
        // By its other bands, which are its own.
        assert_eq!(duplicates.like(&one_band(3)), Some(3));
        assert_eq!(duplicates.like(&one_band(2_000)), None);
    }
}
