//! Working through the inbox: done, snoozed, reopened, one conversation or several, and taking it back.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{ConversationId, LeadId};
use knock_wire::{ContactsAction, LeadAction};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

use super::list::Inbox;
use super::selection::Selection;
use super::toast::{Toasts, Undo};
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::browser::keys;
use crate::kit::changing::one_at_a_time;
use crate::kit::clock::{ServerClock, use_clock};
use crate::state::session::{Session, use_session};
use crate::words::failure::failure_words;
use crate::words::work::{Wall, acted_on_many, acted_on_one};

/// The largest number of leads of one request.
const MOST: usize = 200;
/// The control that takes the focus after an action on several conversations: the bar with its button is removed.
const SELECT_ALL: &str = ".inbox-check-all input";

/// Navigates within the app, to an address.
type Go = StoredValue<Rc<dyn Fn(&str)>, LocalStorage>;

/// Work on the conversations of the inbox. It is kept by the page of the inbox, whatever conversation is open.
#[derive(Clone, Copy)]
pub(crate) struct Working {
    inbox: Inbox,
    session: Session,
    clock: ServerClock,
    pub(crate) selection: Selection,
    pub(crate) toasts: Toasts,
    /// Whether an action is under way.
    pub(crate) is_busy: RwSignal<bool>,
    /// The last failure.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The path of the page.
    path: Memo<String>,
    go: Go,
}

impl Working {
    /// Nothing is done yet; `go` navigates within the app.
    pub(crate) fn start(inbox: Inbox, path: Memo<String>, go: impl Fn(&str) + 'static) -> Working {
        Working {
            inbox,
            session: use_session(),
            clock: use_clock(),
            selection: Selection::start(inbox),
            toasts: Toasts::new(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            path,
            go: StoredValue::new_local(Rc::new(go)),
        }
    }

    /// The reader's local time, by the server's clock.
    pub(crate) fn wall(self) -> Wall {
        Wall { local: browser::local, now: self.clock.instant() }
    }

    /// Marks a conversation as done or snoozes it, and opens the next one of the list.
    pub(crate) fn put_away(self, on: ConversationId, lead: LeadId, action: LeadAction) {
        let address = |open: Option<&str>| untrack(|| self.inbox.address(open));
        let next = neighbour(&self.inbox.list.rows.values().iter().map(|row| row.id).collect::<Vec<_>>(), on);
        let to = address(next.map(|id| id.to_string()).as_deref());
        let undo = Undo::One { on, back: address(Some(&on.to_string())) };
        let words = acted_on_one(&action, self.wall());
        self.act_on(on, action, Shows::OnPage, move || {
            self.toasts.show(words, Some(undo));
            self.inbox.leave(&[lead]);
            // Another conversation may have been opened meanwhile.
            if self.path.with_untracked(|path| path.contains(&on.to_string())) {
                self.go_to(&to);
            }
        });
    }

    /// Reopens a conversation; `then` once the server has done it.
    pub(crate) fn reopen(self, on: ConversationId, then: impl FnOnce() + 'static) {
        self.act_on(on, LeadAction::Reopen, Shows::OnPage, move || {
            self.inbox.settle();
            then();
        });
    }

    /// Acts on the selected conversations; `what` is what they are afterwards.
    pub(crate) fn act_on_selected(self, action: LeadAction, what: String) {
        let leads = self.selection.leads();
        let stays = matches!(action, LeadAction::Assign { .. } | LeadAction::AddTag { .. });
        let undo = opposite(&action).map(|action| Undo::Many { leads: leads.clone(), action });
        self.act_on_all(leads, action, Shows::OnPage, move |leads, done| {
            self.selection.choose_all(false);
            self.toasts.show(acted_on_many(done, &what), undo);
            self.inbox.leave(if stays { &[] } else { leads });
            focus_list();
        });
    }

    /// Takes back what the toast offers to take back.
    pub(crate) fn undo(self) {
        match self.toasts.shown.get_untracked().and_then(|toast| toast.undo) {
            Some(Undo::One { on, back }) => self.act_on(on, LeadAction::Reopen, Shows::InToast, move || {
                self.toasts.clear();
                self.inbox.settle();
                self.go_to(&back);
            }),
            Some(Undo::Many { leads, action }) => self.act_on_all(leads, action, Shows::InToast, move |_, _| {
                self.toasts.clear();
                self.inbox.settle();
                focus_list();
            }),
            None => {}
        }
    }

    fn act_on(self, on: ConversationId, action: LeadAction, shows: Shows, then: impl FnOnce() + 'static) {
        let client = self.session.client();
        self.send(async move { client.act(on, &action).await }.boxed_local(), shows, Box::new(then));
    }

    /// Acts on leads; `then` gets them, and the number on whom it was done.
    fn act_on_all(
        self,
        leads: Vec<LeadId>,
        action: LeadAction,
        shows: Shows,
        then: impl FnOnce(&[LeadId], u32) + 'static,
    ) {
        let client = self.session.client();
        let (all, done) = (leads.clone(), Rc::new(Cell::new(0)));
        let count = done.clone();
        let work = async move {
            for contacts in leads.chunks(MOST) {
                let part = ContactsAction { contacts: contacts.to_vec(), action: action.clone() };
                count.set(count.get() + client.act_on_contacts(&part).await?.done);
            }
            Ok(())
        };
        self.send(work.boxed_local(), shows, Box::new(move || then(&all, done.get())));
    }

    fn send(self, work: LocalBoxFuture<'static, Result<(), Failure>>, shows: Shows, then: Box<dyn FnOnce()>) {
        let ended = move |outcome: Option<Failure>| match (outcome, shows) {
            (None, _) => then(),
            (Some(failure), Shows::OnPage) => self.failure.set(Some(failure)),
            (Some(failure), Shows::InToast) => {
                let undo = self.toasts.shown.get_untracked().and_then(|toast| toast.undo);
                self.toasts.show(format!("Not undone: {}.", failure_words(&failure).title), undo);
            }
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    fn go_to(self, address: &str) {
        if let Some(go) = self.go.try_get_value() {
            go(address);
        }
    }
}

/// The place that shows a failure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    OnPage,
    /// Beside the button that takes something back.
    InToast,
}

/// The work on the conversations of the inbox, on its page.
pub(crate) fn use_working() -> Option<Working> {
    use_context()
}

/// Moves the focus to the list once the bar of actions is removed.
fn focus_list() {
    request_animation_frame(|| _ = keys::focus_first(SELECT_ALL));
}

/// The action that takes another one back.
const fn opposite(action: &LeadAction) -> Option<LeadAction> {
    match action {
        LeadAction::Done | LeadAction::Snooze { .. } => Some(LeadAction::Reopen),
        LeadAction::MarkSpam => Some(LeadAction::UnmarkSpam),
        _ => None,
    }
}

/// The conversation after the one that leaves the list, else the one before it.
fn neighbour(ids: &[ConversationId], leaves: ConversationId) -> Option<ConversationId> {
    let at = ids.iter().position(|id| *id == leaves)?;
    ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_next_conversation_opens_else_the_previous_else_none() {
        let [a, b, c, d] = [1, 2, 3, 4].map(|number| ConversationId::new([number; 16]));
        let of = |ids: &[ConversationId], leaves| neighbour(ids, leaves);
        assert_eq!(of(&[a, b, c], b), Some(c));
        assert_eq!(of(&[a, b, c], c), Some(b));
        assert_eq!(of(&[a], a), None);
        assert_eq!(of(&[a, b, c], d), None, "it was not in the list");
    }

    #[wasm_bindgen_test]
    fn only_what_hides_a_conversation_is_offered_to_be_taken_back() {
        assert_eq!(opposite(&LeadAction::Done), Some(LeadAction::Reopen));
        assert_eq!(opposite(&LeadAction::MarkSpam), Some(LeadAction::UnmarkSpam));
        assert_eq!(opposite(&LeadAction::Reopen), None);
        assert_eq!(opposite(&LeadAction::Assign { to: "me".to_owned() }), None);
    }
}
