//! A server under all operations and faults, beside a model of the acknowledged data.
//!
//! Browsers send, resend, send late and out of order and identify; the server is restarted, or dies within a group;
//! another server takes its turn; its clock jumps; timers fire; all is rebuilt; persons are erased; at last all signals
//! expire. After each step the store holds what the model holds, and derived values are those of the model.

mod browser;
mod checks;
mod erased;
mod model;
mod owner;

use crate::story::Story;
use knock_engine::commands::AppendSignals;
use knock_model::Millis;
use model::Model;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

#[derive(Clone, Debug)]
pub(crate) enum Operation {
    /// A browser sends signals of a session by their numbers, perhaps one twice, late, or once more.
    Send { visitor: u8, session: u8, numbers: Vec<u8> },
    /// A browser sends an earlier batch again, whatever its outcome was.
    Resend { batch: usize },
    /// The server dies after a group with this batch has run and before it is committed.
    Crash { visitor: u8, session: u8, numbers: Vec<u8> },
    /// A graceful stop and a start.
    Restart,
    /// From now on another server on the same database gets the requests, if the database allows one.
    Turn,
    /// The clock jumps.
    Clock { by: i64 },
    /// The due timers fire.
    Fire,
    /// A rebuild, once the clock has reached its latest instant again.
    Rebuild,
    /// A person is erased.
    Erase { email: usize },
    // The expiry of signals ends each story instead (`checks::expire_signals`): a signal resent after it is new.
}

impl ReferenceStateMachine for Model {
    type State = Model;
    type Transition = Operation;

    fn init_state() -> BoxedStrategy<Model> {
        any::<u64>().prop_map(Model::new).boxed()
    }

    fn transitions(_: &Model) -> BoxedStrategy<Operation> {
        let batch = || (0..3u8, 0..4u8, proptest::collection::vec(1..=24u8, 1..7));
        let by = prop_oneof![Just(1i64), -10_000..10_000i64, 0..6 * Millis::DAY.0, -3 * Millis::DAY.0..0i64,];
        prop_oneof![
            8 => batch().prop_map(|(visitor, session, numbers)| Operation::Send { visitor, session, numbers }),
            4 => any::<usize>().prop_map(|batch| Operation::Resend { batch }),
            2 => batch().prop_map(|(visitor, session, numbers)| Operation::Crash { visitor, session, numbers }),
            1 => Just(Operation::Restart),
            3 => Just(Operation::Turn),
            4 => by.prop_map(|by| Operation::Clock { by }),
            2 => Just(Operation::Fire),
            1 => Just(Operation::Rebuild),
            1 => (0..4usize).prop_map(|email| Operation::Erase { email }),
        ]
        .boxed()
    }

    fn preconditions(model: &Model, operation: &Operation) -> bool {
        match operation {
            Operation::Resend { .. } => !model.sent.is_empty(),
            Operation::Clock { by } => model.can_jump(*by),
            Operation::Send { .. }
            | Operation::Crash { .. }
            | Operation::Restart
            | Operation::Turn
            | Operation::Fire
            | Operation::Rebuild
            | Operation::Erase { .. } => true,
        }
    }

    fn apply(mut model: Model, operation: &Operation) -> Model {
        match operation {
            Operation::Send { visitor, session, numbers } => model.send(*visitor, *session, numbers),
            Operation::Resend { batch } => model.resend(*batch),
            Operation::Crash { visitor, session, numbers } => model.lose(*visitor, *session, numbers),
            Operation::Clock { by } => model.jump(*by),
            Operation::Rebuild => model.come_to_latest(),
            Operation::Erase { email } => model.erase(*email),
            Operation::Restart | Operation::Turn | Operation::Fire => {}
        }
        model
    }
}

/// A server on a store.
struct Server;

impl StateMachineTest for Server {
    type SystemUnderTest = Story;
    type Reference = Model;

    fn init_test(_: &Model) -> Story {
        Story::begin()
    }

    fn apply(mut story: Story, model: &Model, operation: Operation) -> Story {
        story.now = model.now;
        match operation {
            Operation::Send { .. } | Operation::Resend { .. } => {
                let batch: &AppendSignals = model.sent.last().expect("it was sent");
                assert_eq!(story.commit(batch.clone()), model.expected);
            }
            // The last batch is lost; the previous one may be stored already.
            Operation::Crash { .. } => story.crash(&model.sent[model.sent.len().saturating_sub(2)..]),
            Operation::Restart => story.restart(),
            Operation::Turn => story.turn(),
            Operation::Clock { .. } => {}
            Operation::Fire => story.fire(),
            Operation::Rebuild => checks::at_rest(&story, model),
            Operation::Erase { email } => checks::erase(&mut story, model, email),
        }
        story
    }

    fn check_invariants(story: &Story, model: &Model) {
        checks::stored(story, model);
        checks::persons(story, model);
        checks::gaps(story, model);
        checks::arrivals(story, model);
    }

    fn teardown(mut story: Story, mut model: Model) {
        model.come_to_latest();
        story.now = model.now;
        checks::at_rest(&story, &model);
        story.crash(&[]);
        checks::stored(&story, &model);
        checks::replay(&story, &model);
        checks::expire_signals(&mut story, &model);
        story.scratch.check();
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_store_holds_what_was_acknowledged(sequential 1..40 => Server);
}
