//! An owner who changes calendars at random, the same way in each run.

use crate::account::{Account, outbound, time};
use jiff::Span as Length;
use jiff::civil::DateTime;
use knock_outbound::Request;
use serde_json::{Value as Json, json};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

/// Half an hour at a time in UTC.
pub(crate) fn half_hour(at: DateTime) -> Json {
    let until = at.saturating_add(Length::new().minutes(30));
    json!({"start": time(&at.to_string(), "UTC"), "end": time(&until.to_string(), "UTC")})
}

/// Numbers that are the same in each run of a seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(0x9e37_79b9_7f4a_7c15 ^ seed)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % count
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        let at = self.below(u64::try_from(all.len()).ok().filter(|count| *count > 0)?);
        all.get(usize::try_from(at).ok()?).cloned()
    }

    /// Within the window, at its edges or beyond them, by day.
    fn time(&mut self) -> DateTime {
        let day: DateTime = "2026-10-20T08:00:00".parse().expect("a time");
        let (days, hours) = (self.below(75), self.below(9));
        let whole = |count: u64| i64::try_from(count).expect("a few");
        day.saturating_add(Length::new().days(whole(days)).hours(whole(hours)))
    }
}

/// An owner with two calendars, who changes one after the other.
pub(crate) struct Owner<'a> {
    pub(crate) account: &'a Account,
    pub(crate) calendars: &'a [String],
    pub(crate) dice: Dice,
}

impl Owner<'_> {
    fn calendar(&mut self) -> String {
        self.dice.of(self.calendars).expect("a calendar")
    }

    /// The ids of events and series of a calendar.
    fn events(&self, calendar: &str) -> Vec<String> {
        let shown = self.account.shown(calendar);
        shown.iter().map(|event| event["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// An occurrence of a series of the window, as Graph shows it.
    async fn occurrence(&mut self, calendar: &str) -> Option<Json> {
        let path = format!("/v1.0/me/calendars/{calendar}/calendarView");
        let span = "startDateTime=2026-10-15T00:00:00Z&endDateTime=2027-01-15T00:00:00Z&$top=1000";
        let url = format!("{}{path}?{span}", self.account.server.url()).parse().expect("a URL");
        let access = self.account.tokens.0.lock().expect("a lock").access.clone();
        let secret = Some(("authorization".to_owned(), format!("Bearer {access}")));
        let request = Request { method: "GET", url, headers: Vec::new(), secret, body: String::new(), limit: 8 << 20 };
        let reply = outbound(PATIENCE).send(request).await.expect("an answer");
        let view: Json = serde_json::from_slice(&reply.body).expect("a view");
        let events = view["value"].as_array().expect("events").iter();
        let of_series: Vec<Json> = events.filter(|event| event["seriesMasterId"].is_string()).cloned().collect();
        self.dice.of(&of_series)
    }

    fn change(&self, id: &str, body: &Json) {
        self.account.post(&format!("events/{id}"), body);
    }

    fn add(&mut self) {
        let (calendar, at) = (self.calendar(), self.dice.time());
        let mut event = half_hour(at);
        event["subject"] = json!("Added");
        if self.dice.below(2) == 0 {
            let count = self.dice.below(6) + 1;
            event["recurrence"] = json!({
                "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": [at.strftime("%A").to_string().to_lowercase()]},
                "range": {"type": "numbered", "startDate": at.date().to_string(), "numberOfOccurrences": count},
            });
        }
        self.account.add(&calendar, &event, &json!({}));
    }

    /// Changes, deletes or moves an event or a whole series.
    fn change_any(&mut self) {
        let calendar = self.calendar();
        let events = self.events(&calendar);
        let Some(id) = self.dice.of(&events) else { return self.add() };
        let shown = self.dice.of(&["free", "busy", "tentative", "workingElsewhere", "oof"]).expect("a word");
        match self.dice.below(6) {
            0 => self.change(&id, &json!({"event": {"showAs": shown}})),
            1 => {
                let is_cancelled = self.dice.below(2) == 0;
                self.change(&id, &json!({"event": {"subject": "Renamed"}, "is_cancelled": is_cancelled}));
            }
            2 => drop(self.account.server.control("DELETE", &format!("events/{id}"), &json!({}))),
            3 => {
                let to = self.calendar();
                self.account.post(&format!("events/{id}/move"), &json!({"calendar": to}));
            }
            4 => self.change(&id, &json!({"event": {"subject": "Odd"}, "odd_zone": "tzone://Microsoft/Custom"})),
            _ => {
                let mut event = half_hour(self.dice.time());
                // A series begins where its first day is: it becomes a single event.
                event["recurrence"] = Json::Null;
                self.change(&id, &json!({"event": event}));
            }
        }
    }

    /// Changes or deletes an occurrence of a series.
    async fn change_occurrence(&mut self) {
        let calendar = self.calendar();
        let Some(one) = self.occurrence(&calendar).await else { return self.add() };
        let id = one["id"].as_str().expect("an id").to_owned();
        match self.dice.below(3) {
            0 => drop(self.account.server.control("DELETE", &format!("events/{id}"), &json!({}))),
            1 => self.change(&id, &json!({"event": {"showAs": "free"}})),
            _ => {
                let start = one["start"]["dateTime"].as_str().expect("a time").parse::<DateTime>().expect("a time");
                self.change(&id, &json!({"event": half_hour(start.saturating_add(Length::new().hours(1)))}));
            }
        }
    }

    /// One change, or the end of all tokens of changes.
    pub(crate) async fn act(&mut self) {
        match self.dice.below(10) {
            0..=3 => self.add(),
            4..=6 => self.change_any(),
            7 | 8 => self.change_occurrence().await,
            _ => drop(self.account.post("expire_deltas", &json!({}))),
        }
    }
}
