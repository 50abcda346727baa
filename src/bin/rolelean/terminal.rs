//! What is printed for people: colours, columns, errors, text that may be hostile.

use std::io::Write;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Color, Style};
use anyhow::Context;
pub use rolelean::text::{inert as plain, inert_line as plain_line};

use crate::args::Colour;
use crate::outcome::Outcome;

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const ERROR: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));
pub const WARNING: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));
pub const GOOD: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
/// The two roles' colours: told apart by people who do not see red and green alike.
pub const LEFT: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Blue)));
pub const RIGHT: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));

/// Decides once for both outputs.
pub fn choose_colour(colour: Colour) {
    match colour {
        Colour::Auto => {}
        Colour::Always => ColorChoice::Always.write_global(),
        Colour::Never => ColorChoice::Never.write_global(),
    }
}

/// Whether standard output shows colours.
pub fn has_colours() -> bool {
    AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// How many columns standard output shows; `None` when it is no terminal.
pub fn output_width() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into())
}

/// How many columns standard error shows; `None` when it is no terminal.
pub fn notice_width() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| width.0.into())
}

/// Writes what was asked for to standard output.
pub fn print(page: &str) -> anyhow::Result<Outcome> {
    write_all(&mut anstream::stdout(), page.as_bytes())
}

/// Writes bytes to standard output as they are.
pub fn print_bytes(bytes: &[u8]) -> anyhow::Result<Outcome> {
    write_all(&mut std::io::stdout(), bytes)
}

/// Flushed here: what standard output still holds when the program ends is lost without a word where it
/// cannot be written.
fn write_all(out: &mut dyn Write, bytes: &[u8]) -> anyhow::Result<Outcome> {
    out.write_all(bytes).and_then(|()| out.flush()).context("cannot write to standard output")?;
    Ok(Outcome::Complete)
}

/// Writes what else there is to say to standard error; that nobody listens is no reason to fail.
pub fn note(page: &str) {
    let _ = anstream::stderr().write_all(page.as_bytes());
}

/// Prints an error with everything that led to it.
pub fn error(error: &anyhow::Error) {
    note(&format!("{ERROR}error:{ERROR:#} {}\n", plain(&format!("{error:#}"))));
}

/// `style` around `text`, with what the terminal would obey taken out.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{}{style:#}", plain(text))
}
