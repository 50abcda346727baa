//! What is known of words, for whoever asks it of most words of a text.

use rustc_hash::FxHashMap;

use crate::text::Span;
use crate::text::bytes::load;

/// Bytes of a number.
const NUMBER: usize = size_of::<u64>();
/// Numbers that a bucket has room for.
const ROOM: usize = 4;
/// Set where a longer word than a number holds begins with it.
const BEGINS_LONG: u32 = 1 << 31;

/// What is known of each of some words. They are looked up by the number that their first bytes make, among all in
/// its bucket at once: which words are known nobody guesses, so that no branch may ask it.
pub(super) struct WordMap<T> {
    /// As many as there are numbers that `shift` leaves of 64 bits.
    buckets: Vec<Bucket>,
    shift: u32,
    /// What is known of short words, as nearly all are; the first is nothing.
    short: Vec<T>,
    long: FxHashMap<Box<str>, T>,
}

/// Numbers, and for each the place of what is known of its word, behind a 0 for all others.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    numbers: [u64; ROOM],
    places: [u32; 1 + ROOM],
}

impl Bucket {
    /// What holds no number yet; no word has such bytes.
    const FREE: u64 = u64::MAX;

    const EMPTY: Self = Self { numbers: [Self::FREE; ROOM], places: [0; 1 + ROOM] };

    /// The place for a number; 0 for one that it does not have.
    fn place(&self, number: u64) -> u32 {
        let has = self.numbers.map(|known| usize::from(known == number));
        self.places[has[0] + 2 * has[1] + 3 * has[2] + 4 * has[3]]
    }
}

impl<T: Copy + Default> Default for WordMap<T> {
    fn default() -> Self {
        let buckets = vec![Bucket::EMPTY; 2];
        Self { buckets, shift: u64::BITS - 1, short: vec![T::default()], long: FxHashMap::default() }
    }
}

impl<T: Copy + Default> WordMap<T> {
    /// What is known of a word, to be added to.
    pub(super) fn entry(&mut self, word: &str) -> &mut T {
        let free = u32::try_from(self.short.len()).expect("fewer words than there are numbers");
        let place = self.place(number(word.as_bytes(), 0, word.len()));
        if word.len() > NUMBER {
            *place |= BEGINS_LONG;
            return self.long.entry(word.into()).or_default();
        }
        if *place & !BEGINS_LONG == 0 {
            *place |= free;
        }
        let at = (*place & !BEGINS_LONG) as usize;
        self.short.resize(self.short.len().max(at + 1), T::default());
        &mut self.short[at]
    }

    /// The place for a number, for which room is made where there is none.
    fn place(&mut self, number: u64) -> &mut u32 {
        let bucket = self.bucket(number);
        let numbers = self.buckets[bucket].numbers;
        let Some(at) = (0..ROOM).find(|at| [number, Bucket::FREE].contains(&numbers[*at])) else {
            self.shift -= 1;
            let buckets = vec![Bucket::EMPTY; 2 * self.buckets.len()];
            for Bucket { numbers, places } in std::mem::replace(&mut self.buckets, buckets) {
                numbers
                    .into_iter()
                    .zip(places.into_iter().skip(1))
                    .for_each(|(number, place)| *self.place(number) = place);
            }
            return self.place(number);
        };
        let Bucket { numbers, places } = &mut self.buckets[bucket];
        numbers[at] = number;
        &mut places[1 + at]
    }

    fn bucket(&self, number: u64) -> usize {
        // By the golden ratio, which spreads what is alike.
        (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    /// What is known of the word that stands at `span` of `text`.
    #[inline]
    pub(super) fn get(&self, text: &str, span: Span) -> T {
        let len = span.end - span.start;
        let number = number(text.as_bytes(), span.start, len);
        let place = self.buckets[self.bucket(number)].place(number);
        let is_long = len > NUMBER;
        if is_long & (place >= BEGINS_LONG) {
            return self.get_long(span.of(text));
        }
        self.short[if is_long { 0 } else { (place & !BEGINS_LONG) as usize }]
    }

    /// The same of a long one; seldom enough asked to stay out of the way of the others.
    #[inline(never)]
    fn get_long(&self, word: &str) -> T {
        self.long.get(word).copied().unwrap_or_default()
    }
}

/// The number that the first bytes of a word make, which stands at `at` and has so many. It is 0 for no
/// bytes alone, which touch a name where a mark does: no word holds a byte of zeros.
#[inline(always)]
fn number(text: &[u8], at: usize, len: usize) -> u64 {
    load(text, at) & !u64::MAX.unbounded_shl(8 * len.min(NUMBER) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_by_all_their_bytes() {
        let known = ["a", "at", "attends", "attended", "attending", "\u{e9}t\u{e9}"];
        let mut words: WordMap<usize> = WordMap::default();
        for (word, at) in known.iter().zip(1..) {
            *words.entry(word) = at;
        }
        let text = "attend a attended attending attendance, t \u{e9}t\u{e9} atten";
        let found: Vec<usize> =
            crate::text::whole_words(text, Span::new(0, text.len())).map(|word| words.get(text, word)).collect();
        assert_eq!(found, [0, 1, 4, 5, 0, 0, 6, 0]);
        assert_eq!(words.get(text, Span::new(0, 0)), 0);
    }

    #[test]
    fn there_is_room_for_many_words() {
        let spelled: Vec<String> = (1..2_000).map(|at| format!("word{at}")).collect();
        let mut words: WordMap<usize> = WordMap::default();
        spelled.iter().zip(1..).for_each(|(word, at)| *words.entry(word) = at);
        for (word, at) in spelled.iter().zip(1..) {
            assert_eq!(words.get(word, Span::new(0, word.len())), at, "{word}");
        }
    }
}
