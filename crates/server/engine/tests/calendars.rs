//! Commands of calendars on a store: consents with their tokens, and the apps that ask for them.

use knock_engine::commands::{CalendarSaved, DropCalendar, SaveCalendar, SaveCalendarApp, SaveCalendarTokens};
use knock_engine::{Change, Changes, Command};
use knock_model::{CalendarAccountId, CalendarProvider, MemberState, Millis, RepId, Role};
use knock_ports::{Actor, AuditFilter, BusyPolicy, CalendarApp, CalendarDetails, Member, Store, View};
use knock_store::Scratch;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const NOW: Millis = Millis(1_780_315_200_000);
const ANN: RepId = RepId::from_bytes([1; 16]);
const WORK: CalendarAccountId = CalendarAccountId::from_bytes([7; 16]);

struct Office {
    _scratch: Scratch,
    store: Arc<dyn Store>,
}

impl Office {
    fn open() -> Office {
        let scratch = Scratch::new();
        let office = Office { store: scratch.store(), _scratch: scratch };
        let ann = Member::new(ANN, "ann@us.example".to_owned(), Role::Rep, MemberState::Active);
        office.store.write(&mut |ledger| ledger.create_member(&ann, NOW)).expect("stored");
        office
    }

    fn run<C: Command>(&self, command: &C) -> C::Outcome {
        let mut outcome = None;
        let ran = self.store.write(&mut |ledger| {
            outcome = Some(command.run(ledger, &mut Changes::default())?);
            Ok(())
        });
        ran.expect("stored");
        outcome.expect("it ran")
    }

    fn make<C: Change>(&self, change: C) -> C::Outcome {
        self.run(&change.by(Actor::Server, NOW))
    }

    fn read<T>(&self, work: impl Fn(&dyn View) -> T) -> T {
        let mut found = None;
        self.store
            .read(&mut |view| {
                found = Some(work(view));
                Ok(())
            })
            .expect("read");
        found.expect("it was read")
    }

    fn tokens(&self) -> Option<String> {
        self.read(|view| view.calendar_tokens(WORK).expect("read"))
    }

    fn saves(&self, details: &CalendarDetails, tokens: Option<&str>) -> CalendarSaved {
        let (details, tokens) = (details.clone(), tokens.map(str::to_owned));
        self.make(SaveCalendar { id: WORK, member: ANN, details, tokens, now: NOW })
    }

    fn renews(&self, grant: &str, tokens: &str) -> bool {
        self.run(&SaveCalendarTokens { id: WORK, grant: grant.to_owned(), tokens: tokens.to_owned() })
    }

    /// The actions of the audit log with what they show, the newest first.
    fn log(&self) -> Vec<(String, String)> {
        let (search, action, actor) = Default::default();
        let filter = AuditFilter { search, action, actor, from: Millis(0), to: NOW + Millis::DAY };
        let entries = self.read(|view| view.audit(&filter, i64::MAX, 100).expect("read"));
        entries.into_iter().map(|entry| (entry.action, json!(entry.after).to_string())).collect()
    }
}

fn consented(grant: &str, name: &str) -> CalendarDetails {
    let account = [("email", "Ann@us.example"), ("name", name)].map(|(name, value)| (name.into(), value.into()));
    CalendarDetails {
        provider: CalendarProvider::Google,
        account: account.into(),
        secret: String::new(),
        grant: grant.to_owned(),
        found: Vec::new(),
        reads: Vec::new(),
        events_in: "primary".to_owned(),
        written: Vec::new(),
        policy: BusyPolicy::default(),
        has_conferences: false,
    }
}

#[test]
fn tokens_are_stored_with_the_account_and_a_late_renewal_does_not_replace_those_of_a_newer_consent() {
    let office = Office::open();
    assert_eq!(office.tokens(), None);
    assert_eq!(office.saves(&consented("first", "Ann"), Some("t1")), CalendarSaved::Saved);
    assert!(office.renews("first", "t2"));
    assert_eq!(office.tokens().as_deref(), Some("t2"));
    // A change of the use keeps them.
    assert_eq!(office.saves(&consented("first", "Ann"), None), CalendarSaved::Saved);
    assert_eq!(office.tokens().as_deref(), Some("t2"));
    assert_eq!(office.saves(&consented("second", "Ann Lee"), Some("t3")), CalendarSaved::Saved);
    let written = office.read(|view| view.calendar(WORK).expect("read").expect("there").details.written);
    assert_eq!(written, ["primary"], "it is the same account, whatever it is called");
    assert!(!office.renews("first", "t4"));
    assert_eq!(office.tokens().as_deref(), Some("t3"));
    assert!(office.make(DropCalendar { id: WORK, member: ANN }));
    assert!(!office.renews("second", "t5"));
    assert_eq!(office.tokens(), None);
    let log = office.log();
    assert!(log.iter().any(|(action, _)| action == "calendar.disconnected"), "{log:?}");
    assert_eq!(log.iter().filter(|(_, after)| after.contains("\"consent\":\"given\"")).count(), 2, "{log:?}");
    assert!(log.iter().all(|(_, after)| !after.contains("t1") && !after.contains("t3")), "{log:?}");
}

#[test]
fn an_app_is_an_entry_when_it_changes_and_its_secret_is_none() {
    let office = Office::open();
    let provider = CalendarProvider::Microsoft;
    let app = |id: &str, secret: &str| {
        let values: BTreeMap<String, String> = [("client_id".to_owned(), id.to_owned())].into();
        Some(CalendarApp { values, secret: secret.to_owned() })
    };
    let saves = |app: Option<CalendarApp>| office.make(SaveCalendarApp { provider, app });
    assert!(!saves(None));
    assert!(saves(app("1", "sealed-a")));
    assert!(!saves(app("1", "sealed-a")));
    assert!(saves(app("1", "sealed-b")));
    let known = |provider| office.read(|view| view.calendar_app(provider).expect("read"));
    assert_eq!((known(provider), known(CalendarProvider::Google)), (app("1", "sealed-b"), None));
    assert!(saves(None));
    assert_eq!(known(provider), None);
    let log = office.log();
    let actions: Vec<&str> = log.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["calendar_app.removed", "calendar_app.changed", "calendar_app.changed"]);
    assert_eq!(log[1].1, r#"{"secret":"changed"}"#);
    assert!(log.iter().all(|(_, after)| !after.contains("sealed")), "{log:?}");
}
