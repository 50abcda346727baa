//! PDF, read in a child process that may neither take all memory nor all time.
//!
//! The parser aborts where memory runs out, which nothing in the process can catch;
//! so it costs the child and not the run.

#[cfg(feature = "pdf")]
pub(super) use child::text;

/// A build without the feature says so.
#[cfg(not(feature = "pdf"))]
pub(super) fn text(_: &[u8], _: &crate::extract::Limits, _: Option<&super::ReaderProgram>) -> Result<String, String> {
    Err("a PDF, which this build does not read: build it with the feature `pdf`, or save the posting as text"
        .to_owned())
}

#[cfg(feature = "pdf")]
mod child {
    use std::io::{self, Read, Write};
    use std::process::{Child, ExitStatus, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use crossbeam_channel::{Receiver, bounded};

    use crate::extract::{Limits, pdf_to_text, size};
    use crate::input::ReaderProgram;

    /// How long a PDF may take; an ordinary one takes a tenth of a second.
    const PATIENCE: Duration = Duration::from_secs(30);
    /// How often a child that has said all is asked whether it has ended.
    const PAUSE: Duration = Duration::from_millis(1);

    /// The text of a PDF: by `program` in a process of its own, or here without one.
    pub(in crate::input) fn text(
        bytes: &[u8],
        limits: &Limits,
        program: Option<&ReaderProgram>,
    ) -> Result<String, String> {
        match program {
            Some(program) => in_child(bytes, limits, program, PATIENCE),
            None => pdf_to_text(bytes, limits),
        }
    }

    fn in_child(bytes: &[u8], limits: &Limits, program: &ReaderProgram, patience: Duration) -> Result<String, String> {
        let mut command = program.command();
        command.arg("read-pdf").arg(limits.pages.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(cannot_start)?;
        let answer = converse(&mut child, bytes, limits.expanded_bytes, patience);
        // Whatever it did, nothing of it goes on. That it has ended by itself already is no error.
        let _ = child.kill();
        let _ = child.wait();
        let Answer { text, status } = answer?;
        let text = String::from_utf8_lossy(&text).into_owned();
        match status.code() {
            Some(0) => Ok(text),
            Some(1) => Err(text),
            _ => Err("a PDF that cannot be read: it takes too much memory or time".to_owned()),
        }
    }

    fn cannot_start(error: io::Error) -> String {
        format!("cannot start the reader of PDF files: {error}")
    }

    /// What a child had to say.
    struct Answer {
        text: Vec<u8>,
        status: ExitStatus,
    }

    /// Gives the child the PDF, and takes what it writes and how it ends.
    ///
    /// A child that is not done when the time is up, or writes more than `most`, is killed
    /// here: the threads that give and take could not end before it.
    fn converse(child: &mut Child, bytes: &[u8], most: u64, patience: Duration) -> Result<Answer, String> {
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (sender, receiver) = bounded(1);
        // A child that gives up early closes its end of the pipe; its exit status says so.
        let give = move || stdin.map(|mut stdin| stdin.write_all(bytes));
        let take = move || {
            let mut written = Vec::new();
            let read = stdout.map(|stdout| stdout.take(most.saturating_add(1)).read_to_end(&mut written));
            let _ = sender.send(read.transpose().map(|_| written));
        };
        thread::scope(|scope| {
            let started = thread::Builder::new()
                .spawn_scoped(scope, give)
                .and_then(|_| thread::Builder::new().spawn_scoped(scope, take));
            let answer = started.map_err(cannot_start).and_then(|_| listen(child, &receiver, most, patience));
            if answer.is_err() {
                let _ = child.kill();
            }
            answer
        })
    }

    fn listen(
        child: &mut Child,
        written: &Receiver<io::Result<Vec<u8>>>,
        most: u64,
        patience: Duration,
    ) -> Result<Answer, String> {
        let end = Instant::now() + patience;
        let too_long = || format!("a PDF that takes longer than {} seconds to read", patience.as_secs());
        let text = written.recv_deadline(end).map_err(|_| too_long())?.map_err(|error| error.to_string())?;
        if text.len() as u64 > most {
            return Err(format!("larger than {} once expanded, which is the limit", size(most)));
        }
        let status = ended(child, end).map_err(|error| error.to_string())?.ok_or_else(too_long)?;
        Ok(Answer { text, status })
    }

    /// How the child ended, if it does so in time.
    fn ended(child: &mut Child, end: Instant) -> io::Result<Option<ExitStatus>> {
        loop {
            let status = child.try_wait()?;
            if status.is_some() || Instant::now() >= end {
                return Ok(status);
            }
            thread::sleep(PAUSE);
        }
    }

    #[cfg(all(test, unix))]
    mod tests {
        use super::*;
        use std::os::unix::fs::PermissionsExt;
        use std::path::PathBuf;

        /// A program that does as the script says.
        fn script(lines: &str) -> io::Result<(tempfile::TempDir, ReaderProgram)> {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join("reader");
            std::fs::write(&path, format!("#!/bin/sh\n{lines}\n"))?;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
            Ok((folder, path.into()))
        }

        #[test]
        fn what_the_child_says_is_believed() -> io::Result<()> {
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
                let (_folder, program) = script(lines)?;
                let found = text(b"%PDF", &limits, Some(&program));
                assert_eq!(found.as_deref().map_err(String::as_str), expected, "{lines}");
            }
            let own = ReaderProgram { path: "echo".into(), arguments: vec!["-n".into(), "own".into()] };
            assert_eq!(text(b"%PDF", &limits, Some(&own)).as_deref(), Ok("own read-pdf 500"));
            let found = text(b"%PDF", &limits, Some(&PathBuf::from("/no/such/program").into()));
            assert!(found.is_err_and(|reason| reason.starts_with("cannot start")));
            Ok(())
        }

        #[test]
        fn a_child_that_does_not_end_is_ended() -> io::Result<()> {
            // More than a pipe holds.
            let bytes = vec![b'%'; 1 << 20];
            let limits = Limits { expanded_bytes: 100, ..Limits::default() };
            let cases = [
                ("exec sleep 1000", "a PDF that takes longer than "),
                // Says nothing and hears nothing.
                ("exec sleep 1000 <&- >&-", "a PDF that takes longer than "),
                // Says all, and stays.
                ("echo text; exec sleep 1000 >&-", "a PDF that takes longer than "),
                ("cat >/dev/null; exec sleep 1000 >&-", "a PDF that takes longer than "),
                // Cannot be told that nobody listens.
                ("trap '' PIPE; while :; do echo more and more; done 2>&-", "larger than 100 bytes"),
            ];
            for (lines, expected) in cases {
                let (_folder, program) = script(lines)?;
                let found = in_child(&bytes, &limits, &program, Duration::from_millis(300));
                assert!(found.as_ref().is_err_and(|reason| reason.starts_with(expected)), "{lines}: {found:?}");
            }
            Ok(())
        }
    }
}
