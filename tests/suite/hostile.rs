//! Inputs made to do harm: each costs itself alone, and says why.

use std::io::{Cursor, Write as _};

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::sandbox::Sandbox;
use crate::table::Table;

/// Bytes that a bomb comes to; the limits are lower, by the default or by these.
const BLAST: usize = 20 << 20;
const LIMITS: &str = "--max-expanded-bytes 1MiB --max-document-bytes 1MiB";

fn gz(content: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(content).unwrap();
    out.finish().unwrap()
}

/// A Zstandard frame of blocks that repeat one byte (RFC 8878, 3.1.1).
fn zst(byte: u8, len: usize) -> Vec<u8> {
    const BLOCK: usize = 128 << 10;
    // The magic number, no checksum nor size, a window of 128 KiB.
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    for block in 0..len / BLOCK {
        let last = block + 1 == len / BLOCK;
        let header = u32::from(last) | 1 << 1 | u32::try_from(BLOCK).unwrap() << 3;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(byte);
    }
    frame
}

fn docx(document: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(document).unwrap();
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    docx(format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").as_bytes())
}

/// Entities that double ten times over, as in "billion laughs".
fn laughs() -> Vec<u8> {
    let doubling: String = (1..40).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    let body = "<w:body><w:p><w:r><w:t>&l39;</w:t></w:r></w:p></w:body>";
    docx(
        format!("<!DOCTYPE d [<!ENTITY l0 \"ha\">{doubling}]><w:document xmlns:w=\"w\">{body}</w:document>").as_bytes(),
    )
}

/// A PDF whose objects are these, with a table of where they stand, or with a wrong one.
fn pdf(objects: &[impl AsRef<[u8]>], sound: bool) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(object.as_ref());
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    let entries: String = places
        .iter()
        .map(|at| format!("{:010} 00000 n \n", if sound { *at } else { at * 977 % 1_000_000_007 }))
        .collect();
    let count = objects.len() + 1;
    file.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n{entries}").as_bytes());
    file.extend_from_slice(format!("trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    file
}

/// A PDF of 2 KB with a page of 700 MB, more than its reader may have.
fn pdf_bomb() -> Vec<u8> {
    const PIECE: usize = 1 << 20;
    let mut pieces = Compress::new(Compression::best(), true);
    let mut squeeze = || {
        let mut piece = Vec::with_capacity(PIECE);
        pieces.compress_vec(&vec![b' '; PIECE], &mut piece, FlushCompress::Full).unwrap();
        piece
    };
    // The pieces after the first are all the same.
    let (first, next) = (squeeze(), squeeze());
    let mut page = Vec::with_capacity(PIECE);
    let once = [first, next.repeat(700)].concat();
    Compress::new(Compression::best(), true).compress_vec(&once, &mut page, FlushCompress::Finish).unwrap();
    let about = format!("<< /Length {} /Filter [/FlateDecode /FlateDecode] >>\nstream\n", page.len());
    let page = [about.as_bytes(), &page, b"\nendstream"].concat();
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> /Contents 4 0 R >>",
        &page,
    ];
    pdf(&objects, true)
}

/// Name, content, and how the reason begins for which it is skipped.
fn refused() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let over = "larger than 1 MiB";
    let cut = |mut bytes: Vec<u8>| {
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    let deep = |open: &str, close: &str| [open.repeat(100_000), close.repeat(100_000)].concat().into_bytes();
    let endless = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"];
    vec![
        ("bomb-gz.txt.gz", gz(&vec![b'a'; BLAST]), over),
        ("bomb-in-bomb.txt.gz", gz(&gz(&vec![b'a'; BLAST])), "not text"),
        ("bomb-zst.txt.zst", zst(b'a', BLAST), over),
        ("bomb.docx", docx(&vec![b' '; BLAST]), over),
        ("cut.docx", cut(word("<w:p/>")), "a broken zip archive"),
        ("cut.jsonl.gz", cut(gz(b"{\"text\":\"Cooking and baking for many guests\"}\n")), ""),
        ("cut.txt.gz", cut(gz(b"Cook\n\nCooking and baking for many guests")), ""),
        ("cut.txt.zst", cut(zst(b'a', 256 << 10)), ""),
        ("deep.docx", word(&deep_words()), "elements nested more than 128 deep"),
        ("deep.json", deep("[", "]"), ""),
        ("deep.jsonl", deep("{\"text\":", "}"), ""),
        ("line.jsonl", [b"{\"text\":\"".to_vec(), vec![b'a'; BLAST], b"\"}\n".to_vec()].concat(), "larger than 16 MiB"),
        ("line.txt", vec![b'a'; BLAST], over),
        ("loop.pdf", pdf(&endless, true), ""),
        ("lost.pdf", pdf(&endless, false), ""),
        ("nothing.pdf", b"%PDF-1.7\n".to_vec(), ""),
        ("zeros.txt", vec![0; 1000], "not text"),
    ]
}

fn deep_words() -> String {
    ["<w:sdt>".repeat(10_000), "</w:sdt>".repeat(10_000)].concat()
}

#[test]
fn each_costs_itself_alone_and_says_why() {
    let sandbox = Sandbox::new();
    sandbox.write("in/aaa.txt", "Cook\n\nCooking and baking.").write("in/zzz.txt", "Helper\n\nPruning and mowing.");
    let refused = refused();
    for (name, content, _) in &refused {
        sandbox.write(&format!("in/{name}"), content);
    }
    sandbox.kitchen(&format!("classify in --out report {LIMITS}")).ends(1);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(postings.column("id"), ["aaa.txt", "zzz.txt"]);
    let skipped = Table::parse(&sandbox.read("report/skipped.csv"));
    let found: Vec<(String, String)> =
        skipped.rows.iter().map(|row| (row["source"].clone(), row["reason"].clone())).collect();
    assert_eq!(found.len(), refused.len(), "{found:#?}");
    for ((name, _, expected), (source, reason)) in refused.iter().zip(&found) {
        assert_eq!(source, &format!("in/{name}"));
        assert!(reason.contains(expected) && reason.len() > 10, "{name}: {reason:?}");
        assert!(!reason.contains("please report"), "{name}: {reason:?}");
    }
}

/// What would take minutes to pass over is not passed over.
#[test]
fn tables_of_nothing_are_not_read_to_their_end() {
    let sandbox = Sandbox::new();
    let nothing = [
        ("a.jsonl.zst", b'\n', "jsonl.zst: more than 16 MiB of blank lines after line 0"),
        ("b.json.zst", b' ', "json.zst: more than 16 MiB of white space"),
    ];
    for (name, byte, expected) in nothing {
        // 65 KB that come to 2 GB.
        sandbox.write(name, zst(byte, 2_000 << 20));
        let ran = sandbox.kitchen(&format!("classify {name} --stdout")).ends(2);
        assert!(ran.stderr.contains(expected), "{ran}");
    }
}

/// Zeros fill up tapes, anything else gives a warning: either way the records before it are read.
#[test]
fn what_stands_behind_compressed_data_costs_no_record() {
    let sandbox = Sandbox::new();
    let record = b"{\"id\":1,\"text\":\"Cooking and baking.\"}\n";
    let packed = gz(record);
    sandbox.write("in/a.jsonl.gz", [packed.as_slice(), &[0; 512]].concat());
    sandbox.write("in/b.jsonl.gz", [packed.as_slice(), b"no gzip", &packed].concat());
    sandbox.write("in/c.txt.gz", [gz(b"Cook\n\nCooking and baking.").as_slice(), b"no gzip"].concat());
    // Cut off inside the second record, which cannot be told from a lost one.
    let long = [record.as_slice(), b"{\"id\":2,\"text\":\"", "Pruning and mowing. ".repeat(9_000).as_bytes()].concat();
    let packed = gz(&long);
    sandbox.write("in/d.jsonl.gz", &packed[..packed.len() / 2]);
    sandbox.kitchen("classify in --out report").ends(1);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(postings.column("source"), ["in/a.jsonl.gz", "in/b.jsonl.gz", "in/c.txt.gz", "in/d.jsonl.gz"]);
    let told = "what follows the gzip data is not gzip and is not read";
    assert_eq!(postings.column("warnings")[2], told);
    let skipped = Table::parse(&sandbox.read("report/skipped.csv"));
    assert_eq!(skipped.column("source"), ["in/b.jsonl.gz", "in/d.jsonl.gz"]);
    assert_eq!(skipped.column("reason")[0], told);
}

/// What reads it ends for want of memory, and leaves nothing behind, no image of itself either.
#[cfg(unix)]
#[test]
fn a_pdf_that_eats_all_memory_costs_itself() {
    let sandbox = Sandbox::new();
    sandbox.write("in/bomb.pdf", pdf_bomb()).write("in/cook.txt", "Cook\n\nCooking and baking.");
    let kitchen = crate::sandbox::KITCHEN;
    sandbox
        .shell(&format!("ulimit -c unlimited; rolelean classify in --out report --quiet --lexicon {kitchen}"))
        .ends(1);
    let skipped = Table::parse(&sandbox.read("report/skipped.csv"));
    assert_eq!(skipped.column("reason"), ["a PDF that cannot be read: it takes too much memory or time"]);
    assert_eq!(Table::parse(&sandbox.read("report/postings.csv")).column("id"), ["cook.txt"]);
    assert_eq!(sandbox.names("."), ["in", "report"]);
}

/// What nests deep or holds strange bytes and can be read is read.
#[test]
fn what_is_odd_and_readable_is_read() {
    let sandbox = Sandbox::new();
    let text = "Cook\n\nCooking and baking.";
    let tags = format!("{}<p>Cooking and baking.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    sandbox.write("in/a-deep.html", tags);
    sandbox.write("in/b-entities.html", format!("<p>Cooking{}</p>", "&nbsp;&#0;&#x110000;&bogus;".repeat(1_000)));
    sandbox.write("in/c-unclosed.html", format!("{text}<!-- <script> <p title=\"Cooking"));
    sandbox.write("in/d-cells.csv", format!("id,text\n1,\"{}\"\n", "Cooking,\n\"\"quoted\"\" ".repeat(1_000)));
    sandbox.write("in/e-stray.txt", [text.as_bytes(), b"\xff\xfe \xc3\x28 \xed\xa0\x80 and mowing"].concat());
    sandbox.write("in/f-laughs.docx", laughs()).write("in/g-only-ff.txt", [0xff; 1000]);
    sandbox.kitchen("classify in --out report").ends(0);
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(
        postings.column("id"),
        ["a-deep.html", "b-entities.html", "c-unclosed.html", "1", "e-stray.txt", "f-laughs.docx", "g-only-ff.txt"]
    );
}

/// Names are shown, never obeyed: in reports as they are, on the terminal without what moves it.
#[cfg(unix)]
#[test]
fn names_are_only_names() {
    use std::os::unix::ffi::OsStrExt as _;
    let sandbox = Sandbox::new();
    let names = ["new\nline", "red\u{1b}[31m", "turned\u{202e}txt.", "=1+1", "-rf", "a,b\"c"];
    for name in names {
        sandbox.write(&format!("in/{name}.txt"), "Cook\n\nCooking and baking.").write(&format!("in/{name}.md"), "");
    }
    // Bytes that are no text, and a name that looks like what becomes of them.
    let odd: [&[u8]; 3] = [b"\xfe.txt", b"\xff.txt", b"\\xFF.txt"];
    for name in odd {
        std::fs::write(sandbox.path("in").join(std::ffi::OsStr::from_bytes(name)), "Cook\n\nCooking.").unwrap();
    }
    let ran = sandbox.kitchen("classify in --out report -v").ends(1);
    assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{ran}");
    let postings = Table::parse(&sandbox.read("report/postings.csv"));
    assert_eq!(postings.rows.len(), names.len() + odd.len());
    let ids = postings.column("id");
    for id in ["\\xFE.txt", "\\xFF.txt", "\\\\xFF.txt"] {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
    let cells = postings.rows.iter().flat_map(|row| [&row["id"], &row["source"]]);
    assert!(cells.into_iter().all(|cell| !cell.starts_with(['=', '-', '+', '@'])));
    assert_eq!(Table::parse(&sandbox.read("report/skipped.csv")).rows.len(), names.len());
}

/// What a terminal would obey: an escape code in a name; C1 and a direction override in a title, a separator in a text.
#[cfg(unix)]
const OBEYED: [char; 5] = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2028}'];

/// A table with such a name and title, and a record that is skipped.
#[cfg(unix)]
fn obeyed() -> Sandbox {
    let sandbox = Sandbox::new();
    let rows = "title,text\n\u{9b}31m\u{202e} evil,Cooking\u{2028}and baking.\nempty,\n";
    sandbox.write("in/a\u{1b}]0;pwn\u{7}.csv", rows);
    sandbox
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_that_a_terminal_would_obey_reaches_it() {
    let sandbox = obeyed();
    let commands = [
        "classify in --stdout -v",
        "classify in --stdout --output-format jsonl -v",
        "classify in --out report -v",
        "explain in/*.csv",
        "explain in/*.csv --json",
    ];
    // The progress bar's own codes end in a letter right away; no posting writes them.
    let own = regex::Regex::new("\u{1b}\\[[0-9?]*[A-Za-z]").unwrap();
    for command in commands {
        let command = format!("rolelean {command} --color never --lexicon {}", crate::sandbox::KITCHEN);
        let shown = sandbox.shell(&format!("script -qec '{command}' /dev/null"));
        assert!(shown.stdout.contains("evil") || shown.stdout.contains("pwn"), "{shown}");
        assert!(!own.replace_all(&shown.stdout, "").contains(OBEYED), "{shown}");
    }
    let line = format!("rolelean classify in --stdout -q --lexicon {}", crate::sandbox::KITCHEN);
    let shown = sandbox.shell(&format!("script -qec '{line}' /dev/null")).stdout;
    assert!(shown.contains(",\u{fffd}31m\u{fffd} evil,"), "{shown}");
}

#[cfg(unix)]
#[test]
fn data_that_no_terminal_sees_stay_as_they_are() {
    let sandbox = obeyed();
    let piped = sandbox.kitchen("classify in --stdout --quiet").ends(1).stdout;
    assert_eq!(Table::parse(&piped).column("title"), ["\u{9b}31m\u{202e} evil"]);
    sandbox.kitchen("classify in --out report --jsonl --quiet").ends(1);
    assert_eq!(sandbox.read("report/postings.csv"), piped);
    // Whatever reads the objects: they are the same JSON, and may be shown.
    for objects in [
        sandbox.read("report/postings.jsonl"),
        sandbox.kitchen("classify in --stdout --output-format jsonl --quiet").ends(1).stdout,
    ] {
        assert!(
            objects.contains("\\u009b31m\\u202e evil") && objects.contains("\\u2028") && !objects.contains(OBEYED),
            "{objects}"
        );
        let object: serde_json::Value = serde_json::from_str(objects.lines().next().unwrap()).unwrap();
        assert_eq!(object["title"], "\u{9b}31m\u{202e} evil");
        assert_eq!(object["text"], "Cooking\u{2028}and baking.");
        assert_eq!(object["id"], "in/a\u{1b}]0;pwn\u{7}.csv#1");
    }
}

/// Nothing waits for what never ends, and nothing outside the folder is read.
#[cfg(unix)]
#[test]
fn pipes_loops_and_ways_out_of_a_folder_are_passed_over() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Cook\n\nCooking and baking.").write("outside.txt", "Helper\n\nPruning.");
    sandbox.shell("mkfifo in/fifo.txt").ends(0);
    symlink("..", sandbox.path("in/loop")).unwrap();
    symlink("../outside.txt", sandbox.path("in/out.txt")).unwrap();
    symlink("/dev/zero", sandbox.path("in/zero.txt")).unwrap();
    sandbox.kitchen("classify in --out report").ends(1);
    assert_eq!(Table::parse(&sandbox.read("report/postings.csv")).column("id"), ["a.txt"]);
    let skipped = Table::parse(&sandbox.read("report/skipped.csv"));
    assert_eq!(skipped.column("source"), ["in/fifo.txt", "in/loop", "in/out.txt", "in/zero.txt"]);
}

/// Wherever a file is expected: a lexicon, an extension, labels, a report to be joined, a list of
/// what to pass over. A run that waited would never end.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_any_file_is_told_and_not_opened() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Cook\n\nCooking and baking.").copy("tests/suite/kitchen");
    sandbox.kitchen("classify in --out one").ends(0);
    sandbox.kitchen("classify in --out two").ends(0);
    sandbox
        .shell("mkfifo pipe tests/suite/kitchen/skills/pipe.toml; rm two/matches.csv; mkfifo two/matches.csv")
        .ends(0);
    let cases = [
        ("lexicon check --lexicon tests/suite/kitchen", 1),
        ("lexicon check --extend pipe", 1),
        ("evaluate pipe in", 2),
        ("lexicon fit pipe in", 2),
        ("lexicon import pipe --out made", 2),
        ("lexicon build --left pipe --right in/a.txt --out made", 2),
        ("lexicon build --left in/a.txt --right in/a.txt --background pipe --out made", 2),
        ("explain pipe", 2),
        ("merge one two --out joined", 2),
    ];
    for (arguments, code) in cases {
        let ran = sandbox.run(arguments).ends(code);
        assert!(ran.stderr.contains("a named pipe, which is not opened"), "{ran}");
    }
    sandbox.write("in/deep/b.txt", "x").write("in/deeper/c.txt", "Helper\n\nPruning.");
    sandbox.shell("mkfifo in/deep/.rolelean-ignore").ends(0);
    sandbox.kitchen("classify in --out report").ends(1);
    assert_eq!(Table::parse(&sandbox.read("report/postings.csv")).column("id"), ["a.txt", "deeper/c.txt"]);
    assert_eq!(Table::parse(&sandbox.read("report/skipped.csv")).column("source"), ["in/deep"]);
    sandbox.shell("mkfifo in/.rolelean-ignore").ends(0);
    let ran = sandbox.kitchen("classify in --out report").ends(2);
    assert!(ran.stderr.contains("its .rolelean-ignore is a named pipe"), "{ran}");
}

#[test]
fn files_that_go_while_they_are_read_are_named() {
    let sandbox = Sandbox::new();
    // Enough files that the first are still being read when the last are gone.
    for at in 0..2_000 {
        sandbox.write(&format!("in/{at:04}.txt"), "Cook\n\nCooking and baking.");
    }
    let mut command = sandbox.command(&format!("classify in --out report --lexicon {}", crate::sandbox::KITCHEN));
    let child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
    for at in (1_000..2_000).rev() {
        let _ = std::fs::remove_file(sandbox.path(&format!("in/{at:04}.txt")));
    }
    let ended = child.wait_with_output().unwrap();
    assert!(matches!(ended.status.code(), Some(0 | 1)), "{ended:?}");
    let rows = |name: &str| Table::parse(&sandbox.read(&format!("report/{name}.csv"))).rows.len();
    // What went before it was listed is in neither table.
    assert!(rows("postings") >= 1_000 && rows("postings") + rows("skipped") <= 2_000);
}
