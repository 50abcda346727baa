//! Numbers of `lexicon.toml`, written in place: comments and all else stay as they are.

use std::fmt::Write as _;

/// A table of the file, and numbers that its keys get.
pub(super) struct Numbers<'n> {
    pub table: &'n str,
    pub keys: Vec<(&'n str, f64)>,
}

/// The file with these numbers; a key that is not there is added at the end of its table.
pub(super) fn with_numbers(manifest: &str, tables: &[Numbers<'_>]) -> String {
    let mut file = manifest.to_owned();
    for Numbers { table, keys } in tables {
        for (key, number) in keys {
            file = with_number(&file, table, key, *number);
        }
    }
    file
}

fn with_number(manifest: &str, table: &str, key: &str, number: f64) -> String {
    let lines: Vec<&str> = manifest.split_inclusive('\n').collect();
    let is_header = |line: &str| line.trim_start().starts_with('[');
    let Some(header) = lines.iter().position(|line| line.trim() == format!("[{table}]")) else {
        return format!("{manifest}\n[{table}]\n{key} = {number:?}\n");
    };
    let end = (header + 1..lines.len()).find(|at| is_header(lines[*at])).unwrap_or(lines.len());
    let has_key = |line: &str| line.split('=').next().is_some_and(|name| name.trim() == key);
    let is_number = |at: &usize| has_key(lines[*at]) && lines[*at].contains('=');
    let mut file = String::with_capacity(manifest.len() + 32);
    match (header + 1..end).find(is_number) {
        Some(at) => {
            file.extend(lines[..at].iter().copied());
            let comment = lines[at].find('#').map_or("\n", |at_byte| &lines[at][at_byte..]);
            let space = if comment == "\n" { "" } else { "  " };
            let _ = write!(file, "{key} = {number:?}{space}{comment}");
            file.extend(lines[at + 1..].iter().copied());
        }
        None => {
            // After the last key, not after the comments that belong to the next table.
            let last = (header..end).rev().find(|at| *at == header || lines[*at].contains(" = ")).unwrap_or(header);
            file.extend(lines[..=last].iter().copied());
            let _ = writeln!(file, "{key} = {number:?}");
            file.extend(lines[last + 1..].iter().copied());
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_place_and_all_else_stays() {
        let file = "# top\n[a]\n# about x\nx = 1.0  # why\ny = 2.0\n\n# about b\n[b]\nx = 3.0\n";
        let tables = [
            Numbers { table: "a", keys: vec![("x", 1.5), ("z", -2.0)] },
            Numbers { table: "b", keys: vec![("x", 4.0)] },
        ];
        let expected = "# top\n[a]\n# about x\nx = 1.5  # why\ny = 2.0\nz = -2.0\n\n# about b\n[b]\nx = 4.0\n";
        assert_eq!(with_numbers(file, &tables), expected);
    }
}
