//! State of Settings > Webhooks: the list, the dialog and changes.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::EventType;
use knock_wire::{Webhook, WebhookDraft};
use leptos::html::Div;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::paged::Paged;
use crate::state::session::{Session, use_session};
use crate::state::settings::webhook_inputs::WebhookInputs;
use crate::words::failure::{errors_at, unplaced};

/// The open dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    Nothing,
    /// The form that creates a webhook.
    Create,
    /// The form that edits one.
    Edit,
    /// The choice of an event of which a sample is sent.
    Sample,
    /// The confirmation of pausing a webhook.
    Pause,
    /// The confirmation of removing a webhook.
    Remove,
}

/// The shown webhooks and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Webhooks {
    session: Session,
    /// In the order they were created.
    pub(crate) list: Paged<Webhook>,
    pub(crate) open: RwSignal<Open>,
    /// The webhook of the dialog.
    subject: StoredValue<Option<Webhook>>,
    /// The address in the form.
    pub(crate) url: RwSignal<String>,
    /// The events chosen in the form: their words, each with a space after it.
    events: RwSignal<String>,
    /// The keys of the sites chosen in the form.
    sites: RwSignal<Vec<String>>,
    /// The types of events and the sites.
    pub(crate) inputs: WebhookInputs,
    /// The word of the event of which a sample is sent.
    pub(crate) sample: RwSignal<String>,
    /// Id of the webhook whose deliveries are shown; empty for none.
    pub(crate) shown: RwSignal<String>,
    /// The number of refreshes of the deliveries: they are loaded again when it rises.
    pub(crate) looks: RwSignal<u64>,
    /// Whether the outcome of a test event is pending.
    pub(crate) is_testing: RwSignal<bool>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when a focused card is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Webhooks {
    /// Loads the webhooks.
    pub(crate) fn start() -> Webhooks {
        let (session, inputs) = (use_session(), WebhookInputs::new());
        let list = Paged::new(move |_| {
            let client = session.client();
            async move {
                inputs.load(&client).await?;
                Ok((client.webhooks().await?.webhooks, None))
            }
            .boxed_local()
        });
        list.start();
        let text = || RwSignal::new(String::new());
        Webhooks {
            session,
            list,
            open: RwSignal::new(Open::Nothing),
            subject: StoredValue::new(None),
            url: text(),
            events: text(),
            sites: RwSignal::new(Vec::new()),
            inputs,
            sample: text(),
            shown: text(),
            looks: RwSignal::new(0),
            is_testing: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: text(),
            region: NodeRef::new(),
        }
    }

    /// Opens a dialog, for a webhook if it concerns one.
    pub(crate) fn ask(self, what: Open, about: Option<Webhook>) {
        let words = |webhook: &Webhook| webhook.events.iter().map(|event| format!("{event} ")).collect();
        self.url.set(about.as_ref().map(|webhook| webhook.url.clone()).unwrap_or_default());
        self.events.set(about.as_ref().map(words).unwrap_or_default());
        self.sites.set(about.as_ref().map(|webhook| webhook.sites.clone()).unwrap_or_default());
        self.sample.set(self.events.with_untracked(|events| first_sample(events)).as_str().to_owned());
        self.subject.set_value(about);
        self.failure.set(None);
        self.open.set(what);
    }

    pub(crate) fn close(self) {
        self.open.set(Open::Nothing);
        self.failure.set(None);
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["url", "events", "event"])
    }

    /// Whether an event is chosen in the form.
    pub(crate) fn has(self, event: EventType) -> bool {
        self.events.with(|events| has(events, event))
    }

    /// Chooses an event in the form, or removes it.
    pub(crate) fn choose(self, event: EventType, is_chosen: bool) {
        let chosen = |known: &EventType| {
            if *known == event { is_chosen } else { self.events.with_untracked(|events| has(events, *known)) }
        };
        let words = EventType::ALL.iter().filter(|known| chosen(known)).map(|known| format!("{} ", known.as_str()));
        self.events.set(words.collect());
    }

    /// Whether a site is chosen in the form.
    pub(crate) fn has_site(self, key: &str) -> bool {
        self.sites.with(|sites| sites.iter().any(|site| site == key))
    }

    /// The keys and names of the sites that the form offers.
    pub(crate) fn offered_sites(self) -> Vec<(String, String)> {
        let chosen = self.subject.with_value(|webhook| webhook.as_ref().map(|webhook| webhook.sites.clone()));
        let chosen = chosen.unwrap_or_default();
        self.inputs.sites(|key| chosen.iter().any(|site| site == key))
    }

    /// Chooses a site in the form, or removes it.
    pub(crate) fn choose_site(self, key: &str, is_chosen: bool) {
        self.sites.update(|sites| {
            sites.retain(|site| site != key);
            if is_chosen {
                sites.push(key.to_owned());
            }
        });
    }

    /// Executes the action of the dialog.
    pub(crate) fn confirm(self) {
        let Some(webhook) = self.subject.get_value() else { return self.save("", true) };
        match self.open.get_untracked() {
            Open::Create | Open::Edit => self.save(&webhook.id.to_string(), webhook.is_active),
            Open::Pause => self.save(&webhook.id.to_string(), false),
            Open::Sample => self.send_sample(webhook.id.to_string()),
            Open::Remove => self.remove(webhook),
            Open::Nothing => {}
        }
    }

    /// Resumes sending events to a webhook.
    pub(crate) fn activate(self, webhook: Webhook) {
        let id = webhook.id.to_string();
        self.ask(Open::Nothing, Some(webhook));
        self.save(&id, true);
    }

    /// Sends a webhook a test event, and shows its deliveries.
    pub(crate) fn test(self, id: String) {
        let client = self.session.client();
        let work = async move {
            client.test_webhook(&id).await?;
            self.said.try_set("Test event sent. Its outcome appears below.".to_owned());
            self.is_testing.try_set(true);
            self.shown.try_set(id);
            self.looks.try_update(|looks| *looks += 1);
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Sends a webhook the chosen sample, and shows its deliveries.
    fn send_sample(self, id: String) {
        let Some(event) = EventType::parse(&self.sample.get_untracked()) else { return };
        let client = self.session.client();
        let work = async move {
            client.send_sample(&id, event).await?;
            self.said.try_set(format!("Sample of {} sent. Its outcome appears below.", event.as_str()));
            if self.open.try_set(Open::Nothing).is_none() {
                self.shown.set(id);
                self.looks.update(|looks| *looks += 1);
            }
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn save(self, id: &str, is_active: bool) {
        let events = self.events.get_untracked();
        let events = events.split(' ').filter_map(EventType::parse).collect();
        let (url, sites) = (self.url.get_untracked().trim().to_owned(), self.sites.get_untracked());
        let draft = WebhookDraft { url, events, sites, is_active };
        let (client, id) = (self.session.client(), id.to_owned());
        let work = async move {
            let webhook = client.save_webhook(&id, &draft).await?;
            let done = if id.is_empty() { "created" } else { "saved" };
            self.said.try_set(format!("Webhook {done}: {}", webhook.url));
            if self.open.try_set(Open::Nothing).is_none() {
                self.list.rows.put_before(webhook, |_| false);
                self.list.outdate();
            }
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn remove(self, webhook: Webhook) {
        let client = self.session.client();
        let work = async move {
            match client.remove_webhook(&webhook.id.to_string()).await {
                // Already removed by another member.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            self.said.try_set(format!("Webhook removed: {}", webhook.url));
            if self.open.try_set(Open::Nothing).is_none() {
                self.list.rows.remove(&webhook.id);
                self.list.outdate();
                focus_after_dialog(self.region);
            }
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Sends one change at a time; its result is ignored once the page was left.
    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        if !self.is_busy.get_untracked() {
            self.said.set(String::new());
        }
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}

/// The event of which a sample is offered first: the first of these, else of all.
fn first_sample(events: &str) -> EventType {
    let known = events.split(' ').filter_map(EventType::parse).find(|event| *event != EventType::WebhookTest);
    known.unwrap_or(EventType::ALL[0])
}

fn has(events: &str, event: EventType) -> bool {
    events.split(' ').any(|word| word == event.as_str())
}
