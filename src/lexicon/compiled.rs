//! The embedded lexicon in compiled form: read in a few milliseconds, where parsing and checking
//! its files takes a hundred.
//!
//! It is used only if its checksum is that of the embedded files; otherwise the files are read.
//! A test keeps the two in step.

use super::Lexicon;
use super::files::Files;

/// A checksum of the files, then the lexicon.
static COMPILED: &[u8] = include_bytes!("../../lexicons/software-systems.postcard");

/// The compiled lexicon, if it was made of `files`.
pub(super) fn load(files: &Files) -> Option<Lexicon> {
    let (made_of, lexicon) = postcard::take_from_bytes::<u64>(COMPILED).ok()?;
    if made_of != checksum(files) {
        return None;
    }
    postcard::from_bytes(lexicon).ok()
}

/// A checksum against mistakes, not against forgery.
///
/// Eight bytes at a time by the rounds of FxHash: a rotation, an exclusive or and a
/// multiplication.
fn checksum(files: &Files) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let round = |sum: u64, eight: [u8; 8]| (sum.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(FACTOR);
    let texts = files.all().flat_map(|(path, text)| [path, text]);
    texts.fold(0, |sum, text| {
        let (eights, rest) = text.as_bytes().as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let sum = eights.iter().fold(sum, |sum, eight| round(sum, *eight));
        // The length keeps apart what padding and joining would make the same.
        round(round(sum, last), (text.len() as u64).to_le_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{builtin, testing, validate};

    /// The files of the embedded lexicon in compiled form.
    fn compile(files: &Files) -> Vec<u8> {
        let lexicon = validate::validate("built in", files).expect("the embedded lexicon is sound");
        assert!(lexicon.warnings().is_empty(), "warnings are not compiled");
        let mut bytes = postcard::to_stdvec(&checksum(files)).expect("a number");
        bytes.extend(postcard::to_stdvec(&lexicon).expect("plain data"));
        bytes
    }

    #[test]
    fn the_compiled_lexicon_is_that_of_the_files() {
        let compiled = compile(&Files::embedded(builtin::FILES));
        testing::assert_compiled(&compiled, COMPILED, "software-systems.postcard");
    }

    #[test]
    fn other_files_are_never_taken_for_the_compiled_ones() {
        let files = Files::embedded(builtin::FILES);
        assert_eq!(load(&files).map(|lexicon| lexicon.hash), Some(Lexicon::builtin().hash));
        let same: Vec<_> = files.all().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        assert!(load(&Files::given(same.clone())).is_some());
        let (mut longer, mut other, mut fewer, mut renamed) = (same.clone(), same.clone(), same.clone(), same);
        longer[5].1.push(' ');
        other[5].1 = other[5].1.replacen('e', "o", 1);
        fewer.pop();
        renamed[7].0.push('x');
        for files in [longer, other, fewer, renamed] {
            assert!(load(&Files::given(files)).is_none());
        }
    }
}
