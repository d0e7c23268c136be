//! State of Settings > Sites: the list, confirmations and changes.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::Site;
use leptos::html::Div;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::paged::Paged;
use crate::state::session::{Session, use_session};

/// The shown sites and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Sites {
    session: Session,
    /// Sites in use in the order of their creation, then removed ones.
    pub(crate) list: Paged<Site>,
    /// The key of the site to confirm.
    asked_key: RwSignal<String>,
    /// Whether it is the demo site.
    is_demo: StoredValue<bool>,
    /// The name of the site whose secret is about to be rotated; empty for none.
    pub(crate) rotating: RwSignal<String>,
    /// The name of the site that is about to be removed; empty for none.
    pub(crate) removing: RwSignal<String>,
    /// The typed confirmation of the removal.
    pub(crate) typed: RwSignal<String>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when a focused button is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Sites {
    /// No site loaded yet.
    pub(crate) fn new() -> Sites {
        let session = use_session();
        let text = || RwSignal::new(String::new());
        Sites {
            session,
            list: Paged::new(move |_| {
                let client = session.client();
                async move { Ok((in_order(client.sites().await?.sites), None)) }.boxed_local()
            }),
            asked_key: text(),
            is_demo: StoredValue::new(false),
            rotating: text(),
            removing: text(),
            typed: text(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: text(),
            region: NodeRef::new(),
        }
    }

    /// Adds a created site.
    pub(crate) fn added(self, site: Site) {
        self.said.set(format!("{} was added.", site.name));
        self.list.refresh();
    }

    /// Takes a changed site.
    pub(crate) fn changed(self, site: Site) {
        self.said.set(format!("{} was saved.", site.name));
        self.list.rows.update(site);
    }

    /// Opens the confirmation of rotating a site's secret.
    pub(crate) fn ask_to_rotate(self, site: &Site) {
        self.ask(site);
        self.rotating.set(site.name.clone());
    }

    /// Opens the confirmation of removing a site.
    pub(crate) fn ask_to_remove(self, site: &Site) {
        self.ask(site);
        self.typed.set(String::new());
        self.removing.set(site.name.clone());
    }

    fn ask(self, site: &Site) {
        self.failure.set(None);
        self.said.set(String::new());
        self.asked_key.set(site.key.clone());
        self.is_demo.set_value(site.demo);
    }

    /// Whether the name that confirms the removal was typed.
    pub(crate) fn is_confirmed(self) -> bool {
        self.typed.with(|typed| self.removing.with(|name| typed.trim() == name.trim()))
    }

    /// Rotates the identify secret of the confirmed site.
    pub(crate) fn rotate(self) {
        let (client, key) = (self.session.client(), self.asked_key.get_untracked());
        let work = async move {
            let site = client.rotate_identify_secret(&key).await?;
            self.rotating.try_set(String::new());
            self.said.try_set(format!("{} has a new identify secret.", site.name));
            self.list.rows.update(site);
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Removes the confirmed site.
    pub(crate) fn remove(self) {
        let (client, key) = (self.session.client(), self.asked_key.get_untracked());
        let work = async move {
            match client.remove_site(&key).await {
                // Already removed by another admin.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            let name = self.removing.try_get_untracked().unwrap_or_default();
            if self.is_demo.try_get_value() == Some(true) {
                self.session.has_demo.set(false);
            }
            self.removing.try_set(String::new());
            self.said.try_set(format!("{name} was removed."));
            focus_after_dialog(self.region);
            self.list.refresh();
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Closes the confirmation.
    pub(crate) fn keep(self) {
        self.rotating.set(String::new());
        self.removing.set(String::new());
        self.failure.set(None);
    }

    /// Sends one change at a time; its result is ignored once the page was left.
    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}

/// Sorts sites in use first.
fn in_order(mut sites: Vec<Site>) -> Vec<Site> {
    // Stable: each group keeps its order.
    sites.sort_by_key(|site| site.removed_at.is_some());
    sites
}
