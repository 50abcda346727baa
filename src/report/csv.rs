//! Tables as CSV: RFC 4180, UTF-8, `\n` ended, the same bytes for the same rows.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::marker::PhantomData;

use super::columns::{Cell, Table};
use crate::lexicon::Lexicon;

/// How cells are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CsvStyle {
    /// Leave text that a spreadsheet would run as a formula as it is.
    pub raw_cells: bool,
    /// Start with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
}

/// Writes the rows of one table.
pub struct CsvTable<W: Write, T: Table> {
    writer: csv::Writer<W>,
    style: CsvStyle,
    /// What cells are printed into, again and again.
    printed: String,
    table: PhantomData<T>,
}

impl<W: Write, T: Table> CsvTable<W, T> {
    /// Writes the header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W, lexicon: &Lexicon, style: CsvStyle) -> io::Result<Self> {
        if style.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
        writer.write_record(T::COLUMNS.iter().map(|column| column.name.under(lexicon))).map_err(plain)?;
        Ok(Self { writer, style, printed: String::new(), table: PhantomData })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, row: &T::Row<'_>) -> io::Result<()> {
        for column in T::COLUMNS {
            let cell = (column.cell)(row);
            self.writer.write_field(print(&cell, self.style, &mut self.printed)).map_err(plain)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(plain)
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// What the output said, by which a closed pipe is known; as a `csv::Error` it would be hidden.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The text of a cell: its own, or made in `buffer`.
fn print<'p>(cell: &'p Cell<'_>, style: CsvStyle, buffer: &'p mut String) -> &'p str {
    buffer.clear();
    // Writing to a string cannot fail.
    match cell {
        Cell::Empty => {}
        Cell::Text(text) if style.raw_cells || !is_formula(text) => return text,
        Cell::Text(text) => buffer.extend(["'", text]),
        Cell::Integer(number) => {
            let _ = write!(buffer, "{number}");
        }
        Cell::Number(number, decimals) => push_decimal(buffer, *number, *decimals),
        Cell::Flag(flag) => return if *flag { "true" } else { "false" },
    }
    buffer
}

/// A number with fixed decimals and no negative zero.
pub(crate) fn decimal(number: f64, decimals: usize) -> String {
    let mut printed = String::new();
    push_decimal(&mut printed, number, decimals);
    printed
}

fn push_decimal(out: &mut String, number: f64, decimals: usize) {
    if push_short_decimal(out, number, decimals).is_some() {
        return;
    }
    let printed = format!("{number:.decimals$}");
    let negative_zero = printed.starts_with('-') && printed[1..].bytes().all(|byte| matches!(byte, b'0' | b'.'));
    out.push_str(&printed[usize::from(negative_zero)..]);
}

/// The same by whole numbers, which is many times faster: for numbers of everyday
/// size that are clearly nearer to one last digit than to the next.
fn push_short_decimal(out: &mut String, number: f64, decimals: usize) -> Option<()> {
    let power = [1_u32, 10, 100, 1_000, 10_000].get(decimals).filter(|_| decimals > 0)?;
    let scaled = number.abs() * f64::from(*power);
    let clear = scaled < 1e9 && (scaled.fract() - 0.5).abs() > 1e-6;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1e9")]
    let digits = clear.then(|| scaled.round() as u32)?;
    let sign = if number < 0.0 && digits > 0 { "-" } else { "" };
    write!(out, "{sign}{}.{:0decimals$}", digits / power, digits % power).ok()
}

/// Whether a spreadsheet would run the text as a formula, so that an apostrophe goes before it
/// (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab and carriage return first, also as
/// full-width characters and after a line break inside the cell).
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posting::Skipped;
    use crate::report::columns::SkippedTable;

    struct ClosedPipe;

    impl Write for ClosedPipe {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_told_as_such() -> io::Result<()> {
        let lexicon = Lexicon::builtin();
        let mut table = CsvTable::<_, SkippedTable>::new(ClosedPipe, &lexicon, CsvStyle::default())?;
        // The table is buffered: the pipe is met when a row does not fit.
        let row = Skipped { source: "x".repeat(1 << 16), record: None, reason: String::new() };
        let kind = table.row(&row).map_err(|error| error.kind());
        assert_eq!(kind, Err(io::ErrorKind::BrokenPipe));
        Ok(())
    }

    #[test]
    fn numbers_are_printed_as_the_library_does() {
        for step in -40_000..40_000 {
            let number = f64::from(step) * 0.000_731;
            for decimals in 1..5 {
                let expected = format!("{number:.decimals$}");
                let negative_zero = expected.starts_with('-') && !expected.contains(|c: char| ('1'..='9').contains(&c));
                assert_eq!(decimal(number, decimals), &expected[usize::from(negative_zero)..], "{number}");
            }
        }
        for number in [0.5, 0.05, 0.125, -0.125, 1e12, f64::NAN, f64::INFINITY] {
            assert_eq!(decimal(number, 2), format!("{number:.2}"), "{number}");
        }
    }

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        let style = CsvStyle::default();
        let cases = [
            (Cell::Text("=1+1".into()), "'=1+1"),
            (Cell::Text("@SUM(A1)".into()), "'@SUM(A1)"),
            (Cell::Text("-2 years".into()), "'-2 years"),
            (Cell::Text("\tx".into()), "'\tx"),
            (Cell::Text("C# = fun".into()), "C# = fun"),
            (Cell::Number(-1.5, 2), "-1.50"),
            (Cell::Number(-0.00001, 4), "0.0000"),
            (Cell::Empty, ""),
        ];
        for (cell, expected) in cases {
            assert_eq!(print(&cell, style, &mut String::new()), expected);
        }
        let raw = CsvStyle { raw_cells: true, ..style };
        assert_eq!(print(&Cell::Text("=1+1".into()), raw, &mut String::new()), "=1+1");
    }
}
