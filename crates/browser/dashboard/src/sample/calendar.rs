//! Calendar accounts, their providers and the apps of these, changes in calendars, and the time of a member for the tests.

use super::{AT, meeting};
use knock_model::{CalendarAccountId, CalendarProvider, Millis};
use knock_wire::{
    CalendarAccount, CalendarApp, CalendarChoice, CalendarConsentShown, CalendarHealth, CalendarProviderShown,
    CredentialField, CredentialForm, MeetingCalendarChange, MeetingRow, MemberSchedule, TeamMeeting, TimeSpan,
};

const ACCOUNT: &str = include_str!("../../../../../tests/wire/calendar_account.json");

/// An account with a calendar for work and a private one; meetings are written into neither.
pub(crate) fn calendar_account(number: u8) -> CalendarAccount {
    let calendar = |id: &str, name: &str| CalendarChoice {
        id: id.to_owned(),
        name: name.to_owned(),
        is_read: true,
        takes_meetings: true,
    };
    CalendarAccount {
        id: CalendarAccountId::new([number; 16]),
        name: format!("ann{number} at cloud.example.com"),
        health: CalendarHealth { is_connected: true, ..CalendarHealth::default() },
        calendars: vec![calendar("work", "Work"), calendar("private", "Private")],
        events_in: String::new(),
        unread: Vec::new(),
        ..serde_json::from_str(ACCOUNT).expect("a shape of the wire")
    }
}

/// A provider whose accounts are connected by a consent.
pub(crate) fn consent_provider(provider: CalendarProvider, is_ready: bool) -> CalendarProviderShown {
    CalendarProviderShown {
        provider: provider.into(),
        name: provider.label().to_owned(),
        credentials: None,
        consent: Some(CalendarConsentShown { is_ready }),
    }
}

/// The app of a provider as an admin has entered it.
pub(crate) fn calendar_app(provider: CalendarProvider) -> CalendarApp {
    let field = |name: &str, label: &str, is_secret| CredentialField {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        is_secret,
    };
    CalendarApp {
        provider: provider.into(),
        name: provider.label().to_owned(),
        form: CredentialForm {
            fields: vec![field("client_id", "Client ID", false), field("client_secret", "Client secret", true)],
            steps: vec!["Make a project.".to_owned(), "Make an OAuth client in it.".to_owned()],
        },
        values: [("client_id".to_owned(), "1.apps.example.com".to_owned())].into(),
        is_ready: true,
        is_configured: false,
        redirect_uri: format!("https://knock.example.com/hooks/{}/oauth", provider.as_str()),
        scopes: vec!["https://vendor.example/calendars".to_owned(), "https://vendor.example/events".to_owned()],
        accounts: 0,
    }
}

/// A day of a member: eight hours of work, two of them busy, and the sample's meeting in its second hour.
pub(crate) fn member_schedule() -> MemberSchedule {
    let MeetingRow { id, owner, owner_name, title, start_at, end_at, .. } = meeting();
    let span = |from: i64, to: i64| {
        let hour = |hours: i64| start_at + Millis(hours * 3_600_000);
        TimeSpan { from: hour(from), to: hour(to) }
    };
    MemberSchedule {
        id: owner,
        name: owner_name,
        has_calendar: true,
        working: vec![span(-1, 7)],
        busy: vec![span(3, 5)],
        meetings: vec![TeamMeeting { id, title, from: start_at, to: end_at }],
        is_unreachable: false,
    }
}

/// The event of the meeting, moved by its owner to two days later in their own calendar.
pub(crate) fn calendar_change(reason: &str) -> MeetingCalendarChange {
    let MeetingRow { owner, owner_name, start_at, end_at, .. } = meeting();
    MeetingCalendarChange {
        member: owner,
        member_name: owner_name,
        start_at: Some(start_at + Millis::days(2)),
        end_at: Some(end_at + Millis::days(2)),
        reason: reason.to_owned(),
        seen_at: AT,
    }
}
