//! Lists of small values as plain bytes. Each value takes the same number of bytes, so that tens of thousands need not
//! be read one after another by serde, but each when it is asked for ([`PackedList`]).
//!
//! For a field of a list of some thousands, which is copied: `#[serde(with = "packed")]`.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::slice::SliceIndex;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A value that takes the same number of bytes, whatever it is.
pub(crate) trait Packed: Sized {
    /// That number.
    const BYTES: usize;

    /// Adds its bytes to others.
    fn pack(&self, bytes: &mut Vec<u8>);

    /// The value of these bytes, which are [`BYTES`](Self::BYTES).
    fn unpack(bytes: &[u8]) -> Self;
}

/// The bytes of the fields of a value, to be read in the order in which they were packed.
pub(crate) struct Fields<'b>(pub &'b [u8]);

impl Fields<'_> {
    /// The next field.
    #[inline(always)]
    pub(crate) fn next<T: Packed>(&mut self) -> T {
        let (field, rest) = self.0.split_at(T::BYTES);
        self.0 = rest;
        T::unpack(field)
    }
}

macro_rules! packed_numbers {
    ($($number:ty),*) => {$(
        impl Packed for $number {
            const BYTES: usize = size_of::<Self>();

            fn pack(&self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            #[inline(always)]
            fn unpack(bytes: &[u8]) -> Self {
                Self::from_le_bytes(bytes.try_into().expect("as many bytes as it has"))
            }
        }
    )*};
}

packed_numbers!(u8, u16, u32, u64);

/// A list of such values, each of `BYTES` bytes. That of the program is read where it lies: to copy such lists would
/// take a third of a short run.
#[derive(Clone)]
pub(crate) struct PackedList<T, const BYTES: usize> {
    packed: Cow<'static, [[u8; BYTES]]>,
    values: PhantomData<T>,
}

impl<T: Packed, const BYTES: usize> PackedList<T, BYTES> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.packed.len()
    }

    /// The value at a place, if there is one.
    #[inline(always)]
    pub(crate) fn get(&self, at: usize) -> Option<T> {
        self.packed.get(at).map(|bytes| T::unpack(bytes))
    }

    /// The value at a place.
    ///
    /// # Panics
    /// If there is none.
    #[inline(always)]
    pub(crate) fn at(&self, at: usize) -> T {
        T::unpack(&self.packed[at])
    }

    /// The values at these places.
    ///
    /// # Panics
    /// If there are fewer.
    #[inline(always)]
    pub(crate) fn slice<P: SliceIndex<[[u8; BYTES]], Output = [[u8; BYTES]]>>(
        &self,
        places: P,
    ) -> impl ExactSizeIterator<Item = T> {
        self.packed[places].iter().map(|bytes| T::unpack(bytes))
    }

    /// All values, in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = T> {
        self.slice(..)
    }
}

impl<T, const BYTES: usize> Default for PackedList<T, BYTES> {
    fn default() -> Self {
        Self { packed: Cow::Borrowed(&[]), values: PhantomData }
    }
}

impl<T: Packed, const BYTES: usize> FromIterator<T> for PackedList<T, BYTES> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut bytes = Vec::new();
        values.into_iter().for_each(|value| value.pack(&mut bytes));
        Self { packed: bytes.as_chunks().0.to_vec().into(), values: PhantomData }
    }
}

impl<T: Packed + fmt::Debug, const BYTES: usize> fmt::Debug for PackedList<T, BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T, const BYTES: usize> Serialize for PackedList<T, BYTES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.packed.as_flattened())
    }
}

impl<'de: 'static, T: Packed, const BYTES: usize> Deserialize<'de> for PackedList<T, BYTES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match <&'de [u8]>::deserialize(deserializer)?.as_chunks() {
            (packed, []) => Ok(Self { packed: Cow::Borrowed(packed), values: PhantomData }),
            _ => Err(de::Error::custom("a list that ends within a value")),
        }
    }
}

pub(crate) fn serialize<T: Packed, S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(values.len() * T::BYTES);
    values.iter().for_each(|value| value.pack(&mut bytes));
    serializer.serialize_bytes(&bytes)
}

pub(crate) fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let values = <&'de [u8]>::deserialize(deserializer)?.chunks_exact(T::BYTES);
    if !values.remainder().is_empty() {
        return Err(de::Error::custom("a list that ends within a value"));
    }
    Ok(values.map(T::unpack).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list as the program holds it.
    fn compiled(values: &[u32]) -> &'static [u8] {
        let list: PackedList<u32, 4> = values.iter().copied().collect();
        postcard::to_stdvec(&list).expect("plain data").leak()
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Copied {
        #[serde(with = "super")]
        small: Vec<u16>,
        #[serde(with = "super")]
        large: Vec<u64>,
    }

    #[test]
    fn lists_that_are_copied_are_read_as_they_were_written() {
        for lists in
            [Copied { small: vec![], large: vec![] }, Copied { small: vec![0, 1, 0xFFFE], large: vec![u64::MAX, 7] }]
        {
            let bytes = postcard::to_stdvec(&lists).expect("plain data");
            assert_eq!(bytes.len(), 2 + 2 * lists.small.len() + 8 * lists.large.len());
            assert_eq!(postcard::from_bytes::<Copied>(&bytes).expect("as it was written"), lists);
        }
    }

    #[test]
    fn lists_are_read_where_they_lie() {
        for values in [[].as_slice(), &[7], &[0, 1, u32::MAX]] {
            let bytes = compiled(values);
            assert_eq!(bytes.len(), 1 + 4 * values.len());
            let list: PackedList<u32, 4> = postcard::from_bytes(bytes).expect("as it was written");
            assert!(matches!(list.packed, Cow::Borrowed(_)));
            assert_eq!(list.iter().collect::<Vec<_>>(), values);
            assert!((0..=values.len()).all(|at| list.get(at) == values.get(at).copied()));
        }
    }

    #[test]
    fn some_values_of_a_list_are_read() {
        let list: PackedList<u16, 2> = (0..9).collect();
        assert_eq!((list.len(), list.at(8), list.get(9)), (9, 8, None));
        assert_eq!(list.slice(2..5).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(list.slice(9..9).count(), 0);
    }

    #[test]
    fn half_a_value_is_an_error() {
        let bytes: &'static [u8] = postcard::to_stdvec([1_u8, 2, 3].as_slice()).expect("plain data").leak();
        assert!(postcard::from_bytes::<PackedList<u16, 2>>(bytes).is_err());
        let both = postcard::to_stdvec(&([1_u8, 2, 3].as_slice(), [0_u8; 8].as_slice())).expect("plain data");
        assert!(postcard::from_bytes::<Copied>(&both).is_err());
    }
}
