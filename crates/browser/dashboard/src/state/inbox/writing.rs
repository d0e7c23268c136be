//! The texts that the team writes: drafts, and messages that are being sent. Both outlive the view in which they were
//! written; messages that met an outage also outlive a reload, and are sent again automatically.

use gloo_timers::future::TimeoutFuture;
use knock_model::{CardCalendar, CardKind, ConversationId, MessageId, Millis};
use knock_wire::{Assignee, RepMessageDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

use super::drafts::{self, Drafts};
use super::hold;
use super::noting::write_note;
use super::unsent;
use super::unsent::{Draft, Mode};
use crate::api::{Failure, Upload};
use crate::kit::browser;
use crate::state::live::wait_ms;
use crate::state::session::Session;

/// The state of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Journey {
    /// Held until this instant of the browser's clock: it can be taken back.
    Held(Millis),
    /// Behind another message of the same conversation.
    Waiting,
    /// Sent, without a response yet.
    Sending,
    /// Stored by the server.
    Stored,
    /// Met an outage: sent again automatically.
    Unsent(Failure),
    /// Refused: sent again only by a person.
    Failed(Failure),
}

/// A message of this member that the record does not have yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) to: ConversationId,
    /// Its id, the same on every attempt.
    pub(crate) id: MessageId,
    /// The text; for a file, its name.
    pub(crate) text: String,
    /// The file, if it has no text.
    pub(crate) file: Option<Arc<Upload>>,
    /// Whose calendar its booking card offers, if it has one.
    pub(crate) card: Option<CardCalendar>,
    /// The instant of writing.
    pub(crate) at: Millis,
    /// Whether it is a reply or a note.
    pub(crate) mode: Mode,
    /// The last number on the page; without it, newer messages are not checked.
    pub(crate) seen: Option<u64>,
    /// Its progress.
    pub(crate) journey: Journey,
}

/// Drafts and messages of this app.
#[derive(Clone, Copy)]
pub(crate) struct Writing {
    session: Session,
    pub(super) outgoing: RwSignal<Vec<Outgoing>>,
    pub(super) begun: StoredValue<Drafts>,
    /// The conversations with a draft, in order.
    pub(super) drafted: RwSignal<Vec<ConversationId>>,
    /// The member; empty before the session is loaded.
    pub(super) member: StoredValue<String>,
    outage: StoredValue<Outage>,
    /// The members whom a note can name, for one that is sent while the page closes.
    pub(super) team: StoredValue<Vec<Assignee>>,
}

/// The number of failed attempts in a row. An attempt with another number than the last was replaced by a later one.
#[derive(Clone, Copy, Default)]
struct Outage {
    failures: u32,
    attempt: u64,
}

impl Writing {
    /// The state; no text is written yet.
    pub(crate) fn new(session: Session) -> Writing {
        let writing = Writing {
            session,
            outgoing: RwSignal::new(Vec::new()),
            begun: StoredValue::new(Drafts::new()),
            drafted: RwSignal::new(Vec::new()),
            member: StoredValue::new(String::new()),
            outage: StoredValue::new(Outage::default()),
            team: StoredValue::new(Vec::new()),
        };
        writing.follow_tabs();
        writing
    }

    /// Takes the members whom a note can name.
    pub(crate) fn know_team(self, team: Vec<Assignee>) {
        self.team.set_value(team);
    }

    /// The messages on their way in a conversation, in the order they were written.
    pub(crate) fn outgoing(self, to: ConversationId) -> Vec<Outgoing> {
        self.outgoing.with(|all| all.iter().filter(|message| message.to == to).cloned().collect())
    }

    /// Sends a message, after its hold; its id contains the instant of writing. Messages of one conversation are sent
    /// one after the other, in order.
    pub(crate) fn send(self, draft: Draft) {
        self.member.with_value(|member| unsent::keep(member, &draft));
        self.hold(outgoing(draft, Journey::Waiting));
    }

    /// Sends a file as a message. It is not kept beyond this page.
    pub(crate) fn send_file(self, to: ConversationId, (name, content): (String, Vec<u8>), at: Millis) {
        let id = MessageId::new(at, &browser::random());
        let text = name.clone();
        let file = Some(Arc::new(Upload { id: id.to_string(), name, content }));
        let (mode, journey) = (Mode::Reply, Journey::Waiting);
        self.hold(Outgoing { to, id, text, file, card: None, at, mode, seen: None, journey });
    }

    /// Offers a meeting to a lead. It is not kept beyond this page.
    pub(crate) fn send_card(self, to: ConversationId, calendar: CardCalendar, at: Millis, seen: Option<u64>) {
        let draft =
            Draft { to, id: MessageId::new(at, &browser::random()), text: String::new(), mode: Mode::Reply, seen };
        self.hold(Outgoing { card: Some(calendar), ..outgoing(draft, Journey::Waiting) });
    }

    /// Restores the messages and the drafts that this member wrote before the page was loaded.
    pub(crate) fn restore(self, member: &str) {
        if self.member.with_value(|known| known != member) {
            // Another member must not send the messages of the previous one, nor see their drafts.
            self.outgoing.set(Vec::new());
            self.member.set_value(member.to_owned());
            self.set_drafts(drafts::kept(member));
        }
        let mut is_early = false;
        self.outgoing.maybe_update(|all| {
            let count = all.len();
            for draft in unsent::kept(member) {
                if all.iter().any(|known| known.id == draft.id) {
                    continue;
                }
                // Another tab may hold it, and take it back.
                if hold::may_be_held(draft.id.at(), self.session.instant()) {
                    is_early = true;
                } else {
                    all.push(outgoing(draft, Journey::Unsent(Failure::Unreachable)));
                }
            }
            all.len() != count
        });
        if is_early {
            self.restore_later(member.to_owned());
        }
        self.resend();
    }

    /// Restores them again once none can be held any more, unless another member has signed in by then.
    fn restore_later(self, member: String) {
        let again = move || {
            if self.member.try_with_value(|known| *known == member) == Some(true) {
                self.restore(&member);
            }
        };
        set_timeout(again, hold::HOLD);
    }

    /// Sends messages that met an outage again, in the order of writing, while their author is signed in.
    pub(crate) fn resend(self) {
        if self.member.with_value(|member| *member != untrack(|| self.session.email())) {
            return;
        }
        let mut conversations = Vec::new();
        self.outgoing.maybe_update(|all| {
            let mut has_changed = false;
            for message in all {
                if let Journey::Unsent(_) = message.journey {
                    message.journey = Journey::Waiting;
                    has_changed = true;
                }
                if !conversations.contains(&message.to) {
                    conversations.push(message.to);
                }
            }
            has_changed
        });
        for to in conversations {
            self.go_on(to);
        }
    }

    /// Sends a failed message again, as the same message, whatever was written since.
    pub(crate) fn retry(self, to: ConversationId, id: MessageId) {
        self.outgoing.update(|all| {
            all.iter_mut().filter(|message| message.id == id).for_each(|message| message.seen = None);
        });
        if self.reaches(id, Journey::Waiting) {
            self.go_on(to);
        }
    }

    pub(crate) fn discard(self, id: MessageId) {
        self.member.with_value(|member| unsent::drop(member, id));
        self.outgoing.update(|all| all.retain(|message| message.id != id));
    }

    /// Whether there is no draft and no message on its way.
    pub(crate) fn is_idle(self) -> bool {
        self.begun.with_value(Drafts::is_empty)
            && self.outgoing.with_untracked(|all| all.iter().all(|message| message.journey == Journey::Stored))
    }

    /// Removes the messages that the record of the conversation has.
    pub(crate) fn forget(self, stored: &[MessageId]) {
        let is_stored = |message: &Outgoing| stored.contains(&message.id);
        self.outgoing.maybe_update(|all| {
            let count = all.len();
            for message in all.iter().filter(|message| message.journey != Journey::Stored && is_stored(message)) {
                self.member.with_value(|member| unsent::drop(member, message.id));
            }
            all.retain(|message| !is_stored(message));
            all.len() != count
        });
    }

    /// Removes everything: another member may sign in.
    pub(crate) fn clear(self) {
        self.member.with_value(|member| {
            unsent::drop_all(member);
            drafts::drop_all(member);
        });
        self.outgoing.set(Vec::new());
        self.set_drafts(Drafts::new());
    }

    fn go_on(self, to: ConversationId) {
        let Some(next) = self.outgoing.with_untracked(|all| next(all, to).cloned()) else { return };
        self.reaches(next.id, Journey::Sending);
        let client = self.session.client();
        spawn_local(async move {
            let (id, text) = (next.id.to_string(), next.text);
            let answer = match (next.file, next.mode) {
                (Some(file), _) => client.send_file(to, Upload::clone(&file)).await,
                (None, Mode::Reply) => client.write(to, &reply_draft(id, text, next.card), next.seen).await,
                (None, Mode::Note) => write_note(&client, to, (id, text)).await,
            };
            if self.outgoing.is_disposed() {
                return;
            }
            match answer {
                Ok(()) => self.is_stored(next.id),
                Err(failure) if is_outage(&failure) => self.defer(to, &failure),
                Err(failure) => {
                    self.reaches(next.id, Journey::Failed(failure));
                }
            }
            self.go_on(to);
        });
    }

    fn is_stored(self, id: MessageId) {
        self.outage.update_value(|outage| outage.failures = 0);
        if self.reaches(id, Journey::Stored) {
            self.member.with_value(|member| unsent::drop(member, id));
        }
    }

    /// Defers the messages after one that met an outage: they must not overtake it.
    fn defer(self, to: ConversationId, failure: &Failure) {
        self.outgoing.update(|all| {
            let ours = all.iter_mut().filter(|message| message.to == to);
            for message in ours.filter(|message| matches!(message.journey, Journey::Waiting | Journey::Sending)) {
                message.journey = Journey::Unsent(failure.clone());
            }
        });
        let Outage { failures, attempt } = self.outage.get_value();
        self.outage.set_value(Outage { failures: failures.saturating_add(1), attempt: attempt + 1 });
        spawn_local(async move {
            TimeoutFuture::new(wait_ms(failures, browser::chance())).await;
            if self.outage.try_get_value().is_some_and(|outage| outage.attempt == attempt + 1) {
                self.resend();
            }
        });
    }

    /// Sets the progress of a message; `false` if it is no longer known.
    fn reaches(self, id: MessageId, journey: Journey) -> bool {
        let change = |all: &mut Vec<Outgoing>| {
            let found = all.iter_mut().find(|message| message.id == id);
            found.map(|message| message.journey = journey).is_some()
        };
        self.outgoing.try_update(change).unwrap_or(false)
    }
}

/// The message to send now: the first waiting one, unless one of its conversation is being sent or meets an outage.
/// A held message keeps those after it back.
fn next(all: &[Outgoing], to: ConversationId) -> Option<&Outgoing> {
    let mut ours = all.iter().filter(|message| message.to == to);
    let is_busy = ours.clone().any(|message| matches!(message.journey, Journey::Sending | Journey::Unsent(_)));
    let first = ours.find(|message| matches!(message.journey, Journey::Waiting | Journey::Held(_)));
    first.filter(|message| message.journey == Journey::Waiting && !is_busy)
}

/// Whether a later attempt may succeed.
fn is_outage(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable | Failure::Unreadable | Failure::SignedOut => true,
        Failure::Refused(problem) => problem.status_code >= 500 || problem.status_code == 429,
        Failure::NotFound => false,
    }
}

/// A reply as it is sent.
pub(super) fn reply_draft(id: String, text: String, calendar: Option<CardCalendar>) -> RepMessageDraft {
    RepMessageDraft { id, text, card: calendar.map(|_| CardKind::Meeting), calendar }
}

pub(super) fn outgoing(draft: Draft, journey: Journey) -> Outgoing {
    let Draft { to, id, text, mode, seen } = draft;
    Outgoing { to, id, text, file: None, card: None, at: id.at(), mode, seen, journey }
}

/// Drafts and messages of this app.
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
            Outgoing {
                to,
                id,
                text: String::new(),
                file: None,
                card: None,
                at,
                mode: Mode::Reply,
                seen: None,
                journey: journey.clone(),
            }
        };
        let mut all: Vec<Outgoing> = journeys.iter().enumerate().map(message).collect();
        let elsewhere = Outgoing { to: ConversationId::new([7; 16]), journey: Journey::Sending, ..all[0].clone() };
        all.push(elsewhere);
        assert_eq!(next(&all, to), expected.map(|at| &all[at]));
    }

    #[wasm_bindgen_test]
    fn only_what_may_pass_later_is_sent_again() {
        let refused = |status_code| Failure::Refused(knock_wire::Problem { status_code, ..Default::default() });
        for (failure, expected) in [
            (Failure::Unreachable, true),
            (Failure::SignedOut, true),
            (refused(503), true),
            (refused(429), true),
            (refused(422), false),
            (refused(403), false),
            (Failure::NotFound, false),
        ] {
            assert_eq!(is_outage(&failure), expected, "{failure:?}");
        }
    }

    #[wasm_bindgen_test]
    fn messages_of_a_conversation_go_one_after_another() {
        let unsent = Journey::Unsent(Failure::Unreachable);
        check(&[unsent, Journey::Waiting], None);
        let failed = Journey::Failed(Failure::Unreachable);
        check(&[Journey::Waiting, Journey::Waiting], Some(0));
        check(&[Journey::Sending, Journey::Waiting], None);
        check(&[failed, Journey::Stored, Journey::Waiting], Some(2));
        check(&[Journey::Stored], None);
    }

    #[wasm_bindgen_test]
    fn nothing_overtakes_a_message_that_is_held() {
        let held = Journey::Held(Millis(1));
        check(std::slice::from_ref(&held), None);
        check(&[held.clone(), Journey::Waiting], None);
        check(&[Journey::Waiting, held.clone()], Some(0));
        check(&[Journey::Stored, Journey::Waiting, held], Some(1));
    }
}
