//! What webhooks are made of: the types of events with their samples, and the sites. Loaded once.

use knock_model::EventType;
use knock_wire::{Site, WebhookEvent};
use leptos::prelude::*;

use crate::api::{Client, Failure};

/// The types of events and the sites of the workspace.
#[derive(Clone, Copy)]
pub(crate) struct WebhookInputs {
    events: RwSignal<Vec<WebhookEvent>>,
    /// The sites in use, and those removed: a webhook may still be limited to one.
    sites: RwSignal<Vec<Site>>,
}

impl WebhookInputs {
    pub(crate) fn new() -> WebhookInputs {
        WebhookInputs { events: RwSignal::new(Vec::new()), sites: RwSignal::new(Vec::new()) }
    }

    /// Loads both, unless they were.
    pub(crate) async fn load(self, client: &Client) -> Result<(), Failure> {
        if self.events.try_with_untracked(Vec::is_empty).unwrap_or(false) {
            let (sites, events) = (client.sites().await?.sites, client.webhook_events().await?.events);
            self.sites.try_set(sites);
            self.events.try_set(events);
        }
        Ok(())
    }

    /// The sample of an event as it is posted, with line breaks; empty of one that the server does not know.
    pub(crate) fn sample(self, event: EventType) -> String {
        self.events.with(|events| {
            let known = events.iter().find(|known| known.kind == event.into());
            known.map(|known| format!("{:#}", known.sample)).unwrap_or_default()
        })
    }

    /// The keys and names of the sites to choose from: those in use and those that are chosen.
    pub(crate) fn sites(self, is_chosen: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        self.sites.with(|sites| {
            let shown = sites.iter().filter(|site| site.removed_at.is_none() || is_chosen(&site.key));
            shown.map(|site| (site.key.clone(), site.name.clone())).collect()
        })
    }

    /// The names of sites by their keys, as a list in words; `All` without any.
    pub(crate) fn names(self, keys: &[String]) -> String {
        if keys.is_empty() {
            return "All".to_owned();
        }
        let name = |key: &String| {
            self.sites.with(|sites| sites.iter().find(|site| site.key == *key).map(|site| site.name.clone()))
        };
        keys.iter().map(|key| name(key).unwrap_or_else(|| key.clone())).collect::<Vec<_>>().join(", ")
    }
}
