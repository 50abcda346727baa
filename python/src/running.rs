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
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use std::vec;

use crossbeam_channel::{Receiver, RecvTimeoutError, SendTimeoutError, Sender, bounded};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use rolelean::Classifier;
use rolelean::input::{Pending, Skipped, Source};
use rolelean::run::{self, RunError, Settings, Sink, Summary};

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
    py.detach(|| Background::start(work)?.wait(&mut Watch::new(None)))
}

/// What works on a run, and whom it tells how far it has come.
pub(crate) struct Crew<'c> {
    pub classifier: &'c Arc<Classifier>,
    pub threads: NonZeroUsize,
    /// Called with the number of postings that are done.
    pub progress: Option<Py<PyAny>>,
}

/// Classifies everything `source` yields, in order, and gives it back with `sink`.
///
/// # Errors
/// As [`in_background`], and for a fault of rolelean's own; what the call for progress raises.
pub(crate) fn run<T: Source + 'static, S: Sink + Send + 'static>(
    py: Python<'_>,
    source: T,
    crew: Crew<'_>,
    sink: S,
) -> PyResult<(T, S)> {
    py.detach(|| {
        let run = Run::start(source, &crew, sink)?;
        let mut watch = Watch::new(crew.progress.map(|call| (call, Arc::clone(&run.done))));
        run.wait(&mut watch)
    })
}

/// As [`run`], but draws the postings from `chunks` in the calling thread, and gives back the sink alone.
///
/// # Errors
/// As [`run`], and the first error of `chunks`.
pub(crate) fn run_over<S: Sink + Send + 'static>(
    py: Python<'_>,
    chunks: &mut (impl Iterator<Item = PyResult<Chunk>> + Send),
    crew: Crew<'_>,
    sink: S,
) -> PyResult<S> {
    py.detach(|| {
        let (feed, fed) = bounded(CHUNKS);
        let run = Run::start(Fed { chunks: fed, chunk: Vec::new().into_iter() }, &crew, sink)?;
        let mut watch = Watch::new(crew.progress.map(|call| (call, Arc::clone(&run.done))));
        for chunk in chunks {
            // Nobody takes it from a run that has failed, which then says why.
            if !give(&feed, chunk?, &mut watch)? {
                break;
            }
        }
        drop(feed);
        run.wait(&mut watch).map(|(_, sink)| sink)
    })
}

/// Hands a chunk over, and says whether it was taken.
fn give(feed: &Sender<Chunk>, mut chunk: Chunk, watch: &mut Watch) -> PyResult<bool> {
    loop {
        watch.ask()?;
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
struct Run<T, S> {
    background: Background<Result<(T, S), RunError>>,
    /// How many postings are done.
    done: Arc<AtomicU64>,
    _stop: StopWhenDropped,
}

struct StopWhenDropped(Arc<AtomicBool>);

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<T: Source + 'static, S: Sink + Send + 'static> Run<T, S> {
    fn start(mut source: T, crew: &Crew<'_>, mut sink: S) -> PyResult<Self> {
        let settings = Settings { threads: crew.threads, ..Settings::default() };
        let (classifier, stop) = (Arc::clone(crew.classifier), Arc::new(AtomicBool::new(false)));
        let done = Arc::new(AtomicU64::new(0));
        let (_stop, counted) = (StopWhenDropped(Arc::clone(&stop)), Arc::clone(&done));
        let work = move || {
            let count = |summary: &Summary| counted.store(summary.classified + summary.skipped, Ordering::Relaxed);
            run::run(&mut source, &classifier, settings, &mut [&mut sink], &stop, count)?;
            Ok((source, sink))
        };
        Ok(Self { background: Background::start(work)?, done, _stop })
    }

    fn wait(self, watch: &mut Watch) -> PyResult<(T, S)> {
        let ended = self.background.wait(watch)?.map_err(internal)?;
        watch.tell()?;
        Ok(ended)
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

    fn wait(self, watch: &mut Watch) -> PyResult<T> {
        loop {
            match self.ended.recv_timeout(ASK_EVERY) {
                Ok(ended) => return ended.map_err(|panic| panicked(&*panic)),
                Err(RecvTimeoutError::Timeout) => watch.ask()?,
                Err(RecvTimeoutError::Disconnected) => return Err(internal("a thread ended without a result")),
            }
        }
    }
}

/// Receives from a thread of ours, and hears signals while it waits; none when the thread has ended.
///
/// # Errors
/// What a signal handler raised.
pub(crate) fn received<T: Send>(py: Python<'_>, from: &Receiver<T>) -> PyResult<Option<T>> {
    py.detach(|| {
        let mut watch = Watch::new(None);
        loop {
            match from.recv_timeout(ASK_EVERY) {
                Ok(received) => return Ok(Some(received)),
                Err(RecvTimeoutError::Timeout) => watch.ask()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
    })
}

/// Asks Python for signals, and tells it how far a run has come, but not too often.
struct Watch {
    asked: Instant,
    /// Whom to tell, and the number of postings that are done.
    progress: Option<(Py<PyAny>, Arc<AtomicU64>)>,
}

impl Watch {
    fn new(progress: Option<(Py<PyAny>, Arc<AtomicU64>)>) -> Self {
        Self { asked: Instant::now(), progress }
    }

    /// # Errors
    /// What a signal handler raised, or whoever was told.
    fn ask(&mut self) -> PyResult<()> {
        if self.asked.elapsed() < ASK_EVERY {
            return Ok(());
        }
        self.asked = Instant::now();
        Python::attach(|py| py.check_signals())?;
        self.tell()
    }

    fn tell(&self) -> PyResult<()> {
        let Some((call, done)) = &self.progress else { return Ok(()) };
        Python::attach(|py| call.call1(py, (done.load(Ordering::Relaxed),)).map(|_| ()))
    }
}
