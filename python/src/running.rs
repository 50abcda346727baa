//! Work that goes on in the background while the calling thread listens to Ctrl-C.
//!
//! Python hears a signal only when its main thread asks for it, and one posting may take longer than anybody wants to
//! wait. So what takes long is done by other threads, and the calling thread waits a little, asks, and waits again.
//! When the user wants to stop it leaves at once. The others are left behind and end at their next posting: they own
//! all that they work on, and hold neither a Python object nor memory that another library lends, so that it does no
//! harm if they outlive the call, or are cut off when the program ends. Only the calling thread reads a stream.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use std::vec;

use crossbeam_channel::{Receiver, RecvTimeoutError, SendTimeoutError, Sender, bounded};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use rolelean::Classifier;
use rolelean::input::{Pending, Skipped, Source};
use rolelean::run::{self, RunError, Settings, Sink};

use crate::errors::{internal, panicked};

/// How often it is asked whether the user wants to stop: asking takes the interpreter's lock, for
/// which another thread may let us wait.
const ASK_EVERY: Duration = Duration::from_millis(100);
/// Chunks that may wait for a run.
const CHUNKS: usize = 4;

/// Postings that are handed over together.
pub(crate) type Chunk = Vec<Result<Pending, Skipped>>;

/// Does `work` in the background.
///
/// # Errors
/// What a signal handler raised, such as `KeyboardInterrupt`; `InternalError` when `work` panics, `OSError` when there
/// is no thread to be had.
pub(crate) fn in_background<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    py.detach(|| Background::start(work)?.wait(&mut Signals::new()))
}

/// Classifies everything `source` yields, in order, and gives `sink` back with it.
///
/// # Errors
/// As [`in_background`], and for a fault of rolelean's own.
pub(crate) fn run<S: Sink + Send + 'static>(
    py: Python<'_>,
    source: impl Source + 'static,
    classifier: &Arc<Classifier>,
    threads: NonZeroUsize,
    sink: S,
) -> PyResult<S> {
    py.detach(|| Run::start(source, classifier, threads, sink)?.wait(&mut Signals::new()))
}

/// As [`run`], but draws the postings from `chunks` in the calling thread.
///
/// # Errors
/// As [`run`], and the first error of `chunks`.
pub(crate) fn run_over<S: Sink + Send + 'static>(
    py: Python<'_>,
    chunks: &mut (impl Iterator<Item = PyResult<Chunk>> + Send),
    classifier: &Arc<Classifier>,
    threads: NonZeroUsize,
    sink: S,
) -> PyResult<S> {
    py.detach(|| {
        let mut signals = Signals::new();
        let (feed, fed) = bounded(CHUNKS);
        let run = Run::start(Fed { chunks: fed, chunk: Vec::new().into_iter() }, classifier, threads, sink)?;
        for chunk in chunks {
            // Nobody takes it from a run that has failed, which then says why.
            if !give(&feed, chunk?, &mut signals)? {
                break;
            }
        }
        drop(feed);
        run.wait(&mut signals)
    })
}

/// Hands a chunk over, and says whether it was taken.
fn give(feed: &Sender<Chunk>, mut chunk: Chunk, signals: &mut Signals) -> PyResult<bool> {
    loop {
        signals.ask()?;
        chunk = match feed.send_timeout(chunk, ASK_EVERY) {
            Ok(()) => return Ok(true),
            Err(SendTimeoutError::Timeout(chunk)) => chunk,
            Err(SendTimeoutError::Disconnected(_)) => return Ok(false),
        }
    }
}

/// The postings of the chunks that the calling thread hands over.
struct Fed {
    chunks: Receiver<Chunk>,
    chunk: vec::IntoIter<Result<Pending, Skipped>>,
}

impl Source for Fed {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        loop {
            if let Some(posting) = self.chunk.next() {
                return Some(posting);
            }
            self.chunk = self.chunks.recv().ok()?.into_iter();
        }
    }
}

/// A run in the background, which is stopped when this is dropped.
struct Run<S> {
    background: Background<Result<S, RunError>>,
    _stop: StopWhenDropped,
}

struct StopWhenDropped(Arc<AtomicBool>);

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<S: Sink + Send + 'static> Run<S> {
    fn start(
        mut source: impl Source + 'static,
        classifier: &Arc<Classifier>,
        threads: NonZeroUsize,
        mut sink: S,
    ) -> PyResult<Self> {
        let settings = Settings { threads, ..Settings::default() };
        let (classifier, stop) = (Arc::clone(classifier), Arc::new(AtomicBool::new(false)));
        let _stop = StopWhenDropped(Arc::clone(&stop));
        let work = move || {
            run::run(&mut source, &classifier, settings, &mut [&mut sink], &stop, |_| ())?;
            Ok(sink)
        };
        Ok(Self { background: Background::start(work)?, _stop })
    }

    fn wait(self, signals: &mut Signals) -> PyResult<S> {
        self.background.wait(signals)?.map_err(internal)
    }
}

/// Work in a thread of its own.
struct Background<T> {
    ended: Receiver<thread::Result<T>>,
}

impl<T: Send + 'static> Background<T> {
    fn start(work: impl FnOnce() -> T + Send + 'static) -> PyResult<Self> {
        let (end, ended) = bounded(1);
        let work = move || {
            // Nobody may be there any more to take it.
            let _ = end.send(catch_unwind(AssertUnwindSafe(work)));
        };
        match thread::Builder::new().name("rolelean".to_owned()).spawn(work) {
            Ok(_) => Ok(Self { ended }),
            Err(error) => Err(PyOSError::new_err(format!("no thread could be started to classify in: {error}"))),
        }
    }

    fn wait(self, signals: &mut Signals) -> PyResult<T> {
        loop {
            match self.ended.recv_timeout(ASK_EVERY) {
                Ok(ended) => return ended.map_err(|panic| panicked(&*panic)),
                Err(RecvTimeoutError::Timeout) => signals.ask()?,
                Err(RecvTimeoutError::Disconnected) => return Err(internal("a thread ended without a result")),
            }
        }
    }
}

/// Asks Python for signals, but not too often.
struct Signals {
    asked: Instant,
}

impl Signals {
    fn new() -> Self {
        Self { asked: Instant::now() }
    }

    /// # Errors
    /// What a signal handler raised.
    fn ask(&mut self) -> PyResult<()> {
        if self.asked.elapsed() < ASK_EVERY {
            return Ok(());
        }
        self.asked = Instant::now();
        Python::attach(|py| py.check_signals())
    }
}
