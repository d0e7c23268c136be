//! The member's calendar accounts, and the state of the team's calendars.

use knock_model::CalendarAccountId;
use knock_wire::{CalendarAccount, CalendarAccounts, CalendarChange, CalendarDraft, CalendarHealth};

use super::{Client, Failure, Method, encode, json};

const OWN: &str = "/api/v1/calendars";

impl Client {
    /// The accounts of the signed-in member, and the providers.
    pub(crate) async fn calendars(&self) -> Result<CalendarAccounts, Failure> {
        self.get(OWN.to_owned()).await
    }

    pub(crate) async fn connect_calendar(&self, draft: &CalendarDraft) -> Result<CalendarAccount, Failure> {
        self.ask(Method::Post, OWN.to_owned(), Some(json(draft)?)).await
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
}

fn path(id: CalendarAccountId) -> String {
    format!("{OWN}/{id}")
}
