//! What the document says of every operation.

use super::operations::NAMED;
use crate::http::router::documented;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    json!(documented().1)
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
    let named: BTreeSet<String> = NAMED.iter().map(|named| format!("{} {}", named.method, named.path)).collect();
    assert_eq!(documented, named, "`NAMED` in openapi/operations.rs lists every documented operation");
    let ids: BTreeSet<&str> = NAMED.iter().map(|named| named.id).collect();
    assert_eq!(ids.len(), NAMED.len(), "two operations have one name");
}

#[test]
fn every_operation_says_who_may_call_it_and_how_it_fails() {
    let document = document();
    for (place, operation) in operations(&document) {
        let asked = operation["security"].as_array().expect("security");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.contains_key("default"), "{place}");
        let is_signed_in = asked.iter().any(|way| way.get("session").is_some());
        assert_eq!(is_signed_in, place.contains(" /api/v1/") && !place.starts_with("post /api/v1/session"), "{place}");
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
fn every_json_body_with_a_named_schema_has_an_example() {
    let document = document();
    for (place, operation) in operations(&document) {
        let responses = operation["responses"].as_object().expect("responses").values();
        for body in responses.chain(operation.get("requestBody")) {
            let json = &body["content"]["application/json"];
            assert!(json["schema"]["$ref"].is_null() || !json["example"].is_null(), "{place} {json}");
        }
    }
}
