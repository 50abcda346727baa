//! Line breaks in text that is put together piece by piece.

/// Brings the line breaks at the end of `text` up to `count`; a text that has not begun
/// gets none.
pub(super) fn end_line(text: &mut String, count: usize) {
    if text.is_empty() {
        return;
    }
    let present = text.len() - text.trim_end_matches('\n').len();
    for _ in present..count {
        text.push('\n');
    }
}
