//! What a file is that is no text, by its first bytes.

/// Formats that are known by how they begin, whatever the file is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    /// A zip archive: a folder, a Word file, a workbook.
    Zip,
    /// The container of Office's binary files: `.doc`, `.xls`, `.msg`, and of new ones with a password.
    Ole,
    Pdf,
    Rtf,
    Parquet,
    Sqlite,
}

impl Magic {
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        const KNOWN: [(&[u8], Magic); 7] = [
            (b"PK\x03\x04", Magic::Zip),
            // An archive that holds nothing.
            (b"PK\x05\x06", Magic::Zip),
            (b"\xd0\xcf\x11\xe0", Magic::Ole),
            (b"%PDF-", Magic::Pdf),
            (b"{\\rtf", Magic::Rtf),
            (b"PAR1", Magic::Parquet),
            (b"SQLite format 3\0", Magic::Sqlite),
        ];
        let start = start.trim_ascii_start();
        KNOWN.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, format)| *format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        let cases: [(&[u8], Option<Magic>); 5] = [
            (b"PK\x03\x04rest", Some(Magic::Zip)),
            (b"\n%PDF-1.7", Some(Magic::Pdf)),
            (b"SQLite format 3\0\x10", Some(Magic::Sqlite)),
            (b"PKing", None),
            (b"", None),
        ];
        for (start, expected) in cases {
            assert_eq!(Magic::of(start), expected, "{start:?}");
        }
    }
}
