//! One object at a time, and merging.

use crate::errors::{error, invalid, not_found};
use crate::record::{Record, Table};
use crate::request::{Answer, Request};
use crate::validate;
use crate::world::{World, spoken};
use serde_json::{Value as Json, json};

/// The properties that are always returned.
pub(crate) const USUAL: [&str; 1] = ["email"];

/// `POST /crm/objects/{object}`.
pub(crate) fn create(world: &mut World, request: &Request, object: &str) -> Answer {
    let values = match validate::values(world, object, &request.body["properties"]) {
        Ok(values) => values,
        Err(refusal) => return refusal,
    };
    if let Some(id) = taken(world, object, &values) {
        return error(409, "CONFLICT", &format!("Contact already exists. Existing ID: {id}"));
    }
    let id = world.add(object, &values);
    world.join_company(object, id);
    for association in request.body["associations"].as_array().into_iter().flatten() {
        let to = association["to"]["id"].as_str().and_then(|id| id.parse().ok());
        // The types of associations are by id; for tests everything is associated with contacts.
        if let Some(to) = to {
            world.associate((object, id), ("contacts", to));
        }
    }
    Answer::new(201, shown(world, object, id, &names(&values)))
}

/// The record that has a unique value already.
pub(crate) fn taken(
    world: &mut World,
    object: &str,
    values: &std::collections::BTreeMap<String, String>,
) -> Option<u64> {
    let table = world.table(object);
    let unique = |name: &&String| table.definitions.get(*name).is_some_and(|known| known.is_unique);
    values.keys().filter(unique).find_map(|name| table.by_property(name, &values[name]))
}

/// `/crm/objects/{object}/{id}`.
pub(crate) fn one(world: &mut World, request: &Request, object: &str, id: &str) -> Answer {
    let table = world.table(object);
    if let Some(refusal) = request.query.get("idProperty").and_then(|name| not_unique(table, name)) {
        return refusal;
    }
    if request.method == "GET" && request.query.get("archived").is_some_and(|text| text == "true") {
        let wanted = request.query.get("properties").map(String::as_str).unwrap_or_default();
        let wanted: Vec<String> = wanted.split(',').chain(USUAL).map(str::to_owned).collect();
        let gone = id.parse().ok().and_then(|id: u64| table.archived.get(&id));
        return gone.map_or_else(|| not_found("Object not found"), |record| Answer::ok(record.archived(&wanted)));
    }
    let found = match request.query.get("idProperty") {
        Some(name) => table.by_property(name, id),
        None => id.parse().ok().and_then(|id| table.followed(id)).map(|record| record.id),
    };
    let Some(found) = found else {
        return not_found(&format!("Object not found. objectId: {id} ({})", spoken(object)));
    };
    match request.method.as_str() {
        "GET" => {
            let wanted = request.query.get("properties").map(String::as_str).unwrap_or_default();
            let wanted: Vec<String> = wanted.split(',').chain(USUAL).map(str::to_owned).collect();
            Answer::ok(shown(world, object, found, &wanted))
        }
        "PATCH" => {
            let values = match validate::values(world, object, &request.body["properties"]) {
                Ok(values) => values,
                Err(refusal) => return refusal,
            };
            let now = world.now();
            world.table(object).edit(found, |record| record.set(&values, now));
            Answer::ok(shown(world, object, found, &names(&values)))
        }
        // A record that is deleted is archived: https://developers.hubspot.com/docs/guides/api/crm/objects/contacts
        "DELETE" => {
            world.table(object).archive(found);
            Answer::new(204, Json::Null)
        }
        _ => invalid("the method is not allowed here"),
    }
}

/// The refusal of a property that identifies no record.
pub(crate) fn not_unique(table: &Table, name: &str) -> Option<Answer> {
    let is_unique = name == "hs_object_id" || table.definitions.get(name).is_some_and(|known| known.is_unique);
    (!is_unique).then(|| invalid(&format!("Unable to identify records by non-unique property {name}")))
}

fn shown(world: &mut World, object: &str, id: u64, wanted: &[String]) -> Json {
    world.table(object).records.get(&id).map(|record| record.shown(wanted)).unwrap_or_default()
}

fn names(values: &std::collections::BTreeMap<String, String>) -> Vec<String> {
    values.keys().cloned().collect()
}

/// `POST /crm/objects/{object}/merge`: the primary record stays, with the other one's address as a further one.
pub(crate) fn merge(world: &mut World, request: &Request, object: &str) -> Answer {
    let id = |name: &str| request.text(name).parse::<u64>().ok();
    let (Some(primary), Some(other)) = (id("primaryObjectId"), id("objectIdToMerge")) else {
        return invalid("primaryObjectId and objectIdToMerge are required");
    };
    let now = world.now();
    let table = world.table(object);
    if primary == other || !table.records.contains_key(&primary) {
        return not_found("the records cannot be merged");
    }
    let Some(gone) = table.records.remove(&other) else { return not_found("the records cannot be merged") };
    for into in table.merged.values_mut().filter(|into| **into == other) {
        *into = primary;
    }
    table.merged.insert(other, primary);
    table.edit(primary, |record| absorb(record, &gone, now));
    Answer::ok(shown(world, object, primary, &USUAL.map(str::to_owned)))
}

/// Takes what another record had.
fn absorb(record: &mut Record, gone: &Record, now: i64) {
    for address in gone.get("email").into_iter().chain(gone.listed("hs_additional_emails")) {
        record.append("hs_additional_emails", address);
    }
    let id = gone.id.to_string();
    for merged in gone.listed("hs_merged_object_ids").chain([id.as_str()]) {
        record.append("hs_merged_object_ids", merged);
    }
    for (name, value) in gone.properties.iter().filter(|(name, _)| !name.starts_with("hs_")) {
        record.properties.entry(name.clone()).or_insert_with(|| value.clone());
    }
    record.updated = now;
}

/// `POST /crm/objects/contacts/gdpr-delete`.
pub(crate) fn forget(world: &mut World, request: &Request, object: &str) -> Answer {
    let id = match request.body["idProperty"].as_str() {
        Some(name) => world.table(object).by_property(name, request.text("objectId")),
        None => request.text("objectId").parse().ok(),
    };
    let gone = id.and_then(|id| world.table(object).records.remove(&id));
    if gone.is_some() { Answer::new(204, json!(null)) } else { not_found("Object not found") }
}
