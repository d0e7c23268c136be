//! Form state of the enrichment provider.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{EnrichedField, Millis};
use knock_wire::{EnrichmentDraft, EnrichmentMapping, EnrichmentSettings, EnrichmentTest, EnrichmentTested};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::kept::Kept;
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::reason::{HERE, sentence};

/// The id of the field for the address.
pub(crate) const ADDRESS: &str = "enrichment-url";
const FIELDS: [&str; 6] = ["name", "url", "header", "secret", "keep_days", "fields"];
const KEEP_DAYS: &str = "30";

/// A problem and the instant of its start.
pub(crate) type Health = (String, Option<Millis>);

fn health(settings: &EnrichmentSettings) -> Health {
    (settings.problem.clone(), settings.problem_since)
}

/// The form and the state of saving and testing.
#[derive(Clone, Copy)]
pub(crate) struct EnrichmentForm {
    session: Session,
    /// The stored provider.
    pub(crate) stored: Single<EnrichmentSettings>,
    pub(crate) name: RwSignal<String>,
    pub(crate) url: RwSignal<String>,
    pub(crate) header: RwSignal<String>,
    /// The secret in the form; empty to keep the stored one.
    pub(crate) secret: RwSignal<String>,
    pub(crate) keep_days: RwSignal<String>,
    pub(crate) is_on: RwSignal<bool>,
    /// The pointer of each field, in the order of all fields; empty for an unread field.
    pub(crate) pointers: StoredValue<Vec<RwSignal<String>>>,
    /// The last sent fields: errors refer to their places.
    sent: RwSignal<Vec<EnrichedField>>,
    /// The error of the last request to the provider, and its start; empty if it succeeded.
    pub(crate) health: RwSignal<Health>,
    /// The address of the test.
    pub(crate) email: RwSignal<String>,
    /// The result of the test.
    pub(crate) tested: RwSignal<Option<EnrichmentTested>>,
    kept: Kept<Vec<String>>,
    /// Whether removing the provider is asked about.
    pub(crate) asks: RwSignal<bool>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) said: RwSignal<&'static str>,
}

impl EnrichmentForm {
    /// Loads the stored provider.
    pub(crate) fn start() -> EnrichmentForm {
        let session = use_session();
        let stored = Single::new(move || {
            let client = session.client();
            async move { client.enrichment().await }.boxed_local()
        });
        let text = || RwSignal::new(String::new());
        let form = EnrichmentForm {
            session,
            stored,
            name: text(),
            url: text(),
            header: text(),
            secret: text(),
            keep_days: text(),
            is_on: RwSignal::new(true),
            pointers: StoredValue::new(EnrichedField::ALL.iter().map(|_| text()).collect()),
            sent: RwSignal::new(Vec::new()),
            health: RwSignal::default(),
            email: text(),
            tested: RwSignal::new(None),
            kept: Kept::new(),
            asks: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
        };
        effect(move || {
            if let Some(stored) = stored.value.get() {
                form.fill(&stored);
            }
        });
        stored.load();
        form
    }

    fn fill(self, stored: &EnrichmentSettings) {
        let is_set_up = stored.is_set_up;
        self.health.set(health(stored));
        self.name.set(stored.name.clone());
        self.url.set(stored.url.clone());
        self.header.set(stored.header.clone());
        self.secret.set(String::new());
        self.keep_days.set(if is_set_up { stored.keep_days.to_string() } else { KEEP_DAYS.to_owned() });
        self.is_on.set(!is_set_up || stored.is_on);
        for field in EnrichedField::ALL {
            let mapping = stored.fields.iter().find(|mapping| mapping.field == *field);
            self.pointer(*field).set(mapping.map(|mapping| mapping.pointer.clone()).unwrap_or_default());
        }
        self.kept.keep(untrack(|| self.values()));
    }

    /// The JSON pointer of a field in a response.
    pub(crate) fn pointer(self, field: EnrichedField) -> RwSignal<String> {
        self.pointers.with_value(|pointers| pointers[field.index()])
    }

    /// Whether there are changes that are not saved: also a typed key.
    pub(crate) fn is_changed(self) -> bool {
        self.kept.differs(&self.values())
    }

    /// Shows the stored provider again.
    pub(crate) fn discard(self) {
        if let Some(stored) = self.stored.value.get_untracked() {
            self.fill(&stored);
            self.failure.set(None);
        }
    }

    /// All that is in the form.
    fn values(self) -> Vec<String> {
        let texts = [self.name, self.url, self.header, self.secret, self.keep_days].map(|text| text.get());
        let pointers = EnrichedField::ALL.iter().map(|field| self.pointer(*field).get());
        texts.into_iter().chain(pointers).chain([self.is_on.get().to_string()]).collect()
    }

    pub(crate) fn is_set_up(self) -> bool {
        self.stored.value.with(|stored| stored.as_ref().is_some_and(|stored| stored.is_set_up))
    }

    pub(crate) fn errors(self, part: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        // Errors of a field in the list are shown at that field.
        let at = format!("/{part}");
        problem.errors.iter().filter(|error| error.pointer == at).map(|error| sentence(HERE, &error.reason)).collect()
    }

    /// The errors of a field's JSON pointer.
    pub(crate) fn field_errors(self, field: EnrichedField) -> Vec<String> {
        let place = self.sent.with(|sent| sent.iter().position(|known| *known == field));
        let errors = place.map(|place| ["field", "pointer"].map(|part| self.errors(&format!("fields/{place}/{part}"))));
        errors.into_iter().flatten().flatten().collect()
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_placed = FIELDS.iter().chain(&["email"]).any(|part| !self.errors(part).is_empty())
            || EnrichedField::ALL.iter().any(|field| !self.field_errors(*field).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// Sets the provider up, or saves its settings.
    pub(crate) fn save(self) {
        let (client, draft) = (self.session.client(), self.draft());
        self.sent.set(draft.fields.iter().map(|mapping| mapping.field).collect());
        let work = async move {
            let saved = client.set_up_enrichment(&draft).await?;
            self.stored.value.try_set(Some(saved));
            self.said.try_set("Saved. Test it with an address below.");
            Ok(())
        };
        self.change(work.boxed_local());
    }

    pub(crate) fn remove(self) {
        let client = self.session.client();
        let work = async move {
            client.remove_enrichment().await?;
            self.stored.value.try_set(Some(EnrichmentSettings::default()));
            self.said.try_set("Removed. Its data stays on the records.");
            self.asks.try_set(false);
            // The focused button was removed.
            focus_later(ADDRESS.to_owned());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Requests the data of the address in the form from the provider.
    pub(crate) fn test(self) {
        let (client, ask) = (self.session.client(), EnrichmentTest { email: self.email.get_untracked() });
        self.tested.set(None);
        let work = async move {
            let tested = client.test_enrichment(&ask).await?;
            self.tested.try_set(Some(tested));
            // The test updates the health of the provider.
            self.health.try_set(health(&client.enrichment().await?));
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        self.said.set("");
        let ended = move |failure: Option<Failure>| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    fn draft(self) -> EnrichmentDraft {
        let mapping = |field: &EnrichedField| {
            let pointer = self.pointer(*field).get_untracked().trim().to_owned();
            (!pointer.is_empty()).then_some(EnrichmentMapping { field: *field, pointer })
        };
        let secret = Some(self.secret.get_untracked()).filter(|secret| !secret.is_empty());
        EnrichmentDraft {
            name: self.name.get_untracked(),
            url: self.url.get_untracked(),
            header: self.header.get_untracked(),
            secret: secret.map(Into::into),
            fields: EnrichedField::ALL.iter().filter_map(mapping).collect(),
            // The server refuses what is not a number, at its field.
            keep_days: self.keep_days.get_untracked().trim().parse().unwrap_or(0),
            is_on: self.is_on.get_untracked(),
        }
    }
}
