//! One bad command spoils no other.

use knock_engine::commands::{FireTimers, Fired};
use knock_engine::{Command, CommitError, Notice, Writer};
use knock_model::Millis;
use knock_ports::{Ledger, StoreError};
use knock_store::Scratch;

/// Does what a disk that loses something would do.
struct Unsynced;

impl Command for Unsynced {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        Err(StoreError::Unsynced("fsync".into()))
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
        // Whatever was in the same group, and whatever comes later.
        let (failed, with_it) = tokio::join!(writer.commit(Unsynced), good());
        assert!(matches!(failed, Err(CommitError::Stopping)));
        assert!(matches!(with_it, Err(CommitError::Stopping)));
        assert!(matches!(good().await, Err(CommitError::Stopping)));
        assert!(writer.failed().await.contains("fsync"));
    });
    thread.join().expect("it ended in peace");
}

/// Does what a bug would do.
struct Bad {
    panics: bool,
}

impl Command for Bad {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        assert!(!self.panics, "a bug");
        Err(StoreError::Broken("refused".into()))
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
            assert!(matches!(done, Ok(Fired::All)));
        }
    });
    drop(writer);
    thread.join().expect("it ended in peace");
}
