//! Kinds of bytes, 64 at a time, as bit masks.
//!
//! Plain loops over fixed-size blocks, which compilers turn into vector code without
//! any `unsafe`; whoever walks the set bits of a mask branches once a word instead of
//! once a byte.

/// Bytes looked at together: one bit of a mask each.
pub(crate) const BLOCK: usize = 64;

/// 64 bytes of a text, the last ones filled up with spaces.
pub(crate) type Block = [u8; BLOCK];

/// The block of `bytes` that starts at `at`.
pub(crate) fn block(bytes: &[u8], at: usize) -> Block {
    if let Some(Ok(whole)) = bytes.get(at..at + BLOCK).map(Block::try_from) {
        return whole;
    }
    let mut filled = [b' '; BLOCK];
    let rest = bytes.get(at..).unwrap_or_default();
    filled[..rest.len()].copy_from_slice(rest);
    filled
}

/// The bytes of `block` that `is` holds for; the lowest bit is the first byte.
#[inline(always)]
pub(crate) fn mask(block: &Block, is: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0_u8; BLOCK];
    for (flag, byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(is(*byte));
    }
    packed(&flags)
}

/// Whether `is` holds for any of `bytes`: for tests that mostly fail, and are quick by
/// the vector.
#[inline(always)]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let mut met = 0_u8;
    for block in blocks {
        let mut flags = [0_u8; 16];
        for (flag, byte) in flags.iter_mut().zip(block) {
            *flag = u8::from(is(*byte));
        }
        met |= flags.iter().fold(0, |all, flag| all | flag);
    }
    met != 0 || rest.iter().any(|byte| is(*byte))
}

/// ASCII letters and digits.
#[inline(always)]
pub(crate) fn word_mask(block: &Block) -> u64 {
    mask(block, is_ascii_word)
}

/// Whether a byte is an ASCII letter or digit, without a branch.
#[inline(always)]
pub(crate) fn is_ascii_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

/// Packs bytes of 0 and 1 into bits, eight at a time by one multiplication.
#[inline(always)]
fn packed(flags: &[u8; BLOCK]) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut bits = 0;
    // A plain loop is unrolled in every build; chains of adapters only in some.
    for (at, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        bits |= (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (8 * at);
    }
    bits
}

/// The places of the set bits, lowest first.
pub(crate) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (mask != 0).then(|| {
            let at = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            at
        })
    })
}

/// Where runs of ASCII digits begin, from left to right.
pub(crate) fn number_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut after_digit = false;
    (0..bytes.len()).step_by(BLOCK).flat_map(move |from| {
        let digits = mask(&block(bytes, from), |byte| byte.wrapping_sub(b'0') < 10);
        let starts = digits & !(digits << 1 | u64::from(after_digit));
        after_digit = digits >> (BLOCK - 1) == 1;
        ones(starts).map(move |place| from + place)
    })
}

/// Words in `text`: runs without white space that hold a letter or digit.
pub(crate) fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut words = 0;
    // Whether the word that is open at the start of the block has a letter already.
    let mut carried = false;
    for at in (0..bytes.len()).step_by(BLOCK) {
        let block = block(bytes, at);
        let mut space = mask(&block, |byte| byte.wrapping_sub(b'\t') < 5 || byte == b' ');
        let mut word = word_mask(&block);
        for place in ones(mask(&block, |byte| byte >= 0xC0)) {
            let c = text[at + place..].chars().next().unwrap_or(' ');
            word |= u64::from(super::is_word_char(c)) << place;
            space |= u64::from(c.is_whitespace()) << place;
        }
        // Added to the run of a word's bytes, its letters carry into the space behind.
        let (sum, over) = (!space).overflowing_add(word);
        let (sum, again) = sum.overflowing_add(u64::from(carried));
        words += (sum & space).count_ones() as usize;
        carried = over || again;
    }
    words + usize::from(carried)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masks_have_the_first_byte_lowest() {
        let block = block(b"a-B 9", 0);
        assert_eq!(word_mask(&block), 0b10101);
        assert_eq!(ones(word_mask(&block)).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(mask(&block, |byte| byte == b' ') & 0xff, 0b1110_1000);
    }

    #[test]
    fn every_ascii_byte_is_classed_as_the_library_does() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_ascii_word(byte), byte.is_ascii_alphanumeric(), "{byte}");
        }
    }

    proptest! {
        #[test]
        fn words_are_counted_as_by_splitting(text in "([a-z9]{1,9}|[ \n\t]|[-.+•]|é|ß|\u{a0}|\u{2003}){0,120}") {
            let slowly = text.split_whitespace().filter(|word| word.contains(crate::text::is_word_char)).count();
            prop_assert_eq!(count_words(&text), slowly);
        }
    }
}
