//! What a rep changes in the calendar of a provider that says so by itself, and the channels of its messages.

use super::vendors::{Desk, Vendor, is_cancelled, row, starts};
use super::{ANN, MINUTE, OWN, health, path_of};
use knock_testing::{eventually, found};
use serde_json::{Value, json};

/// Tuesday at ten in Berlin, and at eleven.
const TEN: i64 = 1_780_387_200_000;
const ELEVEN: i64 = TEN + 60 * MINUTE;

#[test]
fn a_rep_moves_and_deletes_the_event_and_the_meeting_follows_once() {
    for vendor in Vendor::all() {
        let desk = Desk::open(vendor);
        desk.vendor.messages(false);
        let meeting = desk.books();
        assert_eq!(row(&desk.office, &meeting)["start_at"], TEN);
        desk.mailed("REQUEST", 0);

        desk.moves(&meeting, ELEVEN);
        starts(&desk.office, &meeting, ELEVEN);
        let mail = desk.mailed("REQUEST", 1);
        assert!(mail.part("text/plain").contains("It was planned for"), "{}", mail.part("text/plain"));
        desk.is_written(&meeting, 1);

        desk.deletes(&meeting);
        is_cancelled(&desk.office, &meeting);
        desk.mailed("CANCEL", 2);
        let to_lead = desk.mail.all().into_iter().filter(|mail| mail.0["rcpt"] == json!([ANN])).count();
        assert_eq!(to_lead, 3, "messages that came several times changed the meeting once");
        let log = desk.office.knock.get("/api/v1/audit?limit=200", &desk.office.key).body.to_string();
        assert!(log.contains(r#""in":"calendar""#), "{log}");
    }
}

#[test]
fn a_message_that_got_lost_is_made_up_for() {
    for vendor in Vendor::all() {
        let desk = Desk::open(vendor);
        let meeting = desk.books();
        desk.vendor.messages(true);
        desk.moves(&meeting, ELEVEN);
        desk.advance(11 * MINUTE);
        starts(&desk.office, &meeting, ELEVEN);
        desk.mailed("REQUEST", 1);
    }
}

#[test]
fn a_message_counts_by_its_secret_alone() {
    let [google, _] = Vendor::all();
    let desk = Desk::open(google);
    // That about the event of the booking, too: it may come after the move.
    desk.vendor.messages(true);
    let meeting = desk.books();
    desk.moves(&meeting, ELEVEN);
    let channel = desk.vendor.channels().remove(0);
    let text = |name: &str| channel[name].as_str().expect("a text").to_owned();
    let (id, token, resource) = (text("id"), text("token"), text("resource_id"));
    let post = |path: &str, token: &str| {
        let headers = [
            ("x-goog-channel-id", &*id),
            ("x-goog-channel-token", token),
            ("x-goog-message-number", "7"),
            ("x-goog-resource-id", &*resource),
            ("x-goog-resource-state", "exists"),
            ("x-goog-resource-uri", "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json"),
        ];
        desk.office.knock.send("POST", path, &headers, None).code
    };
    let path = format!("/hooks/google/calendars/{id}");
    assert_eq!(post(&path, "another"), 404);
    assert_eq!(post(&path, ""), 404);
    assert_eq!(post("/hooks/google/calendars/0123456789abcdef0123456789abcdef", &token), 404);
    assert_eq!(post(&format!("/hooks/microsoft/calendars/{id}"), &token), 404, "it is none of that provider");
    assert_eq!(row(&desk.office, &meeting)["start_at"], TEN);
    assert_eq!(post(&path, &token), 202);
    starts(&desk.office, &meeting, ELEVEN);
    let stored = desk.office.knock.select("SELECT channels FROM calendar_accounts").concat();
    assert!(stored.contains(&id) && !stored.contains(&token), "{stored}");
}

#[test]
fn the_address_of_a_channel_proves_itself_and_no_other_does() {
    let [_, microsoft] = Vendor::all();
    let desk = Desk::open(microsoft);
    let channel = desk.vendor.channels().remove(0);
    let url = channel["notificationUrl"].as_str().expect("an address").to_owned();
    let path = url.strip_prefix(&desk.office.knock.url).expect("this server");
    let post = |path: &str| {
        let path = format!("{path}?validationToken=Validation%3A%20%3Cb%3Ea%3C%2Fb%3E%20%2B1");
        desk.office.knock.send("POST", &path, &[], None)
    };
    let reply = post(path);
    assert_eq!((reply.code, reply.header("content-type")), (200, Some("text/plain")));
    assert_eq!(reply.body, json!("Validation: <b>a</b> +1"));
    assert_eq!(post("/hooks/microsoft/calendars/0123456789abcdef0123456789abcdef").code, 404);
}

#[test]
fn a_channel_is_renewed_before_its_end_and_closed_with_its_account() {
    for vendor in Vendor::all() {
        let desk = Desk::open(vendor);
        let until = |desk: &Desk| health(&desk.office)["pushed_until"].as_i64();
        let first = until(&desk).expect("it is open");
        let open = desk.vendor.channels().len();
        assert!(open > 0, "{:?}", desk.vendor.word());
        // Less than an hour before its end.
        desk.advance(first - desk.office.knock.now() - 50 * MINUTE);
        found("it is renewed", || until(&desk).filter(|until| *until > first));
        eventually("each calendar has one", || desk.vendor.channels().len() == open);

        let account = desk.office.admin.get(&desk.office.knock, OWN).body["accounts"][0].clone();
        let left = desk.office.admin.ask(&desk.office.knock, "DELETE", &path_of(&account), &Value::Null);
        assert_eq!(left.code, 204, "{}", left.body);
        assert_eq!(desk.vendor.channels(), Vec::<Value>::new(), "none is left behind");
    }
}

#[test]
fn a_calendar_that_is_no_longer_used_has_no_channel() {
    let [google, _] = Vendor::all();
    let desk = Desk::open(google);
    let account = desk.office.admin.get(&desk.office.knock, OWN).body["accounts"][0].clone();
    let change = json!({"reads": [], "events_in": ""});
    let changed = desk.office.admin.ask(&desk.office.knock, "PATCH", &path_of(&account), &change);
    assert_eq!(changed.code, 200, "{}", changed.body);
    eventually("its channel is closed", || desk.vendor.channels().is_empty());
    found("no message is waited for", || health(&desk.office)["pushed_until"].is_null().then_some(()));
}

#[test]
fn a_channel_whose_answer_was_lost_is_closed_and_another_one_opened() {
    let [google, _] = Vendor::all();
    let desk = Desk::open(google);
    let account = desk.office.admin.get(&desk.office.knock, OWN).body["accounts"][0].clone();
    let uses = |change: Value| {
        let changed = desk.office.admin.ask(&desk.office.knock, "PATCH", &path_of(&account), &change);
        assert_eq!(changed.code, 200, "{}", changed.body);
    };
    uses(json!({"reads": [], "events_in": ""}));
    eventually("its channel is closed", || desk.vendor.channels().is_empty());
    desk.vendor.control("POST", "faults", &json!({"on": "events.watch", "do": "lose_answer", "times": 1}));
    let calendar = &account["events_in"];
    uses(json!({"reads": [calendar], "events_in": calendar}));
    let lost = found("a channel is open there", || desk.vendor.channels().pop());
    let resource = lost["resource_id"].as_str().expect("a text");
    found("its first message says what it is of", || {
        let stored = desk.office.knock.select("SELECT channels FROM calendar_accounts").concat();
        stored.contains(resource).then_some(())
    });
    assert_eq!(health(&desk.office)["pushed_until"], Value::Null);
    // It is tried again ten minutes after the failure, which may be noted late.
    found("another one is open", || {
        desk.advance(MINUTE);
        health(&desk.office)["pushed_until"].as_i64()
    });
    eventually("the lost one is closed", || {
        desk.advance(MINUTE);
        let open = desk.vendor.channels();
        open.len() == 1 && open[0]["id"] != lost["id"]
    });
}

#[test]
fn a_lead_who_declines_as_a_guest_is_shown() {
    let [google, _] = Vendor::all();
    let desk = Desk::open(google);
    let meeting = desk.books();
    let id = desk.event(&meeting).expect("the event")["id"].clone();
    let guests = |response: &str| {
        let event = json!({"attendees": [{"email": ANN, "responseStatus": response}]});
        desk.vendor.control("PATCH", "events", &json!({"id": id, "event": event}));
    };
    // An event is asked for every two minutes at most, however many messages come.
    let is_declined = || {
        desk.advance(MINUTE / 6);
        row(&desk.office, &meeting)["is_declined"] == true
    };
    guests("declined");
    eventually("they declined", is_declined);
    guests("accepted");
    eventually("they come", || !is_declined());
    assert_eq!(row(&desk.office, &meeting)["start_at"], TEN);
}
