//! Values that stay as the program holds them until somebody asks for them.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

/// A value that is compiled into the program, and read when it is first asked for; or one that was read or made
/// already. Thousands of values cost a start no more than a look at the length of each.
pub(crate) struct OnDemand<T> {
    /// The value in compiled form; of no use where it was given.
    compiled: &'static [u8],
    /// In memory of its own, so that one that is not read takes hardly any.
    value: OnceLock<Box<T>>,
}

#[cfg(test)]
impl<T> OnDemand<T> {
    /// Whether the value is in memory.
    pub(crate) fn is_read(&self) -> bool {
        self.value.get().is_some()
    }
}

impl<T> From<T> for OnDemand<T> {
    fn from(value: T) -> Self {
        Self { compiled: &[], value: OnceLock::from(Box::new(value)) }
    }
}

impl<T: DeserializeOwned> Deref for OnDemand<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| {
            let value = postcard::from_bytes(self.compiled);
            Box::new(value.expect("a test of the compiled lexicon reads all of it"))
        })
    }
}

impl<T: Clone> Clone for OnDemand<T> {
    fn clone(&self) -> Self {
        Self { compiled: self.compiled, value: self.value.clone() }
    }
}

impl<T: DeserializeOwned + fmt::Debug> fmt::Debug for OnDemand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: DeserializeOwned + Serialize> Serialize for OnDemand<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&postcard::to_stdvec(&**self).map_err(ser::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for OnDemand<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { compiled: <&'de [u8]>::deserialize(deserializer)?, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value as the program holds it.
    fn compiled<T: Serialize>(value: &T) -> &'static [u8] {
        postcard::to_stdvec(value).expect("plain data").leak()
    }

    #[test]
    fn a_value_is_read_when_it_is_asked_for_and_once() {
        let words: OnDemand<Vec<String>> = vec!["rye".to_owned(), "oat".to_owned()].into();
        let read: OnDemand<Vec<String>> = postcard::from_bytes(compiled(&words)).expect("as it was written");
        assert!(!read.is_read());
        assert_eq!(*read, *words);
        assert!(std::ptr::eq(&*read, &*read));
    }

    #[test]
    fn a_copy_is_read_by_itself() {
        let read: OnDemand<u32> = postcard::from_bytes(compiled(&OnDemand::from(7_u32))).expect("as it was written");
        let copy = read.clone();
        assert_eq!(*read, 7);
        assert!(!copy.is_read());
        assert_eq!((*copy, *read.clone()), (7, 7));
    }
}
