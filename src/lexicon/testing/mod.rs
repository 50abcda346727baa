//! A lexicon small enough to know by heart, of two trades nobody mixes up with ours:
//! what tests use that are about the machinery and not about our two roles.

use super::{Lexicon, LexiconError};

/// Paths in a lexicon's folder, and texts.
pub(crate) type Texts = Vec<(String, String)>;

const FILES: [(&str, &str); 8] = [
    ("cues.toml", include_str!("cues.toml")),
    ("headings.toml", include_str!("headings.toml")),
    ("lexicon.toml", include_str!("lexicon.toml")),
    ("roles/baker.md", include_str!("roles/baker.md")),
    ("roles/brewer.md", include_str!("roles/brewer.md")),
    ("skills/baking.toml", include_str!("skills/baking.toml")),
    ("skills/brewing.toml", include_str!("skills/brewing.toml")),
    ("skills/workplace.toml", include_str!("skills/workplace.toml")),
];

/// Baker (left, `bread`) against brewer (right, `beer`).
pub(crate) fn lexicon() -> Lexicon {
    load(&files()).unwrap_or_else(|error| panic!("{error}"))
}

/// Its files: paths and texts, to change before [`load`].
pub(crate) fn files() -> Texts {
    FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

pub(crate) fn load(files: &[(String, String)]) -> Result<Lexicon, LexiconError> {
    Lexicon::from_files("bread-beer", files.iter().cloned())
}

/// Holds what was compiled now against the `file` of `lexicons/` that was compiled before;
/// writes that file anew under `SNAPSHOTS=overwrite`.
pub(crate) fn assert_compiled(now: &[u8], before: &[u8], file: &str) {
    if std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite") {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons").join(file);
        std::fs::write(path, now).expect("the repository can be written to");
    } else {
        assert!(now == before, "after a change, run: SNAPSHOTS=overwrite cargo test --lib compiled");
    }
}

/// Marks in a broken lexicon where the finding must point.
const HERE: char = '«';

/// The files with `old` replaced by `new` in one of them, or with the whole file
/// replaced or added where `old` is empty; and the line and column of [`HERE`].
pub(crate) fn broken(file: &str, old: &str, new: &str) -> (Texts, Option<(usize, usize)>) {
    let mut files = files();
    if !files.iter().any(|(path, _)| path == file) {
        files.push((file.to_owned(), String::new()));
    }
    let text = files.iter_mut().find(|(path, _)| path == file).map(|(_, text)| text).expect("it was put there");
    let marked = if old.is_empty() {
        new.to_owned()
    } else {
        assert_eq!(text.matches(old).count(), 1, "{old:?} must stand once in {file}");
        text.replace(old, new)
    };
    let place = marked.find(HERE).map(|at| {
        let before = &marked[..at];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    });
    *text = marked.replace(HERE, "");
    (files, place)
}
