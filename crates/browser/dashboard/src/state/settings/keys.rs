//! State of Settings > Keys: the list, a created key and changes.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{MemberState, Millis, RepId, Role};
use knock_wire::{ApiKeyAuthor, ApiKeyDraft, ApiKeyRow};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::rows::Drawn;
use crate::kit::whole::Whole;
use crate::state::session::{Session, use_session};

/// The word for an integration in place of a member's id.
pub(crate) const INTEGRATION: &str = "integration";

/// The shown keys and the state of their actions. Texts and flags, so that few kinds of signals are compiled.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    session: Session,
    clock: ServerClock,
    draw: fn(ApiKeyRow, Keys) -> Drawn,
    /// Newest first.
    pub(crate) list: Whole,
    pub(crate) name: RwSignal<String>,
    /// Its role, by its word.
    pub(crate) role: RwSignal<String>,
    /// Who writes with it: the id of a member, [`INTEGRATION`], or empty for no one.
    pub(crate) author: RwSignal<String>,
    /// The name of the integration.
    pub(crate) integration: RwSignal<String>,
    /// The members who can be its author: ids and addresses.
    pub(crate) members: RwSignal<Vec<(String, String)>>,
    /// The number of days until it expires; empty for never.
    pub(crate) days: RwSignal<String>,
    /// The created key; empty for none.
    pub(crate) key: RwSignal<String>,
    /// The id of the key that is about to be revoked.
    revoking_id: RwSignal<String>,
    /// Its name; empty for none.
    pub(crate) revoking: RwSignal<String>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Keys {
    /// No key is loaded yet; lines are drawn by `draw`.
    pub(crate) fn new(draw: fn(ApiKeyRow, Keys) -> Drawn) -> Keys {
        let text = || RwSignal::new(String::new());
        Keys {
            session: use_session(),
            clock: use_clock(),
            draw,
            list: Whole::new(),
            name: text(),
            role: RwSignal::new(Role::Ingest.as_str().to_owned()),
            author: text(),
            integration: text(),
            members: RwSignal::new(Vec::new()),
            days: text(),
            key: text(),
            revoking_id: text(),
            revoking: text(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Loads the keys, again too.
    pub(crate) fn load(self) {
        let client = self.session.client();
        let answer = async move {
            let keys = client.keys().await?.keys;
            let members = client.members().await?.members.into_iter();
            let active = members.filter(|member| member.state == MemberState::Active);
            self.members.try_set(active.map(|member| (member.id.to_string(), member.email)).collect());
            Ok(keys.into_iter().map(|key| (self.draw)(key, self)).collect())
        };
        self.list.load(answer.boxed_local());
    }

    /// Creates the key in the form, and shows it.
    pub(crate) fn create(self) {
        let (client, name) = (self.session.client(), self.name.get_untracked());
        let role = Role::parse(&self.role.get_untracked()).unwrap_or(Role::Ingest);
        let days = self.days.get_untracked().parse::<i64>().ok();
        let ends = days.map(|days| self.clock.now_untracked() + Millis::days(days));
        let author = self.chosen_author();
        self.key.set(String::new());
        let work = async move {
            let created = client.create_key(&ApiKeyDraft { name, role, author, ends }).await?;
            self.key.try_set(created.key.reveal().to_owned());
            self.name.try_set(String::new());
            self.integration.try_set(String::new());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn chosen_author(self) -> Option<ApiKeyAuthor> {
        let chosen = self.author.get_untracked();
        if chosen == INTEGRATION {
            return Some(ApiKeyAuthor::Integration(self.integration.get_untracked()));
        }
        RepId::parse(&chosen).ok().map(ApiKeyAuthor::Member)
    }

    /// Opens the confirmation of revoking a key.
    pub(crate) fn ask_to_revoke(self, id: String, name: String) {
        self.failure.set(None);
        self.revoking_id.set(id);
        self.revoking.set(name);
    }

    /// Revokes the confirmed key.
    pub(crate) fn revoke(self) {
        let (client, id) = (self.session.client(), self.revoking_id.get_untracked());
        let work = async move {
            match client.revoke_key(&id).await {
                // Already revoked by another member.
                Ok(()) | Err(Failure::NotFound) => {
                    self.revoking.try_set(String::new());
                    Ok(())
                }
                Err(failure) => Err(failure),
            }
        };
        self.change(work.boxed_local());
    }

    /// Closes the confirmation.
    pub(crate) fn keep(self) {
        self.revoking.set(String::new());
        self.failure.set(None);
    }

    /// Sends one change at a time; its result is ignored once the page was left.
    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.load();
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}
