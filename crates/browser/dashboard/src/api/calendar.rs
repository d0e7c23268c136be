//! The member's calendar, and the state of the team's calendars.

use knock_wire::{CalendarConnection, CalendarDraft, CalendarHealth};

use super::{Client, Failure, Method, encode, json};

const OWN: &str = "/api/v1/calendar";

impl Client {
    /// The calendar of the signed-in member.
    pub(crate) async fn calendar(&self) -> Result<CalendarConnection, Failure> {
        self.get(OWN.to_owned()).await
    }

    /// Connects the calendar, or changes its connection.
    pub(crate) async fn connect_calendar(&self, draft: &CalendarDraft) -> Result<CalendarConnection, Failure> {
        self.ask(Method::Put, OWN.to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn disconnect_calendar(&self) -> Result<(), Failure> {
        self.done(Method::Delete, OWN.to_owned(), None).await
    }

    pub(crate) async fn calendar_of(&self, member: &str) -> Result<CalendarHealth, Failure> {
        self.get(format!("/api/v1/members/{}/calendar", encode(member))).await
    }
}
