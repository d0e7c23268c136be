//! A lead's whole life while HubSpot fails at each of its steps: after each one the contact has the values of the
//! golden file, neither older nor newer, and there is one contact.

use super::SECOND;
use super::golden::{ANN, Life, STEPS, golden, normalise};
use serde_json::{Map, Value, json};

/// The contact after each step, from the golden writes.
fn expected() -> Vec<Map<String, Value>> {
    let steps: Vec<Value> = serde_json::from_str(&golden()).expect("JSON");
    let mut all = Map::new();
    let after = |step: &Value| {
        for input in
            step["writes"].as_array().into_iter().flatten().flat_map(|write| write["body"]["inputs"].as_array())
        {
            for one in input {
                all.extend(one["properties"].as_object().expect("properties").clone());
            }
        }
        all.clone()
    };
    steps.iter().map(after).collect()
}

fn lives_through(fault: &Value) {
    let mut life = Life::begin();
    for ((name, step), expected) in STEPS.iter().zip(expected()) {
        life.office.hubspot.control("POST", "faults", fault);
        step(&mut life);
        life.office.knock.advance(SECOND);
        life.office.in_time();
        // Faults that no write has met are removed: the next step sets its own.
        life.office.hubspot.control("DELETE", "faults", &Value::Null);
        let contact = life.office.contact(ANN);
        let shown = |property: &String| {
            let mut value = contact.as_ref().map_or(Value::Null, |contact| contact[property].clone());
            normalise(property, &mut value);
            (property.clone(), value)
        };
        let now: Map<String, Value> = expected.keys().map(shown).collect();
        assert_eq!(now, expected, "{fault}: {name}");
    }
    let contacts = life.office.hubspot.control("GET", "records/contacts", &Value::Null);
    assert_eq!(contacts.as_array().map(Vec::len), Some(1), "{fault}");
    let health = life.office.health();
    assert_eq!((&health["parked"], &health["problem"]), (&json!(0), &json!("")), "{fault}: {health}");
}

#[test]
fn a_life_is_right_though_hubspot_limits_every_write() {
    lives_through(&json!({"on": "/batch/up", "do": "rate_limit", "policy": "TEN_SECONDLY_ROLLING", "retry_after": 1}));
}

#[test]
fn a_life_is_right_though_hubspot_is_down_at_every_write() {
    lives_through(&json!({"on": "/batch/up", "do": "status", "status": 503}));
}

#[test]
fn a_life_is_right_though_the_answer_to_every_write_is_lost() {
    lives_through(&json!({"on": "/batch/up", "do": "lose_answer"}));
}

#[test]
fn a_life_is_right_though_every_write_fails_in_part() {
    let words = json!({"ids": [ANN], "category": "INTERNAL_ERROR", "message": "try later"});
    let mut fault = json!({"on": "/batch/up", "do": "partial"});
    fault.as_object_mut().expect("an object").extend(words.as_object().expect("an object").clone());
    lives_through(&fault);
}
