//! An account of the contract server, with the calendars under test.

use contract_calendar::{Event, Kept, Mishap, Provider, Series, When};
use contract_microsoft::{Server, seed};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use knock_microsoft::{CLIENT_ID, CLIENT_SECRET, EMAIL, MicrosoftVendor, SCOPES, TENANT, USER_ID, VendorSettings};
use knock_model::Millis;
use knock_outbound::{Guard, Outbound};
use knock_ports::{CalendarAccount, CalendarOauth, Clock, Credentials, OauthTokens, TokenFuture, TokenStore};
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longer than an answer takes on a busy machine; a silent server is waited for that long.
const PATIENCE: Duration = Duration::from_secs(3);
/// The organizer of meetings that the owner is invited to.
const ORGANIZER: &str = "boss@acme.example";

/// The machine's clock.
pub(crate) struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "tokens of the contract server end by it")]
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        Millis(i64::try_from(since.as_millis()).expect("in this age"))
    }
}

/// Tokens in memory.
pub(crate) struct Stored(pub(crate) Mutex<OauthTokens>);

impl TokenStore for Stored {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        Box::pin(async { Ok(self.0.lock().expect("a lock").clone()) })
    }

    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()> {
        Box::pin(async {
            *self.0.lock().expect("a lock") = tokens;
            Ok(())
        })
    }
}

pub(crate) struct Account {
    pub(crate) server: Server,
    pub(crate) tokens: Arc<Stored>,
    pub(crate) calendars: Arc<dyn CalendarAccount>,
    /// How long its server is waited for.
    patience: Duration,
}

pub(crate) fn outbound(patience: Duration) -> Outbound {
    let networks = vec!["127.0.0.0/8".parse().expect("a network")];
    Outbound::new(Guard::new(networks), patience).expect("a client")
}

pub(crate) fn vendor(server: &Server, patience: Duration) -> MicrosoftVendor {
    let api_url = format!("{}/v1.0", server.url()).parse().expect("a URL");
    let settings = VendorSettings { api_url, authority_url: server.url().parse().expect("a URL") };
    MicrosoftVendor::new(outbound(patience), Arc::new(Wall), settings)
}

pub(crate) fn app() -> Credentials {
    Credentials::from([(CLIENT_ID, seed::CLIENT_ID), (CLIENT_SECRET, seed::CLIENT_SECRET), (TENANT, "")])
}

/// An account without calendars.
pub(crate) fn account() -> Account {
    Account::start(PATIENCE)
}

impl Account {
    /// One whose server is waited for that long.
    pub(crate) fn start(patience: Duration) -> Account {
        let server = Server::start("127.0.0.1:0").expect("a server");
        let seeded = server.control("GET", "seed", &Json::Null);
        let default = seeded["calendar"].as_str().expect("a calendar");
        server.control("DELETE", &format!("calendars/{default}"), &json!({}));
        let granted = server.control("POST", "grant", &json!({"scopes": SCOPES}));
        let token = |name: &str| granted[name].as_str().expect("a token").to_owned();
        let end = Millis(granted["expires_in"].as_i64().expect("a lifetime") * 1_000);
        let tokens = OauthTokens {
            access: token("access_token"),
            refresh: token("refresh_token"),
            expires_at: Wall.now() + end,
        };
        let tokens = Arc::new(Stored(Mutex::new(tokens)));
        let calendars = opened(&server, &tokens, patience);
        Account { server, tokens, calendars, patience }
    }

    /// Changes the event with a UID as its owner does.
    fn edit(&self, calendar: &str, uid: &str, event: &Json) {
        let id = self.ours(calendar, uid)["id"].as_str().expect("an id").to_owned();
        self.post(&format!("events/{id}"), &json!({"event": event}));
    }

    pub(crate) fn post(&self, path: &str, body: &Json) -> Json {
        self.server.control("POST", path, body)
    }

    /// Adds an event of the owner's as Graph describes it, with more that Graph cannot say; answers its id.
    pub(crate) fn add(&self, calendar: &str, event: &Json, more: &Json) -> String {
        let mut body = json!({"calendar": calendar, "event": event});
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        self.post("events", &body)["id"].as_str().expect("an id").to_owned()
    }

    /// The events of a calendar as Graph shows them.
    pub(crate) fn shown(&self, calendar: &str) -> Vec<Json> {
        let state = self.server.control("GET", "state", &Json::Null);
        let accounts = state["accounts"].as_array().expect("accounts").iter();
        let events = accounts.flat_map(|account| account["events"].as_array().expect("events"));
        events.filter(|event| event["calendar"] == calendar).cloned().collect()
    }

    /// The event of ours with a UID.
    pub(crate) fn ours(&self, calendar: &str, uid: &str) -> Json {
        let found = self.shown(calendar).into_iter().find(|event| self::uid(event) == uid);
        found.unwrap_or_else(|| panic!("no {uid} in {calendar}"))
    }

    /// The number of requests whose method and path have this in them.
    pub(crate) fn requests(&self, label: &str) -> usize {
        let requests = self.server.control("GET", "calls", &Json::Null);
        let labels = requests.as_array().into_iter().flatten().filter_map(|request| request["label"].as_str());
        labels.filter(|one| one.contains(label)).count()
    }
}

/// The account of a server that has consented.
fn opened(server: &Server, tokens: &Arc<Stored>, patience: Duration) -> Arc<dyn CalendarAccount> {
    let store: Arc<dyn TokenStore> = Arc::<Stored>::clone(tokens);
    let seeded = server.control("GET", "seed", &Json::Null);
    let user = seeded["account"].as_str().expect("an id");
    let known = Credentials::from([(EMAIL, seed::MAIL), (USER_ID, user)]);
    CalendarOauth::open(&vendor(server, patience), &app(), &known, store).expect("an account")
}

/// A time as Graph writes it.
pub(crate) fn time(at: &str, zone: &str) -> Json {
    json!({"dateTime": at.trim_end_matches('Z'), "timeZone": zone})
}

fn local(at: DateTime, zone: &str) -> Json {
    time(&at.to_string(), zone)
}

/// The UID that an event of ours has; the title of another.
fn uid(event: &Json) -> &str {
    let own = event["singleValueExtendedProperties"].as_object().expect("properties");
    let own = own.iter().find(|(id, _)| id.ends_with("knock_uid")).and_then(|(_, value)| value.as_str());
    own.or_else(|| event["subject"].as_str()).unwrap_or_default()
}

fn moment(time: &Json) -> DateTime {
    time["dateTime"].as_str().expect("a time").parse().expect("a time")
}

impl Provider for Account {
    fn account(&self) -> &dyn CalendarAccount {
        &*self.calendars
    }

    fn fresh(&self) -> Arc<dyn CalendarAccount> {
        opened(&self.server, &self.tokens, self.patience)
    }

    fn add_calendar(&self, name: &str) -> String {
        self.post("calendars", &json!({"name": name}))["id"].as_str().expect("an id").to_owned()
    }

    fn remove_calendar(&self, calendar: &str) {
        self.server.control("DELETE", &format!("calendars/{calendar}"), &json!({}));
    }

    fn add_event(&self, calendar: &str, Event { uid, when, kept }: &Event) {
        let mut event = match when {
            When::Instants(start, end) => json!({"start": time(start, "UTC"), "end": time(end, "UTC")}),
            When::Days(from, to) => {
                let midnight = |day: &str| time(&format!("{day}T00:00:00"), "W. Europe Standard Time");
                json!({"start": midnight(from), "end": midnight(to), "isAllDay": true})
            }
        };
        event["subject"] = json!(uid);
        event["showAs"] = json!(match kept {
            Kept::Busy | Kept::Declined | Kept::Cancelled => "busy",
            Kept::Tentative => "tentative",
            Kept::Free => "free",
        });
        let more = match kept {
            Kept::Declined => json!({"organizer": ORGANIZER, "response": "declined"}),
            Kept::Cancelled => json!({"organizer": ORGANIZER, "response": "accepted", "is_cancelled": true}),
            Kept::Busy | Kept::Tentative | Kept::Free => json!({}),
        };
        self.add(calendar, &event, &more);
    }

    fn add_series(&self, calendar: &str, series: &Series) {
        let Series { uid, zone, first, minutes, except, moved } = series;
        let until = |start: DateTime| start.saturating_add(jiff::Span::new().minutes(*minutes));
        let times = |start: DateTime| json!({"start": local(start, zone), "end": local(until(start), zone)});
        let mut event = times(*first);
        event["subject"] = json!(uid);
        event["recurrence"] = json!({
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": [first.strftime("%A").to_string().to_lowercase()]},
            "range": {"type": "noEnd", "startDate": first.date().to_string()},
        });
        let except: Vec<String> = except.iter().map(Date::to_string).collect();
        let moved: Vec<Json> = moved.iter().map(|(date, to)| json!([date.to_string(), times(*to)])).collect();
        self.add(calendar, &event, &json!({"except": except, "moved": moved}));
    }

    fn add_unreadable(&self, calendar: &str) {
        let (start, end) = (time("2026-11-05T09:00:00", "UTC"), time("2026-11-05T10:00:00", "UTC"));
        let event = json!({"subject": "Unreadable", "start": start, "end": end});
        self.add(calendar, &event, &json!({"odd_zone": "tzone://Microsoft/Custom"}));
    }

    fn delete(&self, calendar: &str, uid: &str) {
        let id = self.ours(calendar, uid)["id"].as_str().expect("an id").to_owned();
        self.server.control("DELETE", &format!("events/{id}"), &json!({}));
    }

    fn delay(&self, calendar: &str, uid: &str, hours: i64) {
        let event = self.ours(calendar, uid);
        let later = |time: &Json| local(moment(time).saturating_add(jiff::Span::new().hours(hours)), "UTC");
        self.edit(calendar, uid, &json!({"start": later(&event["start"]), "end": later(&event["end"])}));
    }

    fn retime(&self, calendar: &str, uid: &str, start: &str, end: &str) {
        let event = json!({"start": time(start, "UTC"), "end": time(end, "UTC"), "isAllDay": false});
        self.edit(calendar, uid, &event);
    }

    fn make_whole_day(&self, calendar: &str, uid: &str, day: &str) {
        let next = day.parse::<Date>().and_then(Date::tomorrow).expect("a day").to_string();
        let midnight = |day: &str| time(&format!("{day}T00:00:00"), "UTC");
        self.edit(calendar, uid, &json!({"start": midnight(day), "end": midnight(&next), "isAllDay": true}));
    }

    fn invite(&self, calendar: &str, uid: &str, address: &str) {
        let guest = json!({"emailAddress": {"address": address, "name": address}, "type": "required"});
        self.edit(calendar, uid, &json!({"attendees": [guest]}));
    }

    fn decline(&self, calendar: &str, uid: &str, address: &str) {
        let id = self.ours(calendar, uid)["id"].as_str().expect("an id").to_owned();
        self.post(&format!("events/{id}/respond"), &json!({"attendee": address, "response": "declined"}));
    }

    fn events(&self, calendar: &str) -> Vec<(String, Millis, String)> {
        let event = |event: &Json| {
            let start = TimeZone::UTC.to_timestamp(moment(&event["start"])).expect("an instant");
            let title = event["subject"].as_str().expect("a title").to_owned();
            (uid(event).to_owned(), Millis(start.as_millisecond()), title)
        };
        self.shown(calendar).iter().map(event).collect()
    }

    fn fail(&self, mishap: Mishap) {
        let any = "/v1.0/me/calendars/";
        let fault = match mishap {
            // What is lost is the answer to a write: a question before it changes nothing.
            Mishap::Lost => json!({"on": "POST /v1.0/me/calendars/", "do": "lose_answer"}),
            Mishap::LostRead => json!({"on": "GET /v1.0/me/calendars/", "do": "lose_answer"}),
            Mishap::Silent => json!({"on": any, "do": "timeout"}),
            Mishap::Down => json!({"on": any, "do": "status", "status": 503}),
            Mishap::Limited(seconds) => json!({"on": any, "do": "rate_limit", "retry_after": seconds}),
        };
        self.post("faults", &fault);
    }

    fn revoke(&self) {
        self.post("revoke", &json!({"at_once": true}));
    }

    fn forget_increments(&self) {
        self.post("expire_deltas", &json!({}));
    }

    fn skew(&self, by: Millis) {
        self.server.control("PUT", "clock", &json!({"advance": by.0}));
    }
}
