//! The providers of calendars that a member can connect.

use crate::{spelled, vocabulary};

vocabulary! {
    /// A provider of calendars.
    CalendarProvider {
        /// A CalDAV server (RFC 4791).
        Caldav = "caldav",
        /// Google Calendar.
        Google = "google",
        /// Outlook and Microsoft 365.
        Microsoft = "microsoft",
    }
}

spelled!(CalendarProvider);

impl CalendarProvider {
    /// The name of the product, for persons.
    pub const fn label(self) -> &'static str {
        match self {
            CalendarProvider::Caldav => "CalDAV",
            CalendarProvider::Google => "Google Calendar",
            CalendarProvider::Microsoft => "Microsoft 365",
        }
    }
}
