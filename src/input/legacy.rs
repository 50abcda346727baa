//! Files that are recognised and not read, and the one command that makes something of them that is.

use memchr::memmem;

/// How far into a database its tables are looked for.
const SCHEMA: usize = 1 << 16;

/// Why a file in the container of Office's binary formats is not read as a document.
pub(super) fn refusal(bytes: &[u8]) -> String {
    let has = |name: &str| {
        // The names of its parts are in UTF-16.
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    let convert = "convert it with `soffice --headless --convert-to";
    if has("EncryptedPackage") {
        "an Office file that is locked with a password: save it without one".to_owned()
    } else if has("WordDocument") {
        format!("an old Word file (.doc): {convert} docx FILE`")
    } else if has("__properties_version1.0") {
        "an Outlook message (.msg): save it as .eml, or drag it out of a mail program that writes that".to_owned()
    } else if has("PowerPoint Document") {
        format!("an old presentation (.ppt): {convert} pdf FILE`")
    } else {
        format!("an old Office file: {convert} docx FILE`")
    }
}

/// Whether a file in that container is a workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let utf16 = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    ["Workbook\0", "Book\0"].iter().any(|name| memmem::find(bytes, &utf16(name)).is_some())
}

/// Why a database is not read.
pub(super) fn sqlite_refusal(bytes: &[u8]) -> String {
    let table = table(&bytes[..bytes.len().min(SCHEMA)]).unwrap_or("TABLE");
    format!(
        "a SQLite database: write its table to a CSV file with `sqlite3 -header -csv FILE 'SELECT * FROM {table}' > jobs.csv`"
    )
}

/// A table of a database: the first that its schema tells of.
fn table(schema: &[u8]) -> Option<&str> {
    const CREATE: &[u8] = b"CREATE TABLE ";
    let is_name = |name: &&str| !name.is_empty() && !name.starts_with("sqlite_");
    let names = memmem::find_iter(schema, CREATE).filter_map(|at| {
        let name = &schema[at + CREATE.len()..];
        let name = name.trim_ascii_start();
        let name = name.strip_prefix(b"\"").unwrap_or(name);
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        std::str::from_utf8(&name[..length.min(60)]).ok()
    });
    // The schema is written from the end of a page to its beginning.
    names.filter(is_name).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ole(part: &str) -> Vec<u8> {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend(part.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.extend([0; 4]);
        bytes
    }

    #[test]
    fn each_refusal_names_the_next_step() {
        let cases = [
            ("WordDocument", "--convert-to docx FILE"),
            ("EncryptedPackage", "save it without one"),
            ("__properties_version1.0", "save it as .eml"),
            ("PowerPoint Document", "--convert-to pdf FILE"),
            ("", "--convert-to docx FILE"),
        ];
        for (part, expected) in cases {
            assert!(refusal(&ole(part)).contains(expected), "{part}: {}", refusal(&ole(part)));
        }
        assert!(is_workbook(&ole("Workbook")) && is_workbook(&ole("Book")) && !is_workbook(&ole("WordDocument")));
    }

    #[test]
    fn a_database_is_told_of_with_its_table() {
        let named =
            sqlite_refusal(b"SQLite format 3\0 CREATE TABLE \"jobs\"(id) CREATE TABLE sqlite_sequence(name,seq)");
        assert!(named.contains("'SELECT * FROM jobs'"), "{named}");
        assert!(sqlite_refusal(b"SQLite format 3\0").contains("'SELECT * FROM TABLE'"));
    }
}
