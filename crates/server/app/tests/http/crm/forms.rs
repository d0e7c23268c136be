//! Leads by form in HubSpot: created by the choice for them, with their owner; at night, and after a restart.

use super::{Office, SECOND, SETTINGS};
use crate::members::Browser;
use crate::support::{identify, signal};
use knock_model::Role;
use knock_testing::{now, visitor_id};
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const EVE: &str = "eve@second.example";
const CEM: &str = "cem@third.example";
const BO: &str = "bo@us.example";
const HOUR: i64 = 3_600_000;

impl Office {
    /// An office in which leads by form become contacts, and go to the admin.
    fn for_forms() -> Office {
        let office = Office::synced();
        office.turn_on(&json!({"other_sources": true, "create_contact": "form"}));
        office.gives_to(&json!({"rep": office.member("admin@localhost")}));
        office
    }

    fn member(&self, email: &str) -> String {
        Browser::admin(&self.knock).id_of(&self.knock, email)
    }

    fn gives_to(&self, assign: &Value) {
        let rule = json!({"name": "Chats", "funnel": "chat", "segments": [], "fallback": {"assign": assign}});
        let reply = self.ask("PUT", "/api/v1/rules/default_chat", &rule);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    /// Sends the form "Book a demo" of a visitor.
    pub(super) fn sends_form(&self, visitor: u64, email: &str) {
        let now = self.knock.now();
        let mut form = signal(now, 20 * visitor, "form_submit", "/book-a-demo");
        (form["form"], form["fields"]) = (json!("Book a demo"), json!(["email"]));
        let sent = [form, identify(now, 20 * visitor + 1, email)];
        assert_eq!(self.site.visitor(visitor).sends(&self.knock, &sent).code, 202);
    }

    /// The path of the conversation of a lead by form.
    pub(super) fn conversation(&self, email: &str) -> String {
        let page = self.knock.get("/api/v1/conversations?view=open", &self.key).body;
        let all = page["conversations"].as_array().expect("a list");
        let of_lead = all.iter().find(|row| row["contact"]["email"] == json!(email));
        let id = of_lead.unwrap_or_else(|| panic!("no line: {page}"))["id"].as_str().expect("an id").to_owned();
        format!("/api/v1/conversations/{id}")
    }

    /// A property of a lead's contact; null without a contact.
    fn property(&self, email: &str, name: &str) -> Value {
        self.settle();
        self.contact(email).map(|contact| contact[name].clone()).unwrap_or_default()
    }
}

#[test]
fn a_lead_by_form_is_created_by_the_choice_for_forms_and_the_second_switch() {
    let office = Office::for_forms();
    assert_eq!(office.settings()["create_contact"], "form");
    office.turn_on(&json!({"create_contact": "first_message"}));
    office.sends_form(1, ANN);
    office.settle();
    assert_eq!(office.contact(ANN), None, "from the first message on");
    office.turn_on(&json!({"create_contact": "form", "other_sources": false}));
    office.hubspot.control("DELETE", "calls", &Value::Null);
    office.sends_form(2, EVE);
    office.settle();
    let calls = office.hubspot.control("GET", "calls", &Value::Null).to_string();
    assert!(!calls.contains(EVE), "not even looked up: {calls}");

    office.turn_on(&json!({"other_sources": true}));
    office.sends_form(3, CEM);
    office.sends_form(4, "joe@mailinator.com");
    assert_eq!(office.property(CEM, "knock_rep_owner"), "admin@localhost");
    let contact = office.contact(CEM).expect("a contact");
    assert!(contact["knock_intent_score"].is_string() && contact["knock_chat_status"].is_null(), "{contact}");
    assert_eq!(office.contact("joe@mailinator.com"), None, "of a throw-away address");
    assert_eq!(office.contact(ANN), None, "nothing has happened since");
    // Forms of a few seconds are one.
    office.knock.advance(10 * SECOND);
    office.sends_form(1, ANN);
    assert_eq!(office.property(ANN, "knock_rep_owner"), "admin@localhost");
}

#[test]
fn spam_and_leads_outside_the_accept_list_are_not_created_by_a_form() {
    let office = Office::for_forms();
    office.sends_form(1, EVE);
    let path = format!("{}/actions", office.conversation(EVE));
    assert_eq!(office.ask("POST", &path, &json!("mark_spam")).code, 204);
    office.settle();
    assert_eq!(office.contact(EVE), None);
    office.turn_on(&json!({"accept": ["support"]}));
    office.sends_form(2, ANN);
    office.settle();
    assert_eq!((office.contact(ANN), office.written()), (None, Vec::new()));
}

#[test]
fn the_owner_of_a_lead_by_form_is_on_a_contact_that_was_there_and_follows_a_reassignment() {
    let office = Office::for_forms();
    Browser::member(&office.knock, &Browser::admin(&office.knock), BO, Role::Rep);
    office.turn_on(&json!({"create_contact": "first_message"}));
    office.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": {"email": ANN}}));
    office.sends_form(1, ANN);
    assert_eq!(office.property(ANN, "knock_rep_owner"), "admin@localhost");
    let path = format!("{}/assign", office.conversation(ANN));
    let reply = office.ask("POST", &path, &json!({"to": office.member(BO)}));
    assert!(reply.code < 300, "{}", reply.body);
    assert_eq!(office.property(ANN, "knock_rep_owner"), BO);
    assert_eq!(office.log(ANN)[0]["properties"], json!({"knock_rep_owner": BO}));
}

#[test]
fn a_lead_by_form_at_night_is_created_at_once_and_gets_the_first_at_work_as_owner() {
    let office = Office::for_forms();
    assert_eq!(office.knock.set_clock(&json!({"now": "2030-01-07T20:00:00Z"})).code, 200);
    office.hubspot.control("PUT", "clock", &json!({"advance": office.knock.now() - now().0}));
    let bo = Browser::member(&office.knock, &Browser::admin(&office.knock), BO, Role::Rep);
    let hours = crate::office::hours(&[("09:00", "17:00")]);
    assert_eq!(bo.ask(&office.knock, "PUT", "/api/v1/availability", &hours).code, 200);
    office.gives_to(&json!({"pool": [office.member(BO)]}));
    office.sends_form(1, ANN);
    assert_eq!(office.property(ANN, "knock_rep_owner"), "AI Agent");
    office.knock.advance(14 * HOUR);
    assert_eq!(office.property(ANN, "knock_rep_owner"), BO);
}

#[test]
fn a_lead_by_form_that_waits_for_its_write_survives_a_restart() {
    let mut office = Office::for_forms();
    let pauses = |office: &Office, is_paused: bool| {
        let reply = office.ask("POST", &format!("{SETTINGS}/pause"), &json!({"is_paused": is_paused}));
        assert!(reply.code < 300, "{}", reply.body);
    };
    pauses(&office, true);
    office.sends_form(1, ANN);
    office.knock.advance(SECOND);
    assert_eq!((&office.health()["backlog"], office.contact(ANN)), (&json!(1), None));
    office = office.restarted();
    assert_eq!(office.health()["backlog"], json!(1));
    pauses(&office, false);
    assert_eq!(office.property(ANN, "knock_rep_owner"), "admin@localhost");
    assert_eq!(office.written().len(), 1);
}

#[test]
fn who_qualifies_for_a_meeting_and_goes_is_created_by_the_choice_for_forms() {
    let office = Office::for_forms();
    office.turn_on(&json!({"other_sources": false, "create_contact": "form"}));
    let browser = visitor_id(1);
    let opening = json!({"link": "meeting", "visitor": browser, "session": browser});
    assert_eq!(office.knock.post("/v1/meetings/open", &opening).code, 201);
    let given = json!({"link": "meeting", "visitor": browser, "email": CEM});
    assert_eq!(office.knock.post("/v1/meetings/email", &given).body["verdict"], "ok");
    assert_eq!(office.property(CEM, "knock_meeting_status"), Value::Null, "they are about to book");
    let left = json!({"link": "meeting", "visitor": browser, "what": "abandoned"});
    assert_eq!(office.knock.post("/v1/meetings/activity", &left).code, 204);
    assert_eq!(office.property(CEM, "knock_meeting_status"), "Qualified but Not Booked");
}
