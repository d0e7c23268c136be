//! First steps that were put aside: of the workspace for every member, personal ones for theirs alone.

use knock_model::{FirstStep, Millis, RepId};
use knock_ports::Store;
use knock_store::Scratch;
use std::sync::Arc;

fn put(store: &Arc<dyn Store>, step: FirstStep, member: Option<RepId>, at: Option<Millis>) {
    store.write(&mut |ledger| ledger.save_first_step(step, member, at)).expect("it is kept");
}

fn of(store: &Arc<dyn Store>, member: RepId) -> Vec<FirstStep> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.steps_put_aside(member)?;
        Ok(())
    });
    read.expect("it is read");
    found.sort();
    found
}

#[test]
fn steps_are_put_aside_for_all_or_for_one_and_taken_up_again() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (one, other) = (RepId::new([1; 16]), RepId::new([2; 16]));
    assert_eq!(of(&store, one), []);
    for at in [7, 9] {
        put(&store, FirstStep::Slack, None, Some(Millis(at)));
        put(&store, FirstStep::Hours, Some(one), Some(Millis(at)));
    }
    assert_eq!(of(&store, one), [FirstStep::Hours, FirstStep::Slack]);
    assert_eq!(of(&store, other), [FirstStep::Slack]);
    put(&store, FirstStep::Hours, Some(other), None);
    put(&store, FirstStep::Slack, None, None);
    assert_eq!(of(&store, one), [FirstStep::Hours]);
}
