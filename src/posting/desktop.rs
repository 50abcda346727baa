//! What desktops, office programs and editors leave in folders: no postings, and hidden in the very
//! programs that make them.

use std::ffi::OsStr;

/// Files that desktops keep in folders of documents, and folders on whole disks.
const NAMES: [&str; 10] = [
    ".ds_store",
    "$recycle.bin",
    "__macosx",
    "desktop.ini",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "icon\r",
    "lost+found",
    "system volume information",
    "thumbs.db",
];
/// How names begin and end: documents open in Word or LibreOffice, drafts and backups of editors.
const AFFIXES: [(&str, &str); 8] = [
    ("~$", ""),
    ("~wrl", ".tmp"),
    (".~lock.", "#"),
    ("#", "#"),
    ("", "~"),
    ("", ".swp"),
    ("", ".swo"),
    ("", ".kate-swp"),
];

/// Whether an entry of this name is a left-over of that kind.
pub(super) fn is_left_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let has = |(start, end): &(&str, &str)| {
        name.len() > start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
    };
    NAMES.contains(&name.as_str()) || AFFIXES.iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_overs_are_known_by_their_names() {
        let left_overs = [
            "desktop.ini",
            "Desktop.ini",
            "Thumbs.db",
            "ehthumbs.db",
            ".DS_Store",
            "Icon\r",
            "~$ob advert.docx",
            "~$list.xlsx",
            "~WRL0001.tmp",
            ".~lock.cook.odt#",
            "#cook.txt#",
            "cook.txt~",
            "cook.txt.swp",
            "__MACOSX",
            "lost+found",
        ];
        let postings =
            ["cook.txt", "Icon", "desktop.ini.txt", "thumbs.txt", "$.txt", "#1 cook.txt", "~", "#", "cook.tmp"];
        for name in left_overs {
            assert!(is_left_over(OsStr::new(name)), "{name}");
        }
        for name in postings {
            assert!(!is_left_over(OsStr::new(name)), "{name}");
        }
    }
}
