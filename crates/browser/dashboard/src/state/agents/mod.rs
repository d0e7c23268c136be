//! State of the Agents pages: knowledge and playbooks.

pub(crate) mod answer_fields;
pub(crate) mod known;
pub(crate) mod playbook;
pub(crate) mod playbook_steps;
pub(crate) mod preview;
pub(crate) mod questions;
pub(crate) mod rejections;
pub(crate) mod sentences;
pub(crate) mod uploads;
pub(crate) mod wording_lines;

use futures_util::FutureExt;
use knock_model::Permission;
use knock_wire::{KnowledgeSite, LiveEvent, UnansweredList};
use leptos::prelude::*;

use super::live::use_live;
use super::session::{Session, use_session};
use crate::kit::browser;
use crate::kit::debounce::Debounce;
use crate::kit::reactive::effect;
use crate::kit::single::Single;

/// The storage key of the last chosen site.
const LAST_SITE: &str = "knock_agents_site";
/// The debounce of recounting unanswered questions.
const SETTLE_MS: u64 = 1_000;

/// The shared state of the Agents pages: sites, the chosen one, and its unanswered questions.
#[derive(Clone, Copy)]
pub(crate) struct Agents {
    pub(crate) session: Session,
    /// The sites in use.
    pub(crate) sites: Single<Vec<KnowledgeSite>>,
    /// The key of the chosen one; empty while none is.
    pub(crate) site: RwSignal<String>,
    /// Its questions without an answer.
    pub(crate) unanswered: Single<UnansweredList>,
    /// Whether this member may change knowledge and playbooks.
    pub(crate) may_edit: bool,
}

impl Agents {
    /// Loads the sites; the address may name one.
    pub(crate) fn start() -> Agents {
        let session = use_session();
        let site = RwSignal::new(String::new());
        let sites = Single::new(move || {
            let client = session.client();
            async move { Ok(client.knowledge_sites().await?.sites) }.boxed_local()
        });
        let unanswered = Single::new(move || {
            let (client, site) = (session.client(), site.get_untracked());
            async move { client.unanswered(&site).await }.boxed_local()
        });
        let agents =
            Agents { session, sites, site, unanswered, may_edit: untrack(|| session.may(Permission::EditKnowledge)) };
        effect(move || agents.sites.value.with(|sites| agents.choose_first(sites.as_deref().unwrap_or_default())));
        sites.load();
        agents.follow();
        agents
    }

    /// Keeps the questions without an answer up to date.
    fn follow(self) {
        let again = Debounce::new(SETTLE_MS, move || self.count());
        let live = use_live();
        live.after_gap(move || {
            self.sites.load();
            self.count();
        });
        live.listen(move |event| match event {
            LiveEvent::Conversation(_) => again.ask(),
            LiveEvent::Knowledge(site) if self.site.with_untracked(|chosen| chosen == site) => again.ask(),
            _ => {}
        });
    }

    /// Counts the questions without an answer again.
    pub(crate) fn count(self) {
        if self.site.with_untracked(|site| !site.is_empty()) {
            self.unanswered.load();
        }
    }

    /// Chooses the site of the address, the last chosen one, or the only one; a site already chosen stays.
    fn choose_first(self, sites: &[KnowledgeSite]) {
        let is_here = |key: &String| sites.iter().any(|site| site.key == *key);
        if self.site.with_untracked(is_here) {
            return;
        }
        let wanted = [browser::query("site"), browser::kept(LAST_SITE)].into_iter().find(is_here);
        let only = sites.first().filter(|_| sites.len() == 1).map(|site| site.key.clone());
        if let Some(key) = wanted.or(only) {
            self.choose(key);
        }
    }

    /// Chooses a site.
    pub(crate) fn choose(self, key: String) {
        browser::keep(LAST_SITE, &key);
        browser::replace_parameter("site", &key);
        self.unanswered.value.set(None);
        self.site.set(key);
        self.unanswered.load();
    }

    /// The query of the pages' addresses, so that they show the same site.
    pub(crate) fn query(self) -> String {
        self.site.with(|site| if site.is_empty() { String::new() } else { format!("?site={}", browser::encoded(site)) })
    }
}
