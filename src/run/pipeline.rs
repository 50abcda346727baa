//! The threads of a run: one reads, several analyse, the calling one writes.

use std::collections::BTreeMap;
use std::io;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder, Scope};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Classified, Duplicates, Prepare, Rows, RunError, SeenIds, Settings, Sink, Summary, ids};
use crate::classifier::Classifier;
use crate::document::TooMuchWork;
use crate::input::{Pending, Skipped, Source};
use crate::text::Sketch;

/// Postings that travel together; large enough that handing over costs little.
const BATCH: usize = 32;
/// Batches under way at once, for each worker.
const BATCHES_PER_WORKER: usize = 4;

type Work = (usize, Vec<Result<Pending, Skipped>>);
type Results = Vec<Result<Finished, Skipped>>;
/// Nothing from a worker that panicked.
type Done = Option<(usize, Results)>;

/// What a worker hands on.
struct Finished {
    /// Numbered when its turn has come.
    result: Classified,
    /// What was made of it for the sinks, one after another.
    rows: Vec<Rows>,
    /// Of the text, where duplicates are looked for.
    sketch: Option<Sketch>,
}

/// Classifies everything `source` yields and hands it to `sinks` in order.
///
/// `progress` is called after each batch with the totals so far. Setting `stop` ends
/// the run at the next posting. Where the system refuses some of the threads, the others
/// do their work.
///
/// # Errors
/// When a sink fails, when `stop` is set, when the system grants too few threads, or, with
/// `fail_fast`, at the first input that is skipped. The sinks' `finish` is then not called.
pub fn run(
    source: &mut dyn Source,
    classifier: &Classifier,
    settings: Settings,
    sinks: &mut [&mut dyn Sink],
    stop: &AtomicBool,
    mut progress: impl FnMut(&Summary),
) -> Result<Summary, RunError> {
    let started = Instant::now();
    let threads = settings.threads.get();
    let preparations: Vec<Vec<Arc<dyn Prepare>>> = sinks.iter().map(|sink| sink.preparations()).collect();
    let counts: Vec<usize> = preparations.iter().map(Vec::len).collect();
    let preparations: Vec<Arc<dyn Prepare>> = preparations.into_iter().flatten().collect();
    let mut summary = Summary::default();
    let (to_workers, work) = bounded::<Work>(threads);
    let (to_writer, done) = bounded::<Done>(threads);
    let (give_token, tokens) = bounded::<()>(threads * BATCHES_PER_WORKER);
    // Never full: no more batches than tokens are under way.
    let (to_reuse, spent) = bounded::<Results>(threads * BATCHES_PER_WORKER);
    thread::scope(|scope| {
        // Nothing is read before there is somebody to analyse it.
        let (start, started) = bounded::<()>(1);
        // Moved in, so that the workers see the end when the reader is done.
        let source = &mut *source;
        let reader = Builder::new().spawn_scoped(scope, move || {
            if started.recv().is_ok() {
                read(source, Batch::new(to_workers, give_token), stop);
            }
        });
        let reader = reader.map_err(RunError::Thread)?;
        let worker =
            Worker { classifier, settings: &settings, preparations: &preparations, stop, work, to_writer, spent };
        let team = Team::gather(scope, threads, || {
            let worker = worker.clone();
            move || worker.work()
        });
        team.map_err(RunError::Thread)?.begin();
        let _ = start.send(());
        drop(worker);
        let writer =
            Writer { done: &done, tokens: &tokens, to_reuse: &to_reuse, counts: &counts, settings: &settings, stop };
        let result = writer.write(sinks, &mut summary, &mut progress);
        // Dropping the receivers ends the other threads at their next send.
        drop((done, tokens));
        reader.join().map_err(|_| RunError::Panicked("reading the inputs"))?;
        result
    })?;
    summary.tables = source.tables();
    summary.documents = source.documents();
    summary.elapsed = started.elapsed();
    for sink in sinks {
        sink.finish(&summary)?;
    }
    Ok(summary)
}

/// Worker threads that wait to begin.
struct Team {
    /// Whoever takes one of these works; whoever finds them gone ends.
    start: Sender<()>,
    workers: usize,
}

impl Team {
    /// Starts so many workers, or as many as the system grants.
    ///
    /// # Errors
    /// When it grants none.
    fn gather<'s, 'e, W: FnOnce() + Send + 's>(
        scope: &'s Scope<'s, 'e>,
        wanted: usize,
        mut worker: impl FnMut() -> W,
    ) -> io::Result<Self> {
        let (start, started) = bounded::<()>(wanted);
        for workers in 0..wanted {
            let (started, work) = (started.clone(), worker());
            let (here, arrived) = bounded::<()>(1);
            let begin = move || {
                let _ = here.send(());
                if started.recv().is_ok() {
                    work();
                }
            };
            let room = if workers == 0 { Ok(()) } else { room() };
            match room.and_then(|()| Builder::new().spawn_scoped(scope, begin)) {
                // One after another, for each takes memory on its way here.
                Ok(_) => _ = arrived.recv(),
                Err(error) if workers == 0 => return Err(error),
                // What one more would have needed is wanted by the others: memory for what they
                // read, a process for a PDF. Half of them end and leave them room.
                Err(_) => return Ok(Self { start, workers: workers.div_ceil(2) }),
            }
        }
        Ok(Self { start, workers: wanted })
    }

    fn begin(self) {
        for _ in 0..self.workers {
            let _ = self.start.send(());
        }
    }
}

/// Fails where hardly any memory is left. A thread takes some while it starts, and does not
/// live through a refusal.
fn room() -> io::Result<()> {
    const ROOM: usize = 64 << 20;
    Ok(Vec::<u8>::new().try_reserve_exact(ROOM)?)
}

/// Draws batches from `source`. One that is not full goes on its way before the source
/// waits for more.
fn read(source: &mut dyn Source, batch: Batch, stop: &AtomicBool) {
    let batch = Arc::new(Mutex::new(batch));
    // Weak, so that the workers see the end even if the source keeps what it was given.
    let shared = Arc::downgrade(&batch);
    source.before_waiting(Some(Box::new(move || {
        if let Some(batch) = shared.upgrade() {
            lock(&batch).send();
        }
    })));
    while !stop.load(Ordering::Relaxed) {
        // Not with the lock held, which is taken when the source waits.
        let Some(item) = source.next() else { break };
        if !lock(&batch).push(item) {
            break;
        }
    }
    source.before_waiting(None);
    lock(&batch).send();
}

fn lock(batch: &Mutex<Batch>) -> MutexGuard<'_, Batch> {
    batch.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Postings that are gathered to travel together.
struct Batch {
    number: usize,
    items: Vec<Result<Pending, Skipped>>,
    to_workers: Sender<Work>,
    give_token: Sender<()>,
    /// Nobody takes any more.
    refused: bool,
}

impl Batch {
    fn new(to_workers: Sender<Work>, give_token: Sender<()>) -> Self {
        Self { number: 0, items: Vec::with_capacity(BATCH), to_workers, give_token, refused: false }
    }

    /// Adds an item, and says whether more are wanted.
    fn push(&mut self, item: Result<Pending, Skipped>) -> bool {
        self.items.push(item);
        if self.items.len() >= BATCH {
            self.send();
        }
        !self.refused
    }

    /// Sends what there is, and begins the next batch.
    fn send(&mut self) {
        if self.items.is_empty() {
            return;
        }
        let items = mem::replace(&mut self.items, Vec::with_capacity(BATCH));
        self.refused |= self.give_token.send(()).is_err() || self.to_workers.send((self.number, items)).is_err();
        self.number += 1;
    }
}

/// What a thread needs that analyses postings.
#[derive(Clone)]
struct Worker<'c> {
    classifier: &'c Classifier,
    settings: &'c Settings,
    preparations: &'c [Arc<dyn Prepare>],
    stop: &'c AtomicBool,
    work: Receiver<Work>,
    to_writer: Sender<Done>,
    spent: Receiver<Results>,
}

impl Worker<'_> {
    fn work(&self) {
        // The batch that a worker held when it panicked never comes, and the others would wait for it.
        if catch_unwind(AssertUnwindSafe(|| self.analyse())).is_err() {
            let _ = self.to_writer.send(None);
        }
    }

    fn analyse(&self) {
        let finish = |item: Result<Pending, Skipped>| match item {
            Ok(pending) => self.finish(pending).transpose(),
            Err(skipped) => Some(Err(skipped)),
        };
        for (number, batch) in &self.work {
            // What the writer is done with is freed where such things are made: memory that
            // goes back to another thread's share waits for a lock.
            self.spent.try_iter().for_each(drop);
            // A run that is stopped has no results, so none are made for it.
            let wanted = batch.into_iter().take_while(|_| !self.stop.load(Ordering::Relaxed));
            let results = wanted.filter_map(finish).collect();
            if self.to_writer.send(Some((number, results))).is_err() {
                break;
            }
        }
    }

    /// Finishes and classifies one posting, unless it is known; a panic in a parser costs that posting only.
    fn finish(&self, pending: Pending) -> Result<Option<Finished>, Skipped> {
        let (source, record) = (pending.source().to_owned(), pending.record());
        catch_unwind(AssertUnwindSafe(|| {
            let posting = pending.read()?;
            if self.settings.known.as_ref().is_some_and(|known| known.meets(&posting)) {
                return Ok(None);
            }
            let too_much = |error: TooMuchWork| Skipped {
                source: posting.source.clone(),
                record: posting.record,
                id: Some(posting.id.clone()),
                reason: error.to_string(),
            };
            let analysis = self.classifier.classify(&posting).map_err(too_much)?;
            let sketch = self.settings.dedupe.then(|| Sketch::of(posting.body()));
            let result = Classified { number: 0, posting, analysis };
            let rows = self.preparations.iter().map(|preparation| {
                let mut rows = Rows::default();
                preparation.prepare(&result, &mut rows);
                rows
            });
            Ok(Some(Finished { rows: rows.collect(), result, sketch }))
        }))
        .unwrap_or_else(|_| Err(Skipped::broken(source, record)))
    }
}

/// The end of the line, on the calling thread.
struct Writer<'w> {
    done: &'w Receiver<Done>,
    tokens: &'w Receiver<()>,
    to_reuse: &'w Sender<Results>,
    /// How many of the rows of a posting are for each sink.
    counts: &'w [usize],
    settings: &'w Settings,
    stop: &'w AtomicBool,
}

impl Writer<'_> {
    /// Hands batches over in their order, whatever the order they come in.
    fn write(
        &self,
        sinks: &mut [&mut dyn Sink],
        summary: &mut Summary,
        progress: &mut impl FnMut(&Summary),
    ) -> Result<(), RunError> {
        let mut early: BTreeMap<usize, Results> = BTreeMap::new();
        let mut seen = Seen::new(self.settings);
        let mut next = 0;
        for done in self.done {
            let (number, results) = done.ok_or(RunError::Panicked("analysing the postings"))?;
            early.insert(number, results);
            while let Some(mut results) = early.remove(&next) {
                next += 1;
                let _ = self.tokens.recv();
                for result in &mut results {
                    if let Ok(finished) = &mut *result {
                        seen.mark(finished, summary);
                    }
                    self.hand_over(result, sinks, summary)?;
                }
                let _ = self.to_reuse.try_send(results);
                progress(summary);
            }
            // One token for each batch under way.
            if self.tokens.is_empty() {
                for sink in &mut *sinks {
                    sink.idle()?;
                }
            }
            if self.stop.load(Ordering::Relaxed) {
                return Err(RunError::Interrupted);
            }
        }
        if self.stop.load(Ordering::Relaxed) { Err(RunError::Interrupted) } else { Ok(()) }
    }

    fn hand_over(
        &self,
        result: &Result<Finished, Skipped>,
        sinks: &mut [&mut dyn Sink],
        summary: &mut Summary,
    ) -> Result<(), RunError> {
        match result {
            Ok(Finished { result, rows, .. }) => {
                summary.add(result);
                let mut rows = rows.as_slice();
                for (sink, count) in sinks.iter_mut().zip(self.counts) {
                    let (own, others) = rows.split_at(*count);
                    sink.classified(result, own)?;
                    rows = others;
                }
            }
            Err(skipped) => {
                summary.skipped += 1;
                for sink in sinks {
                    sink.skipped(skipped)?;
                }
                if self.settings.fail_fast {
                    return Err(RunError::FailFast(skipped.clone()));
                }
            }
        }
        Ok(())
    }
}

/// What is remembered of the postings so far: kept where they are in order, so that the first
/// is the first in any run.
struct Seen {
    ids: SeenIds,
    /// Where duplicates are looked for.
    texts: Option<Duplicates>,
}

impl Seen {
    fn new(settings: &Settings) -> Self {
        Self { ids: SeenIds::default(), texts: settings.dedupe.then(Duplicates::default) }
    }

    /// Numbers a posting, and warns of it if it repeats an earlier one.
    fn mark(&mut self, finished: &mut Finished, summary: &mut Summary) {
        let result = &mut finished.result;
        result.number = summary.classified + 1;
        if let (Some(texts), Some(sketch)) = (&mut self.texts, finished.sketch.take()) {
            texts.mark(&mut result.posting, &sketch);
        }
        if let Some(earlier) = self.ids.earlier(&result.posting.id, result.number) {
            result.posting.warnings.insert(0, ids::warning(earlier));
            summary.repeated_ids += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use std::num::NonZeroUsize;
    use std::time::Duration;

    use super::*;
    use crate::input::{Posting, Unread};
    use crate::lexicon::testing;
    use crate::run::SinkError;

    /// Postings in memory, of which one may be broken.
    struct Memory {
        left: usize,
        /// Which one is broken, counted from the last, and whom it breaks.
        fault: Option<(usize, Fault)>,
    }

    #[derive(Clone, Copy)]
    enum Fault {
        Reader,
        Worker,
        Parser,
    }

    impl Source for Memory {
        fn next(&mut self) -> Option<Result<Pending, Skipped>> {
            self.left = self.left.checked_sub(1)?;
            match self.fault {
                Some((at, Fault::Reader)) if at == self.left => panic!("as the test wants it"),
                Some((at, fault)) if at == self.left => Some(Ok(Pending::new(Broken(fault)))),
                _ => Some(Ok(Posting::from_text(format!("Baker {}\n\nBakes sourdough.", self.left)).into())),
            }
        }
    }

    /// Panics while it is read, or before.
    struct Broken(Fault);

    impl Unread for Broken {
        fn source(&self) -> &str {
            assert!(matches!(self.0, Fault::Parser), "as the test wants it");
            "broken.txt"
        }

        fn record(&self) -> Option<u64> {
            Some(7)
        }

        fn read(self: Box<Self>) -> Result<Posting, Skipped> {
            panic!("as the test wants it")
        }
    }

    /// Keeps the numbers and titles of what it is given.
    #[derive(Default)]
    struct Counter {
        seen: Vec<(u64, String)>,
        skipped: Vec<Skipped>,
        finished: bool,
    }

    impl Sink for Counter {
        fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
            self.seen.push((result.number, result.posting.title.clone()));
            Ok(())
        }

        fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
            self.skipped.push(skipped.clone());
            Ok(())
        }

        fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
            self.finished = true;
            Ok(())
        }
    }

    /// A run that must end; one that hangs fails its test after a minute.
    fn run_with(threads: usize, source: Memory) -> (Result<Summary, RunError>, Counter) {
        let (give, take) = bounded(1);
        thread::spawn(move || _ = give.send(run_to_the_end(threads, source)));
        take.recv_timeout(Duration::from_secs(60)).expect("the run ends")
    }

    fn run_to_the_end(threads: usize, mut source: Memory) -> (Result<Summary, RunError>, Counter) {
        let classifier = Classifier::new(testing::lexicon());
        let threads = NonZeroUsize::new(threads).expect("not zero");
        let settings = Settings { threads, ..Settings::default() };
        let mut counter = Counter::default();
        let ended = run(&mut source, &classifier, settings, &mut [&mut counter], &AtomicBool::new(false), |_| ());
        (ended, counter)
    }

    #[test]
    fn a_thread_that_panics_ends_the_run_with_an_error() {
        for threads in 1..4 {
            for (fault, expected) in [(Fault::Reader, "reading the inputs"), (Fault::Worker, "analysing the postings")]
            {
                for at in [0, 1_000, 1_999] {
                    let (ended, counter) = run_with(threads, Memory { left: 2_000, fault: Some((at, fault)) });
                    let Err(RunError::Panicked(what)) = ended else { panic!("{expected}, {threads}, {at}: {ended:?}") };
                    assert_eq!(what, expected);
                    assert!(!counter.finished);
                }
            }
        }
    }

    #[test]
    fn a_parser_that_panics_costs_its_posting() {
        let (ended, counter) = run_with(2, Memory { left: 100, fault: Some((50, Fault::Parser)) });
        let summary = ended.expect("the run ends well");
        assert_eq!((summary.classified, summary.skipped, counter.seen.len()), (99, 1, 99));
        let [Skipped { source, record, reason, .. }] = counter.skipped.as_slice() else { panic!("one is skipped") };
        assert_eq!((source.as_str(), *record), ("broken.txt", Some(7)));
        assert_eq!(reason, "internal error while reading it; please file a bug with this file");
    }

    /// Stops the run when it is read, and counts how often it is.
    #[derive(Clone, Default)]
    struct Stopping {
        stop: Arc<AtomicBool>,
        read: Arc<AtomicUsize>,
    }

    impl Unread for Stopping {
        fn source(&self) -> &'static str {
            "stopping.txt"
        }

        fn record(&self) -> Option<u64> {
            None
        }

        fn read(self: Box<Self>) -> Result<Posting, Skipped> {
            self.stop.store(true, Ordering::Relaxed);
            self.read.fetch_add(1, Ordering::Relaxed);
            Ok(Posting::default())
        }
    }

    /// Any number of those.
    impl Source for Stopping {
        fn next(&mut self) -> Option<Result<Pending, Skipped>> {
            Some(Ok(Pending::new(self.clone())))
        }
    }

    #[test]
    fn a_run_that_is_stopped_ends_at_the_next_posting() {
        let classifier = Classifier::new(testing::lexicon());
        let source = Stopping::default();
        let settings = Settings { threads: NonZeroUsize::MIN, ..Settings::default() };
        let mut counter = Counter::default();
        let ended = run(&mut source.clone(), &classifier, settings, &mut [&mut counter], &source.stop, |_| ());
        assert!(matches!(ended, Err(RunError::Interrupted)), "{ended:?}");
        assert_eq!(source.read.load(Ordering::Relaxed), 1);
        assert!(!counter.finished);
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let (ended, one) = run_with(1, Memory { left: 1_000, fault: None });
        assert_eq!(ended.expect("the run ends well").classified, 1_000);
        assert!(one.seen.iter().map(|(number, _)| *number).eq(1..=1_000));
        for threads in 2..6 {
            let (_, more) = run_with(threads, Memory { left: 1_000, fault: None });
            assert!(more.finished);
            assert_eq!(more.seen, one.seen);
        }
    }
}
