//! Lists of small values as plain bytes. Each value takes the same number of bytes, so that tens of thousands are
//! read at once, and not one after another by serde.
//!
//! For a field of a list: `#[serde(with = "packed")]`.

use serde::{Deserialize, Deserializer, Serializer, de};

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
    use serde::Serialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Lists {
        #[serde(with = "super")]
        small: Vec<u16>,
        #[serde(with = "super")]
        large: Vec<u64>,
    }

    #[test]
    fn lists_are_read_as_they_were_written() {
        for lists in
            [Lists { small: vec![], large: vec![] }, Lists { small: vec![0, 1, 0xFFFE], large: vec![u64::MAX, 7] }]
        {
            let bytes = postcard::to_stdvec(&lists).expect("plain data");
            assert_eq!(bytes.len(), 2 + 2 * lists.small.len() + 8 * lists.large.len());
            assert_eq!(postcard::from_bytes::<Lists>(&bytes).expect("as it was written"), lists);
        }
    }

    #[test]
    fn half_a_value_is_an_error() {
        let bytes = postcard::to_stdvec(&([1_u8, 2, 3].as_slice(), [0_u8; 8].as_slice())).expect("plain data");
        assert!(postcard::from_bytes::<Lists>(&bytes).is_err());
    }
}
