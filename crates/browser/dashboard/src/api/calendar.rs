//! The member's calendar accounts, and the state of the team's calendars.

use knock_model::CalendarAccountId;
use knock_wire::{
    CalendarAccount, CalendarAccounts, CalendarApp, CalendarAppDraft, CalendarApps, CalendarChange, CalendarConsent,
    CalendarDraft, CalendarHealth, InstallStarted,
};

use super::{Client, Failure, Method, encode, json};

const OWN: &str = "/api/v1/calendars";
const APPS: &str = "/api/v1/calendar-apps";

impl Client {
    /// The accounts of the signed-in member, and the providers.
    pub(crate) async fn calendars(&self) -> Result<CalendarAccounts, Failure> {
        self.get(OWN.to_owned()).await
    }

    pub(crate) async fn connect_calendar(&self, draft: &CalendarDraft) -> Result<CalendarAccount, Failure> {
        self.ask(Method::Post, OWN.to_owned(), Some(json(draft)?)).await
    }

    /// Starts connecting an account by a consent: the answer has the page of the provider.
    pub(crate) async fn ask_calendar_consent(&self, consent: &CalendarConsent) -> Result<InstallStarted, Failure> {
        self.ask(Method::Post, format!("{OWN}/consent"), Some(json(consent)?)).await
    }

    /// Changes the use of an account, or its credentials.
    pub(crate) async fn change_calendar(
        &self,
        id: CalendarAccountId,
        change: &CalendarChange,
    ) -> Result<CalendarAccount, Failure> {
        self.ask(Method::Patch, path(id), Some(json(change)?)).await
    }

    /// Lists the calendars of an account anew, and reads them.
    pub(crate) async fn test_calendar(&self, id: CalendarAccountId) -> Result<CalendarAccount, Failure> {
        self.ask(Method::Post, format!("{}/test", path(id)), None).await
    }

    pub(crate) async fn disconnect_calendar(&self, id: CalendarAccountId) -> Result<(), Failure> {
        self.done(Method::Delete, path(id), None).await
    }

    /// The state of all accounts of a member together.
    pub(crate) async fn calendar_of(&self, member: &str) -> Result<CalendarHealth, Failure> {
        self.get(format!("/api/v1/members/{}/calendar", encode(member))).await
    }

    /// The apps of providers that ask for consents.
    pub(crate) async fn calendar_apps(&self) -> Result<CalendarApps, Failure> {
        self.get(APPS.to_owned()).await
    }

    /// Enters the app of a provider, or changes it.
    pub(crate) async fn save_calendar_app(
        &self,
        provider: &str,
        draft: &CalendarAppDraft,
    ) -> Result<CalendarApp, Failure> {
        self.ask(Method::Put, format!("{APPS}/{}", encode(provider)), Some(json(draft)?)).await
    }

    pub(crate) async fn remove_calendar_app(&self, provider: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("{APPS}/{}", encode(provider)), None).await
    }
}

fn path(id: CalendarAccountId) -> String {
    format!("{OWN}/{id}")
}
