//! The verdicts of the meeting rules for an address (RF-09..RF-11, MS-03, MS-04).

use super::{Office, TUESDAY_TEN, browser};
use crate::support::Reply;
use serde_json::{Value, json};

#[test]
fn a_fake_or_throw_away_address_is_spam_and_a_human_can_say_no() {
    let office = Office::open();
    for (visitor, email) in [(1, "test@test.com"), (2, "joe@mailinator.com")] {
        assert_eq!(office.opens(visitor).code, 201);
        let said = office.gives(visitor, email).body;
        assert_eq!((&said["verdict"], &said["reason"]), (&json!("spam"), &json!("Spam")), "{email}");
        let booked = office.books(visitor, email, TUESDAY_TEN);
        assert_eq!((booked.code, booked.text("type")), (403, "urn:knock:problem:booking-spam".into()));
    }
    let spam = office.knock.get("/api/v1/meeting-leads?status=Spam", &office.key).body;
    let leads = spam["leads"].as_array().expect("a list");
    let refused: Vec<_> = leads.iter().map(|lead| lead["refused_email"].clone()).collect();
    assert_eq!(refused, ["joe@mailinator.com", "test@test.com"]);
    let contacts = office.knock.get("/api/v1/contacts", &office.key).body;
    assert_eq!(contacts["contacts"], json!([]), "they are in no list (MS-08)");

    let id = leads[0]["lead"].as_str().expect("an id");
    let record = office.knock.get(&format!("/api/v1/contacts/{id}"), &office.key);
    assert_eq!((record.code, &record.body["meetings"]["status"]), (200, &json!("Spam")), "a list leads to it");
    let path = format!("/api/v1/meeting-leads/{id}/not-spam");
    assert_eq!(office.admin.ask(&office.knock, "POST", &path, &json!({})).code, 204);
    assert_eq!(office.admin.ask(&office.knock, "POST", &path, &json!({})).code, 404, "once");
    let new = office.knock.get("/api/v1/meeting-leads?status=New", &office.key).body;
    assert_eq!(new["leads"][0]["lead"], json!(id));
}

/// Sends the request of an address or of a booking, with the visitor's word that the address is right.
fn insists(office: &Office, path: &str, mut body: Value) -> Reply {
    body["email_is_right"] = json!(true);
    office.post(path, &body)
}

#[test]
fn not_spam_holds_for_the_next_requests_of_the_lead_and_of_the_address() {
    let office = Office::open();
    let email = "joe@mailinator.com";
    assert_eq!((office.opens(1).code, office.gives(1, email).body["verdict"].clone()), (201, json!("spam")));
    assert_eq!(office.starts(email, ""), Vec::<String>::new());
    let spam = || office.knock.get("/api/v1/meeting-leads?status=Spam", &office.key).body["leads"].clone();
    let id = spam()[0]["lead"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/meeting-leads/{id}/not-spam");
    assert_eq!(office.admin.ask(&office.knock, "POST", &path, &json!({})).code, 204);

    let of_browser = format!("&visitor={}", browser(1));
    assert!(office.starts(email, &of_browser).contains(&TUESDAY_TEN.to_owned()), "in the same browser");
    assert_eq!(office.gives(1, email).body["verdict"], "ok");
    assert_eq!(office.holds(1, email, TUESDAY_TEN).code, 201);
    let booked = office.books(1, email, TUESDAY_TEN);
    assert_eq!((booked.code, spam()), (201, json!([])), "{}", booked.body);
    assert_eq!(office.contact(email)["meetings"]["status"], "Meeting Booked");

    assert_eq!(office.opens(2).code, 201);
    assert_eq!(office.gives(2, email).body["verdict"], "ok", "the address is that of a contact who is no spam");
    assert_eq!(office.opens(3).code, 201);
    assert_eq!(office.gives(3, "eve@mailinator.com").body["verdict"], "spam", "for no one else");
}

#[test]
fn not_spam_holds_for_the_address_in_every_browser_before_anything_is_booked() {
    let office = Office::open();
    let email = "joe@mailinator.com";
    assert_eq!((office.opens(1).code, office.gives(1, email).body["verdict"].clone()), (201, json!("spam")));
    let spam = office.knock.get("/api/v1/meeting-leads?status=Spam", &office.key).body;
    let id = spam["leads"][0]["lead"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/meeting-leads/{id}/not-spam");
    assert_eq!(office.admin.ask(&office.knock, "POST", &path, &json!({})).code, 204);
    assert_eq!(office.contact(email)["contact"]["id"], json!(id), "the address is the lead's");

    assert_eq!((office.opens(2).code, office.gives(2, email).body["verdict"].clone()), (201, json!("ok")));
    assert_eq!(
        (office.opens(3).code, office.gives(3, "eve@mailinator.com").body["verdict"].clone()),
        (201, json!("spam"))
    );
}

#[test]
fn addresses_of_listed_domains_are_never_spam() {
    let office = Office::open();
    let save = |domains: Value| {
        office.admin.ask(&office.knock, "PUT", "/api/v1/settings/meetings", &json!({"never_spam": domains}))
    };
    let saved = save(json!(["", " Mailinator.com ", "@mailinator.com"]));
    assert_eq!((saved.code, &saved.body["never_spam"]), (200, &json!(["mailinator.com"])), "{}", saved.body);
    let refused = save(json!(["no domain"]));
    assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/never_spam")));
    assert_eq!(office.opens(1).code, 201);
    for (email, verdict) in
        [("joe@mailinator.com", "ok"), ("joe@x.mailinator.com", "ok"), ("joe@notmailinator.com", "spam")]
    {
        assert_eq!(office.gives(1, email).body["verdict"], verdict, "{email}");
    }
}

#[test]
fn an_address_whose_mail_no_person_reads_is_refused_with_the_reason() {
    let office = Office::open();
    assert_eq!(office.opens(1).code, 201);
    for email in ["12345+ann@users.noreply.github.com", "no-reply@acme.example"] {
        let refused = office.gives(1, email);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/email")), "{email}");
    }
    assert_eq!(office.gives(1, "x7k@privaterelay.appleid.com").body["verdict"], "ok");
}

#[test]
fn a_mistyped_address_is_asked_back_before_anything_is_recorded_and_is_never_spam() {
    let office = Office::open();
    let (typed, meant) = ("joe@gmial.com", "joe@gmail.com");
    assert_eq!(office.opens(1).code, 201);
    for asked in [office.gives(1, typed), office.holds(1, typed, TUESDAY_TEN), office.books(1, typed, TUESDAY_TEN)] {
        assert_eq!((asked.code, asked.text("type")), (422, "urn:knock:problem:did-you-mean".into()));
        assert_eq!((&asked.body["errors"][0]["pointer"], asked.text("suggestion")), (&json!("/email"), meant.into()));
    }
    assert_eq!(office.meetings(), Vec::<Value>::new());
    let contacts = office.knock.get("/api/v1/contacts", &office.key).body;
    let addresses: Vec<&Value> =
        contacts["contacts"].as_array().expect("a list").iter().map(|one| &one["email"]).collect();
    assert!(addresses.iter().all(|address| **address == ""), "neither address is recorded: {addresses:?}");

    let address = json!({"link": "meeting", "visitor": browser(1), "session": browser(1), "email": typed});
    assert_eq!(insists(&office, "/v1/meetings/email", address).body["verdict"], "ok");
    let booked = insists(&office, "/v1/meetings", super::request(1, typed, TUESDAY_TEN));
    assert_eq!((booked.code, booked.text("email")), (201, typed.into()), "{}", booked.body);
    let spam = office.knock.get("/api/v1/meeting-leads?status=Spam", &office.key).body;
    assert_eq!(spam["leads"], json!([]));
    let record = office.contact(typed);
    assert_eq!(
        (&record["meetings"]["status"], &record["contact"]["account"]),
        (&json!("Meeting Booked"), &json!(null))
    );

    assert_eq!(office.opens(2).code, 201);
    assert_eq!(office.gives(2, meant).body["verdict"], "ok", "the address that was meant is not doubted");
}

#[test]
fn the_opened_booking_says_whether_mails_are_sent() {
    let office = Office::open();
    assert_eq!(office.opens(1).body["is_mailed"], json!(false), "mail is not set up");
}

#[test]
fn a_private_address_is_unqualified_where_the_rule_says_so_and_one_of_a_company_after_it_is_not() {
    let office = Office::open();
    let admin = office.admin.id_of(&office.knock, "admin@localhost");
    let fallback = json!({"assign": {"calendar": "single", "reps": [admin]}});
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "reject_private_email": true, "segments": [],
        "fallback": fallback}));
    assert_eq!(office.opens(1).code, 201);
    let said = office.gives(1, "ann@gmail.com").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unqualified"), &json!("private email")));
    let known = office.contact("ann@gmail.com")["meetings"].clone();
    assert_eq!((&known["status"], &known["reject_reason"]), (&json!("Unqualified"), &json!("private email")));
    assert_eq!(office.starts("ann@gmail.com", ""), Vec::<String>::new());

    assert_eq!(office.gives(1, "ann@first.example").body["verdict"], "ok");
    let known = office.contact("ann@first.example")["meetings"].clone();
    assert_eq!((&known["status"], &known["reject_reason"]), (&json!("New"), &json!(null)), "{known}");
}

#[test]
fn a_segment_disqualifies_and_without_a_calendar_a_lead_stays_qualified() {
    let office = Office::open();
    let away = office.rep("bo");
    let fallback = json!({"assign": {"calendar": "single", "reps": [away]}});
    let when = json!({"field": "email", "op": "ends_with", "value": "@rival.example"});
    let segments = json!([{"id": "rivals", "name": "Rivals", "enabled": true, "when": when, "disqualify": true}]);
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": segments, "fallback": fallback}));
    let said = office.gives(1, "joe@rival.example").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unqualified"), &json!("routing")), "{said}");

    let path = format!("/api/v1/members/{away}/availability");
    assert_eq!(office.admin.ask(&office.knock, "PUT", &path, &json!({"state": "away"})).code, 200);
    let said = office.gives(2, "cat@second.example").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unbookable"), &json!("no_calendar")), "{said}");
    let known = office.contact("cat@second.example")["meetings"].clone();
    assert_eq!(known["status"], "New", "never Unqualified");
}

#[test]
fn what_is_wrong_is_named() {
    let office = Office::open();
    let base = super::request(1, "ann@first.example", TUESDAY_TEN);
    for (field, value, pointer) in [
        ("email", json!("no-address"), "/email"),
        ("start", json!("tomorrow"), "/start"),
        ("tz", json!("Mars/Olympus"), "/tz"),
        ("name", json!("x".repeat(201)), "/name"),
    ] {
        let mut body = base.clone();
        body[field] = value;
        let reply = office.post("/v1/meetings", &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
    let mut nowhere = base;
    nowhere["link"] = json!("no-such-link");
    assert_eq!(office.post("/v1/meetings", &nowhere).code, 404);
    assert_eq!(office.meetings(), Vec::<Value>::new());
}
