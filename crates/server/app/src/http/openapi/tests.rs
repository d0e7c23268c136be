//! The descriptions of every operation in the document.

use crate::http::router;
use crate::permissions::ROUTES;
use knock_model::{EventType, Millis};
use knock_routing::{Funnel, Rule};
use knock_wire::{EventPosted, event_sample};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    json!(router::document())
}

/// Each documented operation with its method and path.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let methods = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("methods").iter();
        methods.map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
    });
    methods.collect()
}

#[test]
fn every_operation_has_a_name_of_its_own_and_every_name_an_operation() {
    let document = document();
    let documented: BTreeSet<String> = operations(&document).into_iter().map(|(place, _)| place).collect();
    let named = || ROUTES.iter().filter(|route| route.operation.is_some());
    let places: BTreeSet<String> =
        named().map(|route| format!("{} {}", route.method.to_lowercase(), route.path)).collect();
    assert_eq!(documented, places, "`ROUTES` in permissions.rs has a name for every documented operation");
    let ids: BTreeSet<&str> = named().filter_map(|route| route.operation).collect();
    assert_eq!(ids.len(), named().count(), "two operations have one name");
}

#[test]
fn every_operation_says_who_may_call_it_and_how_it_fails() {
    let document = document();
    for (place, operation) in operations(&document) {
        let asked = operation["security"].as_array().expect("security");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.contains_key("default"), "{place}");
        let is_signed_in = asked.iter().any(|way| way.get("session").is_some());
        let is_way_in = place.starts_with("post /api/v1/session") || place == "get /api/v1/session/methods";
        assert_eq!(is_signed_in, place.contains(" /api/v1/") && !is_way_in, "{place}");
        for code in ["401", "403"] {
            assert!(!is_signed_in || responses.contains_key(code), "{place} {code}");
        }
    }
}

#[test]
fn every_failure_is_a_problem_document() {
    let document = document();
    for (place, operation) in operations(&document) {
        for (code, response) in operation["responses"].as_object().expect("responses") {
            let is_shared = response["$ref"].as_str().is_some_and(|to| to.starts_with("#/components/responses/"));
            let is_problem = response["content"].get("application/problem+json").is_some();
            assert!(!code.starts_with(['4', '5']) || is_shared || is_problem, "{place} {code}");
        }
    }
}

#[test]
fn every_json_body_has_an_example() {
    let document = document();
    for (place, operation) in operations(&document) {
        let responses = operation["responses"].as_object().expect("responses").values();
        for body in responses.chain(operation.get("requestBody")) {
            let json = &body["content"]["application/json"];
            assert!(json.is_null() || !json["example"].is_null(), "{place} {json}");
        }
    }
}

fn schema_of(document: &Value, name: &str) -> jsonschema::Validator {
    let schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": document["components"]});
    jsonschema::draft202012::new(&schema).expect("a schema")
}

fn rule_schema(document: &Value) -> jsonschema::Validator {
    schema_of(document, "Rule")
}

#[test]
fn the_sample_of_every_event_is_of_its_schema_and_of_that_alone() {
    let schema = schema_of(&document(), "EventPosted");
    for event in EventType::ALL {
        let posted = json!(EventPosted { event: event_sample(*event), at: Millis(1), sequence: 1, sample: true });
        let errors: Vec<String> = schema.iter_errors(&posted).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{event:?} {posted}");
        let data = posted["data"].as_object().expect("an object");
        for field in data.keys() {
            let mut wrong = posted.clone();
            wrong["data"][field] = json!([[]]);
            assert!(!schema.is_valid(&wrong), "{event:?} with another {field}");
        }
        let mut other = posted.clone();
        other["type"] = json!("chat.opened");
        assert!(!schema.is_valid(&other), "{event:?} by another name");
    }
}

#[test]
fn every_rule_that_is_read_or_written_is_of_the_schema() {
    let schema = rule_schema(&document());
    let vectors: Value =
        serde_json::from_str(include_str!("../../../../../../tests/vectors/routing.json")).expect("JSON");
    let cases = vectors["rules"].as_object().expect("rules").iter();
    let mut rules: Vec<(String, Value)> = cases.map(|(id, rule)| (id.clone(), rule.clone())).collect();
    for (id, rule) in rules.clone() {
        let read: Rule = serde_json::from_value(rule).expect("a rule");
        rules.push((format!("{id} as it is written"), json!(read)));
    }
    rules.extend(
        Funnel::ALL
            .iter()
            .map(|funnel| (format!("the first {}", funnel.as_str()), json!(Rule::standard(*funnel, "ann")))),
    );
    for (name, rule) in rules {
        assert!(
            schema.is_valid(&rule),
            "{name}: {:?}",
            schema.iter_errors(&rule).map(|error| error.to_string()).collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_no_rule_is_is_not_of_the_schema_either() {
    let schema = rule_schema(&document());
    let rule = json!(Rule::standard(Funnel::Chat, "ann"));
    let segment = |when: Value| json!([{"id": "one", "when": when, "assign": {"rep": "ann"}}]);
    let wrong = [
        ("/funnel", json!("party")),
        ("/crm_aware", json!("sometimes")),
        ("/fallback", json!({"disqualify": true})),
        ("/fallback/assign", json!({"rep": "ann", "pool": ["bob"]})),
        ("/fallback/assign", json!({"pool": []})),
        ("/fallback/assign", json!({"ai_agent": "poetry"})),
        ("/segments", segment(json!({"field": "company.mood", "op": "eq", "value": "good"}))),
        ("/segments", segment(json!({"field": "custom.plan", "op": "resembles", "value": "pro"}))),
        ("/segments", segment(json!({"none": []}))),
        ("/segments", segment(json!({"all": [{"field": "email"}]}))),
    ];
    for (at, value) in wrong {
        let mut rule = rule.clone();
        *rule.pointer_mut(at).expect("a part") = value;
        assert!(!schema.is_valid(&rule), "{at} {rule}");
        assert!(serde_json::from_value::<Rule>(rule.clone()).is_err(), "{at} {rule}");
    }
}

/// A schema that says `object` and not of what: a generated client allows no value in it.
fn bare_objects(place: &str, value: &Value, found: &mut Vec<String>) {
    const SAYS_WHAT: [&str; 5] = ["properties", "additionalProperties", "oneOf", "allOf", "anyOf"];
    match value {
        Value::Object(members) => {
            let is_object = members.get("type").is_some_and(|kind| *kind == "object");
            if is_object && !SAYS_WHAT.iter().any(|word| members.contains_key(*word)) {
                found.push(place.to_owned());
            }
            for (name, member) in members.iter().filter(|(name, _)| *name != "example" && *name != "examples") {
                bare_objects(&format!("{place}/{name}"), member, found);
            }
        }
        Value::Array(parts) => {
            for (at, part) in parts.iter().enumerate() {
                bare_objects(&format!("{place}/{at}"), part, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_object_says_what_it_holds() {
    let document = document();
    let mut found = Vec::new();
    bare_objects("", &document, &mut found);
    assert!(found.is_empty(), "objects without properties or `additionalProperties`: {found:#?}");
    let values = &document["components"]["schemas"]["CustomValuesDraft"]["properties"]["values"];
    assert_eq!(values["additionalProperties"]["$ref"], "#/components/schemas/CustomValue", "{values}");
}
