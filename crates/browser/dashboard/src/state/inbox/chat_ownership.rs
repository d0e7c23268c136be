//! Ownership of a chat: taking it over, assigning it, handing it back to the AI agent.

use knock_model::AI_AGENT;
use knock_wire::{AssignDraft, ChatState};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::team::{Team, use_team};
use super::thread::Thread;
use crate::api::Failure;
use crate::kit::browser;
use crate::state::session::{Session, use_session};
use crate::words::form::is_by_form;

/// The value for the signed-in member.
pub(crate) const ME: &str = "me";
/// The value for the AI agent.
pub(crate) const AGENT: &str = "ai_agent";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// No one yet.
    Unassigned,
    Agent,
    /// The AI agent, until a member is available.
    Queue,
    /// The signed-in member.
    Me,
    /// The member with this address.
    Rep(String),
}

impl Owner {
    /// The owner in `state`, for the member with this address.
    pub(crate) fn of(state: &ChatState, me: &str) -> Owner {
        match state.rep_owner.as_deref() {
            None | Some("") => Owner::Unassigned,
            Some(AI_AGENT) if state.is_queued => Owner::Queue,
            Some(AI_AGENT) => Owner::Agent,
            Some(rep) if rep == me => Owner::Me,
            Some(rep) => Owner::Rep(rep.to_owned()),
        }
    }

    /// Whether a rep has the chat, or the team is to take it: then it can be handed to the AI agent.
    pub(crate) const fn has_team(&self) -> bool {
        matches!(self, Owner::Queue | Owner::Me | Owner::Rep(_))
    }

    /// A sentence, with the name of a member by their address.
    pub(crate) fn words(&self, name: impl Fn(&str) -> String) -> String {
        match self {
            Owner::Unassigned => "Not assigned".to_owned(),
            Owner::Agent => "Assigned to the AI agent".to_owned(),
            Owner::Queue => "Waits for the team: no one could take it".to_owned(),
            Owner::Me => "Assigned to you".to_owned(),
            Owner::Rep(rep) => format!("Assigned to {}", name(rep)),
        }
    }

    /// A word or a name, for a line of a list.
    pub(crate) fn label(&self, name: impl Fn(&str) -> String) -> String {
        match self {
            Owner::Unassigned | Owner::Queue => "Unassigned".to_owned(),
            Owner::Agent => "AI agent".to_owned(),
            Owner::Me => "You".to_owned(),
            Owner::Rep(rep) => name(rep),
        }
    }
}

/// Assigning a chat.
#[derive(Clone, Copy)]
pub(crate) struct ChatOwnership {
    session: Session,
    thread: Thread,
    state: Signal<ChatState>,
    /// The element that gets the focus after the chat is assigned.
    pub(crate) region: NodeRef<Div>,
    pub(crate) team: Team,
    /// The typed reason of the assignment.
    pub(crate) reason: RwSignal<String>,
    /// The intended assignee, and the rep who took the chat meanwhile.
    pub(crate) asked: RwSignal<Option<(String, String)>>,
    /// Whether it is being assigned.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl ChatOwnership {
    /// The state; nothing is requested yet.
    pub(crate) fn new(thread: Thread, state: Signal<ChatState>) -> ChatOwnership {
        ChatOwnership {
            session: use_session(),
            thread,
            state,
            region: NodeRef::new(),
            team: use_team(),
            reason: RwSignal::new(String::new()),
            asked: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    pub(crate) fn owner(self) -> Owner {
        let me = self.session.email();
        self.state.with(|state| Owner::of(state, &me))
    }

    /// The owner in a sentence.
    pub(crate) fn owner_words(self) -> String {
        self.owner().words(|email| self.team.name(email))
    }

    /// Whether the AI agent can get it again: it does not write to a lead by form.
    pub(crate) fn can_hand_back(self) -> bool {
        self.owner().has_team() && !self.state.with(is_by_form)
    }

    /// Loads the possible assignees with their states.
    pub(crate) fn load(self) {
        self.team.load(self.failure);
    }

    /// Assigns the chat to the signed-in member, unless it is theirs.
    pub(crate) fn take_over(self) {
        if untrack(|| self.owner()) != Owner::Me {
            self.reason.set(String::new());
            self.assign(ME.to_owned());
        }
    }

    /// Assigns the chat to the AI agent again, if a rep has it.
    pub(crate) fn hand_back(self) {
        if untrack(|| self.can_hand_back()) {
            self.reason.set(String::new());
            self.assign(AGENT.to_owned());
        }
    }

    /// Assigns the chat, unless another rep took it since this page was drawn: then a confirmation is opened.
    pub(crate) fn assign(self, to: String) {
        let seen = self.state.with_untracked(|state| state.rep_owner.clone().unwrap_or_default());
        self.send(to, Some(seen));
    }

    /// Assigns the chat whatever its current owner.
    pub(crate) fn assign_anyway(self, to: String) {
        self.send(to, None);
    }

    /// Closes the confirmation.
    pub(crate) fn close(self) {
        self.asked.set(None);
        self.failure.set(None);
    }

    fn send(self, to: String, seen_owner: Option<String>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.failure.set(None);
        let (client, on) = (self.session.client(), self.thread.id);
        let reason = self.reason.with_untracked(|typed| typed.trim().to_owned());
        spawn_local(async move {
            let reason = (!reason.is_empty()).then_some(reason);
            let draft = AssignDraft { to, seen_owner, reason };
            let answer = client.assign(on, &draft).await;
            // The page was left: nothing to update.
            if self.is_busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => self.done(),
                Err(failure) => match taken_by(&failure) {
                    Some(rep) => {
                        self.asked.set(Some((draft.to, rep)));
                        self.thread.changed();
                    }
                    None => self.failure.set(Some(failure)),
                },
            }
        });
    }

    fn done(self) {
        self.close();
        self.reason.set(String::new());
        self.thread.changed();
        // The pressed button is removed: the focus must not be lost with it.
        request_animation_frame(move || {
            if let Some(region) = self.region.try_get_untracked().flatten() {
                browser::focus(&region);
            }
        });
    }
}

/// The current owner, if the request was refused because of it.
fn taken_by(failure: &Failure) -> Option<String> {
    match failure {
        Failure::Refused(problem) if problem.status_code == 409 => {
            problem.errors.first().map(|error| error.reason.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_owner_is_named_as_the_member_sees_it() {
        for (rep_owner, expected) in [
            (None, "Not assigned"),
            (Some("AI Agent"), "Assigned to the AI agent"),
            (Some("ann@us.test"), "Assigned to you"),
            (Some("bo@us.test"), "Assigned to Bo"),
        ] {
            let state = ChatState { rep_owner: rep_owner.map(str::to_owned), ..sample::conversation().state };
            assert_eq!(Owner::of(&state, "ann@us.test").words(|_| "Bo".to_owned()), expected);
        }
        let rep_owner = Some(AI_AGENT.to_owned());
        let state = ChatState { rep_owner, is_queued: true, ..sample::conversation().state };
        let queue = Owner::of(&state, "ann@us.test");
        assert_eq!(queue.words(str::to_owned), "Waits for the team: no one could take it");
        assert_eq!(queue.label(str::to_owned), "Unassigned");
    }
}
