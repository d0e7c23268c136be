//! All writes to HubSpot of a lead's whole life, byte for byte; and the same with the server killed between all steps.

use super::Office;
use crate::members::Browser;
use crate::support::id;
use knock_model::Role;
use knock_testing::{Chat, found, now, visitor_id};
use serde_json::{Value, json};
use std::fs;

pub(super) const ANN: &str = "ann@acme.example";
const BO: &str = "bo@us.example";
const GOLDEN: &str = "tests/http/crm/life.json";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// The start, a Monday; the meeting is on Wednesday, then on Thursday.
const MONDAY: &str = "2026-06-01T12:00:00Z";
const WEDNESDAY: &str = "2026-06-03T08:00:00Z";
const THURSDAY: &str = "2026-06-04T12:00:00Z";
pub(super) const STEPS: [Step; 10] = [
    ("clicks", Life::clicks),
    ("writes in the chat", Life::writes),
    ("is assigned to a rep", Life::is_assigned),
    ("waits for an answer", Life::waits),
    ("is answered late", Life::is_answered),
    ("is silent for twelve hours", Life::is_silent),
    ("books a meeting", Life::books),
    ("moves the meeting", Life::moves),
    ("cancels the meeting", Life::cancels),
    ("gets a deal", Life::gets_a_deal),
];

pub(super) type Step = (&'static str, fn(&mut Life));

/// The life of a lead: the office, the rep, the chat and the meeting.
pub(super) struct Life {
    pub(super) office: Office,
    bo: Browser,
    chat: Option<Chat>,
    booking: String,
}

impl Life {
    pub(super) fn begin() -> Life {
        let office = Office::open();
        assert_eq!(office.knock.set_clock(&json!({"now": MONDAY})).code, 200);
        let behind = office.knock.now() - now().0;
        office.hubspot.control("PUT", "clock", &json!({"advance": behind}));
        let day = json!([["09:00", "17:00"]]);
        let hours = json!({"zone": "Europe/Berlin", "mon": day, "tue": day, "wed": day, "thu": day, "fri": day});
        let admin = Browser::admin(&office.knock);
        let reply = admin.ask(&office.knock, "PUT", "/api/v1/availability", &json!({"hours": hours}));
        assert_eq!(reply.code, 200, "{}", reply.body);
        let bo = Browser::member(&office.knock, &admin, BO, Role::Rep);
        office.connect();
        office.turn_on(&json!({}));
        Life { office, bo, chat: None, booking: String::new() }
    }

    /// The writes of each step; `between` runs before every step except the first.
    fn lived(between: impl Fn(Office) -> Office) -> Vec<(&'static str, Vec<Value>)> {
        let mut life = Life::begin();
        let (mut steps, mut seen) = (Vec::new(), 0);
        for (name, step) in STEPS {
            if !steps.is_empty() {
                life = Life { office: between(life.office), ..life };
            }
            step(&mut life);
            life.office.settle();
            let written = life.office.written();
            steps.push((name, written[seen..].to_vec()));
            seen = written.len();
        }
        steps
    }

    /// Advances the clocks of the server and of HubSpot.
    fn passes(&self, ms: i64) {
        self.office.knock.advance(ms);
        self.office.hubspot.control("PUT", "clock", &json!({"advance": ms}));
    }

    fn chat(&self) -> &Chat {
        self.chat.as_ref().expect("an open chat")
    }

    pub(super) fn clicks(&mut self) {
        self.office.is_known(1, ANN);
        self.chat = Some(self.office.site.visitor(1).opens_chat(&self.office.knock));
    }

    pub(super) fn writes(&mut self) {
        assert_eq!(self.chat().write(&self.office.knock, 1, "We need a quote").code, 201);
    }

    fn is_assigned(&mut self) {
        let to = Browser::admin(&self.office.knock).id_of(&self.office.knock, BO);
        let path = format!("/api/v1/conversations/{}/assign", self.chat().id);
        let reply = self.office.ask("POST", &path, &json!({"to": to}));
        assert!(reply.code < 300, "{}", reply.body);
    }

    fn waits(&mut self) {
        self.passes(3 * MINUTE);
    }

    fn is_answered(&mut self) {
        self.passes(2 * MINUTE);
        let path = format!("/api/v1/conversations/{}/messages", self.chat().id);
        let message = json!({"id": id(self.office.knock.now(), 2), "text": "For how many people?"});
        let reply = self.bo.ask(&self.office.knock, "POST", &path, &message);
        assert!(reply.code < 300, "{}", reply.body);
    }

    fn is_silent(&mut self) {
        self.passes(12 * HOUR);
    }

    pub(super) fn books(&mut self) {
        let browser = visitor_id(1);
        let booked = self.office.knock.post(
            "/v1/meetings",
            &json!({"link": "meeting", "visitor": browser, "session": browser, "email": ANN, "name": "Ann Lee",
                "start": WEDNESDAY, "tz": "Europe/Berlin"}),
        );
        assert_eq!(booked.code, 201, "{}", booked.body);
        self.booking = booked.text("token");
    }

    pub(super) fn moves(&mut self) {
        let path = format!("/v1/bookings/{}/reschedule", self.booking);
        let moved = self.office.knock.post(&path, &json!({"start": THURSDAY}));
        assert_eq!(moved.code, 200, "{}", moved.body);
    }

    pub(super) fn cancels(&mut self) {
        let path = format!("/v1/bookings/{}/cancel", self.booking);
        let cancelled = self.office.knock.post(&path, &json!({"reason": "no time"}));
        assert_eq!(cancelled.code, 200, "{}", cancelled.body);
    }

    fn gets_a_deal(&mut self) {
        let contacts = self.office.hubspot.control("GET", "records/contacts", &Value::Null);
        let properties = json!({"dealname": "Acme", "hs_is_closed": "false", "hs_is_closed_won": "false"});
        let deal = json!({"object": "deals", "properties": properties, "with": [["contacts", contacts[0]["id"]]]});
        self.office.hubspot.control("POST", "records", &deal);
        found("the lead is qualified", || {
            self.passes(1_000);
            (self.office.contact(ANN)?["knock_chat_status"] == "Qualified").then_some(())
        });
    }
}

/// Normalises the only value that varies: the response time contains the milliseconds of the test's run, and is rounded
/// down to minutes.
pub(super) fn normalise(property: &str, value: &mut Value) {
    if property == "knock_rep_response_time" && !value.is_null() {
        let minutes: f64 = value.as_str().and_then(|time| time.parse().ok()).expect("a number");
        *value = json!(format!("{}, rounded down", minutes.floor()));
    }
}

/// The writes, in the form of the golden file.
fn shown(steps: &[(&str, Vec<Value>)]) -> String {
    let shown = |write: &Value| {
        let mut body = write["body"].clone();
        for input in body["inputs"].as_array_mut().into_iter().flatten() {
            for (name, value) in input["properties"].as_object_mut().into_iter().flatten() {
                normalise(name, value);
            }
        }
        json!({"path": write["path"], "body": body})
    };
    let steps: Vec<Value> = steps
        .iter()
        .map(|(name, writes)| json!({"step": name, "writes": writes.iter().map(shown).collect::<Vec<_>>()}))
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&steps).expect("JSON"))
}

pub(super) fn golden() -> String {
    fs::read_to_string(GOLDEN).expect("the golden file")
}

#[test]
fn a_whole_life_is_written_as_the_golden_file_has_it() {
    let lived = shown(&Life::lived(|office| office));
    if bless() {
        fs::write(GOLDEN, &lived).expect("it is written");
    }
    assert_eq!(lived, golden());
}

#[test]
fn a_server_killed_between_every_two_steps_writes_the_same() {
    assert_eq!(shown(&Life::lived(Office::restarted)), golden());
}

#[expect(clippy::disallowed_methods, reason = "blessing is asked for by the environment")]
fn bless() -> bool {
    std::env::var("KNOCK_BLESS").is_ok()
}
