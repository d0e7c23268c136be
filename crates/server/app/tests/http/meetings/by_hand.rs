//! Meetings that the team enters by hand.

use super::{HOUR, Office, TUESDAY_TEN};
use crate::mail::FROM;
use crate::support::{Knock, Reply, batch, identify};
use knock_testing::{MailServer, found};
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";
const KIM: &str = "kim@second.example";
const TUESDAY_TEN_MS: i64 = 1_780_387_200_000;

fn new_id(n: u64) -> String {
    format!("00000000-0000-4000-8000-{n:012x}")
}

/// A draft of a meeting on Tuesday at ten.
fn draft(n: u64, email: &str) -> Value {
    json!({"id": new_id(n), "email": email, "name": "Kim Roe", "start_at": TUESDAY_TEN_MS})
}

fn adds(office: &Office, draft: &Value) -> Reply {
    office.admin.ask(&office.knock, "POST", "/api/v1/meetings", draft)
}

/// The timeline of a contact.
fn timeline(office: &Office, email: &str) -> Value {
    let contact = office.contact(email)["contact"]["id"].as_str().expect("an id").to_owned();
    office.knock.get(&format!("/api/v1/timeline?contact={contact}"), &office.key).body
}

#[test]
fn an_unknown_address_becomes_a_contact_with_a_meeting() {
    let mail = MailServer::start();
    let url = mail.url();
    let office = Office::of(Knock::start_with(&[("KNOCK_SMTP_URL", &*url), ("KNOCK_SMTP_FROM", FROM)]));
    let added = adds(&office, &draft(1, KIM));
    assert_eq!((added.code, &added.body["added_by"]), (201, &json!("admin@localhost")), "{}", added.body);
    assert_eq!((&added.body["email"], &added.body["name"]), (&json!(KIM), &json!("Kim Roe")));
    assert_eq!((&added.body["link"], &added.body["zone"]), (&json!(""), &json!("Europe/Berlin")));
    let contact = office.contact(KIM);
    assert_eq!(contact["contact"]["display_name"], "Kim Roe");
    let known = &contact["meetings"];
    assert_eq!((&known["status"], &known["rule"]), (&json!("Meeting Booked"), &json!("MS-06")), "{known}");
    assert_eq!((&known["meeting_time"], &known["meeting_owner"]), (&json!(TUESDAY_TEN_MS), &json!("admin@localhost")));

    for to in [KIM, "admin@localhost"] {
        let booked = found(&format!("an invitation to {to}"), || {
            let is_it = |mail: &&knock_testing::Mail| mail.0["rcpt"] == json!([to]);
            mail.all().iter().find(is_it).cloned()
        });
        assert_eq!(booked.0["calendars"][0]["method"], "REQUEST", "{to}");
    }
    let page = timeline(&office, KIM);
    let is_booking = |entry: &&Value| entry["type"] == "meeting_booked";
    assert!(!page["entries"].as_array().expect("a list").iter().any(|entry| is_booking(&entry)), "{page}");
    let events = page["events"].as_array().expect("a list");
    let event = events.iter().find(|event| event["kind"] == "meeting_booked").unwrap_or_else(|| panic!("{page}"));
    assert_eq!((&event["by"], &event["meeting"]), (&json!("admin@localhost"), &added.body["id"]));
    let log = office.knock.get("/api/v1/audit?action=meeting.added", &office.key).body["entries"].clone();
    assert_eq!((log.as_array().map(Vec::len), &log[0]["after"]["start"]), (Some(1), &json!(TUESDAY_TEN_MS)), "{log}");
}

#[test]
fn a_meeting_with_a_known_lead_makes_no_signal() {
    let office = Office::open();
    let (site, now) = (office.knock.site(), office.knock.now());
    assert_eq!(office.knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, ANN)])).code, 202);
    let lead = office.contact(ANN)["contact"]["id"].clone();
    let before = timeline(&office, ANN)["entries"].clone();
    let bo = office.rep("bo");
    let mut asked = json!({"id": new_id(1), "lead": lead, "start_at": TUESDAY_TEN_MS, "duration_min": 45, "owner": bo});
    asked["title"] = "Call about {{company}}".into();
    asked["location"] = "https://meet.example/{{meeting}}".into();
    asked["zone"] = "America/New_York".into();
    let added = adds(&office, &asked);
    assert_eq!((added.code, &added.body["owner_name"]), (201, &json!("Bo")), "{}", added.body);
    assert_eq!((&added.body["email"], &added.body["name"]), (&json!(ANN), &json!("Ann Lee")));
    assert_eq!(
        (&added.body["title"], &added.body["zone"]),
        (&json!("Call about first.example"), &json!("America/New_York"))
    );
    assert_eq!(added.body["location"], json!(format!("https://meet.example/{}", new_id(1).replace('-', ""))));
    assert_eq!(added.body["end_at"], json!(TUESDAY_TEN_MS + 45 * 60_000));
    assert_eq!(timeline(&office, ANN)["entries"], before, "the lead did nothing");

    let given = office.admin.id_of(&office.knock, "admin@localhost");
    let path = format!("/api/v1/meetings/{}", new_id(1));
    let moved = office.admin.ask(&office.knock, "PATCH", &path, &json!({"owner": given}));
    assert_eq!((moved.code, &moved.body["title"]), (200, &json!("Call about first.example")), "its own title stays");
}

#[test]
fn a_repeated_request_enters_one_meeting() {
    let office = Office::open();
    let first = adds(&office, &draft(1, KIM));
    let again = adds(&office, &draft(1, KIM));
    assert_eq!((first.code, again.code), (201, 200), "{}", again.body);
    assert_eq!((office.meetings().len(), &again.body["id"]), (1, &first.body["id"]));
    office.knock.advance(24 * HOUR);
    assert_eq!(adds(&office, &draft(1, KIM)).code, 200, "also when its start has passed");
}

#[test]
fn a_meeting_in_knock_always_takes_its_time() {
    let office = Office::open();
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 201);
    let mut taken = draft(1, KIM);
    assert_eq!(adds(&office, &taken).code, 409);
    taken["despite_busy"] = true.into();
    assert_eq!(adds(&office, &taken).code, 409);
    assert_eq!(office.meetings().len(), 1);
    let contacts = office.knock.get(&format!("/api/v1/contacts?q={KIM}"), &office.key).body;
    assert_eq!(contacts["contacts"][0]["email"], KIM, "the address is known all the same: {contacts}");

    let later = TUESDAY_TEN_MS + 3_600_000;
    let added = adds(&office, &json!({"id": new_id(2), "email": KIM, "start_at": later}));
    assert_eq!(added.code, 201, "{}", added.body);
    let slots = office.starts("cat@third.example", "&from=2026-06-02&to=2026-06-03");
    assert!(!slots.iter().any(|slot| slot == "2026-06-02T09:00:00Z"), "no visitor is offered it: {slots:?}");
}

#[test]
fn what_cannot_be_entered_is_refused_with_its_field() {
    let office = Office::open();
    let refused = |change: Value| {
        let mut asked = draft(1, KIM);
        for (name, value) in change.as_object().expect("an object") {
            asked[name] = value.clone();
        }
        let reply = adds(&office, &asked);
        assert_eq!(reply.code, 422, "{change}: {}", reply.body);
        reply.body["errors"][0].clone()
    };
    let past = json!({"pointer": "/start_at", "reason": "is in the past: choose a time to come"});
    assert_eq!(refused(json!({"start_at": office.knock.now() - 60_000})), past);
    for (change, pointer) in [
        (json!({"id": "7"}), "/id"),
        (json!({"email": "kim"}), "/email"),
        (json!({"email": null}), "/email"),
        (json!({"lead": "0e000000-0000-4000-8000-000000000001"}), "/lead"),
        (json!({"duration_min": 4}), "/duration_min"),
        (json!({"zone": "Nowhere/Else"}), "/zone"),
        (json!({"title": "{{room}}"}), "/title"),
        (json!({"location": "x".repeat(501)}), "/location"),
        (json!({"owner": "0e000000-0000-4000-8000-000000000001"}), "/owner"),
    ] {
        assert_eq!(refused(change.clone())["pointer"], pointer, "{change}");
    }
    let by_key = office.knock.ask("POST", "/api/v1/meetings", &office.key, &draft(1, KIM));
    assert_eq!((by_key.code, &by_key.body["errors"][0]["pointer"]), (422, &json!("/owner")), "{}", by_key.body);
    assert_eq!(office.meetings(), [0; 0].map(Value::from));
    let mut named = draft(1, KIM);
    named["owner"] = office.admin.id_of(&office.knock, "admin@localhost").into();
    let by_key = office.knock.ask("POST", "/api/v1/meetings", &office.key, &named);
    assert_eq!((by_key.code, &by_key.body["added_by"]), (201, &json!("API key")), "{}", by_key.body);
}

#[test]
fn an_entered_meeting_survives_a_kill_and_a_rebuild() {
    let mut office = Office::open();
    assert_eq!(adds(&office, &draft(1, KIM)).code, 201);
    office.knock = office.knock.kill_and_restart();
    assert_eq!(adds(&office, &draft(1, KIM)).code, 200);
    let before = office.contact(KIM)["meetings"].clone();
    let rebuilt = office.knock.command(&["rebuild"]);
    let said = String::from_utf8(rebuilt.stdout).expect("text");
    assert!(rebuilt.status.success() && said.lines().all(|line| line.ends_with(" 0 changed")), "{said}");
    assert_eq!(office.contact(KIM)["meetings"], before);
    assert_eq!(office.meetings().len(), 1);
}
