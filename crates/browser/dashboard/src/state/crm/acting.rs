//! Actions on CRM Sync: connect, save, dry run, pause, retry, disconnect.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_crm::Object as CrmObject;
use knock_wire::CrmSettings;
use leptos::prelude::*;

use super::form::{ACCESS, CrmForm};
use super::mapping::add;
use crate::api::{Client, Failure};
use crate::kit::changing::{focus_later, one_at_a_time};

impl CrmForm {
    /// Connects the account of the typed credentials.
    pub(crate) fn connect(self) {
        let credentials = self.typed.of_crm();
        self.act(move |client| {
            async move {
                let stored = client.connect_crm(self.system, &credentials).await?;
                self.typed.clear();
                self.take_all(stored, "Connected. Nothing is written before the switch is on.");
                focus_later("crm-mapping".to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    pub(crate) fn save(self) {
        let draft = self.draft();
        self.act(move |client| {
            async move {
                let stored = client.save_crm(self.system, &draft).await?;
                let words = if stored.enabled {
                    format!("Saved. Leads are written to {} as they change; a full resync writes all.", stored.name)
                } else {
                    "Saved.".to_owned()
                };
                self.take_all(stored, &words);
                self.dry_run.try_set(None);
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Creates the standard properties of an object that are missing; what is typed and not saved stays.
    pub(crate) fn create_properties(self, object: CrmObject) {
        self.act(move |client| {
            async move {
                let stored = client.create_crm_properties(self.system, object == CrmObject::Company).await?;
                self.mapping.try_update(|mapping| add(object, mapping, &stored.mapping));
                self.take(stored, "The properties are there, and their fields are mapped to them.");
                self.properties.load();
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Runs a dry run.
    pub(crate) fn try_dry(self) {
        self.act(move |client| {
            async move {
                self.dry_run.try_set(Some(client.crm_dry_run(self.system).await?));
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Pauses or resumes the writes.
    pub(crate) fn pause(self, is_paused: bool) {
        self.act(move |client| {
            async move {
                client.pause_crm(self.system, is_paused).await?;
                let words = if is_paused { "Paused: leads wait to be written." } else { "The writes go on." };
                self.take(client.crm(self.system).await?, words);
                self.health.load();
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Retries parked writes: one, or all of them.
    pub(crate) fn retry(self, number: Option<i64>) {
        self.act(move |client| {
            async move {
                client.retry_crm(self.system, number).await?;
                self.said.try_set("They are tried again now.".to_owned());
                self.health.load();
                // The button with the focus is removed.
                focus_later("crm-refresh".to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Writes all leads again.
    pub(crate) fn resync(self) {
        self.act(move |client| {
            async move {
                self.health.value.try_set(Some(client.resync_crm(self.system).await?));
                self.said.try_set("The full resync has started.".to_owned());
                // The button with the focus is disabled meanwhile.
                focus_later("crm-refresh".to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Deletes the access.
    pub(crate) fn disconnect(self) {
        self.act(move |client| {
            async move {
                client.disconnect_crm(self.system).await?;
                self.is_leaving.try_set(false);
                let stored = client.crm(self.system).await?;
                let words = format!("Disconnected. What {} has stays there.", stored.name);
                self.take(stored, &words);
                self.dry_run.try_set(None);
                focus_later(ACCESS.to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Closes the confirmation of disconnecting.
    pub(crate) fn stay(self) {
        self.is_leaving.set(false);
        self.failure.set(None);
    }

    /// Shows settings in the form too.
    fn take_all(self, stored: CrmSettings, words: &str) {
        // The page may have been left.
        if self.is_busy.try_get_untracked().is_some() {
            self.fill(&stored);
        }
        self.take(stored, words);
    }

    fn take(self, stored: CrmSettings, words: &str) {
        self.stored.value.try_set(Some(stored));
        self.said.try_set(words.to_owned());
    }

    fn act(self, work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<(), Failure>>) {
        self.said.set(String::new());
        let ended = move |failure: Option<Failure>| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work(self.session.client()), Box::new(ended));
    }
}
