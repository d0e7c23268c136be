//! The account as the cases of every provider use it.

use crate::account::Account;
use contract_calendar::{Event, Kept, Mishap, OWNER, Provider, Series, When};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_model::Millis;
use knock_ports::CalendarAccount;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// The UID of an event: of ours, or Google's.
fn uid(event: &Json) -> &str {
    let own = &event["extendedProperties"]["private"]["knock_uid"];
    own.as_str().or(event["iCalUID"].as_str()).unwrap_or_default()
}

fn instant(time: &Json) -> Timestamp {
    time["dateTime"].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no instant: {time}"))
}

impl Account {
    fn with_uid(&self, calendar: &str, wanted: &str) -> Json {
        let found = self.live(calendar).into_iter().find(|event| uid(event) == wanted);
        found.unwrap_or_else(|| panic!("no {wanted} in {calendar}"))
    }

    fn edit(&self, calendar: &str, uid: &str, change: &Json) {
        let event = self.with_uid(calendar, uid);
        self.patch(calendar, event["id"].as_str().expect("an id"), change);
    }
}

impl Provider for Account {
    fn account(&self) -> &dyn CalendarAccount {
        &*self.calendars
    }

    fn fresh(&self) -> Arc<dyn CalendarAccount> {
        self.beside()
    }

    fn add_calendar(&self, name: &str) -> String {
        self.add_calendar_as(name, "owner")
    }

    fn remove_calendar(&self, calendar: &str) {
        self.steer("PUT", "calendars/access", &json!({"calendar": calendar, "role": null}));
    }

    fn add_event(&self, calendar: &str, Event { uid, when, kept }: &Event) {
        let (start, end) = match when {
            When::Instants(start, end) => (json!({"dateTime": start}), json!({"dateTime": end})),
            When::Days(from, to) => (json!({"date": from}), json!({"date": to})),
        };
        let mut event = json!({"iCalUID": uid, "summary": uid, "start": start, "end": end});
        match kept {
            Kept::Busy => {}
            Kept::Tentative => event["status"] = json!("tentative"),
            Kept::Free => event["transparency"] = json!("transparent"),
            Kept::Declined => event["attendees"] = json!([{"email": OWNER, "responseStatus": "declined"}]),
            Kept::Cancelled => event["status"] = json!("cancelled"),
        }
        self.add(calendar, &event);
    }

    fn add_series(&self, calendar: &str, series: &Series) {
        let Series { uid, zone, first, minutes, except, moved } = series;
        let at = |time: DateTime| json!({"dateTime": time.to_string(), "timeZone": zone});
        let lasts = minutes.minutes();
        let on = |date: &Date| date.to_datetime(first.time()).strftime("%Y%m%dT%H%M%S").to_string();
        let except: Vec<String> = except.iter().map(|date| format!("EXDATE;TZID={zone}:{}", on(date))).collect();
        let lines: Vec<String> = ["RRULE:FREQ=WEEKLY".to_owned()].into_iter().chain(except).collect();
        let event = json!({
            "iCalUID": uid, "summary": uid, "start": at(*first), "end": at(*first + lasts), "recurrence": lines,
        });
        let id = self.add(calendar, &event);
        let zone = TimeZone::get(zone).expect("a zone");
        if let Some((date, to)) = moved {
            let original = zone.to_timestamp(date.to_datetime(first.time())).expect("an instant");
            let instance = format!("{id}_{}", original.strftime("%Y%m%dT%H%M%SZ"));
            self.patch(calendar, &instance, &json!({"start": at(*to), "end": at(*to + lasts)}));
        }
    }

    fn add_unreadable(&self, calendar: &str) {
        let start = json!({"dateTime": "2026-11-05T09:00:00Z"});
        let event = json!({"id": "unreadable", "summary": "Unreadable", "start": start, "end": {"dateTime": "later"}});
        self.steer("POST", "events/raw", &json!({"calendar": calendar, "event": event}));
    }

    fn delete(&self, calendar: &str, uid: &str) {
        let event = self.with_uid(calendar, uid);
        self.steer("DELETE", "events", &json!({"calendar": calendar, "id": event["id"]}));
    }

    fn delay(&self, calendar: &str, uid: &str, hours: i64) {
        let event = self.with_uid(calendar, uid);
        let later = |name: &str| json!({"dateTime": (instant(&event[name]) + hours.hours()).to_string()});
        let id = event["id"].as_str().expect("an id");
        self.patch(calendar, id, &json!({"start": later("start"), "end": later("end")}));
    }

    fn retime(&self, calendar: &str, uid: &str, start: &str, end: &str) {
        self.edit(calendar, uid, &json!({"start": {"dateTime": start}, "end": {"dateTime": end}}));
    }

    fn make_whole_day(&self, calendar: &str, uid: &str, day: &str) {
        let next = day.parse::<Date>().and_then(Date::tomorrow).expect("a day").to_string();
        self.edit(calendar, uid, &json!({"start": {"date": day}, "end": {"date": next}}));
    }

    fn invite(&self, calendar: &str, uid: &str, address: &str) {
        self.edit(calendar, uid, &json!({"attendees": [{"email": address, "responseStatus": "needsAction"}]}));
    }

    fn decline(&self, calendar: &str, uid: &str, address: &str) {
        let event = self.with_uid(calendar, uid);
        let answer = json!({"calendar": calendar, "id": event["id"], "attendee": address, "response": "declined"});
        self.steer("POST", "answers", &answer);
    }

    fn events(&self, calendar: &str) -> Vec<(String, Millis, String)> {
        let shown = |event: Json| {
            let title = event["summary"].as_str().unwrap_or_default().to_owned();
            (uid(&event).to_owned(), Millis(instant(&event["start"]).as_millisecond()), title)
        };
        self.live(calendar).into_iter().map(shown).collect()
    }

    fn fail(&self, mishap: Mishap) {
        let (on, fault) = match mishap {
            // What is lost is the answer to a write: a question before it changes nothing.
            Mishap::Lost => ("events.insert", json!({"do": "lose_answer"})),
            Mishap::LostRead => ("events.list", json!({"do": "lose_answer"})),
            Mishap::Silent => ("events.", json!({"do": "timeout"})),
            Mishap::Down => ("events.", json!({"do": "status", "status": 503})),
            Mishap::Limited(seconds) => ("events.", json!({"do": "rate_limit", "retry_after": seconds})),
        };
        self.fail_on(on, fault);
    }

    fn revoke(&self) {
        self.steer("POST", "grants/revoke", &json!({}));
    }

    fn forget_increments(&self) {
        self.steer("POST", "sync/expire", &json!({}));
    }

    fn skew(&self, by: Millis) {
        self.steer("PUT", "clock", &json!({"advance": by.0}));
    }
}
