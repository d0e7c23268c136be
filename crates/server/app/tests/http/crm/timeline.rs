//! Timelines in HubSpot: the activity of leads as notes, and their meetings.

use super::golden::Life;
use super::{Office, SETTINGS};
use crate::support::signal;
use knock_testing::found;
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const MINUTE: i64 = 60_000;
const WEDNESDAY_AND_THURSDAY: [&str; 2] = ["1780473600000", "1780574400000"];

impl Office {
    fn records(&self, object: &str) -> Vec<Value> {
        let records = self.hubspot.control("GET", &format!("records/{object}"), &Value::Null);
        records.as_array().into_iter().flatten().map(|record| record["properties"].clone()).collect()
    }

    fn noted(&self) -> Vec<String> {
        let body = |note: Value| note["hs_note_body"].as_str().unwrap_or_default().to_owned();
        self.records("notes").into_iter().map(body).collect()
    }

    /// Whether there is this number of notes, and no delivery of one is pending.
    fn is_recorded(&self, notes: usize) -> bool {
        let waiting = self.knock.select("SELECT number FROM outbox WHERE effect = 'crm.note' AND settled_at IS NULL");
        self.noted().len() == notes && waiting.is_empty()
    }

    /// Sends three page views of Ann.
    fn looks(&self, first: u64, path: &str) {
        let now = self.knock.now();
        let pages: Vec<Value> = (first..first + 3).map(|n| signal(now, n, "page_view", path)).collect();
        assert_eq!(self.site.visitor(1).sends(&self.knock, &pages).code, 202);
    }

    /// Advances the clock by seconds until the condition holds.
    fn soon(&self, what: &str, is_so: impl Fn() -> bool) {
        found(what, || {
            self.knock.advance(1_000);
            is_so().then_some(())
        });
    }

    /// The number of records of a type in the timeline of another record.
    fn in_timeline(&self, of: &str, id: &str, object: &str) -> usize {
        let path = format!("/crm/v4/objects/{of}/{id}/associations/{object}");
        self.hubspot.ask("GET", &path, &Value::Null)["results"].as_array().map_or(0, Vec::len)
    }

    fn first_contact(&self) -> String {
        let contacts = self.hubspot.control("GET", "records/contacts", &Value::Null);
        contacts[0]["id"].as_str().expect("an id").to_owned()
    }
}

#[test]
fn what_a_lead_did_is_one_note_an_hour_on_the_contact_and_the_company() {
    let office = Office::synced();
    office.turn_on(&json!({"timeline": true}));
    office.is_known(1, ANN);
    office.looks(10, "/pricing?plan=big");
    let chat = office.site.visitor(1).opens_chat(&office.knock);
    assert_eq!(chat.write(&office.knock, 1, "We need a quote for secret things").code, 201);
    office.soon("there is a note", || office.is_recorded(1));
    let note = office.noted().remove(0);
    for words in ["Knock: 3 page views on the website", "Pricing: 3", "/demo/pricing"] {
        assert!(note.contains(words), "{words}: {note}");
    }
    assert!(!note.contains("plan=big") && !note.contains("secret"), "{note}");
    let company = json!({"object": "companies", "properties": {"name": "Acme"}});
    let company = office.hubspot.control("POST", "records", &company)["id"].as_str().expect("an id").to_owned();
    let contact = office.first_contact();
    office.hubspot.control("POST", &format!("records/contacts/{contact}"), &json!({"associatedcompanyid": company}));
    // The activity within the next hour is in one note after it.
    office.looks(20, "/docs");
    office.knock.advance(10 * MINUTE);
    office.looks(30, "/jobs");
    office.knock.advance(40 * MINUTE);
    office.settle();
    assert_eq!(office.noted().len(), 1);
    office.knock.advance(10 * MINUTE);
    office.soon("there is another note", || office.is_recorded(2));
    let later = office.noted().into_iter().find(|one| one.contains("/demo/docs")).expect("the later one");
    assert!(later.contains("/demo/jobs") && !later.contains("/demo/pricing"), "{later}");
    assert_eq!(
        (office.in_timeline("contacts", &contact, "notes"), office.in_timeline("companies", &company, "notes")),
        (2, 1)
    );
    office.knock.advance(120 * MINUTE);
    office.settle();
    assert_eq!(office.noted().len(), 2, "without signals there is no note");
}

#[test]
fn a_chat_is_no_activity_on_the_website() {
    let office = Office::synced();
    office.turn_on(&json!({"timeline": true}));
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(chat.write(&office.knock, 2, "For 40 people").code, 201);
    office.knock.advance(61 * MINUTE);
    office.soon("nothing waits", || office.is_recorded(0));
    let now = office.knock.now();
    let mut form = signal(now, 50, "form_submit", "/contact");
    form["form"] = json!("Contact us");
    let sent = [signal(now, 51, "click", "/docs"), form, signal(now, 52, "form_start", "/contact")];
    assert_eq!(office.site.visitor(1).sends(&office.knock, &sent).code, 202);
    office.soon("there is a note", || office.is_recorded(1));
    let note = office.noted().remove(0);
    assert!(note.contains("Knock: 1 click, 1 form sent on the website"), "{note}");
}

#[test]
fn a_note_whose_answer_is_lost_is_there_once() {
    let mut office = Office::synced();
    office.turn_on(&json!({"timeline": true}));
    office.hubspot.control("POST", "faults", &json!({"on": "notes/batch/upsert", "do": "lose_answer"}));
    office.writes(1, ANN, "We need a quote");
    office.looks(10, "/pricing");
    office.soon("the note is sent", || office.noted().len() == 1);
    office = office.restarted();
    office.knock.advance(2 * MINUTE);
    office.soon("it is recorded", || office.is_recorded(1));
    assert_eq!((office.noted().len(), &office.health()["failures"]), (1, &json!([])));
}

#[test]
fn without_the_settings_there_are_no_notes_and_no_meetings() {
    let mut life = Life::begin();
    life.clicks();
    life.writes();
    life.books();
    life.office.settle();
    life.office.knock.advance(90 * MINUTE);
    life.office.settle();
    assert_eq!((life.office.records("notes").len(), life.office.records("meetings").len()), (0, 0));
}

#[test]
fn a_meeting_is_one_record_that_is_moved_and_cancelled() {
    let mut life = Life::begin();
    life.office.turn_on(&json!({"meetings": true}));
    let owner = life.office.hubspot.control("POST", "owners", &json!({"email": "admin@localhost"}))["id"].clone();
    life.clicks();
    // The booking creates the contact, together with the meeting.
    life.books();
    life.office.soon("the meeting is there", || life.office.records("meetings").len() == 1);
    let meeting = life.office.records("meetings").remove(0);
    let expected = [("hs_meeting_outcome", json!("SCHEDULED")), ("hubspot_owner_id", owner)];
    expected.iter().for_each(|(name, value)| assert_eq!(&meeting[*name], value, "{meeting}"));
    assert_eq!(meeting["hs_meeting_start_time"], WEDNESDAY_AND_THURSDAY[0]);
    assert!(meeting["hs_meeting_title"].as_str().is_some_and(|title| !title.is_empty()), "{meeting}");
    let office = &life.office;
    office.soon("it is on the contact", || office.in_timeline("contacts", &office.first_contact(), "meetings") == 1);
    life.moves();
    let start = |office: &Office| office.records("meetings")[0]["hs_meeting_start_time"].clone();
    life.office.soon("it is moved", || start(&life.office) == WEDNESDAY_AND_THURSDAY[1]);
    life.cancels();
    let outcome = |office: &Office| office.records("meetings")[0]["hs_meeting_outcome"].clone();
    life.office.soon("it is cancelled", || outcome(&life.office) == "CANCELED");
    assert_eq!(life.office.records("meetings").len(), 1);
}

#[test]
fn a_meeting_is_completed_once_a_member_says_so() {
    let mut life = Life::begin();
    life.office.turn_on(&json!({"meetings": true}));
    life.clicks();
    life.books();
    let office = &life.office;
    office.soon("the meeting is there", || office.records("meetings").len() == 1);
    let id = office.ask("GET", "/api/v1/meetings", &Value::Null).body["meetings"][0]["id"].clone();
    let path = format!("/api/v1/meetings/{}", id.as_str().expect("an id"));
    // An hour after it began.
    office.knock.advance(1_780_477_200_000 - office.knock.now());
    let outcome = || office.records("meetings")[0]["hs_meeting_outcome"].clone();
    assert_eq!(outcome(), "SCHEDULED", "that it is over says nothing");
    for (change, expected) in [(json!({"took_place": true}), "COMPLETED"), (json!({"no_show": true}), "NO_SHOW")] {
        let changed = office.ask("PATCH", &path, &change);
        assert_eq!(changed.code, 200, "{}", changed.body);
        office.soon("its outcome is there", || outcome() == expected);
    }
}

#[test]
fn a_note_that_is_refused_is_shown_and_tried_again() {
    let office = Office::synced();
    office.turn_on(&json!({"timeline": true}));
    office.hubspot.control("POST", "faults", &json!({"on": "notes/batch/upsert", "do": "status", "status": 409}));
    office.writes(1, ANN, "We need a quote");
    office.looks(10, "/pricing");
    office.soon("it is shown", || office.health()["parked"] == 1);
    assert_eq!(office.health()["failures"][0]["lead"], json!(office.contact_id(ANN)));
    let sent = office.ask("POST", &format!("{SETTINGS}/retry"), &json!({}));
    assert_eq!((sent.code, &sent.body["sent"]), (200, &json!(1)), "{}", sent.body);
    office.soon("it is there", || office.noted().len() == 1);
    assert_eq!(office.health()["parked"], 0);
}
