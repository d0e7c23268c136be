//! A meeting is booked, moved or cancelled, and the server dies between any two steps of what follows: calendar, mails and
//! status agree afterwards, and nothing was done twice that anybody would see twice.

use crate::kill::is_whole;
use crate::seed::{Plan, plan};
use crate::server::{Place, Server, place_in, said, start, try_start};
use jiff::{SignedDuration, Timestamp};
use knock_store::Scratch;
use knock_testing::{CalendarServer, JSON, Mail, MailServer, found, id};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Monday, 2026-06-01: visitors come two weeks before they meet anybody.
const MONDAY: &str = "2026-06-01T12:00:00Z";
/// The first meeting; each round has a day of its own.
const FIRST: &str = "2026-06-15T08:00:00Z";
/// Longer than any claim holds.
const PAST_CLAIMS: i64 = 61_000;
const BETWEEN_ROUNDS: i64 = 30 * 60_000;
const REP: &str = "admin@localhost";

/// An action of a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Book,
    Move,
    Cancel,
}

/// The points at which servers are killed: before and after each of the three effects (a mail to the lead, one to the
/// rep, the event), and in or after each of the transactions around them. The first points of a server handle effects
/// that fell due while none was running.
fn faults() -> Vec<String> {
    let effects =
        ["die_before_delivery", "die_after_delivery"].map(|fault| (1..=3).map(move |n| format!("{fault}={n}")));
    let writes = ["die_before_commit", "die_after_sync"].map(|fault| (1..=8).map(move |n| format!("{fault}={n}")));
    effects.into_iter().flatten().chain(writes.into_iter().flatten()).collect()
}

/// Everybody around the server, who outlive it.
struct World {
    home: Scratch,
    place: Place,
    mail: MailServer,
    mail_url: String,
    calendar: CalendarServer,
    key: String,
}

impl World {
    /// A rep works all day, every day, in UTC, and has connected a calendar.
    fn begin() -> World {
        let home = Scratch::new();
        let (place, mail, calendar) = (place_in(&home), MailServer::start(), CalendarServer::start());
        let mail_url = mail.url();
        let mut world = World { home, place, mail, mail_url, calendar, key: String::new() };
        let server = world.start();
        assert_eq!(server.set_clock(&json!({"now": MONDAY})).code, 200);
        world.key = server.admin_key();
        let cookie = server.session();
        let send = |method: &'static str, path: &str, body: &Value| {
            let headers = [JSON, ("cookie", &*cookie), ("origin", &*server.url)];
            let reply = server.send(method, path, &headers, Some(body.to_string().as_bytes()));
            assert!(matches!(reply.code, 200 | 201), "{path}: {}", reply.body);
        };
        let mut hours = json!({"zone": "UTC"});
        for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            hours[day] = json!([["00:00", "24:00"]]);
        }
        send("PUT", "/api/v1/availability", &json!({"hours": hours}));
        send("PUT", "/api/v1/settings/meetings", &json!({"reminders_min": [], "horizon_days": 365}));
        let account = json!({"provider": "caldav", "url": world.calendar.url(), "user": CalendarServer::USER,
            "password": CalendarServer::PASSWORD, "events_in": world.calendar.calendar("work")});
        send("POST", "/api/v1/calendars", &account);
        server.stop();
        world
    }

    fn settings<'s>(&'s self, fault: &'s str) -> [(&'s str, &'s str); 3] {
        let from = "Acme <hello@acme.example>";
        [("KNOCK_SMTP_URL", &self.mail_url), ("KNOCK_SMTP_FROM", from), ("KNOCK_FAULTS", fault)]
    }

    /// A server without faults.
    fn start(&self) -> Server {
        start(&self.place, &self.settings(""))
    }

    /// A visitor does something while the server dies, another one goes on; whether the fault struck.
    fn round(&self, number: u64, action: Action, fault: &str) -> bool {
        let mut attempt = Attempt::new(number, action);
        if action != Action::Book {
            let calm = self.start();
            attempt.book(&calm);
            self.until_all_is_done(&calm);
            calm.stop();
        }
        let struck = match try_start(&self.place, &self.settings(fault)) {
            Ok(mut server) => {
                attempt.act(&server);
                let struck = self.is_gone_or_done(&server);
                server.kill_now();
                server.ended();
                struck
            }
            // Only the fault may end a server before it greets.
            Err(ended) => {
                assert!(ended.status.code().is_none(), "{ended:?}: {}", said(&self.place));
                true
            }
        };
        let server = self.start();
        while !attempt.is_answered {
            attempt.act(&server);
        }
        self.until_all_is_done(&server);
        self.check(&server, &attempt, fault);
        // So that the mails of all rounds stay within the budget of the rep.
        server.advance(BETWEEN_ROUNDS);
        server.stop();
        struck
    }

    /// Waits until the server has died, or has done all that there is to do; whether it died.
    fn is_gone_or_done(&self, server: &Server) -> bool {
        found("it has died, or all is done", || match self.open(server) {
            None => Some(true),
            Some(0) => Some(false),
            Some(_) => None,
        })
    }

    /// The number of undelivered effects; none when the server is gone.
    fn open(&self, server: &Server) -> Option<usize> {
        let bearer = format!("Bearer {}", self.key);
        let mails = server.try_send("GET", "/api/v1/mail?limit=200", &[("authorization", &bearer)], None)?;
        let mails =
            mails.body["mails"].as_array().expect("a list").iter().filter(|mail| mail["state"] != "delivered").count();
        let path = format!("/api/v1/members/{}/calendar", self.rep(server)?);
        let health = server.try_send("GET", &path, &[("authorization", &bearer)], None)?.body;
        assert_eq!(health["failed"].as_u64().unwrap_or(0), 0, "{health}");
        Some(mails + usize::try_from(health["waiting"].as_u64().unwrap_or(0)).expect("small"))
    }

    fn rep(&self, server: &Server) -> Option<String> {
        let bearer = format!("Bearer {}", self.key);
        let team = server.try_send("GET", "/api/v1/members", &[("authorization", &bearer)], None)?.body;
        let id = team["members"][0]["id"].as_str().unwrap_or_else(|| panic!("{team}"));
        Some(id.to_owned())
    }

    /// Waits until everything is delivered; what the dead server had claimed is free after a minute.
    fn until_all_is_done(&self, server: &Server) {
        server.advance(PAST_CLAIMS);
        found("all is delivered", || (self.open(server)? == 0).then_some(()));
    }

    /// The calendar, the mails, the meeting and Meeting Status say the same.
    fn check(&self, server: &Server, attempt: &Attempt, fault: &str) {
        let what = format!("{:?} in round {}, {fault}", attempt.action, attempt.number);
        let meetings = server.get("/api/v1/meetings?limit=200&sort=-start_at", &self.key).body["meetings"].clone();
        let own: Vec<&Value> =
            meetings.as_array().expect("a list").iter().filter(|meeting| meeting["email"] == *attempt.email).collect();
        assert_eq!(own.len(), 1, "{what}: {own:?}");
        let start = if attempt.action == Action::Move { attempt.later } else { attempt.start };
        let is_cancelled = attempt.action == Action::Cancel;
        let state = if is_cancelled { "cancelled" } else { "booked" };
        assert_eq!(
            (&own[0]["state"], own[0]["start_at"].as_i64()),
            (&json!(state), Some(start.as_millisecond())),
            "{what}"
        );

        let contact =
            server.get(&format!("/api/v1/contacts?q={}", attempt.email), &self.key).body["contacts"][0]["id"].clone();
        let contact = server.get(&format!("/api/v1/contacts/{}", contact.as_str().expect("an id")), &self.key).body;
        let (status, time) = (&contact["meetings"]["status"], contact["meetings"]["meeting_time"].as_i64());
        let expected = if is_cancelled { "Meeting Cancelled" } else { "Meeting Booked" };
        assert_eq!((status, time), (&json!(expected), Some(start.as_millisecond())), "{what}");

        let uid = format!("UID:{}@knock", own[0]["id"].as_str().expect("an id"));
        let events = self.calendar.events("work").into_iter().filter(|event| event.contains(&uid));
        let starts: Vec<String> = events.map(|event| line(&event, "DTSTART:")).collect();
        let expected = (!is_cancelled).then(|| start.strftime("%Y%m%dT%H%M%SZ").to_string());
        assert_eq!(starts, expected.into_iter().collect::<Vec<_>>(), "{what}: one event, or none");
        self.check_mails(attempt, start, &what);
    }

    /// Each change was mailed in one letter to the lead and one to the rep, the last one with the last time.
    fn check_mails(&self, attempt: &Attempt, start: Timestamp, what: &str) {
        let all = self.mail.all();
        let changes: &[(&str, i64)] = match attempt.action {
            Action::Book => &[("REQUEST", 0)],
            Action::Move => &[("REQUEST", 0), ("REQUEST", 1)],
            Action::Cancel => &[("REQUEST", 0), ("CANCEL", 1)],
        };
        let to_lead: Vec<&Mail> = all.iter().filter(|mail| mail.0["rcpt"] == json!([attempt.email])).collect();
        let mut seen = BTreeSet::new();
        let letters: Vec<&&Mail> = to_lead.iter().filter(|mail| seen.insert(mail.header("Message-ID"))).collect();
        let said: Vec<(&str, i64)> = letters
            .iter()
            .map(|mail| {
                let file = &mail.0["calendars"][0];
                (file["method"].as_str().expect("a text"), file["sequence"].as_i64().expect("a number"))
            })
            .collect();
        assert_eq!(said, changes, "{what}: in order, each in one letter");
        let last = letters.last().expect("one").0["calendars"][0]["start"].as_str().expect("an instant").to_owned();
        assert_eq!(last.parse::<Timestamp>().expect("an instant"), start, "{what}");
        // The rep has the event, and no file: their mail names the lead.
        let to_rep = all.iter().filter(|mail| mail.0["rcpt"] == json!([REP]));
        let of_lead = to_rep.filter(|mail| mail.part("text/plain").contains(&attempt.email));
        let ids: BTreeSet<&str> = of_lead.map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(ids.len(), changes.len(), "{what}: to the rep");
    }
}

/// A line of an event, without its name.
fn line(event: &str, name: &str) -> String {
    let found = event.lines().find_map(|line| line.strip_prefix(name));
    found.unwrap_or_else(|| panic!("no {name} {event}")).trim_end().to_owned()
}

/// A visitor who books, and may reschedule or cancel.
struct Attempt {
    number: u64,
    action: Action,
    email: String,
    start: Timestamp,
    later: Timestamp,
    token: String,
    is_answered: bool,
}

impl Attempt {
    fn new(number: u64, action: Action) -> Attempt {
        let first: Timestamp = FIRST.parse().expect("an instant");
        let start = first + SignedDuration::from_hours(24 * i64::try_from(number).expect("small"));
        let email = format!("lead{number}@firm{number}.example");
        let later = start + SignedDuration::from_hours(2);
        Attempt { number, action, email, start, later, token: String::new(), is_answered: false }
    }

    /// Asks for it, as often as it takes; each time the same request.
    fn act(&mut self, server: &Server) {
        let path = format!("/v1/bookings/{}", self.token);
        let reply = match self.action {
            Action::Book => self.try_book(server).map(|(code, _)| code),
            Action::Move => post(server, &format!("{path}/reschedule"), &json!({"start": self.later.to_string()})),
            Action::Cancel => post(server, &format!("{path}/cancel"), &json!({"reason": "no time"})),
        };
        // What was cancelled by a request whose answer was lost cannot be cancelled again.
        let is_good = |code: u16| code == 200 || code == 201 || (self.action == Action::Cancel && code == 410);
        assert!(reply.is_none_or(is_good), "{:?}: {reply:?}", self.action);
        self.is_answered = reply.is_some();
    }

    fn book(&mut self, server: &Server) {
        let (code, token) = self.try_book(server).expect("the server is there");
        assert_eq!(code, 201);
        self.token = token;
    }

    fn try_book(&self, server: &Server) -> Option<(u16, String)> {
        let visitor = id(1_780_000_000_000, self.number);
        let body = json!({"link": "meeting", "visitor": visitor, "session": visitor, "email": self.email, "name": "Ann Lee",
            "start": self.start.to_string(), "tz": "America/Vancouver"});
        let headers = [JSON, ("origin", &*server.url), ("idempotency-key", "one")];
        let reply = server.try_send("POST", "/v1/meetings", &headers, Some(body.to_string().as_bytes()))?;
        assert_eq!(reply.code, 201, "{}", reply.body);
        Some((reply.code, reply.text("token")))
    }
}

fn post(server: &Server, path: &str, body: &Value) -> Option<u16> {
    let headers = [JSON, ("origin", &*server.url)];
    server.try_send("POST", path, &headers, Some(body.to_string().as_bytes())).map(|reply| reply.code)
}

#[test]
fn calendar_mails_and_status_agree_whenever_the_server_dies() {
    let Plan { mut chance, is_long, .. } = plan("booking", 1);
    let world = World::begin();
    let (mut number, mut struck) = (0, 0);
    for fault in faults() {
        let actions = [Action::Book, Action::Move, Action::Cancel];
        // In the short round each effect meets all of them, each transaction one: who moves has no key that names the request.
        let actions = match &*fault {
            fault if is_long || fault.contains("delivery") => actions.to_vec(),
            fault if fault.contains("after_sync") => vec![Action::Move],
            _ => vec![actions[chance.usize(..3)]],
        };
        for action in actions {
            number += 1;
            struck += u64::from(world.round(number, action, &fault));
        }
    }
    is_whole(&world.place);
    println!("booking: {struck} of {number} servers died; {} mails were sent", world.mail.all().len());
    assert!(struck > number / 2, "most faults strike");
    drop(world.home);
}
