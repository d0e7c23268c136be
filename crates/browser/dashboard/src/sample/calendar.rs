//! Calendar accounts, their providers and the apps of these for the tests.

use knock_model::{CalendarAccountId, CalendarProvider};
use knock_wire::{
    CalendarAccount, CalendarApp, CalendarChoice, CalendarConsentShown, CalendarHealth, CalendarProviderShown,
    CredentialField, CredentialForm,
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
