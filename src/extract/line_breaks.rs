//! Line breaks in text that is put together piece by piece.

/// The line breaks that `text` lacks to end with `count` of them, which are 2 at the most;
/// a text that has not begun gets none.
pub(super) fn line_ends(text: &[u8], count: usize) -> &'static str {
    if text.is_empty() {
        return "";
    }
    // No further than is asked for: the text may end with any number of them.
    let present = text.iter().rev().take(count).take_while(|byte| **byte == b'\n').count();
    &"\n\n"[..count - present]
}
