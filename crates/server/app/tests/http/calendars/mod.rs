//! Calendars of members, with a real CalDAV server: connecting, reading, writing; and the mails about meetings.

mod apps;
mod both_ways;
mod busy;
mod by_hand;
mod cases;
mod conferences;
mod connect;
mod consent;
mod events;
mod failing;
mod instants;
mod kills;
mod mails;
mod push;
mod race;
mod reported;
mod scripted;
mod several;
mod vendors;

use crate::meetings::Office;
use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_testing::CalendarServer;
use serde_json::{Value, json};

const OWN: &str = "/api/v1/calendars";
const ANN: &str = "ann@first.example";
const MINUTE: i64 = 60_000;

/// A server that may connect to this machine.
fn start(more: &[(&str, &str)]) -> Knock {
    // All of a test's visitors have one address.
    let own = [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"), ("KNOCK_MEETINGS_BOOKINGS_PER_IP", "0")];
    Knock::start_with(&[&own[..], more].concat())
}

/// The draft of a connection: all calendars of the account are read.
fn draft(server: &CalendarServer, events_in: &str) -> Value {
    let mut draft = json!({"provider": "caldav", "url": server.url(), "events_in": events_in});
    draft["user"] = CalendarServer::USER.into();
    draft["password"] = CalendarServer::PASSWORD.into();
    draft
}

fn post(knock: &Knock, who: &Browser, draft: &Value) -> Reply {
    who.ask(knock, "POST", OWN, draft)
}

/// The path of a connected account.
fn path_of(account: &Value) -> String {
    format!("{OWN}/{}", account["id"].as_str().expect("an id"))
}

/// The health of the first account.
fn health(office: &Office) -> Value {
    office.admin.get(&office.knock, OWN).body["accounts"][0]["health"].clone()
}

/// Connects a calendar account of the first rep.
fn connects(office: &Office, server: &CalendarServer, events_in: &str) -> Value {
    let reply = post(&office.knock, &office.admin, &draft(server, events_in));
    assert_eq!((reply.code, &reply.body["health"]["problem"]), (201, &json!("")), "{}", reply.body);
    reply.body
}

fn patch(office: &Office, meeting: &str, change: &Value) {
    let reply = office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{meeting}"), change);
    assert_eq!(reply.code, 200, "{}", reply.body);
}
