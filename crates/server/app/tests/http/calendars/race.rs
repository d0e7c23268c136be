//! Many bookings of one slot at once: the successful one has one event and one mail.

use super::{connects, start};
use crate::mail::FROM;
use crate::meetings::Office;
use crate::meetings::race::{codes, race};
use knock_testing::{CalendarServer, MailServer, found};
use serde_json::{Value, json};

#[test]
fn of_fifty_at_one_slot_one_event_and_one_mail_come() {
    let (mail, calendar) = (MailServer::start(), CalendarServer::start());
    let office = Office::of(start(&[("KNOCK_SMTP_URL", &mail.url()), ("KNOCK_SMTP_FROM", FROM)]));
    connects(&office, &calendar, &calendar.calendar("work"));
    let replies = race(&office, 1..51);
    assert_eq!((codes(&replies, 201), codes(&replies, 409)), (1, 49));
    let meetings = office.meetings();
    assert_eq!(meetings.len(), 1);
    let (id, email) = (meetings[0]["id"].as_str().expect("an id"), &meetings[0]["email"]);

    found("the mail to the lead", || mail.all().into_iter().find(|mail| mail.0["rcpt"] == json!([email])));
    let events = found("the event", || Some(calendar.events("work")).filter(|events| !events.is_empty()));
    assert_eq!(events.iter().filter(|event| event.contains(&format!("UID:{id}@knock"))).count(), 1);
    assert_eq!(events.len(), 1, "{events:?}");
    // Mails are stored with the booking, so that none can follow.
    let listed = office.knock.get("/api/v1/mail", &office.key).body["mails"].clone();
    let to: Vec<&Value> = listed.as_array().expect("a list").iter().map(|mail| &mail["to"]).collect();
    assert_eq!(to.iter().filter(|address| **address == email).count(), 1, "{listed}");
    assert!(to.iter().all(|address| *address == email || **address == json!("admin@localhost")), "{listed}");
}
