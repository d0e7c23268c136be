//! First bookings by an address are confirmed by a link in a mail, where the settings require it.

use super::{MONDAY, Office, TUESDAY_TEN, browser, request};
use crate::mail::{mails, start, start_with};
use crate::support::{Knock, Reply};
use knock_testing::MailServer;
use serde_json::{Value, json};

const SETTINGS: &str = "/api/v1/settings/meetings";
const ANN: &str = "ann@first.example";
const HALF_AN_HOUR: i64 = 1_800_000;

/// A workspace that confirms first bookings.
fn office(server: &MailServer) -> Office {
    confirming(start(server))
}

fn confirming(knock: Knock) -> Office {
    let office = Office::of(knock);
    let saved = office.admin.ask(&office.knock, "PUT", SETTINGS, &json!({"confirm_first_bookings": true}));
    assert_eq!((saved.code, &saved.body["confirm_first_bookings"]), (200, &json!(true)), "{}", saved.body);
    office
}

impl Office {
    /// Books by a request that may be repeated.
    fn repeats(&self, key: &str, body: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("idempotency-key", key), ("origin", &*self.knock.url)];
        self.knock.send("POST", "/v1/meetings", &headers, Some(body.to_string().as_bytes()))
    }

    fn looks(&self, path: &str) -> (u16, String) {
        let page = self.knock.send("GET", path, &[("accept-language", "en")], None);
        (page.code, page.body.as_str().unwrap_or_default().to_owned())
    }

    /// Presses the button of the page.
    fn confirms(&self, path: &str) -> Reply {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.knock.send("POST", path, &headers, Some(b""))
    }

    /// Whether all reps are free at this time for another visitor.
    fn is_free(&self, start: &str) -> bool {
        self.starts("zoe@other.example", "&from=2026-06-02&to=2026-06-03").iter().any(|free| free == start)
    }
}

/// The path of the link in the last of so many mails.
fn link(office: &Office, server: &MailServer, mails: usize) -> String {
    let mail = &server.until(mails)[mails - 1];
    assert_eq!(mail.0["rcpt"], json!([ANN]));
    let text = mail.part("text/plain");
    let link = text.split_whitespace().find(|word| word.contains("/m/confirm/")).expect("a link");
    assert!(mail.part("text/html").contains("/m/confirm/"));
    link.strip_prefix(&office.knock.url).expect("a page of ours").to_owned()
}

/// The path to which a response leads.
fn leads_to(reply: &Reply) -> String {
    assert_eq!(reply.code, 303, "{}", reply.body);
    reply.header("location").expect("an address").to_owned()
}

#[test]
fn a_first_booking_is_booked_by_its_link_once() {
    let server = MailServer::start();
    let office = office(&server);
    let asked = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!((asked.code, asked.text("email").as_str()), (202, ANN), "{}", asked.body);
    assert_eq!([asked.text("start"), asked.text("end")], [TUESDAY_TEN, "2026-06-02T08:30:00Z"]);
    assert!(asked.text("expires_at").starts_with("2026-06-01T12:30:"), "{}", asked.body);
    let path = link(&office, &server, 1);
    assert_eq!(office.meetings(), Vec::<Value>::new());
    assert_eq!(mails(&office.knock, &office.key).len(), 1, "none to a rep");
    let before = office.contact(ANN);
    assert_eq!(
        (&before["meetings"]["status"], &before["trust"]),
        (&json!("New"), &json!("claimed")),
        "by the e-mail step"
    );

    let (code, page) = office.looks(&path);
    assert_eq!(code, 200, "{page}");
    // 08:00 UTC in Vancouver.
    for said in ["Confirm the meeting", ANN, "Tuesday, 2 June 2026, 1:00 AM to 1:30 AM (America/Vancouver"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(office.meetings(), Vec::<Value>::new(), "a scanner opens the link and books nothing");

    let meeting = leads_to(&office.confirms(&path));
    let booked = office.meetings();
    assert_eq!((booked.len(), &booked[0]["email"], &booked[0]["state"]), (1, &json!(ANN), &json!("booked")));
    assert_eq!(office.looks(&meeting).0, 200);
    let shown = office.knock.send("GET", &meeting.replace("/m/", "/v1/bookings/"), &[], None);
    assert_eq!((shown.code, shown.text("start").as_str()), (200, TUESDAY_TEN), "{}", shown.body);
    assert_eq!(server.until(3).len(), 3, "the invitations of the lead and of the rep");

    assert_eq!(office.contact(ANN)["trust"], "verified", "by the owner of the mailbox");

    assert_eq!(leads_to(&office.confirms(&path)), meeting, "again");
    assert_eq!(leads_to(&office.knock.send("GET", &path, &[], None)), meeting);
    assert_eq!(office.meetings().len(), 1);
    assert_eq!(server.all().len(), 3);
}

#[test]
fn without_the_setting_or_without_mail_everything_is_booked_at_once() {
    let server = MailServer::start();
    let unset = Office::of(start(&server));
    assert_eq!(unset.admin.get(&unset.knock, SETTINGS).body["confirm_first_bookings"], false);
    assert_eq!(unset.books(1, ANN, TUESDAY_TEN).code, 201);
    let unmailed = confirming(Knock::start());
    assert_eq!(unmailed.books(1, ANN, TUESDAY_TEN).code, 201);
    assert_eq!(unmailed.meetings().len(), 1);
}

#[test]
fn an_address_that_has_booked_and_a_browser_that_has_proven_it_book_at_once() {
    let server = MailServer::start();
    let office = office(&server);
    let starts = office.starts(ANN, "&from=2026-06-02&to=2026-06-03");
    let made = office.admin.ask(&office.knock, "POST", "/api/v1/links/meeting/addresses", &json!({"emails": [ANN]}));
    let token = made.body["addresses"][0]["url"].as_str().and_then(|url| url.split_once("?c=")).expect("a token").1;
    let start = json!({"link": "meeting", "visitor": browser(1), "session": browser(1), "contact": token});
    assert_eq!(office.post("/v1/meetings/open", &start).code, 201);
    assert_eq!(office.books(1, "bo@first.example", &starts[0]).code, 202, "another address than the proven one");
    assert_eq!(office.books(2, ANN, &starts[1]).code, 202, "another browser");
    assert_eq!(office.books(1, ANN, &starts[2]).code, 201, "proven");
    assert_eq!(office.books(3, ANN, &starts[3]).code, 201, "known by its meeting");
}

#[test]
fn the_slot_is_held_for_half_an_hour_and_then_the_page_says_so() {
    let server = MailServer::start();
    let office = office(&server);
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 202);
    let path = link(&office, &server, 1);
    office.knock.advance(HALF_AN_HOUR - 60_000);
    assert!(!office.is_free(TUESDAY_TEN), "longer than a slot that is looked at");
    assert_eq!(office.books(2, "zoe@other.example", TUESDAY_TEN).code, 409);
    office.knock.advance(60_000);
    assert!(office.is_free(TUESDAY_TEN));
    for (code, page) in [office.looks(&path), (410, office.confirms(&path).body.as_str().unwrap_or_default().into())] {
        assert_eq!(code, 410, "{page}");
        assert!(page.contains("This link is no longer valid") && page.contains("href=\"/l/meeting\""), "{page}");
    }
    assert_eq!(office.meetings(), Vec::<Value>::new());
    // The row is gone with the hold, and the link is still one of ours.
    assert_eq!(office.holds(3, "zoe@other.example", TUESDAY_TEN).code, 201);
    assert_eq!(office.confirms(&path).code, 410);
}

#[test]
fn a_slot_that_can_no_longer_be_booked_is_not_and_the_page_says_so() {
    let server = MailServer::start();
    let office = office(&server);
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 202);
    let path = link(&office, &server, 1);
    let away = office.admin.ask(&office.knock, "PUT", "/api/v1/availability", &json!({}));
    assert_eq!(away.code, 200, "{}", away.body);
    let refused = office.confirms(&path);
    let page = refused.body.as_str().unwrap_or_default();
    assert_eq!(refused.code, 409, "{page}");
    assert!(page.contains("can no longer be booked") && page.contains("href=\"/l/meeting\""), "{page}");
    assert_eq!(office.meetings(), Vec::<Value>::new());
}

#[test]
fn a_repeated_request_mails_once_and_leads_to_the_meeting_after_its_confirmation() {
    let server = MailServer::start();
    let settings = [("KNOCK_MEETINGS_BOOKINGS_PER_IP", "1")];
    let office = confirming(start_with(&server, &settings));
    let body = request(1, ANN, TUESDAY_TEN);
    let first = office.repeats("a", &body);
    let again = office.repeats("a", &body);
    assert_eq!((first.code, again.code, &first.body), (202, 202, &again.body), "it counts as one booking");
    assert_eq!(office.repeats("b", &request(1, ANN, "2026-06-02T09:00:00Z")).code, 429);
    let path = link(&office, &server, 1);
    leads_to(&office.confirms(&path));
    server.until(3);
    let booked = office.repeats("a", &body);
    assert_eq!((booked.code, &booked.body["email"]), (201, &json!(ANN)), "{}", booked.body);
    assert_eq!((office.meetings().len(), server.all().len()), (1, 3));
}

#[test]
fn another_time_takes_the_place_of_the_first_one() {
    let server = MailServer::start();
    let office = office(&server);
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 202);
    let first = link(&office, &server, 1);
    assert_eq!(office.books(1, ANN, "2026-06-02T09:00:00Z").code, 202);
    let second = link(&office, &server, 2);
    assert!(office.is_free(TUESDAY_TEN));
    assert_eq!(office.confirms(&first).code, 410);
    leads_to(&office.confirms(&second));
    assert_eq!(office.meetings().len(), 1);
}

#[test]
fn a_link_outlives_a_restart_and_an_erased_person_has_none() {
    let server = MailServer::start();
    let office = office(&server);
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 202);
    let path = link(&office, &server, 1);
    let office = Office { knock: office.knock.kill_and_restart(), ..office };
    assert_eq!(office.knock.set_clock(&json!({"now": MONDAY})).code, 200);
    assert_eq!(office.looks(&path).0, 200);
    let lead = office.contact(ANN)["contact"]["id"].clone();
    let erased = office.admin.ask(&office.knock, "POST", "/api/v1/persons/erase", &json!({"contact": lead}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    assert_eq!(office.confirms(&path).code, 410);
    assert!(office.is_free(TUESDAY_TEN));
    assert_eq!(office.meetings(), Vec::<Value>::new());
}

#[test]
fn a_wrong_link_is_none_and_so_is_that_of_a_meeting() {
    let server = MailServer::start();
    let office = office(&server);
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 202);
    let path = link(&office, &server, 1);
    let meeting = leads_to(&office.confirms(&path));
    let before = office.knock.metric("knock_wrong_secrets_total");
    let wrong = [meeting.replace("/m/", "/m/confirm/"), "/m/confirm/x".into()];
    for wrong in &wrong {
        assert_eq!((office.looks(wrong).0, office.confirms(wrong).code), (404, 404), "{wrong}");
    }
    assert!(office.knock.metric("knock_wrong_secrets_total") >= before + 4.0, "they count as guesses");
}

#[test]
fn where_no_more_mail_may_be_sent_a_first_booking_is_refused() {
    let server = MailServer::start();
    let office = office(&server);
    let starts = office.starts(ANN, "&from=2026-06-02&to=2026-06-03");
    for (visitor, start) in (1..).zip(&starts[..6]) {
        assert_eq!(office.books(visitor, ANN, start).code, 202);
    }
    server.until(6);
    let refused = office.books(7, ANN, &starts[6]);
    assert_eq!((refused.code, &refused.body["type"]), (422, &json!("urn:knock:problem:too-many-mails")));
    assert!(refused.text("detail").contains("try again later"), "{}", refused.body);
    assert!(office.is_free(&starts[6]));
    assert_eq!(office.books(8, "zoe@other.example", &starts[6]).code, 202, "others are not concerned");
}
