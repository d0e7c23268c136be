//! Meetings over HTTP: from a Knock Link to a booked, rescheduled and cancelled meeting.

mod by_hand;
mod calendar_change;
mod change;
mod confirm;
mod explained;
mod life;
mod limit;
mod list;
mod outcome;
mod own_calendar;
pub(crate) mod race;
mod slots;
mod verdicts;
mod words;

use crate::members::Browser;
use crate::support::{Knock, Reply, id};
use knock_model::Role;
use serde_json::{Value, json};

pub(super) const HOUR: i64 = 3_600_000;
/// Monday, 2026-06-01, 12:00 UTC.
const MONDAY: &str = "2026-06-01T12:00:00Z";
/// The next day at ten in Berlin.
pub(super) const TUESDAY_TEN: &str = "2026-06-02T08:00:00Z";

/// A server whose first rep works on weekdays from nine to five in Berlin.
pub(super) struct Office {
    pub(super) knock: Knock,
    pub(super) key: String,
    pub(super) admin: Browser,
}

impl Office {
    pub(super) fn open() -> Office {
        Office::of(Knock::start())
    }

    pub(super) fn of(knock: Knock) -> Office {
        assert_eq!(knock.set_clock(&json!({"now": MONDAY})).code, 200);
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let office = Office { knock, key, admin };
        office.works(&office.admin);
        office
    }

    /// Sets a member's hours from nine to five in Berlin.
    pub(super) fn works(&self, who: &Browser) {
        let day = json!([["09:00", "17:00"]]);
        let hours = json!({"zone": "Europe/Berlin", "mon": day, "tue": day, "wed": day, "thu": day, "fri": day});
        let reply = who.ask(&self.knock, "PUT", "/api/v1/availability", &json!({"hours": hours}));
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    /// Adds another rep with these hours; its id.
    pub(super) fn rep(&self, name: &str) -> String {
        let email = format!("{name}@us.example");
        self.works(&Browser::member(&self.knock, &self.admin, &email, Role::Rep));
        self.admin.id_of(&self.knock, &email)
    }

    /// Saves a rule that offers these reps' calendars to all leads.
    pub(super) fn offers(&self, calendar: &str, reps: &[String]) {
        let fallback = json!({"assign": {"calendar": calendar, "reps": reps}});
        let rule = json!({"name": "Meetings", "funnel": "meeting", "segments": [], "fallback": fallback});
        self.rule(&rule);
    }

    pub(super) fn rule(&self, rule: &Value) {
        let reply = self.admin.ask(&self.knock, "PUT", "/api/v1/rules/default_meeting", rule);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Reply {
        self.knock.post(path, body)
    }

    pub(super) fn opens(&self, visitor: u64) -> Reply {
        self.post(
            "/v1/meetings/open",
            &json!({"link": "meeting", "visitor": browser(visitor), "session": browser(visitor)}),
        )
    }

    pub(super) fn gives(&self, visitor: u64, email: &str) -> Reply {
        self.post(
            "/v1/meetings/email",
            &json!({"link": "meeting", "visitor": browser(visitor), "session": browser(visitor), "email": email}),
        )
    }

    /// The slots of an address, in the zone of Berlin.
    pub(super) fn slots(&self, email: &str, more: &str) -> Value {
        let path = format!("/v1/meetings/slots?link=meeting&email={email}&tz=Europe/Berlin{more}");
        let reply = self.knock.send("GET", &path, &[("origin", &self.knock.url)], None);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    }

    /// The starts of these slots.
    pub(super) fn starts(&self, email: &str, more: &str) -> Vec<String> {
        let list = self.slots(email, more);
        let slots = list["slots"].as_array().expect("a list").iter();
        slots.map(|slot| slot["start"].as_str().expect("a text").to_owned()).collect()
    }

    pub(super) fn books(&self, visitor: u64, email: &str, start: &str) -> Reply {
        self.post("/v1/meetings", &request(visitor, email, start))
    }

    pub(super) fn holds(&self, visitor: u64, email: &str, start: &str) -> Reply {
        self.post("/v1/meetings/holds", &request(visitor, email, start))
    }

    /// The record of the contact with an address.
    pub(super) fn contact(&self, email: &str) -> Value {
        let found = self.knock.get(&format!("/api/v1/contacts?q={email}"), &self.key).body;
        let id = found["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("no {email}: {found}")).to_owned();
        self.knock.get(&format!("/api/v1/contacts/{id}"), &self.key).body
    }

    /// All meetings, as the team sees them.
    pub(super) fn meetings(&self) -> Vec<Value> {
        let page = self.knock.get("/api/v1/meetings?limit=200", &self.key);
        page.body["meetings"].as_array().expect("a list").clone()
    }
}

/// The id of a browser and of its session.
pub(super) fn browser(visitor: u64) -> String {
    id(1_780_000_000_000, visitor)
}

pub(super) fn request(visitor: u64, email: &str, start: &str) -> Value {
    json!({"link": "meeting", "visitor": browser(visitor), "session": browser(visitor), "email": email, "name": "Ann Lee",
        "start": start, "tz": "America/Vancouver"})
}
