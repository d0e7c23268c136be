//! The hold of a message: for five seconds it can be taken back. It outlives the view in which it was written.

use gloo_timers::future::TimeoutFuture;
use knock_model::{ConversationId, MessageId, Millis};
use knock_wire::{Assignee, NoteDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::hold::{HOLD_MS, is_on};
use super::unsent::{self, Mode};
use super::writing::{Journey, Outgoing, Writing, reply_draft};
use crate::api::conversations::{file_path, note_request, reply_request};
use crate::kit::browser::{self, EarlyListener};
use crate::kit::transport::{self, LASTING_BYTES, Lasting};
use crate::words::mention::mentioned;

impl Writing {
    /// Holds a message, or sends it at once where this browser holds none. The one before it goes: the order is kept.
    pub(super) fn hold(self, message: Outgoing) {
        let (to, id, holds) = (message.to, message.id, is_on());
        let is_large = message.file.as_ref().is_some_and(|file| file.content.len() > LASTING_BYTES);
        let until = browser::clock() + Millis(i64::from(HOLD_MS));
        let journey = if holds { Journey::Held(until) } else { Journey::Waiting };
        self.outgoing.update(|all| {
            release(all, |known| known.to == to);
            all.push(Outgoing { journey, ..message });
        });
        self.resend();
        if holds {
            spawn_local(async move {
                // Removed with the end of the hold.
                let _leaving = browser::before_others("pagehide", move |_| self.part(id));
                let _asking = is_large.then(|| self.ask_before_leaving(id));
                TimeoutFuture::new(HOLD_MS).await;
                self.send_now(id);
            });
        }
    }

    /// The held message of a conversation; there is one at most.
    pub(crate) fn held(self, to: ConversationId) -> Option<MessageId> {
        self.outgoing
            .with_untracked(|all| all.iter().find(|message| message.to == to && is_held(message)).map(|it| it.id))
    }

    /// Ends the hold of a message; no effect if it is not held any more.
    pub(crate) fn send_now(self, id: MessageId) {
        self.end_holds(Some(id));
    }

    /// Ends all holds: the member signs out.
    pub(crate) fn send_all_now(self) {
        self.end_holds(None);
    }

    fn end_holds(self, of: Option<MessageId>) {
        let has_ended = self.outgoing.try_maybe_update(|all| {
            let has_ended = release(all, |message| of.is_none_or(|id| message.id == id));
            (has_ended, has_ended)
        });
        if has_ended == Some(true) {
            self.resend();
        }
    }

    /// Takes a held message back: it is not sent.
    pub(crate) fn take_back(self, id: MessageId) -> Option<Outgoing> {
        let taken = self.outgoing.try_maybe_update(|all| {
            let place = all.iter().position(|message| message.id == id && is_held(message));
            let taken = place.map(|place| all.remove(place));
            (taken.is_some(), taken)
        });
        let taken = taken.flatten()?;
        self.member.with_value(|member| unsent::drop(member, id));
        Some(taken)
    }

    /// Sends a held message while the page closes. It stays held: a page that comes back sends it again under its id,
    /// as the next page of this member does with one that did not get through.
    fn part(self, id: MessageId) {
        let held = self.outgoing.try_with_untracked(|all| parting(all, id).cloned());
        let team = self.team.try_get_value().unwrap_or_default();
        if let Some((path, body)) = held.flatten().and_then(|held| request(held, &team)) {
            transport::send_lasting(&path, body);
        }
    }

    /// Lets the browser ask before the page closes with a held file that is too large to be sent then.
    fn ask_before_leaving(self, id: MessageId) -> EarlyListener {
        browser::before_others("beforeunload", move |event| {
            let held = self.outgoing.try_with_untracked(|all| all.iter().any(|known| known.id == id && is_held(known)));
            if held == Some(true) {
                event.prevent_default();
            }
        })
    }
}

fn is_held(message: &Outgoing) -> bool {
    matches!(message.journey, Journey::Held(_))
}

/// Ends holds; returns whether there was one.
fn release(all: &mut [Outgoing], which: impl Fn(&Outgoing) -> bool) -> bool {
    let mut has_ended = false;
    for message in all.iter_mut().filter(|message| is_held(message) && which(message)) {
        message.journey = Journey::Waiting;
        has_ended = true;
    }
    has_ended
}

/// The held message with this id, unless one before it is still on its way: it must not overtake that.
fn parting(all: &[Outgoing], id: MessageId) -> Option<&Outgoing> {
    let held = all.iter().find(|message| message.id == id && is_held(message))?;
    let mut before = all.iter().take_while(|message| message.id != id).filter(|message| message.to == held.to);
    before.all(|message| matches!(message.journey, Journey::Stored | Journey::Failed(_))).then_some(held)
}

/// The request that sends a message: its path and its body.
fn request(message: Outgoing, team: &[Assignee]) -> Option<(String, Lasting)> {
    let Outgoing { to, id, text, file, card, mode, seen, .. } = message;
    let id = id.to_string();
    let (path, body) = match (file, mode) {
        (Some(file), _) => return Some((file_path(to), Lasting::File(file))),
        (None, Mode::Reply) => reply_request(to, &reply_draft(id, text, card), seen).ok()?,
        (None, Mode::Note) => {
            let mentions = mentioned(&text, team);
            note_request(to, &NoteDraft { id, text, mentions }).ok()?
        }
    };
    Some((path, Lasting::Json(body)))
}

#[cfg(test)]
mod tests {
    use super::super::hold;
    use super::*;
    use crate::api::Failure;
    use crate::state::inbox::unsent::Draft;
    use crate::state::inbox::writing::outgoing;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn message(number: i64, journey: Journey) -> Outgoing {
        let id = MessageId::new(Millis(number), &[0; 10]);
        outgoing(
            Draft { to: ConversationId::new([6; 16]), id, text: "Hello".to_owned(), mode: Mode::Note, seen: None },
            journey,
        )
    }

    #[wasm_bindgen_test]
    fn only_what_is_held_is_let_go() {
        let held = Journey::Held(Millis(9));
        let mut all = [message(1, Journey::Stored), message(2, held.clone()), message(3, held.clone())];
        let second = all[1].id;
        assert!(release(&mut all, |message| message.id == second));
        assert_eq!(all.each_ref().map(|message| message.journey.clone()), [Journey::Stored, Journey::Waiting, held]);
        assert!(!release(&mut all, |message| message.id == second));
    }

    #[wasm_bindgen_test]
    fn what_is_sent_while_the_page_closes_overtakes_nothing() {
        let held = || message(2, Journey::Held(Millis(9)));
        for (before, is_sent) in [
            (Journey::Stored, true),
            (Journey::Failed(Failure::NotFound), true),
            (Journey::Sending, false),
            (Journey::Unsent(Failure::Unreachable), false),
        ] {
            let all = [message(1, before.clone()), held()];
            assert_eq!(parting(&all, held().id).is_some(), is_sent, "{before:?}");
        }
        assert_eq!(parting(&[message(2, Journey::Waiting)], held().id), None);
    }

    #[wasm_bindgen_test]
    fn a_note_is_sent_as_a_note_while_the_page_closes() {
        let Some((path, Lasting::Json(body))) = request(message(1, Journey::Held(Millis(9))), &[]) else {
            panic!("a note has no file");
        };
        assert_eq!(path, format!("/api/v1/conversations/{}/notes", ConversationId::new([6; 16])));
        assert!(body.contains(r#""text":"Hello""#), "{body}");
    }

    #[wasm_bindgen_test]
    fn a_message_of_another_tab_waits_until_its_hold_has_ended() {
        hold::turn(true);
        for (now, expected) in [(1_000, true), (5_999, true), (6_000, false), (999, false)] {
            assert_eq!(hold::may_be_held(Millis(1_000), Millis(now)), expected, "{now}");
        }
        hold::turn(false);
        assert!(!hold::may_be_held(Millis(1_000), Millis(1_000)));
        hold::turn(true);
    }
}
