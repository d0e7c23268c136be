//! Texts of strangers are clean wherever they come in, so that whatever they hold, mail leaves.

use crate::mail::{start, until_ended};
use crate::meetings::{Office, TUESDAY_TEN, request};
use crate::support::{batch, identify, signal};
use knock_testing::MailServer;
use serde_json::{Value, json};

const LEE: &str = "lee@lead.example";

fn office(server: &MailServer) -> Office {
    Office::of(start(server))
}

fn named(visitor: u64, email: &str, name: &str) -> Value {
    let mut booking = request(visitor, email, TUESDAY_TEN);
    booking["name"] = json!(name);
    booking
}

/// Checks that a sign-in link still leaves, after this number of mails.
fn mail_goes_on(office: &Office, server: &MailServer, before: usize) {
    let body = json!({"email": "admin@localhost"}).to_string();
    let headers = [("content-type", "application/json"), ("origin", office.knock.url.as_str())];
    let asked = office.knock.send("POST", "/api/v1/session/link", &headers, Some(body.as_bytes()));
    assert_eq!(asked.code, 202, "{}", asked.body);
    assert_eq!(server.until(before + 1)[before].0["rcpt"], json!(["admin@localhost"]));
}

#[test]
fn a_line_break_in_the_name_of_a_booking_stops_no_mail() {
    let server = MailServer::start();
    let office = office(&server);
    let booked = office.post("/v1/meetings", &named(1, LEE, "Lee\r\nX\u{202e}\u{7}"));
    assert_eq!(booked.code, 201, "{}", booked.body);
    let mails = server.until(2);
    assert_eq!(office.contact(LEE)["contact"]["name"], "Lee X");
    let to_lead = mails.iter().find(|mail| mail.0["rcpt"] == json!([LEE])).expect("a mail to the lead");
    assert!(to_lead.header("To").starts_with("Lee X <"), "{}", to_lead.header("To"));
    assert!(mails.iter().any(|mail| mail.header("Reply-To").starts_with("Lee X <")), "the rep answers them");
    mail_goes_on(&office, &server, 2);
}

#[test]
fn a_line_break_in_the_name_of_the_e_mail_step_stops_no_mail() {
    let server = MailServer::start();
    let office = office(&server);
    let mut given = named(1, LEE, "Lee\nX");
    for surplus in ["start", "tz"] {
        given.as_object_mut().expect("an object").remove(surplus);
    }
    let reply = office.post("/v1/meetings/email", &given);
    assert_eq!(reply.code, 200, "{}", reply.body);
    assert_eq!(office.contact(LEE)["contact"]["name"], "Lee X");
    mail_goes_on(&office, &server, 0);
}

#[test]
fn a_name_stored_by_an_earlier_version_stops_no_mail() {
    let server = MailServer::start();
    let office = office(&server);
    let booked = office.post("/v1/meetings", &named(1, LEE, "Lee Y"));
    assert_eq!(booked.code, 201, "{}", booked.body);
    server.until(2);
    office.knock.execute(r"UPDATE meetings SET details = REPLACE(details, 'Lee Y', 'Lee\nX')");
    office.knock.execute("UPDATE leads SET name = 'Lee\nX'");
    let path = format!("/v1/bookings/{}/cancel", booked.text("token"));
    assert_eq!(office.post(&path, &json!({"reason": "ill\u{0}\u{202e}\r\nsorry"})).code, 200);
    let mails = server.until(4);
    assert!(mails.iter().any(|mail| mail.header("To").starts_with("Lee X <")), "of the stored name");
    assert_eq!(office.contact(LEE)["contact"]["name"], "Lee X");
    assert_eq!(office.meetings()[0]["reason"], "ill\nsorry");
    mail_goes_on(&office, &server, 4);
}

#[test]
fn a_name_is_no_advertisement() {
    let server = MailServer::start();
    let office = office(&server);
    let booked = office.post("/v1/meetings", &named(1, LEE, "You won! https://evil.example/prize"));
    assert_eq!(booked.code, 201, "{}", booked.body);
    let other = office.post("/v1/meetings", &{
        let mut booking = named(2, "kim@second.example", "www.evil.example");
        booking["start"] = json!("2026-06-02T09:00:00Z");
        booking
    });
    assert_eq!(other.code, 201, "{}", other.body);
    for mail in server.until(4) {
        let told = format!("{}{}{}", mail.header("Subject"), mail.header("To"), mail.part("text/plain"));
        assert!(!told.contains("evil.example"), "{told}");
    }
    assert!(until_ended(&office.knock, &office.key).iter().all(|mail| mail["state"] == "delivered"));
}

#[test]
fn secrets_in_properties_and_cards_in_texts_are_not_stored() {
    let office = Office::open();
    let now = office.knock.now();
    let mut said = identify(now, 1, LEE);
    said["props"]["password"] = json!("SESAME");
    said["props"]["plan"] = json!({"tier": "gold", "api_key": ["SESAME"], "note": "card 4111 1111 1111 1111"});
    let mut clicked = signal(now, 2, "click", "/checkout");
    clicked["text"] = json!("Pay with 4111-1111-1111-1111");
    clicked["title"] = json!("Card 4111111111111111, order 202606010000123");
    let reply = office.knock.post_signals(&batch(&office.knock.site(), 1, now, &[said, clicked]));
    assert_eq!(reply.body["accepted"], 2, "{}", reply.body);
    let stored = office.knock.select("SELECT detail FROM signals").join("\n");
    assert!(!stored.contains("SESAME") && !stored.contains("1111"), "{stored}");
    assert!(
        stored.contains("gold") && stored.contains("Pay with ***") && stored.contains("202606010000123"),
        "{stored}"
    );
}
