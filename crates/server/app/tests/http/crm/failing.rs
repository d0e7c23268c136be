//! HubSpot is slow, down, rate limits, or refuses: no write is lost, no older one overwrites a newer one.

use super::{Office, SETTINGS, TOKEN};
use knock_testing::found;
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const BO: &str = "bo@acme.example";
const HOUR: i64 = 3_600_000;
/// Longer than the claim of an attempt, in ms.
const CLAIM: i64 = 61_000;

impl Office {
    fn fail(&self, fault: &Value) {
        let mut fault = fault.clone();
        fault["on"] = json!("/batch/up");
        self.hubspot.control("POST", "faults", &fault);
    }

    /// Waits until health reports a failed write.
    fn failure(&self) -> Value {
        self.knock.advance(super::SECOND);
        found("a failure is shown", || {
            let health = self.health();
            health["failures"].get(0).filter(|failure| !failure["words"].as_str().unwrap_or("").is_empty()).cloned()
        })
    }

    /// Advances the clock until all is written.
    pub(super) fn in_time(&self) {
        found("all is written", || {
            let (health, now) = (self.health(), self.knock.now());
            let failures = health["failures"].as_array().expect("a list").iter();
            let next =
                failures.filter(|failure| failure["is_parked"] == false).filter_map(|one| one["at"].as_i64()).min();
            if let Some(next) = next.filter(|next| *next > now) {
                self.knock.advance(next - now);
            }
            (health["backlog"] == 0).then_some(())
        });
    }
}

#[test]
fn whatever_goes_wrong_for_a_while_the_contact_is_right_in_the_end() {
    let office = Office::synced();
    let faults = [
        json!({"do": "rate_limit", "policy": "TEN_SECONDLY_ROLLING", "retry_after": 1, "times": 2}),
        json!({"do": "rate_limit", "policy": "DAILY", "times": 1}),
        json!({"do": "status", "status": 503, "times": 2}),
        json!({"do": "lose_answer", "times": 2}),
        json!({"do": "partial", "ids": [], "category": "INTERNAL_ERROR", "message": "try later", "times": 2}),
    ];
    for (number, mut fault) in (1..).zip(faults) {
        // A lead of its own, whose contact is not there yet.
        let email = format!("lead{number}@acme.example");
        if fault["do"] == "partial" {
            fault["ids"] = json!([email]);
        }
        office.fail(&fault);
        let chat = office.writes(number, &email, "We need a quote");
        office.knock.advance(super::SECOND);
        office.in_time();
        assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
        office.in_time();
        let contact = office.contact(&email).unwrap_or_else(|| panic!("{fault}"));
        assert_eq!(contact["knock_chat_status"], "Rejected", "{fault}: {contact}");
        let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
        assert_eq!(contacts.as_array().map(Vec::len), usize::try_from(number).ok(), "{fault}");
        office.hubspot.control("DELETE", "faults", &Value::Null);
        let health = office.health();
        assert_eq!((&health["parked"], &health["problem"]), (&json!(0), &json!("")), "{fault}: {health}");
    }
}

#[test]
fn an_outage_is_shown_in_hubspots_words_and_passes() {
    let office = Office::synced();
    office.hubspot.control("PUT", "outage", &json!({"on": true, "status": 502}));
    let chat = office.writes(1, ANN, "We need a quote");
    let failure = office.failure();
    assert_eq!(failure["is_parked"], false, "{failure}");
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.knock.advance(HOUR);
    office.hubspot.control("PUT", "outage", &json!({"on": false}));
    office.in_time();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "Rejected");
    assert_eq!(office.health()["failures"], json!([]));
}

#[test]
fn a_token_that_is_not_accepted_is_a_problem_until_there_is_another() {
    let office = Office::synced();
    office.hubspot.control("PUT", "outage", &json!({"on": true, "status": 401}));
    office.writes(1, ANN, "We need a quote");
    let failure = office.failure();
    assert_eq!(failure["is_parked"], false, "{failure}");
    assert_ne!(office.health()["problem"], "");
    office.hubspot.control("PUT", "outage", &json!({"on": false}));
    let reply = office.ask("POST", &format!("{SETTINGS}/connect"), &json!({"token": TOKEN}));
    assert_eq!(reply.code, 200, "{}", reply.body);
    assert_eq!(office.health()["problem"], "");
    // Its next attempt was due in five minutes; it is made now, without a move of the clock.
    office.in_time();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "AI Discovery");
}

#[test]
fn a_deleted_property_parks_the_write_until_the_mapping_is_mended() {
    let office = Office::synced();
    office.add_property("own_status");
    office.hubspot.ask("DELETE", "/crm/v3/properties/contacts/knock_chat_status", &Value::Null);
    office.writes(1, ANN, "We need a quote");
    let failure = office.failure();
    assert_eq!(failure["is_parked"], true, "{failure}");
    let words = failure["words"].as_str().expect("words");
    assert!(words.starts_with("Chat Status (knock_chat_status): "), "the field and its property are named: {failure}");
    assert_eq!(failure["lead"], json!(office.contact_id(ANN)));
    // The other writes go on once the mapping has a property for the field.
    let mut mapping = office.settings()["mapping"].clone();
    mapping["contact"]["Chat Status"] = json!("own_status");
    office.turn_on(&json!({"mapping": mapping}));
    let sent = office.ask("POST", &format!("{SETTINGS}/retry"), &json!({}));
    assert_eq!((sent.code, &sent.body["sent"]), (200, &json!(1)), "{}", sent.body);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["own_status"], "AI Discovery");
    assert_eq!(office.health()["parked"], 0);
}

#[test]
fn one_wrong_record_harms_no_other() {
    let office = Office::synced();
    office.fail(&json!({"do": "partial", "ids": [BO], "category": "VALIDATION_ERROR", "message": "No such thing"}));
    office.writes(1, BO, "We need a quote");
    office.failure();
    office.writes(2, ANN, "We need a quote");
    office.settle();
    assert!(office.contact(ANN).is_some());
    let health = office.health();
    assert_eq!((&health["parked"], health["failures"][0]["words"].as_str()), (&json!(1), Some("No such thing")));
}

#[test]
fn while_it_is_paused_nothing_is_written_and_nothing_is_lost() {
    let office = Office::synced();
    let pause = |is_paused: bool| office.ask("POST", &format!("{SETTINGS}/pause"), &json!({"is_paused": is_paused}));
    assert_eq!(pause(true).body["is_paused"], true);
    office.writes(1, ANN, "We need a quote");
    office.knock.advance(HOUR);
    assert_eq!((office.written().len(), &office.health()["backlog"]), (0, &json!(1)));
    assert_eq!(pause(false).code, 200);
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "Rep Reply Needed");
}

#[test]
fn changes_while_it_is_disconnected_are_written_once_it_is_connected_again() {
    let office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(office.ask("DELETE", &SETTINGS, &Value::Null).code, 204);
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.knock.advance(HOUR);
    let contact = office.contact(ANN).expect("a contact");
    assert_eq!(contact["knock_chat_status"], "AI Discovery");
    let reply = office.ask("POST", &format!("{SETTINGS}/connect"), &json!({"token": TOKEN}));
    assert_eq!(reply.code, 200, "{}", reply.body);
    office.settle();
    let contact = office.contact(ANN).expect("a contact");
    assert_eq!(contact["knock_chat_status"], "Rejected");
}

#[test]
fn after_a_kill_at_any_step_the_contact_is_right() {
    let mut office = Office::synced();
    let chat = office.writes(1, ANN, "We need a quote");
    office = office.restarted();
    office.settle();
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "AI Discovery");
    office.fail(&json!({"do": "timeout"}));
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    office.knock.advance(super::SECOND);
    found("it is sent", || (office.written().len() > 1).then_some(()));
    office = office.restarted();
    // The claim of the killed server expires.
    office.knock.advance(CLAIM);
    office.in_time();
    let contact = office.contact(ANN).expect("a contact");
    assert_eq!(
        (&contact["knock_chat_status"], &contact["knock_reject_reason"]),
        (&json!("Rejected"), &json!("Too small"))
    );
}

#[test]
fn a_problem_of_asking_for_changes_ends_once_hubspot_answers() {
    let office = Office::synced();
    office.hubspot.control("POST", "faults", &json!({"on": "/search", "do": "rate_limit", "policy": "DAILY"}));
    let problem = |is_there: bool| {
        found("the problem comes and goes", || {
            office.knock.advance(0);
            (office.health()["problem"].as_str().is_some_and(|problem| problem.is_empty()) != is_there).then_some(())
        });
    };
    problem(true);
    office.knock.advance(24 * HOUR);
    problem(false);
    assert_eq!(office.health()["problem_since"], Value::Null);
    assert!(office.written().is_empty(), "no write has ended it");
}
