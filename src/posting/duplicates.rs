//! Postings whose text has been seen before, the same or nearly.

use std::collections::HashMap;

use super::Posting;
use crate::text::Sketch;
use crate::text::sketch::{BANDS, Near, Packed};

/// Lists of texts with the same hash of a band.
const LISTS: usize = 1 << 16;
/// The end of a list.
const END: u32 = u32::MAX;

/// Texts seen so far, of which about 130 bytes and the id are kept each.
///
/// A text that is nearly the same as an earlier one is not kept itself, so that a
/// posting that was scraped a thousand times costs no more than once; it may
/// therefore differ from its nearest, as long as it is like the first.
pub struct Duplicates {
    /// The number of the first posting with exactly these words.
    exact: HashMap<u64, u32>,
    /// The ids of those postings one after another, and where each ends.
    ids: String,
    ends: Vec<usize>,
    /// The texts that later ones may be like.
    kept: Vec<Kept>,
    /// For each band and hash the last text that has it.
    heads: Vec<[u32; BANDS]>,
}

struct Kept {
    posting: u32,
    hashes: Packed,
    /// The text before with the same hash, for each band.
    before: [u32; BANDS],
}

impl Default for Duplicates {
    fn default() -> Self {
        let heads = vec![[END; BANDS]; LISTS];
        Self { exact: HashMap::new(), ids: String::new(), ends: Vec::new(), kept: Vec::new(), heads }
    }
}

impl Duplicates {
    /// Adds a warning to a posting whose text is the same, or nearly, as that of one
    /// before; what comes first is the order of the calls.
    pub fn mark(&mut self, posting: &mut Posting, sketch: &Sketch) {
        if let Some(earlier) = self.exact.get(&sketch.exact) {
            posting.warnings.push(format!("same text as {}", self.id(*earlier)));
            return;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(END);
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
        let found = near.bands.iter().enumerate().flat_map(|(band, hash)| {
            let first = self.heads[usize::from(*hash)][band];
            std::iter::successors(self.kept.get(first as usize), move |kept| self.kept.get(kept.before[band] as usize))
        });
        found.filter(|kept| kept.hashes.is_like(&near.hashes)).map(|kept| kept.posting).min()
    }

    fn keep(&mut self, posting: u32, near: &Near) {
        let number = u32::try_from(self.kept.len()).unwrap_or(END);
        let mut before = [END; BANDS];
        for (band, hash) in near.bands.iter().enumerate() {
            before[band] = std::mem::replace(&mut self.heads[usize::from(*hash)][band], number);
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
}
