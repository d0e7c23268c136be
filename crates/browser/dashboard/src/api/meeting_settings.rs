//! Settings of meetings, and public holidays.

use knock_wire::{HolidayCountries, HolidayList, MeetingSettings};

use super::{Client, Failure, Method, encode, json};

const MEETINGS: &str = "/api/v1/settings/meetings";

impl Client {
    pub(crate) async fn meeting_settings(&self) -> Result<MeetingSettings, Failure> {
        self.get(MEETINGS.to_owned()).await
    }

    pub(crate) async fn change_meeting_settings(&self, settings: &MeetingSettings) -> Result<MeetingSettings, Failure> {
        self.ask(Method::Put, MEETINGS.to_owned(), Some(json(settings)?)).await
    }

    pub(crate) async fn holiday_countries(&self) -> Result<HolidayCountries, Failure> {
        self.get("/api/v1/holidays".to_owned()).await
    }

    /// The public holidays of a country or a part of one in a year.
    pub(crate) async fn holidays(&self, code: &str, year: &str) -> Result<HolidayList, Failure> {
        self.get(format!("/api/v1/holidays/{}?year={}", encode(code), encode(year))).await
    }
}
