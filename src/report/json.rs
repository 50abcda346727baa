//! JSON in one pass: each text is escaped, and made safe to show, while it is written.
//!
//! `serde_json` writes keys and texts byte by byte, and what it wrote had to be looked through once
//! more: that took as long as all the analysis. It is what the tests hold this writer against.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

use super::decimals::push_exact;
use crate::text::bytes::{BLOCK, any, block, mask, ones};
use crate::text::{begins_obeyed, obeyed};

/// Appends a value as JSON in which a terminal, to which it may be copied, finds nothing to obey.
///
/// # Panics
/// When the value holds what reports do not: bytes, or variants with values.
pub(super) fn push_json(out: &mut Vec<u8>, value: &impl Serialize) {
    value.serialize(Writer { out }).unwrap_or_else(|error| unreachable!("texts, numbers, lists and structs: {error}"));
}

/// Writes one value.
struct Writer<'o> {
    out: &'o mut Vec<u8>,
}

/// Writes the members of a list or an object.
struct Members<'o> {
    out: &'o mut Vec<u8>,
    /// What stands before the next one: the bracket, or a comma.
    before: u8,
    /// The closing bracket.
    close: u8,
}

impl<'o> Members<'o> {
    fn next(&mut self) -> Writer<'_> {
        self.out.push(self.before);
        self.before = b',';
        Writer { out: self.out }
    }

    fn close(self) {
        if self.before != b',' {
            self.out.push(self.before);
        }
        self.out.push(self.close);
    }
}

impl<'o> Writer<'o> {
    fn list(self) -> Members<'o> {
        Members { out: self.out, before: b'[', close: b']' }
    }

    fn object(self) -> Members<'o> {
        Members { out: self.out, before: b'{', close: b'}' }
    }

    fn integer(self, number: impl itoa::Integer) {
        self.out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }
}

/// Methods that write an integer of each type.
macro_rules! integers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, number: $type) -> Result<(), fmt::Error> {
            self.integer(number);
            Ok(())
        })*
    };
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Members<'o>;
    type SerializeTuple = Members<'o>;
    type SerializeTupleStruct = Members<'o>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Impossible<(), fmt::Error>;

    integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, flag: bool) -> Result<(), fmt::Error> {
        self.out.extend_from_slice(if flag { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), fmt::Error> {
        serde_json::to_writer(self.out, &number).map_err(|_| fmt::Error)
    }

    fn serialize_f64(self, number: f64) -> Result<(), fmt::Error> {
        match push_exact(self.out, number) {
            Some(()) => Ok(()),
            None => serde_json::to_writer(self.out, &number).map_err(|_| fmt::Error),
        }
    }

    fn serialize_char(self, character: char) -> Result<(), fmt::Error> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), fmt::Error> {
        self.out.push(b'"');
        push_text(self.out, text);
        self.out.push(b'"');
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), fmt::Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), fmt::Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o>, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'o>, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>, fmt::Error> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, fmt::Error> {
        Ok(self.object())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Err(fmt::Error)
    }
}

/// The traits of lists differ in names alone.
macro_rules! lists {
    ($($trait:ident: $method:ident),*) => {
        $(impl ser::$trait for Members<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
                value.serialize(self.next())
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.close();
                Ok(())
            }
        })*
    };
}

lists!(SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field);

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        key.serialize(self.next())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        self.out.push(b':');
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = fmt::Error;

    /// Names of fields hold nothing to escape. Each is known where it is compiled into its place.
    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), fmt::Error> {
        let out = self.next().out;
        out.reserve(name.len() + 3);
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        value.serialize(Writer { out })
    }

    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}

/// Appends a text with what JSON must not hold as it is escaped, and what would be obeyed.
fn push_text(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    if bytes.len() < BLOCK && !any(bytes, is_marked) {
        out.extend_from_slice(bytes);
        return;
    }
    out.reserve(bytes.len() + bytes.len() / 32);
    let mut done = 0;
    for from in (0..bytes.len()).step_by(BLOCK) {
        for at in ones(mask(&block(bytes, from), is_marked)).map(|place| from + place) {
            let Some((escape, len)) = Escape::of(text, at) else { continue };
            out.extend_from_slice(&bytes[done..at]);
            escape.push(out);
            done = at + len;
        }
    }
    out.extend_from_slice(&bytes[done..]);
}

/// Whether a byte has to be escaped, or may begin a character that has to be.
#[inline(always)]
fn is_marked(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\') | begins_obeyed(byte)
}

/// What stands for a character.
enum Escape {
    /// A backslash and this.
    Short(u8),
    /// The number of the character.
    Number(u32),
}

impl Escape {
    /// What stands for the character at byte `at`, if anything has to, and the bytes it has.
    fn of(text: &str, at: usize) -> Option<(Self, usize)> {
        Some(match text.as_bytes()[at] {
            b'"' => (Self::Short(b'"'), 1),
            b'\\' => (Self::Short(b'\\'), 1),
            b'\n' => (Self::Short(b'n'), 1),
            b'\r' => (Self::Short(b'r'), 1),
            b'\t' => (Self::Short(b't'), 1),
            0x8 => (Self::Short(b'b'), 1),
            0xc => (Self::Short(b'f'), 1),
            byte if byte < b' ' => (Self::Number(byte.into()), 1),
            _ => obeyed(&text[at..]).map(|c| (Self::Number(c.into()), c.len_utf8()))?,
        })
    }

    fn push(self, out: &mut Vec<u8>) {
        match self {
            Self::Short(letter) => out.extend_from_slice(&[b'\\', letter]),
            // All lie in the basic plane, where four digits name a character.
            Self::Number(number) => out.extend_from_slice(format!("\\u{number:04x}").as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;
    use crate::text::inert_json;

    fn pushed(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        push_json(&mut out, value);
        String::from_utf8(out).expect("JSON is text")
    }

    fn by_the_library(value: &impl Serialize) -> String {
        inert_json(&serde_json::to_string(value).expect("plain data")).into_owned()
    }

    #[derive(Serialize)]
    struct Told<'t> {
        text: &'t str,
        none: Option<u8>,
        numbers: (f64, i64, u8, f32),
        flags: Vec<bool>,
        empty: [u8; 0],
        map: BTreeMap<&'t str, Inner>,
        letter: char,
    }

    #[derive(Serialize)]
    struct Inner(Option<usize>, ());

    proptest! {
        #[test]
        fn it_writes_what_the_library_writes(
            text in "([a-z ]{0,90}|[\"\\\\\n\r\t\u{8}\u{c}\u{1}\u{7f}\u{9b}é–•\u{202e}\u{2028}\u{fffa}日]){0,9}",
            number in prop::num::f64::ANY,
            integer in prop::num::i64::ANY,
        ) {
            let map = BTreeMap::from([("one", Inner(None, ())), (text.as_str(), Inner(Some(7), ()))]);
            let numbers = (number, integer, 7, 0.1);
            let told = Told { text: &text, none: None, numbers, flags: vec![true, false], empty: [], map, letter: '"' };
            prop_assert_eq!(pushed(&told), by_the_library(&told));
        }
    }

    #[test]
    fn every_character_is_written_as_the_library_writes_it() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(pushed(&c), by_the_library(&c), "{:04x}", u32::from(c));
        }
    }
}
