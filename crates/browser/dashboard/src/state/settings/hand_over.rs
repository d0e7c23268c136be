//! The question what becomes of the open chats of a member who is away.

use futures_util::FutureExt;
use knock_wire::Absence;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::state::session::Session;
use crate::words::absence::{chats_words, handed_over_words};

/// A member's id and address.
pub(crate) type Known = (String, String);

/// The id of the button that dismisses the result.
pub(crate) const RESULT_BUTTON: &str = "handed-over-ok";

/// The question, on every page, and its result.
#[derive(Clone, Copy)]
pub(crate) struct HandOver {
    session: Session,
    /// The address of the member whose chats they are; empty while nothing is asked.
    pub(crate) of: RwSignal<String>,
    /// The title of the question.
    pub(crate) title: RwSignal<String>,
    /// How many chats they are.
    pub(crate) words: RwSignal<String>,
    /// The members who answer chats; empty until they are loaded.
    team: RwSignal<Vec<Known>>,
    /// The id of the member who gets the chats; empty where routing decides.
    pub(crate) to: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The result in words; empty for none.
    pub(crate) said: RwSignal<String>,
    /// The number of hand-overs so far: lists with the numbers of chats load again.
    pub(crate) count: RwSignal<u32>,
}

impl HandOver {
    pub(crate) fn new(session: Session) -> HandOver {
        let text = || RwSignal::new(String::new());
        HandOver {
            session,
            of: text(),
            title: text(),
            words: text(),
            team: RwSignal::new(Vec::new()),
            to: text(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: text(),
            count: RwSignal::new(0),
        }
    }

    /// Asks the signed-in member about their own chats, if the absence is meant to be long.
    pub(crate) fn offer(self, absence: Option<&Absence>) {
        if let Some(absence) = absence.filter(|absence| absence.will_be_long) {
            self.ask(self.session.email_untracked(), absence);
        }
    }

    /// Asks about the chats of a member by their address, if they have any.
    pub(crate) fn ask(self, of: String, absence: &Absence) {
        if absence.open_chats == 0 {
            return;
        }
        let is_own = of == self.session.email_untracked();
        self.title.set(if is_own {
            "Hand over your open chats?".to_owned()
        } else {
            format!("Hand over the open chats of {of}?")
        });
        self.words.set(chats_words(is_own, absence));
        self.to.set(String::new());
        self.said.set(String::new());
        self.failure.set(None);
        self.team.set(Vec::new());
        self.of.set(of);
        let client = self.session.client();
        spawn_local(async move {
            match client.assignees().await {
                Ok(list) => {
                    let known = |member: knock_wire::Assignee| (member.id.to_string(), member.email);
                    self.team.try_set(list.assignees.into_iter().map(known).collect());
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// The members who can get the chats.
    pub(crate) fn colleagues(self) -> Vec<Known> {
        let of = self.of.get();
        self.team.with(|team| team.iter().filter(|(_, email)| *email != of).cloned().collect())
    }

    /// Whether the team is loaded.
    pub(crate) fn is_ready(self) -> bool {
        self.team.with(|team| !team.is_empty())
    }

    /// Hands over the chats as chosen.
    pub(crate) fn confirm(self) {
        let of = self.of.get_untracked();
        let member = self.team.with_untracked(|team| team.iter().find(|(_, email)| *email == of).cloned());
        let Some((id, _)) = member else { return };
        let (client, to) = (self.session.client(), self.to.get_untracked());
        let is_own = of == self.session.email_untracked();
        let work = async move {
            let done = client.hand_over(&id, &to).await?;
            self.said.try_set(handed_over_words(is_own, done));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.close();
                self.count.update(|count| *count += 1);
                focus_later(RESULT_BUTTON.to_owned());
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// Closes the question: the chats stay as they are.
    pub(crate) fn close(self) {
        self.of.set(String::new());
        self.failure.set(None);
    }
}
