//! What desktops, office programs and editors leave in folders without being asked.

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

/// Whether an entry of this name is of that kind: no posting, and no reason not to replace a report.
pub(crate) fn is_desktop_file(name: &OsStr) -> bool {
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
    fn they_are_known_by_their_names() {
        let desktop = [
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
        for name in desktop {
            assert!(is_desktop_file(OsStr::new(name)), "{name}");
        }
        for name in postings {
            assert!(!is_desktop_file(OsStr::new(name)), "{name}");
        }
    }
}
