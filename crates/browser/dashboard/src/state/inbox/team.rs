//! The team in the inbox: names of owners, possible assignees, and who takes chats now.

use knock_model::RepId;
use knock_wire::{Assignee, RepRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::state::session::{Session, use_session};

/// The members who answer chats.
#[derive(Clone, Copy)]
pub(crate) struct Team {
    session: Session,
    /// The possible assignees, in the order they were invited; none before the first response.
    pub(crate) assignees: RwSignal<Vec<Assignee>>,
    /// Their states as routing saw them when the list was last opened.
    reps: RwSignal<Vec<RepRow>>,
}

impl Team {
    /// The team; nothing is requested yet.
    pub(crate) fn new() -> Team {
        Team { session: use_session(), assignees: RwSignal::new(Vec::new()), reps: RwSignal::new(Vec::new()) }
    }

    /// Loads the names, for those that are shown.
    pub(crate) fn start() -> Team {
        let team = Team::new();
        let client = team.session.client();
        // Without names addresses are shown.
        spawn_local(async move { team.take(client.assignees().await.ok().map(|list| list.assignees)) });
        team
    }

    /// Loads who can be assigned and who takes chats now: both change during a day.
    pub(crate) fn load(self, failure: RwSignal<Option<Failure>>) {
        let client = self.session.client();
        spawn_local(async move {
            match client.assignees().await {
                Ok(list) => self.take(Some(list.assignees)),
                Err(reason) => drop(failure.try_set(Some(reason))),
            }
            // The list is of use without states.
            if let Ok(list) = client.reps().await {
                self.reps.try_set(list.reps);
            }
        });
    }

    fn take(self, assignees: Option<Vec<Assignee>>) {
        // Lines with names are not drawn again for the same ones.
        if let Some(assignees) = assignees
            && self.assignees.try_with_untracked(|known| *known != assignees) == Some(true)
        {
            self.assignees.set(assignees);
        }
    }

    /// The name of the member with this address; the address itself of a former member.
    pub(crate) fn name(self, email: &str) -> String {
        self.assignees.with(|all| {
            let member = all.iter().find(|member| member.email == email);
            member.map_or(email, |member| &member.name).to_owned()
        })
    }

    /// How a member takes chats now; none before it is known.
    pub(crate) fn rep(self, id: RepId) -> Option<RepRow> {
        self.reps.with(|all| all.iter().find(|rep| rep.id == id).cloned())
    }
}

/// The team of the inbox; one without names elsewhere.
pub(crate) fn use_team() -> Team {
    use_context().unwrap_or_else(Team::new)
}
