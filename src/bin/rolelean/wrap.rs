//! Lines broken between words, so that a terminal does not break them inside one.

/// Breaks the lines of `text` that are wider than `width` columns; the rest of a list
/// item stands under its first word. Without a width nothing is broken.
///
/// Escape codes for colours take no columns; every other character is taken for one.
pub fn wrap(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let mut page = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        wrap_line(&mut page, line, width, hang(line));
    }
    page
}

/// Columns that lists keep to where no terminal says how many there are.
const DEFAULT: usize = 80;
/// The widest word before a gap that is taken for the label of what follows.
const LABEL: usize = 12;

/// A label and a list, the further lines indented by `hang` columns.
pub fn list(label: &str, items: &str, hang: usize, width: Option<usize>) -> String {
    labelled(label, items, hang, width.or(Some(DEFAULT)))
}

/// A label and what it labels, the further lines indented by `hang` columns.
pub fn labelled(label: &str, text: &str, hang: usize, width: Option<usize>) -> String {
    let line = format!("{label}{text}\n");
    let Some(width) = width else { return line };
    let mut page = String::new();
    wrap_line(&mut page, &line, width, hang);
    page
}

fn wrap_line(page: &mut String, line: &str, width: usize, hang: usize) {
    // Where there is hardly any room an indentation would leave none.
    let hang = if hang * 2 < width { hang } else { 0 };
    let mut column = 0;
    for word in line.split_inclusive(' ') {
        let taken = columns(word.trim_end());
        if column > hang && column + taken > width {
            page.truncate(page.trim_end_matches(' ').len());
            page.push('\n');
            page.extend(std::iter::repeat_n(' ', hang));
            column = hang;
        }
        page.push_str(word);
        column += columns(word);
    }
}

/// How far the further lines of `line` are indented: to its text, after a bullet or a label.
fn hang(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    if let Some((label, rest)) = text.split_once("  ").filter(|(label, _)| columns(label) <= LABEL) {
        return indent + columns(label) + 2 + (rest.len() - rest.trim_start_matches(' ').len());
    }
    let bullet = text.split_once(' ').map_or("", |(first, _)| first);
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_bullet = matches!(bullet, "-" | "*" | "•" | "·" | "–" | "◦" | "~" | "o")
        || bullet.strip_suffix(['.', ')']).is_some_and(is_number);
    if is_bullet { indent + columns(bullet) + 1 } else { indent }
}

/// The columns `text` takes.
pub fn columns(text: &str) -> usize {
    let mut columns = 0;
    let mut in_escape = false;
    for c in text.chars() {
        match c {
            '\u{1b}' => in_escape = true,
            _ if in_escape => in_escape = !c.is_ascii_alphabetic(),
            '\n' | '\r' => {}
            _ => columns += 1,
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        let cases = [
            ("one two three", 8, "one two\nthree"),
            ("one two three", 7, "one two\nthree"),
            ("- one two three\n\nfour\n", 9, "- one two\n  three\n\nfour\n"),
            ("  12. one two\n", 13, "  12. one two\n"),
            ("2. one two\n", 8, "2. one\n   two\n"),
            ("      12. one two\n", 16, "      12. one\ntwo\n"),
            ("rests on  one two\n", 14, "rests on  one\ntwo\n"),
            ("not       one two three\n", 21, "not       one two\n          three\n"),
            ("unbreakable word", 4, "unbreakable\nword"),
            ("\u{1b}[1mone\u{1b}[0m two", 7, "\u{1b}[1mone\u{1b}[0m two"),
        ];
        for (text, width, expected) in cases {
            assert_eq!(wrap(text, Some(width)), expected, "{text:?} in {width}");
        }
        assert_eq!(wrap("one two three", None), "one two three");
    }

    #[test]
    fn a_label_hangs_over_its_text() {
        assert_eq!(labelled("skills: ", "one, two, three", 2, Some(16)), "skills: one,\n  two, three\n");
        assert_eq!(labelled("skills: ", "one, two, three", 2, None), "skills: one, two, three\n");
    }
}
