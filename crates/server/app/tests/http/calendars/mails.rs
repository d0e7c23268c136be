//! Mails about meetings: to the lead and to the owner, once each.

use super::{ANN, MINUTE, connects, patch, start};
use crate::mail::FROM;
use crate::meetings::{Office, TUESDAY_TEN};
use knock_testing::{CalendarServer, Mail, MailServer};
use serde_json::{Value, json};

fn office(mail: &MailServer) -> Office {
    Office::of(start(&[("KNOCK_SMTP_URL", &mail.url()), ("KNOCK_SMTP_FROM", FROM)]))
}

/// Waits for this number of mails; the last two: to the lead, to the rep.
fn pair(server: &MailServer, count: usize) -> [Mail; 2] {
    let mails = server.until(count);
    let to = |address: &str| {
        let rcpt = json!([address]);
        let found = mails[count - 2..].iter().find(|mail| mail.0["rcpt"] == rcpt);
        found.cloned().unwrap_or_else(|| panic!("none to {address}: {mails:?}"))
    };
    [to(ANN), to("admin@localhost")]
}

/// The method and the sequence of its calendar invite.
fn said(mail: &Mail) -> [Value; 2] {
    ["method", "sequence"].map(|name| mail.0["calendars"][0][name].clone())
}

#[test]
fn a_meeting_is_mailed_when_it_is_booked_moved_and_cancelled() {
    let mail = MailServer::start();
    let office = office(&mail);
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let id = booked.text("meeting");
    let [lead, rep] = pair(&mail, 2);
    assert!(lead.header("Subject").starts_with("Booked: "), "{}", lead.header("Subject"));
    assert_eq!(lead.header("Reply-To"), "", "no mail reaches the first admin's address");
    let text = lead.part("text/plain");
    assert!(text.contains("Tuesday, 2 June 2026, 1:00 AM to 1:30 AM (America/Vancouver, UTC-07:00)"), "{text}");
    assert!(text.contains(&format!("{}/m/{}", office.knock.url, booked.text("token"))), "{text}");
    assert!(rep.part("text/plain").contains("10:00 to 10:30 (Europe/Berlin, UTC+02:00)"));
    assert!(rep.part("text/plain").contains("Ann Lee <ann@first.example>"));
    let page = format!("Open the meeting in Knock: {}/app/meetings/{id}", office.knock.url);
    assert!(rep.part("text/plain").contains(&page), "{}", rep.part("text/plain"));
    assert_eq!([said(&lead), said(&rep)], [[json!("REQUEST"), json!(0)], [json!("REQUEST"), json!(0)]]);
    let link = format!("{}/m/{}", office.knock.url, booked.text("token"));
    for (mail, link) in [(&lead, &link), (&rep, &page)] {
        let file = &mail.0["calendars"][0];
        assert_eq!(file["organizer"], json!(["mailto:hello@acme.example"]), "{file}");
        assert_eq!(file["attendees"], json!(["mailto:ann@first.example"]), "{file}");
        assert!(file["description"].as_str().is_some_and(|text| text.ends_with(&**link)), "{file}");
        assert_eq!(file["alarms"], json!([-900.0]), "{file}");
    }

    patch(&office, &id, &json!({"start_at": 1_780_388_100_000_i64}));
    let [lead, rep] = pair(&mail, 4);
    let text = lead.part("text/plain");
    assert!(text.contains("It was planned for Tuesday, 2 June 2026, 1:00 AM."), "{text}");
    assert_eq!([said(&lead), said(&rep)], [[json!("REQUEST"), json!(1)], [json!("REQUEST"), json!(1)]]);

    patch(&office, &id, &json!({"cancel": "Bo is ill"}));
    let [lead, rep] = pair(&mail, 6);
    assert!(lead.part("text/plain").contains("Reason: Bo is ill") && !lead.part("text/plain").contains("/m/"));
    assert_eq!([said(&lead), said(&rep)], [[json!("CANCEL"), json!(2)], [json!("CANCEL"), json!(2)]]);
    assert!(rep.part("text/plain").contains("admin@localhost cancelled the meeting."), "{}", rep.part("text/plain"));
    let uids = [&lead, &rep].map(|mail| mail.0["calendars"][0]["uid"].clone());
    assert_eq!(uids, [json!(format!("{id}@knock")), json!(format!("{id}@knock"))]);
    for mail in [&lead, &rep] {
        let file = &mail.0["calendars"][0];
        assert_eq!((&file["alarms"], &file["description"]), (&json!([]), &json!("")), "nothing rings: {file}");
    }
    // The team sees the mails, but no address with a token.
    let listed = office.knock.get("/api/v1/mail", &office.key).body.to_string();
    assert!(listed.contains("/m/HIDDEN") && !listed.contains(&booked.text("token")), "{listed}");
}

#[test]
fn a_new_owner_gets_an_invitation_and_the_previous_one_a_cancellation() {
    let mail = MailServer::start();
    let office = office(&mail);
    let before = mail.all().len();
    let bo = office.rep("bo");
    // The invitation to join the team.
    let invited = mail.until(before + 1).len();
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    mail.until(invited + 2);
    patch(&office, &id, &json!({"owner": bo}));
    let mails = mail.until(invited + 5).split_off(invited + 2);
    let to = |address: &str| mails.iter().find(|mail| mail.0["rcpt"] == json!([address])).expect("a mail");
    let of = |address: &str| Some(said(to(address)));
    assert_eq!(of(ANN), Some([json!("REQUEST"), json!(1)]));
    assert_eq!(of("bo@us.example"), Some([json!("REQUEST"), json!(1)]));
    assert_eq!(of("admin@localhost"), Some([json!("CANCEL"), json!(1)]));
    for (address, subject, text) in [
        ("bo@us.example", "Assigned to you: ", "This meeting is yours now. It was with admin@localhost before."),
        ("admin@localhost", "Reassigned: ", "Your meeting was reassigned to Bo. You need not attend."),
        (ANN, "Changed: ", "Your meeting is now with Bo of "),
    ] {
        let mail = to(address);
        assert!(mail.header("Subject").starts_with(subject), "{}", mail.header("Subject"));
        assert!(mail.part("text/plain").contains(text), "{}", mail.part("text/plain"));
    }
}

#[test]
fn a_lead_is_reminded_once_and_who_has_the_event_gets_no_file() {
    let (mail, server) = (MailServer::start(), CalendarServer::start());
    let office = office(&mail);
    connects(&office, &server, &server.calendar("work"));
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let [lead, rep] = pair(&mail, 2);
    assert_eq!((lead.0["calendars"].as_array().map(Vec::len), &rep.0["calendars"]), (Some(2), &json!([])));
    // An hour before it begins.
    office.knock.set_clock(&json!({"now": "2026-06-02T07:00:01Z"}));
    let mails = mail.until(3);
    assert!(mails[2].header("Subject").starts_with("Reminder: "), "{}", mails[2].header("Subject"));
    assert_eq!((&mails[2].0["rcpt"], &mails[2].0["calendars"]), (&json!([ANN]), &json!([])));
    office.knock.advance(MINUTE);
    // Another mail would arrive before the next one: mails to one recipient arrive in order.
    patch(&office, &id, &json!({"cancel": ""}));
    let mails = mail.until(5);
    let reminders = mails.iter().filter(|mail| mail.header("Subject").starts_with("Reminder")).count();
    assert_eq!(reminders, 1);
}

#[test]
fn without_a_mail_server_nothing_is_written() {
    let office = Office::of(start(&[]));
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 201);
    assert_eq!(office.knock.get("/api/v1/mail", &office.key).body["mails"], json!([]));
}
