//! Calendar accounts that members have connected.

use crate::Shape;
use crate::made::AT;
use knock_model::{CalendarAccountId, CalendarProvider, Millis};
use knock_wire::{
    BusyPolicy, CalendarAccount, CalendarAccounts, CalendarApp, CalendarAppDraft, CalendarApps, CalendarChange,
    CalendarChoice, CalendarConsent, CalendarConsentShown, CalendarDraft, CalendarHealth, CalendarProviderShown,
    CredentialField, CredentialForm, UnreadEvent,
};

const WORK: &str = "https://cloud.example.com/remote.php/dav/calendars/ann/work/";
const SERVER: &str = "https://cloud.example.com/remote.php/dav";

pub(crate) fn shapes() -> Vec<Shape> {
    let health = CalendarHealth {
        is_connected: true,
        problem: "the calendar server does not accept user and password".into(),
        problem_since: Some(AT),
        waiting: 2,
        failed: 1,
        unread: 3,
        read_at: Some(AT),
        pushed_until: Some(AT + Millis::days(5)),
    };
    let account = CalendarAccount {
        id: CalendarAccountId::new([7; 16]),
        provider: CalendarProvider::Caldav.into(),
        name: "ann at cloud.example.com".into(),
        credentials: [("url", SERVER), ("user", "ann")].map(|(name, value)| (name.into(), value.into())).into(),
        health: CalendarHealth { problem: String::new(), problem_since: None, failed: 0, ..health.clone() },
        calendars: vec![CalendarChoice { id: WORK.into(), name: "Work".into(), is_read: true, takes_meetings: true }],
        events_in: WORK.into(),
        policy: BusyPolicy::default(),
        conferences: "Google Meet".into(),
        has_conferences: true,
        unread: vec![UnreadEvent {
            title: "Lunch".into(),
            day: "2027-01-12".into(),
            reason: "its time zone `Home` is not known".into(),
        }],
    };
    let credentials = [("url", SERVER), ("user", "ann"), ("password", "heron-granite-41")];
    let credentials = credentials.map(|(name, value)| (name.to_owned(), value.to_owned().into())).into();
    let policy = Some(BusyPolicy { tentative: false, ..BusyPolicy::default() });
    let change = CalendarChange {
        reads: Some(vec![WORK.into()]),
        events_in: Some(WORK.into()),
        policy,
        has_conferences: Some(true),
        credentials,
    };
    let draft = CalendarDraft { provider: CalendarProvider::Caldav.as_str().into(), change: change.clone() };
    let first = CalendarChange { reads: None, events_in: None, policy: None, ..change.clone() };
    let used = CalendarChange { credentials: std::collections::BTreeMap::new(), ..change };
    vec![
        Shape::of("calendar_account", &account),
        Shape::of("calendar_accounts", &CalendarAccounts { accounts: vec![account], providers: vec![provider()] }),
        Shape::of("calendar_health", &health),
        Shape::of("calendar_draft", &draft),
        Shape::of("calendar_draft_first", &CalendarDraft { change: first, ..draft }),
        Shape::of("calendar_change", &used),
        Shape::of(
            "calendar_consent",
            &CalendarConsent { provider: "google".into(), account: Some(CalendarAccountId::new([7; 16])) },
        ),
        Shape::of("calendar_apps", &CalendarApps { apps: vec![app()] }),
        Shape::of("calendar_app", &app()),
        Shape::of("calendar_app_draft", &app_draft()),
    ]
}

fn provider() -> CalendarProviderShown {
    let field = |name: &str, label: &str, is_secret| CredentialField {
        name: name.into(),
        label: label.into(),
        hint: String::new(),
        is_secret,
    };
    let fields =
        vec![field("url", "Address", false), field("user", "User", false), field("password", "Password", true)];
    CalendarProviderShown {
        provider: CalendarProvider::Caldav.into(),
        name: "CalDAV".into(),
        credentials: Some(CredentialForm { fields, steps: Vec::new() }),
        consent: Some(CalendarConsentShown { is_ready: true }),
    }
}

fn app() -> CalendarApp {
    let field =
        CredentialField { name: "client_id".into(), label: "Client ID".into(), hint: String::new(), is_secret: false };
    CalendarApp {
        provider: CalendarProvider::Google.into(),
        name: "Google Calendar".into(),
        form: CredentialForm { fields: vec![field], steps: vec!["Make a project.".into()] },
        values: [("client_id".to_owned(), "1.apps.googleusercontent.com".to_owned())].into(),
        is_ready: true,
        is_configured: false,
        redirect_uri: "https://knock.example.com/hooks/google/oauth".into(),
        scopes: vec!["https://www.googleapis.com/auth/calendar.events".into()],
        accounts: 3,
    }
}

fn app_draft() -> CalendarAppDraft {
    let fields = [("client_id", "1.apps.googleusercontent.com"), ("client_secret", "GOCSPX-heron-granite-41")];
    CalendarAppDraft { fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned().into())).into() }
}
