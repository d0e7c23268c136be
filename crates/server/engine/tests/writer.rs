//! A faulty command does not affect the others.

use futures_util::future::join_all;
use knock_engine::commands::{FireTimers, Fired};
use knock_engine::{After, Changes, Command, CommitError, Notice, Writer};
use knock_model::Millis;
use knock_ports::{Footprint, Ledger, Peers, Store, StoreError, View};
use knock_store::Scratch;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

/// Fails like a disk that loses writes.
struct Unsynced;

impl Command for Unsynced {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        Err(StoreError::Unsynced("fsync".into()))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

#[test]
fn after_a_failed_sync_nothing_is_acknowledged_any_more() {
    let scratch = Scratch::new();
    let (writer, thread) = Writer::start(scratch.store()).expect("it starts");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let good = || writer.commit(FireTimers { now: Millis(0) });
        assert!(matches!(good().await, Ok(Fired::All)));
        // All commands of the same group, and all later ones.
        let (failed, with_it) = tokio::join!(writer.commit(Unsynced), good());
        assert!(matches!(failed, Err(CommitError::Stopping)));
        assert!(matches!(with_it, Err(CommitError::Stopping)));
        assert!(matches!(good().await, Err(CommitError::Stopping)));
        assert!(writer.failed().await.contains("fsync"));
    });
    thread.join().expect("it ended in peace");
}

/// Fails like a command with a bug.
struct Bad {
    panics: bool,
}

impl Command for Bad {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        assert!(!self.panics, "a bug");
        Err(StoreError::Broken("refused".into()))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

#[test]
fn a_command_that_fails_or_panics_leaves_the_others_and_the_writer_alone() {
    let scratch = Scratch::new();
    let (writer, thread) = Writer::start(scratch.store()).expect("it starts");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let good = || writer.commit(FireTimers { now: Millis(0) });
        let (first, failed, second, panicked, third) = tokio::join!(
            good(),
            writer.commit(Bad { panics: false }),
            good(),
            writer.commit(Bad { panics: true }),
            good()
        );
        assert!(matches!(failed, Err(CommitError::Store(StoreError::Broken(_)))));
        assert!(matches!(panicked, Err(CommitError::Store(StoreError::Broken(_)))));
        for done in [first, second, third, good().await] {
            assert!(matches!(done, Ok(Fired::All)), "{done:?}");
        }
    });
    drop(writer);
    thread.join().expect("it ended in peace");
}

/// A store that counts its transactions.
struct Counted {
    store: Arc<dyn Store>,
    written: AtomicUsize,
    error: fn() -> Option<StoreError>,
    /// Writes wait until the other end is dropped.
    gate: Mutex<mpsc::Receiver<()>>,
}

impl Store for Counted {
    fn write_unsynced(
        &self,
        work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.gate.lock().expect("one writer").recv().ok();
        self.written.fetch_add(1, Ordering::Relaxed);
        (self.error)().map_or_else(|| self.store.write_unsynced(work), Err)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.store.sync()
    }

    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.store.read(work)
    }

    fn scrub(&self) -> Result<(), StoreError> {
        self.store.scrub()
    }

    fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError> {
        self.store.peers()
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.store.ready()
    }

    fn footprint(&self) -> Result<Footprint, StoreError> {
        self.store.footprint()
    }
}

/// Runs 256 commands at once, one of which is faulty; returns the number that succeeded, and that of the transactions.
fn all_at_once(error: fn() -> Option<StoreError>) -> (usize, usize) {
    let scratch = Scratch::new();
    let (open, gate) = mpsc::channel();
    let (store, written, gate) = (scratch.store(), AtomicUsize::new(0), Mutex::new(gate));
    let store = Arc::new(Counted { store, written, error, gate });
    let (writer, thread) = Writer::start(Arc::clone(&store) as Arc<dyn Store>).expect("it starts");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let done = runtime.block_on(async {
        let good = |number| join_all((0..number).map(|_| writer.commit(FireTimers { now: Millis(0) })));
        // The last one is sent when all others wait.
        let all_wait = async { drop(open) };
        let (some, bad, others, ()) =
            tokio::join!(good(100), writer.commit(Bad { panics: false }), good(155), all_wait);
        assert!(matches!(bad, Err(CommitError::Store(_))));
        some.iter().chain(&others).filter(|done| done.is_ok()).count()
    });
    drop(writer);
    thread.join().expect("it ended in peace");
    (done, store.written.load(Ordering::Relaxed))
}

#[test]
fn a_bad_command_among_many_costs_a_few_transactions() {
    let (done, written) = all_at_once(|| None);
    assert_eq!(done, 255);
    // The first one alone, all others at once, and two for each halving.
    assert!(written <= 20, "{written} transactions");
}

#[test]
fn a_failure_that_no_command_caused_is_reported_to_all_at_once() {
    let (done, written) = all_at_once(|| Some(StoreError::Full));
    assert_eq!(done, 0);
    assert!(written <= 2, "{written} transactions");
}

/// A guard, such as of a place in a queue, that counts its drops.
struct Holding(Arc<AtomicUsize>);

impl Command for Holding {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        // Gives a caller that was answered too early time to notice.
        std::thread::yield_now();
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn resources_of_a_command_are_released_before_its_caller_is_answered() {
    let scratch = Scratch::new();
    let (writer, thread) = Writer::start(scratch.store()).expect("it starts");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let given_back = Arc::new(AtomicUsize::new(0));
    runtime.block_on(async {
        for number in 1..=500 {
            writer.commit(Holding(Arc::clone(&given_back))).await.expect("done");
            assert_eq!(given_back.load(Ordering::SeqCst), number);
        }
    });
    drop(writer);
    thread.join().expect("it ended in peace");
}

/// Blocks until the test sends the result.
struct Slow {
    go_on: Mutex<mpsc::Receiver<Result<(), StoreError>>>,
}

impl Command for Slow {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        self.go_on.lock().expect("not poisoned").recv().expect("somebody says so")
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

#[test]
fn how_long_changes_wait_in_vain_is_known_until_one_is_stored_or_none_waits() {
    let scratch = Scratch::new();
    let (writer, thread) = Writer::start(scratch.store()).expect("it starts");
    let runtime = tokio::runtime::Builder::new_multi_thread().build().expect("a runtime");
    let until = |is_stuck: bool| {
        while (writer.stuck_for() > Duration::ZERO) != is_stuck {
            std::thread::yield_now();
        }
    };
    for ending in [Ok(()), Err(StoreError::Broken("refused".into()))] {
        until(false);
        let (go_on, wait) = mpsc::channel();
        let (slow, is_good) = (writer.clone(), ending.is_ok());
        let done = runtime.spawn(async move { slow.commit(Slow { go_on: Mutex::new(wait) }).await });
        until(true);
        go_on.send(ending).expect("it waits");
        assert_eq!(runtime.block_on(done).expect("it ended").is_ok(), is_good);
        until(false);
    }
    drop(writer);
    thread.join().expect("it ended");
}

/// A store whose disk syncs when the test sends the result.
struct Syncing {
    store: Arc<dyn Store>,
    answers: Mutex<mpsc::Receiver<Result<(), StoreError>>>,
}

impl Store for Syncing {
    fn write_unsynced(
        &self,
        work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.store.write_unsynced(work)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.answers.lock().expect("one acknowledgement thread").recv().expect("an answer")
    }

    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.store.read(work)
    }

    fn scrub(&self) -> Result<(), StoreError> {
        self.store.scrub()
    }

    fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError> {
        self.store.peers()
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.store.ready()
    }

    fn footprint(&self) -> Result<Footprint, StoreError> {
        self.store.footprint()
    }
}

#[test]
fn what_the_disk_may_not_have_is_asked_again_and_all_who_watch_look_again() {
    let scratch = Scratch::new();
    let (answer, answers) = mpsc::channel();
    let store = Arc::new(Syncing { store: scratch.store(), answers: Mutex::new(answers) });
    let (writer, thread) = Writer::start(store).expect("it starts");
    let runtime = tokio::runtime::Builder::new_multi_thread().build().expect("a runtime");
    let mut watching = writer.watch();
    for (answered, is_kept) in [(Err(StoreError::Busy), false), (Ok(()), true)] {
        let asking = writer.clone();
        let done = runtime.spawn(async move { asking.commit(FireTimers { now: Millis(0) }).await });
        // The writes are committed; a disk that does not sync keeps the command waiting.
        while writer.stuck_for() == Duration::ZERO {
            std::thread::yield_now();
        }
        answer.send(answered).expect("it waits");
        let done = runtime.block_on(done).expect("it ended");
        assert_eq!(matches!(done, Ok(Fired::All)), is_kept);
        assert_eq!(matches!(done, Err(CommitError::Store(StoreError::Busy))), !is_kept);
    }
    let notices = watching.try_recv().expect("a notice");
    assert!(notices.contains(&Notice::Unheard), "{notices:?}");
    drop(writer);
    thread.join().expect("it ended");
}
