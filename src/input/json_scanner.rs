//! Cuts a stream of JSON into values by brackets and quotes alone.
//!
//! So one reader can hand out the elements of an array of any size, and leave the
//! parsing to others.

use std::io::{BufRead, BufReader, Read};

use super::csv_records::REST_LOST;
use super::stream::blank_start;
use crate::extract::size;

/// Why no value could be cut out.
#[derive(Debug)]
pub(super) enum Broken {
    /// The stream ended inside the value.
    Unclosed,
    /// The value is larger than was allowed.
    TooLong,
    /// Its brackets are nested deeper than was allowed.
    TooDeep,
    Io(std::io::Error),
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

pub(super) struct Scanner<R> {
    reader: BufReader<R>,
    max_depth: usize,
    /// The most white space that may stand before a value.
    max_blank: u64,
}

impl<R: Read> Scanner<R> {
    pub(super) fn new(reader: R, max_depth: usize, max_blank: u64) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, reader), max_depth, max_blank }
    }

    /// The next byte that is not white space, left where it is; fails where white space goes
    /// on for too long.
    pub(super) fn peek(&mut self) -> std::io::Result<Option<u8>> {
        let mut skipped = 0;
        while skipped <= self.max_blank {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let blank = blank_start(chunk);
            let found = chunk.get(blank).copied();
            skipped += blank as u64;
            self.reader.consume(blank);
            if found.is_some() && skipped <= self.max_blank {
                return Ok(found);
            }
        }
        Err(std::io::Error::other(format!("more than {} of white space; {REST_LOST}", size(self.max_blank))))
    }

    /// Passes over the byte that was peeked at.
    pub(super) fn skip(&mut self) {
        self.reader.consume(1);
    }

    /// The value that begins here, as its bytes; at most `limit` of them.
    pub(super) fn value(&mut self, limit: u64) -> Result<Vec<u8>, Broken> {
        let mut value = Vec::new();
        let mut nesting = Nesting::default();
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                let complete = nesting.is_closed() && !value.is_empty();
                return if complete { Ok(value) } else { Err(Broken::Unclosed) };
            }
            let (used, ended) = nesting.read(chunk);
            value.extend_from_slice(&chunk[..used]);
            self.reader.consume(used);
            if nesting.deepest > self.max_depth {
                return Err(Broken::TooDeep);
            }
            if value.len() as u64 > limit {
                return Err(Broken::TooLong);
            }
            if ended {
                return Ok(value);
            }
        }
    }
}

/// How deep in brackets a scan is, and whether in a string.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    fn is_closed(&self) -> bool {
        self.depth == 0 && !self.in_string
    }

    /// How many bytes of `chunk` belong to the value, and whether it ends with them.
    fn read(&mut self, chunk: &[u8]) -> (usize, bool) {
        for (at, byte) in chunk.iter().enumerate() {
            if self.in_string {
                self.in_text(*byte);
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => {
                        self.depth += 1;
                        self.deepest = self.deepest.max(self.depth);
                    }
                    b'}' | b']' if self.depth > 0 => self.depth -= 1,
                    b'}' | b']' | b',' if self.depth == 0 => return (at, true),
                    byte if self.depth == 0 && byte.is_ascii_whitespace() => return (at, true),
                    _ => continue,
                }
            }
            if self.is_closed() && matches!(byte, b'"' | b'}' | b']') {
                return (at + 1, true);
            }
        }
        (chunk.len(), false)
    }

    fn in_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// Gives one byte at a time, as the slowest pipe does.
    struct Drip(Cursor<Vec<u8>>);

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let most = buffer.len().min(1);
            self.0.read(&mut buffer[..most])
        }
    }

    fn values(mut scanner: Scanner<impl Read>) -> Vec<String> {
        let mut values = Vec::new();
        while let Ok(Some(byte)) = scanner.peek() {
            if byte == b',' {
                scanner.skip();
                continue;
            }
            match scanner.value(40) {
                Ok(value) => values.push(String::from_utf8_lossy(&value).into_owned()),
                Err(broken) => {
                    values.push(format!("{broken:?}"));
                    break;
                }
            }
        }
        values
    }

    #[test]
    fn values_end_where_their_brackets_close() {
        let cases: [(&str, &[&str]); 8] = [
            ("[[[[[]]]]]", &["TooDeep"]),
            (r#"{"a":1} {"b":[{}]}"#, &[r#"{"a":1}"#, r#"{"b":[{}]}"#]),
            (r#"{"a":"} \" ] \\"}, {}"#, &[r#"{"a":"} \" ] \\"}"#, "{}"]),
            (r#"1, "two, {", null,[3 , 4]"#, &["1", r#""two, {""#, "null", "[3 , 4]"]),
            ("12", &["12"]),
            (r#"{"a": "#, &["Unclosed"]),
            (r#"{"a":1}{"b": "never closed}"#, &[r#"{"a":1}"#, "Unclosed"]),
            (r#"["more than forty bytes are more than allowed"]"#, &["TooLong"]),
        ];
        for (json, expected) in cases {
            assert_eq!(values(Scanner::new(json.as_bytes(), 4, 100)), expected, "{json}");
            let drip = Drip(Cursor::new(json.as_bytes().to_vec()));
            assert_eq!(values(Scanner::new(drip, 4, 100)), expected, "{json} byte by byte");
        }
    }

    #[test]
    fn white_space_has_a_limit() {
        for (blank, expected) in
            [(100, Ok(Some(b'1'))), (101, Err("more than 100 bytes of white space; the rest of the file is not read"))]
        {
            let json = format!("{}1", "\n".repeat(blank));
            let peeked = Scanner::new(json.as_bytes(), 4, 100).peek();
            assert_eq!(peeked.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
        }
    }
}
