//! Title and location of a meeting follow its owner, with one room for its whole life.

use super::{Office, TUESDAY_TEN};
use crate::mail::FROM;
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::{CalendarServer, Mail, MailServer, found};
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";
const WEDNESDAY_TEN: i64 = 1_780_473_600_000;

/// An office whose invitations name the rep, and a room for each meeting.
fn office(mail: &MailServer) -> Office {
    let url = mail.url();
    let own =
        [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"), ("KNOCK_SMTP_URL", &*url), ("KNOCK_SMTP_FROM", FROM)];
    let office = Office::of(Knock::start_with(&own));
    let texts = json!({"title": "{{name}} and {{rep}}", "location": "https://meet.example/{{rep}}/{{meeting}}"});
    let reply = office.admin.ask(&office.knock, "PUT", "/api/v1/settings/meetings", &texts);
    assert_eq!(reply.code, 200, "{}", reply.body);
    office
}

/// A member with working hours: their browser and their id.
fn rep(office: &Office, name: &str) -> (Browser, String) {
    let email = format!("{name}@us.example");
    let browser = Browser::member(&office.knock, &office.admin, &email, Role::Rep);
    office.works(&browser);
    let id = office.admin.id_of(&office.knock, &email);
    (browser, id)
}

/// The last mail to an address whose subject has these words.
fn mailed(mail: &MailServer, to: &str, words: &str) -> Mail {
    found(&format!("a mail to {to} with {words}"), || {
        let is_it = |mail: &&Mail| mail.0["rcpt"] == json!([to]) && mail.header("Subject").contains(words);
        mail.all().iter().rfind(is_it).cloned()
    })
}

/// Lines as they were before they were folded (RFC 5545, 3.1).
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "").replace("\n ", "")
}

#[test]
fn a_reassigned_meeting_names_its_new_owner_in_the_same_room() {
    let (mail, server) = (MailServer::start(), CalendarServer::start());
    let office = office(&mail);
    let ((_, tom), (lena, lena_id)) = (rep(&office, "tom"), rep(&office, "lena"));
    let mut draft = json!({"provider": "caldav", "url": server.url(), "events_in": server.calendar("work")});
    draft["user"] = CalendarServer::USER.into();
    draft["password"] = CalendarServer::PASSWORD.into();
    let connected = lena.ask(&office.knock, "POST", "/api/v1/calendars", &draft);
    assert_eq!(connected.code, 201, "{}", connected.body);
    office.offers("single", &[tom]);
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let (id, token) = (booked.text("meeting"), booked.text("token"));
    let room = |rep: &str| format!("https://meet.example/{rep}/{}", id.replace('-', ""));
    let row = || office.meetings().swap_remove(0);
    assert_eq!((&row()["title"], &row()["location"]), (&json!("Ann Lee and Tom"), &json!(room("Tom"))));

    let change = |change: Value| {
        let reply = office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{id}"), &change);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    };
    let given = change(json!({"owner": lena_id}));
    assert_eq!((&given["title"], &given["location"]), (&json!("Ann Lee and Lena"), &json!(room("Lena"))));
    let path = format!("/v1/bookings/{token}");
    let page = office.knock.send("GET", &path, &[], None).body;
    assert_eq!((&page["title"], &page["location"]), (&json!("Ann Lee and Lena"), &json!(room("Lena"))));
    let file = office.knock.send("GET", &format!("{path}/invite.ics"), &[], None);
    let file = unfolded(file.body.as_str().expect("a text"));
    assert!(file.contains("SUMMARY:Ann Lee and Lena") && file.contains(&room("Lena")), "{file}");
    for to in [ANN, "lena@us.example"] {
        let mail = mailed(&mail, to, "Ann Lee and Lena");
        let text = mail.part("text/plain");
        assert!(text.contains(&room("Lena")) && !text.contains("meet.example/Tom"), "{to}: {text}");
    }
    assert_eq!(mailed(&mail, ANN, "Ann Lee and Lena").0["calendars"][0]["summary"], "Ann Lee and Lena");
    let event = found("it is in her calendar", || server.events("work").pop());
    let event = unfolded(&event);
    assert!(event.contains("SUMMARY:Ann Lee and Lena") && event.contains(&room("Lena")), "{event}");

    let moved = change(json!({"start_at": WEDNESDAY_TEN}));
    assert_eq!((&moved["title"], &moved["location"]), (&json!("Ann Lee and Lena"), &json!(room("Lena"))));
}

#[test]
fn a_handed_over_meeting_names_who_has_it_now() {
    let mail = MailServer::start();
    let office = office(&mail);
    let ((_, tom), (_, lena)) = (rep(&office, "tom"), rep(&office, "lena"));
    office.offers("single", std::slice::from_ref(&tom));
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let path = format!("/api/v1/members/{tom}?successor={lena}");
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &path, &Value::Null).code, 204);
    let row = office.meetings().swap_remove(0);
    let room = format!("https://meet.example/Lena/{}", id.replace('-', ""));
    assert_eq!((&row["title"], &row["location"]), (&json!("Ann Lee and Lena"), &json!(room)));
}

#[test]
fn the_standard_title_is_in_the_language_of_the_lead() {
    let mail = MailServer::start();
    let office = Office::of(Knock::start_with(&[("KNOCK_SMTP_URL", &mail.url()), ("KNOCK_SMTP_FROM", FROM)]));
    office.offers("single", &[rep(&office, "tom").1]);
    let mut asked = super::request(1, ANN, TUESDAY_TEN);
    asked["language"] = "es".into();
    let booked = office.post("/v1/meetings", &asked);
    assert_eq!((booked.code, &booked.body["title"]), (201, &json!("Ann Lee y Tom")), "{}", booked.body);
    mailed(&mail, ANN, "Ann Lee y Tom");
}

#[test]
fn a_text_changed_in_the_settings_counts_from_the_next_change_on() {
    let office = Office::open();
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let texts = json!({"title": "Demo for {{name}}"});
    assert_eq!(office.admin.ask(&office.knock, "PUT", "/api/v1/settings/meetings", &texts).code, 200);
    let title = || office.meetings().swap_remove(0)["title"].clone();
    assert_ne!(title(), "Demo for Ann Lee", "nothing of it was changed");
    let change = |change: Value| {
        let reply = office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{id}"), &change);
        assert_eq!(reply.code, 200, "{}", reply.body);
    };
    change(json!({"start_at": WEDNESDAY_TEN}));
    assert_eq!(title(), "Demo for Ann Lee");
    let texts = json!({"title": "Another"});
    assert_eq!(office.admin.ask(&office.knock, "PUT", "/api/v1/settings/meetings", &texts).code, 200);
    change(json!({"cancel": ""}));
    assert_eq!(title(), "Demo for Ann Lee", "a cancellation keeps the last text");
}
