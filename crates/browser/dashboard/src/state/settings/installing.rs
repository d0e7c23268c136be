//! Installing an app at a vendor: the form and the redirect.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::CrmSystem;
use knock_wire::{InstallStarted, SlackInstall};
use leptos::prelude::*;

use super::credentials::Credentials;
use crate::api::{Client, Failure};
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};
use crate::words::reason::{HERE, sentence};

/// The vendor of an installation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    Slack,
    Crm(CrmSystem),
}

impl Vendor {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Vendor::Slack => "Slack",
            Vendor::Crm(system) => system.label(),
        }
    }
}

/// The form and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct InstallForm {
    session: Session,
    pub(crate) vendor: Vendor,
    /// The credentials of the app.
    pub(crate) typed: Credentials,
    pub(crate) is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl InstallForm {
    pub(crate) fn new(vendor: Vendor) -> InstallForm {
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        InstallForm { session: use_session(), vendor, typed: Credentials::new(), is_busy, failure }
    }

    /// The errors of a field.
    pub(crate) fn errors(self, name: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        let here = |at: &str| at.strip_prefix('/') == Some(name);
        problem.errors.iter().filter(|error| here(&error.pointer)).map(|error| sentence(HERE, &error.reason)).collect()
    }

    /// The error that belongs to none of the shown fields.
    pub(crate) fn unplaced(self, shown: &[String]) -> Option<Failure> {
        let is_placed = shown.iter().any(|name| !self.errors(name).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// Installs the stored app again.
    pub(crate) fn again(self) {
        self.typed.clear();
        self.install();
    }

    /// Redirects to the vendor's page that confirms the installation.
    pub(crate) fn install(self) {
        let begun = begin(self.session.client(), self.vendor, self.typed);
        let work = async move {
            let started = begun.await?;
            browser::go_to(started.url.reveal());
            Ok(())
        };
        let ended = move |failure: Option<Failure>| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

/// Sends what is typed now.
fn begin(
    client: Client,
    vendor: Vendor,
    typed: Credentials,
) -> LocalBoxFuture<'static, Result<InstallStarted, Failure>> {
    match vendor {
        Vendor::Slack => {
            let app = SlackInstall {
                client_id: typed.to_send("client_id"),
                client_secret: typed.to_send("client_secret").into(),
                signing_secret: typed.to_send("signing_secret").into(),
            };
            async move { client.install_slack(&app).await }.boxed_local()
        }
        Vendor::Crm(system) => {
            let app = typed.of_crm();
            async move { client.install_crm(system, &app).await }.boxed_local()
        }
    }
}
