//! One bad command spoils no other.

use knock_engine::commands::{FireTimers, Fired};
use knock_engine::{Command, CommitError, Notice, Writer};
use knock_model::Millis;
use knock_ports::{Ledger, StoreError};
use knock_store::Scratch;

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
