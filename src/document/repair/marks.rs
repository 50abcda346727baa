//! The places of a text that are worth a closer look.

use crate::text::bytes::{BLOCK, block, mask, ones};

/// Places of a block that are seen with a neighbour on either side.
const STEP: usize = BLOCK - 2;

/// Where something may need repair, from left to right: few places of ordinary text.
pub(super) fn marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let first = bytes.first().is_some_and(|byte| matches!(byte, b'#' | b'>')).then_some(0);
    let blocks = (0..bytes.len()).step_by(STEP);
    first.into_iter().chain(blocks.flat_map(move |from| {
        let inner = marked(&block(bytes, from)) & (u64::MAX >> 1 & !1);
        ones(inner).map(move |place| from + place)
    }))
}

/// The places of a block that are marked; the first and the last have a neighbour too few.
fn marked(block: &[u8; BLOCK]) -> u64 {
    let lower = mask(block, |byte| byte.wrapping_sub(b'a') < 26);
    let upper = mask(block, |byte| byte.wrapping_sub(b'A') < 26);
    let digit = mask(block, |byte| byte.wrapping_sub(b'0') < 10);
    let space = mask(block, |byte| byte == b' ');
    let newline = mask(block, |byte| byte == b'\n');
    let sign = |sign: u8| mask(block, move |byte| byte == sign);
    let letter = lower | upper;
    let (after_letter, before_letter) = (letter << 1, letter >> 1);
    // `LinuxDocker`, `AWSAzure`, `Java8`
    let glued = upper & (lower << 1) | upper & (upper << 1) & (lower >> 1) | digit & after_letter;
    // `R E Q`
    let single = letter & (space << 1) & (space >> 1);
    let spaced = single & (single << 2 | single >> 2);
    let divided = sign(b'-') & after_letter & (newline >> 1);
    let sentence = sign(b'.') & (lower << 1) & (upper >> 1);
    let sharp = mask(block, |byte| (byte == b'#') | (byte == b'+'));
    let signed = sharp & (digit >> 1 | before_letter);
    let mark = sign(b'(') & before_letter;
    let quoted = sign(b'>') & (newline << 1);
    glued | spaced | divided | sentence | signed | mark | quoted
}
