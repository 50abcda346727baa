//! The places of a text that are worth a closer look.

use crate::text::bytes::{BLOCK, block, mask, ones};

/// Places of a block that are seen with a neighbour on either side.
const STEP: usize = BLOCK - 2;

/// Where something may need repair, from left to right: few places of ordinary text.
pub(super) fn marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let first = bytes.first().is_some_and(|byte| matches!(byte, b'#' | b'>')).then_some(0);
    let blocks = (0..bytes.len()).step_by(STEP);
    first.into_iter().chain(blocks.flat_map(move |from| {
        let block = block(bytes, from);
        ones(candidates(&block) & (u64::MAX >> 1 & !1))
            .filter(move |at| block[*at].is_ascii_alphanumeric() || is_marked_sign(&block[at - 1..=at + 1]))
            .map(move |at| from + at)
    }))
}

/// The places of a block at which letters or digits are marked, and all signs that may be; the first and
/// the last place have a neighbour too few.
fn candidates(block: &[u8; BLOCK]) -> u64 {
    let lower = mask(block, |byte| byte.wrapping_sub(b'a') < 26);
    let upper = mask(block, |byte| byte.wrapping_sub(b'A') < 26);
    let digit = mask(block, |byte| byte.wrapping_sub(b'0') < 10);
    let letter = lower | upper;
    // `LinuxDocker`, `AWSAzure`, `Java8`
    let glued = upper & (lower << 1) | upper & (upper << 1) & (lower >> 1) | digit & (letter << 1);
    let signs = mask(block, |byte| {
        (byte == b'#') | (byte == b'+') | (byte == b'.') | (byte == b'>') | (byte == b'-') | (byte == b'(')
    });
    glued | spaced(block, letter) | signs
}

/// Single letters with one more beside them: `R E Q`.
fn spaced(block: &[u8; BLOCK], letter: u64) -> u64 {
    let beside = |single: u64| single & (single << 2 | single >> 2);
    let alone = beside(letter & !(letter << 1) & !(letter >> 1));
    if alone == 0 {
        return 0;
    }
    let space = mask(block, |byte| byte == b' ');
    beside(letter & (space << 1) & (space >> 1))
}

/// Whether a sign needs a look between its two neighbours.
fn is_marked_sign(three: &[u8]) -> bool {
    let &[before, sign, behind] = three else { return false };
    match sign {
        b'.' => before.is_ascii_lowercase() && behind.is_ascii_uppercase(),
        b'-' => before.is_ascii_alphabetic() && behind == b'\n',
        b'(' => behind.is_ascii_alphabetic(),
        b'>' => before == b'\n',
        _ => behind.is_ascii_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    /// Whether byte `at` is marked, told by what stands around it; spaces stand around the text.
    fn is_marked(text: &[u8], at: usize) -> bool {
        let byte = |at: Option<usize>| at.and_then(|at| text.get(at)).copied().unwrap_or(b' ');
        let [before, this, behind] = [at.checked_sub(1), Some(at), Some(at + 1)].map(byte);
        let is_single = |at: usize| {
            at > 0 && byte(Some(at)).is_ascii_alphabetic() && [at - 1, at + 1].iter().all(|at| byte(Some(*at)) == b' ')
        };
        match this {
            b'A'..=b'Z' if before.is_ascii_lowercase() => true,
            b'A'..=b'Z' if before.is_ascii_uppercase() && behind.is_ascii_lowercase() => true,
            b'A'..=b'Z' | b'a'..=b'z' => is_single(at) && (at > 2 && is_single(at - 2) || is_single(at + 2)),
            b'0'..=b'9' => before.is_ascii_alphabetic(),
            b'.' => before.is_ascii_lowercase() && behind.is_ascii_uppercase(),
            b'-' => before.is_ascii_alphabetic() && behind == b'\n',
            b'#' | b'+' => behind.is_ascii_alphanumeric(),
            b'(' => behind.is_ascii_alphabetic(),
            b'>' => before == b'\n',
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn places_are_marked_by_their_neighbours(text in "[a-cA-C12 \n.#+(>-]{0,60}") {
            let expected: Vec<usize> = (1..text.len()).filter(|at| is_marked(text.as_bytes(), *at)).collect();
            let found: Vec<usize> = marks(text.as_bytes()).filter(|at| *at > 0).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
