//! Calendar accounts for the tests.

use knock_model::CalendarAccountId;
use knock_wire::{CalendarAccount, CalendarChoice, CalendarHealth};

const ACCOUNT: &str = include_str!("../../../../../tests/wire/calendar_account.json");

/// An account with a calendar for work and a private one; meetings are written into neither.
pub(crate) fn calendar_account(number: u8) -> CalendarAccount {
    let calendar = |id: &str, name: &str| CalendarChoice { id: id.to_owned(), name: name.to_owned(), is_read: true };
    CalendarAccount {
        id: CalendarAccountId::new([number; 16]),
        name: format!("ann{number} at cloud.example.com"),
        health: CalendarHealth { is_connected: true, ..CalendarHealth::default() },
        calendars: vec![calendar("work", "Work"), calendar("private", "Private")],
        events_in: String::new(),
        ..serde_json::from_str(ACCOUNT).expect("a shape of the wire")
    }
}
