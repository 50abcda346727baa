//! PDF, read in a child process that may neither take all memory nor all time.
//!
//! The parser aborts where memory runs out, which nothing in the process can catch;
//! so it costs the child and not the run.

#[cfg(feature = "pdf")]
pub(super) use child::text;

/// A build without the feature says so.
#[cfg(not(feature = "pdf"))]
pub(super) fn text(_: &[u8], _: &crate::text::Limits, _: Option<&std::path::Path>) -> Result<String, String> {
    Err("a PDF, which this build does not read: build it with the feature `pdf`, or save the posting as text"
        .to_owned())
}

#[cfg(feature = "pdf")]
mod child {
    use std::io::{Read, Write};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::thread;
    use std::time::Duration;

    use crossbeam_channel::bounded;

    use crate::text::{Limits, pdf_to_text, size};

    /// How long a PDF may take; an ordinary one takes a tenth of a second.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// The text of a PDF: by `program` in a process of its own, or here without one.
    pub(in crate::posting) fn text(bytes: &[u8], limits: &Limits, program: Option<&Path>) -> Result<String, String> {
        match program {
            Some(program) => in_child(bytes, limits, program),
            None => pdf_to_text(bytes, limits),
        }
    }

    fn in_child(bytes: &[u8], limits: &Limits, program: &Path) -> Result<String, String> {
        let mut command = Command::new(program);
        command.arg("read-pdf").arg(limits.pages.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(failed)?;
        let written = converse(&mut child, bytes, limits.expanded_bytes);
        let status = child.wait().map_err(failed)?;
        let text = String::from_utf8_lossy(&written?).into_owned();
        match status.code() {
            Some(0) => Ok(text),
            Some(1) => Err(text),
            _ => Err("a PDF that cannot be read: it takes too much memory or time".to_owned()),
        }
    }

    fn failed(error: std::io::Error) -> String {
        format!("cannot start the reader of PDF files: {error}")
    }

    /// Gives the child the PDF and takes what it writes; kills it where that takes too long.
    fn converse(child: &mut Child, bytes: &[u8], most: u64) -> Result<Vec<u8>, String> {
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (sender, receiver) = bounded(1);
        thread::scope(|scope| {
            // A child that gives up early closes its end, which is told by its status.
            let give = move || stdin.map(|mut stdin| stdin.write_all(bytes));
            let take = move || {
                let mut written = Vec::new();
                let read = stdout.map(|stdout| stdout.take(most.saturating_add(1)).read_to_end(&mut written));
                let _ = sender.send(read.transpose().map(|_| written));
            };
            let start = thread::Builder::new;
            let started = start().spawn_scoped(scope, give).and_then(|_| start().spawn_scoped(scope, take));
            if let Err(error) = started {
                let _ = child.kill();
                return Err(failed(error));
            }
            let answer = receiver.recv_timeout(PATIENCE);
            if answer.is_err() {
                let _ = child.kill();
            }
            let seconds = PATIENCE.as_secs();
            let written = answer.map_err(|_| format!("a PDF that takes longer than {seconds} seconds to read"))?;
            let written = written.map_err(|error| error.to_string())?;
            if written.len() as u64 > most {
                return Err(format!("larger than {} once expanded, which is the limit", size(most)));
            }
            Ok(written)
        })
    }

    #[cfg(all(test, unix))]
    mod tests {
        use super::*;
        use std::os::unix::fs::PermissionsExt;

        /// A program that does as the script says.
        fn script(lines: &str) -> std::io::Result<(tempfile::TempDir, std::path::PathBuf)> {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join("reader");
            std::fs::write(&path, format!("#!/bin/sh\n{lines}\n"))?;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
            Ok((folder, path))
        }

        #[test]
        fn what_the_child_says_is_believed() -> std::io::Result<()> {
            let limits = Limits { expanded_bytes: 100, ..Limits::default() };
            let broken = "a PDF that cannot be read: it takes too much memory or time";
            let cases = [
                ("cat; echo \" $*\"", Ok("%PDF read-pdf 500\n")),
                ("echo -n 'no text layer'; exit 1", Err("no text layer")),
                ("kill -ABRT $$", Err(broken)),
                ("exit 7", Err(broken)),
                ("cat; yes", Err("larger than 100 bytes once expanded, which is the limit")),
            ];
            for (lines, expected) in cases {
                let (_folder, path) = script(lines)?;
                let found = text(b"%PDF", &limits, Some(&path));
                assert_eq!(found.as_deref().map_err(String::as_str), expected, "{lines}");
            }
            let found = text(b"%PDF", &limits, Some(Path::new("/no/such/program")));
            assert!(found.is_err_and(|reason| reason.starts_with("cannot start")));
            Ok(())
        }
    }
}
