//! Many texts as one.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use super::PackedList;

/// Many short texts, kept as one: those of the program are borrowed from it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Texts {
    /// One after another, with nothing between them.
    #[serde(deserialize_with = "borrowed")]
    all: Cow<'static, str>,
    /// Where each of them ends.
    ends: PackedList<u32, 4>,
}

fn borrowed<'de: 'static, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'static, str>, D::Error> {
    <&'de str>::deserialize(deserializer).map(Cow::Borrowed)
}

impl Texts {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them, one after another.
    pub(crate) fn joined(&self) -> &str {
        &self.all
    }

    /// One of them.
    pub(crate) fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends.at(before));
        &self.all[start as usize..self.ends.at(place) as usize]
    }

    /// All of them, in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// In texts that are sorted, the place of the first that is not less than `text`.
    pub(crate) fn lower_bound(&self, text: &str) -> usize {
        // A list of ends tells no place of its own, so that it is searched by places.
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle) < text { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for text in texts {
            all.push_str(text.as_ref());
            ends.push(u32::try_from(all.len()).expect("a lexicon of four gigabytes does not load"));
        }
        Self { all: all.into(), ends: ends.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_places_and_by_their_order() {
        let words = ["", "oat", "rye", "spelt", "wheat"];
        let texts: Texts = words.iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), words);
        for (place, word) in words.iter().enumerate() {
            assert_eq!((texts.get(place), texts.lower_bound(word)), (*word, place));
        }
        assert_eq!(["a", "oats", "z"].map(|word| texts.lower_bound(word)), [1, 2, 5]);
        assert_eq!(Texts::default().lower_bound("rye"), 0);
    }

    #[test]
    fn compiled_texts_are_borrowed() {
        let texts: Texts = ["rye", "oat"].iter().collect();
        let bytes: &'static [u8] = postcard::to_stdvec(&texts).expect("plain data").leak();
        let read: Texts = postcard::from_bytes(bytes).expect("as it was written");
        assert!(matches!(read.all, Cow::Borrowed(_)));
        assert_eq!(read.iter().collect::<Vec<_>>(), ["rye", "oat"]);
    }
}
