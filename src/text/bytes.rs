//! Kinds of bytes, 64 at a time, as bit masks.
//!
//! Plain loops over fixed-size blocks, which compilers turn into vector code without
//! any `unsafe`; only what gathers the bits of a vector has to be named, by `safe_arch`. Whoever
//! walks the set bits of a mask branches once a word instead of once a byte.

/// Bytes looked at together: one bit of a mask each.
pub(crate) const BLOCK: usize = 64;

/// Bytes of a vector that every processor has.
const LANES: usize = 16;

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

/// The eight bytes at `at`, zeros past the end.
#[inline(always)]
pub(crate) fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => load_last(bytes.get(at..).unwrap_or_default()),
    }
}

/// Fewer than eight bytes as a number.
#[inline(never)]
fn load_last(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Whether two stretches are the same. Short ones, as words and phrases are, are compared by the two
/// numbers that their first and last bytes make: a call for a comparison of any length costs more.
#[inline(always)]
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    fn ends<const N: usize>(one: &[u8], other: &[u8]) -> Option<bool> {
        let same = |a: Option<&[u8; N]>, b: Option<&[u8; N]>| Some(a? == b?);
        Some(same(one.first_chunk(), other.first_chunk())? && same(one.last_chunk(), other.last_chunk())?)
    }
    if one.len() != other.len() {
        return false;
    }
    let short = match one.len() {
        8..=16 => ends::<8>(one, other),
        4..=7 => ends::<4>(one, other),
        2..=3 => ends::<2>(one, other),
        0..=1 => Some(one.first() == other.first()),
        _ => None,
    };
    short.unwrap_or_else(|| one == other)
}

/// The bytes of `block` that `is` holds for; the lowest bit is the first byte.
#[inline(always)]
pub(crate) fn mask(block: &Block, is: impl Fn(u8) -> bool) -> u64 {
    let mut bits = 0;
    for (at, sixteen) in block.as_chunks::<LANES>().0.iter().enumerate() {
        bits |= packed(sixteen, &is) << (LANES * at);
    }
    bits
}

/// Whether `is` holds for any of `bytes`.
#[inline(always)]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let Some(last) = bytes.last_chunk::<LANES>() else {
        return short(bytes).is_some_and(|vector| packed(&vector, &is) != 0);
    };
    // The last vector may look at some bytes once more.
    let vectors = bytes.as_chunks::<LANES>().0;
    vectors.iter().fold(packed(last, &is), |met, sixteen| met | packed(sixteen, &is)) != 0
}

/// The bytes of a text that is shorter than a vector, the rest filled up with its first.
#[inline(always)]
fn short(bytes: &[u8]) -> Option<[u8; LANES]> {
    let mut filled = [*bytes.first()?; LANES];
    filled[..bytes.len()].copy_from_slice(bytes);
    Some(filled)
}

/// How many of `bytes` `is` holds for.
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let in_blocks = blocks.iter().map(|block| mask(block, &is).count_ones() as usize).sum::<usize>();
    in_blocks + rest.iter().filter(|byte| is(**byte)).count()
}

/// At how many of the first bytes `is` holds: no more than a vector has.
#[inline(always)]
pub(crate) fn first_run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    match bytes.first_chunk::<LANES>() {
        Some(first) => packed(first, is).trailing_ones() as usize,
        None => bytes.iter().take_while(|byte| is(**byte)).count(),
    }
}

/// The same of the last bytes.
#[inline(always)]
pub(crate) fn last_run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    match bytes.last_chunk::<LANES>() {
        Some(last) => (packed(last, is) << (u64::BITS as usize - LANES)).leading_ones() as usize,
        None => bytes.iter().rev().take_while(|byte| is(**byte)).count(),
    }
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

/// The same for one vector.
#[inline(always)]
fn packed(sixteen: &[u8; LANES], is: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0; LANES];
    for (flag, byte) in flags.iter_mut().zip(sixteen) {
        // All bits or none, as vectors compare.
        *flag = if is(*byte) { u8::MAX } else { 0 };
    }
    u64::from(gathered(flags))
}

/// The lowest bit of each flag, whose bits are all alike.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn gathered(flags: [u8; LANES]) -> u16 {
    safe_arch::move_mask_i8_m128i(flags.into()) as u16
}

#[cfg(not(target_arch = "x86_64"))]
use gathered_by_multiplication as gathered;

/// The same where there is no instruction for it: a multiplication moves the bits of eight flags into one byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline(always)]
fn gathered_by_multiplication(flags: [u8; LANES]) -> u16 {
    let byte = |at| {
        let bits = load(&flags, at) & 0x0101_0101_0101_0101;
        (bits.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u16
    };
    byte(0) | byte(8) << 8
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

/// Where bytes stand that `is`, which no space is, holds for, from left to right.
pub(crate) fn places(bytes: &[u8], is: impl Fn(u8) -> bool) -> impl Iterator<Item = usize> {
    (0..bytes.len())
        .step_by(BLOCK)
        .flat_map(move |from| ones(mask(&block(bytes, from), &is)).map(move |place| from + place))
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

/// The lines of `text`, each with the line break that ends it: `split_inclusive('\n')`, but many times
/// faster where lines are short.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let mut newlines = memchr::memchr_iter(b'\n', text.as_bytes());
    std::iter::from_fn(move || {
        let end = newlines.next().map_or(text.len(), |newline| newline + 1);
        let line = &text[start..end];
        start = end;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_have_the_first_byte_lowest() {
        let block = block(b"a-B 9", 0);
        assert_eq!(word_mask(&block), 0b10101);
        assert_eq!(ones(word_mask(&block)).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(mask(&block, |byte| byte == b' ') & 0xff, 0b1110_1000);
    }

    #[test]
    fn flags_are_gathered_alike_on_every_processor() {
        for mask in 0..=u16::MAX {
            let flags = std::array::from_fn(|at| if mask >> at & 1 == 1 { u8::MAX } else { 0 });
            assert_eq!((gathered(flags), gathered_by_multiplication(flags)), (mask, mask));
        }
    }

    #[test]
    fn stretches_are_equal_where_each_byte_is() {
        for len in 0..40 {
            let one: Vec<u8> = (0..len).collect();
            assert!(equal(&one, &one.clone()), "{len}");
            assert!(!equal(&one, &one.repeat(2)[..one.len().saturating_sub(1)]) || len == 0, "{len}");
            for at in 0..one.len() {
                let mut other = one.clone();
                other[at] ^= 1;
                assert!(!equal(&one, &other), "{at} of {len}");
            }
        }
    }

    #[test]
    fn any_and_count_look_at_each_byte() {
        for len in 0..100 {
            assert!(!any(&vec![b'a'; len], |byte| byte == b'b'), "{len}");
            for at in 0..len {
                let mut bytes = vec![b'a'; len];
                bytes[at] = b'b';
                assert!(any(&bytes, |byte| byte == b'b'), "{at} of {len}");
                assert_eq!((count(&bytes, |byte| byte == b'a'), count(&bytes, |byte| byte == b'b')), (len - 1, 1));
            }
        }
    }

    #[test]
    fn every_ascii_byte_is_classed_as_the_library_does() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_ascii_word(byte), byte.is_ascii_alphanumeric(), "{byte}");
        }
    }

    #[test]
    fn lines_are_split_as_by_the_library() {
        for text in ["", "\n", "a", "a\n", "\n\na\r\nb\n\n", "\u{e9}\n\u{e9}"] {
            assert!(lines(text).eq(text.split_inclusive('\n')), "{text:?}");
        }
    }
}
