//! A server under everything that may happen to it, beside a model that only knows what was acknowledged.
//!
//! Browsers send, resend, send late and out of order and say who they are; the server is restarted, or dies within a
//! group; another server takes its turn; its clock jumps; timers fire; all is rebuilt; persons are erased; at last all signals are let go. After each
//! step the store holds what the model holds, and what is derived is what the model makes of it.

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

/// The operations.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    /// A browser sends signals of a session by their numbers, perhaps one twice, late, or once more.
    Send { visitor: u8, session: u8, numbers: Vec<u8> },
    /// A browser sends an earlier batch again, whatever became of it.
    Resend { batch: usize },
    /// The server dies when a group with such a batch has been worked on and is not yet committed.
    Crash { visitor: u8, session: u8, numbers: Vec<u8> },
    /// A graceful stop and a start.
    Restart,
    /// From now on another one on the same database is asked, where there can be one.
    Turn,
    /// Its clock jumps.
    Clock { by: i64 },
    /// The due timers fire.
    Fire,
    /// All that is derived is computed again, once the clock has come to where it was.
    Rebuild,
    /// A person is erased.
    Erase { email: usize },
    // Letting signals go ends each life instead (`checks::expire_signals`): what is sent again after that is new.
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
            // The last one is lost; the one before it may be stored already.
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
