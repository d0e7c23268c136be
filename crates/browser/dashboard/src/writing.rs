//! What the team writes: texts begun and messages on their way. Both outlive the page they were written on.

use knock_model::{ConversationId, MessageId, Millis};
use knock_wire::{Message, MessageDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;

use crate::api::Failure;
use crate::browser;
use crate::session::Session;

/// How far a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Journey {
    /// Behind another one of the same conversation.
    Waiting,
    /// Asked to be stored.
    Sending,
    /// On the server's disk.
    Stored,
    /// Not stored, as far as is known.
    Failed(Failure),
}

/// A message of this member that the record does not have yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// Where it goes.
    pub(crate) to: ConversationId,
    /// Its id, the same on every attempt.
    pub(crate) id: MessageId,
    /// What it says.
    pub(crate) text: String,
    /// When it was written.
    pub(crate) at: Millis,
    /// How far it is.
    pub(crate) journey: Journey,
}

/// What is written in this app.
#[derive(Clone, Copy)]
pub(crate) struct Writing {
    session: Session,
    outgoing: RwSignal<Vec<Outgoing>>,
    begun: StoredValue<HashMap<ConversationId, String>>,
}

impl Writing {
    /// Nothing is written yet.
    pub(crate) fn new(session: Session) -> Writing {
        Writing { session, outgoing: RwSignal::new(Vec::new()), begun: StoredValue::new(HashMap::new()) }
    }

    /// The text begun in a conversation.
    pub(crate) fn begun(self, to: ConversationId) -> String {
        self.begun.with_value(|begun| begun.get(&to).cloned().unwrap_or_default())
    }

    /// Keeps a text begun.
    pub(crate) fn keep(self, to: ConversationId, text: String) {
        self.begun.update_value(|begun| {
            begun.insert(to, text);
        });
    }

    /// The messages on their way in a conversation, in the order they were written.
    pub(crate) fn outgoing(self, to: ConversationId) -> Vec<Outgoing> {
        self.outgoing.with(|all| all.iter().filter(|message| message.to == to).cloned().collect())
    }

    /// Sends a message; one conversation's go one after another, so that they stay in order.
    pub(crate) fn send(self, to: ConversationId, text: String, at: Millis) {
        let id = MessageId::new(at, &browser::random());
        self.outgoing.update(|all| all.push(Outgoing { to, id, text, at, journey: Journey::Waiting }));
        self.go_on(to);
    }

    /// Sends a failed message again, as the same message.
    pub(crate) fn retry(self, to: ConversationId, id: MessageId) {
        if self.reaches(id, Journey::Waiting) {
            self.go_on(to);
        }
    }

    /// Gives a failed message up.
    pub(crate) fn discard(self, id: MessageId) {
        self.outgoing.update(|all| all.retain(|message| message.id != id));
    }

    /// Whether nothing is begun and nothing on its way.
    pub(crate) fn is_idle(self) -> bool {
        let is_empty = self.begun.with_value(|begun| begun.values().all(|text| text.trim().is_empty()));
        is_empty && self.outgoing.with_untracked(|all| all.iter().all(|message| message.journey == Journey::Stored))
    }

    /// Forgets what the record of the conversation has.
    pub(crate) fn forget(self, stored: &[Message]) {
        let is_stored = |message: &Outgoing| stored.iter().any(|known| known.id == message.id);
        self.outgoing.maybe_update(|all| {
            let count = all.len();
            all.retain(|message| !is_stored(message));
            all.len() != count
        });
    }

    /// Forgets everything: another member may sign in.
    pub(crate) fn clear(self) {
        self.outgoing.set(Vec::new());
        self.begun.set_value(HashMap::new());
    }

    fn go_on(self, to: ConversationId) {
        let Some(next) = self.outgoing.with_untracked(|all| next(all, to).cloned()) else { return };
        self.reaches(next.id, Journey::Sending);
        let client = self.session.client();
        spawn_local(async move {
            let draft = MessageDraft { id: next.id.to_string(), text: next.text };
            let journey = match client.write(to, &draft).await {
                Ok(_) => Journey::Stored,
                Err(failure) => Journey::Failed(failure),
            };
            self.reaches(next.id, journey);
            if !self.outgoing.is_disposed() {
                self.go_on(to);
            }
        });
    }

    /// A message comes so far; `false` when it is not known any more.
    fn reaches(self, id: MessageId, journey: Journey) -> bool {
        let change = |all: &mut Vec<Outgoing>| {
            let found = all.iter_mut().find(|message| message.id == id);
            found.map(|message| message.journey = journey).is_some()
        };
        self.outgoing.try_update(change).unwrap_or(false)
    }
}

/// The message to send now: the first that waits, once none of its conversation is being sent.
fn next(all: &[Outgoing], to: ConversationId) -> Option<&Outgoing> {
    let mut ours = all.iter().filter(|message| message.to == to);
    let is_busy = ours.clone().any(|message| message.journey == Journey::Sending);
    ours.find(|message| message.journey == Journey::Waiting).filter(|_| !is_busy)
}

/// What is written in this app.
pub(crate) fn use_writing() -> Writing {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn check(journeys: &[Journey], expected: Option<usize>) {
        let to = ConversationId::new([6; 16]);
        let message = |(at, journey): (usize, &Journey)| {
            let at = Millis(i64::try_from(at).unwrap_or(0));
            let id = MessageId::new(at, &[0; 10]);
            Outgoing { to, id, text: String::new(), at, journey: journey.clone() }
        };
        let mut all: Vec<Outgoing> = journeys.iter().enumerate().map(message).collect();
        let elsewhere = Outgoing { to: ConversationId::new([7; 16]), journey: Journey::Sending, ..all[0].clone() };
        all.push(elsewhere);
        assert_eq!(next(&all, to), expected.map(|at| &all[at]));
    }

    #[wasm_bindgen_test]
    fn messages_of_a_conversation_go_one_after_another() {
        let failed = Journey::Failed(Failure::Unreachable);
        check(&[Journey::Waiting, Journey::Waiting], Some(0));
        check(&[Journey::Sending, Journey::Waiting], None);
        check(&[failed, Journey::Stored, Journey::Waiting], Some(2));
        check(&[Journey::Stored], None);
    }
}
