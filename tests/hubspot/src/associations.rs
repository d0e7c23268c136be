//! Associations between records.

use crate::errors::{error, not_found, of_record};
use crate::request::{Answer, Request};
use crate::world::{World, object_of};
use serde_json::{Value as Json, json};

/// `POST /crm/associations/{from}/{to}/batch/...`.
pub(crate) fn batch(world: &mut World, request: &Request, (from, to): (&str, &str), action: &[&str]) -> Answer {
    match action {
        ["read"] => read(world, request, (from, to)),
        ["associate", "default"] => associate(world, request, (from, to)),
        _ => error(404, "OBJECT_NOT_FOUND", "there is no such path"),
    }
}

fn read(world: &World, request: &Request, (from, to): (&str, &str)) -> Answer {
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in request.inputs() {
        let id = input["id"].as_str().unwrap_or_default();
        let found = id.parse().map(|id| world.associated((from, id), to)).unwrap_or_default();
        if found.is_empty() {
            let message = format!("No {to} is associated with {from} {id}.");
            errors.push(of_record("OBJECT_NOT_FOUND", &message, json!({"fromObjectId": [id]})));
        } else {
            let to: Vec<Json> = found.iter().map(|id| linked(*id, is_dated(&request.path))).collect();
            results.push(json!({"from": {"id": id}, "to": to}));
        }
    }
    let code = if errors.is_empty() { 200 } else { 207 };
    Answer::new(code, world.completed(&results, &errors))
}

/// Version 4 has ids as numbers, the dated one as texts.
fn linked(id: u64, is_text: bool) -> Json {
    let shown = if is_text { json!(id.to_string()) } else { json!(id) };
    json!({"toObjectId": shown, "associationTypes": [{"category": "HUBSPOT_DEFINED", "typeId": 1, "label": null}]})
}

fn is_dated(path: &str) -> bool {
    !path.contains("/v4/")
}

fn associate(world: &mut World, request: &Request, (from, to): (&str, &str)) -> Answer {
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in request.inputs() {
        let id = |side: &str| input[side]["id"].as_str().unwrap_or_default().to_owned();
        match put(world, (from, &id("from")), (to, &id("to"))) {
            Some(shown) => results.push(shown),
            None => errors.push(of_record(
                "OBJECT_NOT_FOUND",
                "One of the objects does not exist",
                json!({"fromObjectId": [id("from")], "toObjectId": [id("to")]}),
            )),
        }
    }
    let code = if errors.is_empty() { 200 } else { 207 };
    Answer::new(code, world.completed(&results, &errors))
}

fn put(world: &mut World, from: (&str, &str), to: (&str, &str)) -> Option<Json> {
    let mut id = |(object, id): (&str, &str)| Some(world.table(object).followed(id.parse().ok()?)?.id);
    let (a, b) = (id(from)?, id(to)?);
    world.associate((from.0, a), (to.0, b));
    let spec = json!({"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1});
    Some(json!({"from": {"id": a.to_string()}, "to": {"id": b.to_string()}, "associationSpec": spec}))
}

/// `/crm/objects/{object}/{id}/associations/...`.
pub(crate) fn of_one(world: &mut World, request: &Request, (object, id): (&str, &str), rest: &[&str]) -> Answer {
    match (request.method.as_str(), rest) {
        ("GET", [to]) => {
            let Some(to) = object_of(to) else { return not_found("there is no such type") };
            let found = id.parse().map(|id| world.associated((object, id), to)).unwrap_or_default();
            let found: Vec<Json> = found.iter().map(|id| linked(*id, is_dated(&request.path))).collect();
            Answer::ok(json!({"results": found}))
        }
        ("PUT", ["default", to, other]) => {
            let Some(to) = object_of(to) else { return not_found("there is no such type") };
            match put(world, (object, id), (to, other)) {
                Some(shown) => Answer::ok(world.completed(&[shown], &[])),
                None => not_found("One of the objects does not exist"),
            }
        }
        _ => error(404, "OBJECT_NOT_FOUND", "there is no such path"),
    }
}
