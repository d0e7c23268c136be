//! Installing an app at a vendor: the form and the redirect.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{CrmInstall, InstallStarted, RawSecret, SlackInstall};
use leptos::prelude::*;

use crate::api::{Client, Failure};
use crate::browser;
use crate::changing::one_at_a_time;
use crate::session::{Session, use_session};

/// The vendor of an installation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    Slack,
    HubSpot,
}

impl Vendor {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Vendor::Slack => "Slack",
            Vendor::HubSpot => "HubSpot",
        }
    }
}

/// The form and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct InstallForm {
    session: Session,
    pub(crate) vendor: Vendor,
    pub(crate) client_id: RwSignal<String>,
    pub(crate) client_secret: RwSignal<String>,
    /// Slack only.
    pub(crate) signing_secret: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl InstallForm {
    pub(crate) fn new(vendor: Vendor) -> InstallForm {
        let text = || RwSignal::new(String::new());
        let (client_id, client_secret, signing_secret) = (text(), text(), text());
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        InstallForm { session: use_session(), vendor, client_id, client_secret, signing_secret, is_busy, failure }
    }

    pub(crate) fn errors(self, pointer: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        problem.errors.iter().filter(|error| error.pointer == pointer).map(|error| error.reason.clone()).collect()
    }

    /// The error that belongs to no field.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_placed =
            ["/client_id", "/client_secret", "/signing_secret"].iter().any(|at| !self.errors(at).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// Installs the stored app again.
    pub(crate) fn again(self) {
        for field in [self.client_id, self.client_secret, self.signing_secret] {
            field.set(String::new());
        }
        self.install();
    }

    /// Redirects to the vendor's page that confirms the installation.
    pub(crate) fn install(self) {
        let typed = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let (id, secret, signing) = (typed(self.client_id), typed(self.client_secret), typed(self.signing_secret));
        let (client, vendor) = (self.session.client(), self.vendor);
        let work = async move {
            let started = begin(client, vendor, id, secret.into(), signing.into()).await?;
            browser::go_to(started.url.reveal());
            Ok(())
        };
        let ended = move |failure: Option<Failure>| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

fn begin(
    client: Client,
    vendor: Vendor,
    client_id: String,
    client_secret: RawSecret,
    signing_secret: RawSecret,
) -> LocalBoxFuture<'static, Result<InstallStarted, Failure>> {
    async move {
        match vendor {
            Vendor::Slack => client.install_slack(&SlackInstall { client_id, client_secret, signing_secret }).await,
            Vendor::HubSpot => client.install_crm(&CrmInstall { client_id, client_secret }).await,
        }
    }
    .boxed_local()
}
