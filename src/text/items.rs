//! Bullets, and the items of lists that begin with them.

/// What every bullet becomes.
pub(super) const BULLET: &str = "* ";
/// Bullets, also in the middle of a line: what they look like elsewhere is seldom anything else.
pub(super) const BULLETS: &str = "\u{2022}\u{b7}\u{2023}\u{25aa}\u{25ab}\u{25cf}\u{25e6}\u{2219}\u{25a0}\u{25a1}\u{25ba}\u{27a2}\u{27a4}\u{2713}\u{2714}\u{2705}\u{2605}\u{25cb}\u{2043}\u{2756}\u{25c6}\u{25c7}\u{2666}\u{2726}\u{2751}\u{274f}\u{25b6}\u{25b8}\u{25b9}\u{25c9}\u{29bf}\u{26ab}\u{2611}\u{2610}\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}";
/// What is a bullet at the start of a line alone: arrows, and pictures that stand for one.
pub(super) const LINE_BULLETS: &str =
    "\u{2192}\u{21d2}\u{2794}\u{279c}\u{27a1}\u{27a5}\u{bb}\u{1f539}\u{1f538}\u{1f537}\u{1f536}\u{1f449}\u{2b50}";

/// Whether a line of a normalised text is an item of a list.
pub(crate) fn is_item(line: &str) -> bool {
    let line = line.trim_ascii_start();
    match line.as_bytes() {
        [b'*' | b'-' | b'+' | b'o', b' ', ..] => true,
        [b'-', ..] => line[1..].starts_with(char::is_alphanumeric),
        [b'0'..=b'9', ..] => is_numbered(line),
        _ => false,
    }
}

fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&(line.len() - rest.len())) && (rest.starts_with(". ") || rest.starts_with(") "))
}
