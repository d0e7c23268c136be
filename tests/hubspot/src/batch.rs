//! Batches: read, create, update, upsert. One value that a property cannot have refuses the whole batch; what is missing
//! or in conflict fails alone.

use crate::errors::{error, invalid, of_record};
use crate::failure::{Failure, context};
use crate::objects::{USUAL, not_unique, taken};
use crate::request::{Answer, Request};
use crate::validate;
use crate::world::{World, spoken};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// The most inputs.
const MOST: usize = 100;

/// The result of an input: the id and whether it is new; or an error.
type Outcome = Result<(u64, bool), Json>;

/// The properties of an input.
type Values = BTreeMap<String, String>;

/// `POST /crm/objects/{object}/batch/{action}`.
pub(crate) fn answer(
    world: &mut World,
    request: &Request,
    object: &str,
    action: &str,
    failure: Option<&Failure>,
) -> Answer {
    let inputs = request.inputs();
    if inputs.is_empty() || inputs.len() > MOST {
        return invalid(&format!("The number of inputs must be between 1 and {MOST}"));
    }
    if let Some(twice) = twice(inputs) {
        return invalid(&format!("Duplicate IDs found in batch input: [{twice}]. IDs must be unique"));
    }
    if action == "read" {
        return read(world, request, object);
    }
    match checked(world, object, action, inputs) {
        Ok(checked) => write_all(world, (object, action), inputs, &checked, failure),
        Err(refusal) => refusal,
    }
}

/// The values of each input, or the refusal of the whole batch.
fn checked(world: &mut World, object: &str, action: &str, inputs: &[Json]) -> Result<Vec<Values>, Answer> {
    let mut checked = Vec::with_capacity(inputs.len());
    for input in inputs {
        checked.push(validate::values(world, object, &input["properties"])?);
        if action == "update" && !input["idProperty"].is_null() {
            return Err(invalid("Unable to perform update/upsert by non-unique 0-1 property"));
        }
    }
    if action == "create"
        && let Some(id) = checked.iter().find_map(|values| taken(world, object, values))
    {
        return Err(error(409, "CONFLICT", &format!("Contact already exists. Existing ID: {id}")));
    }
    if action == "upsert" {
        check_unique(world, object, inputs)?;
    }
    Ok(checked)
}

fn write_all(
    world: &mut World,
    (object, action): (&str, &str),
    inputs: &[Json],
    checked: &[Values],
    failure: Option<&Failure>,
) -> Answer {
    let (mut done, mut errors) = (Vec::new(), Vec::new());
    for (input, values) in inputs.iter().zip(checked) {
        let failed = failure.and_then(|failure| failure.of_input(text(input, "id"), &input["objectWriteTraceId"]));
        let outcome = match failed {
            Some(error) => Err(error),
            None => write(world, object, action, input, values),
        };
        match outcome {
            Ok((id, is_new)) => done.push((id, is_new, input)),
            Err(error) => errors.push(error),
        }
    }
    // Not in the order of the inputs.
    done.sort_by_key(|(id, ..)| std::cmp::Reverse(*id));
    let results: Vec<Json> =
        done.iter().map(|(id, is_new, input)| written(world, object, *id, *is_new, input)).collect();
    let code = if !errors.is_empty() {
        207
    } else if action == "create" {
        201
    } else {
        200
    };
    Answer::new(code, world.completed(&results, &errors))
}

fn text<'i>(input: &'i Json, name: &str) -> &'i str {
    input[name].as_str().unwrap_or_default()
}

/// An id that two inputs have.
fn twice(inputs: &[Json]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    inputs.iter().filter_map(|input| input["id"].as_str()).find(|id| !seen.insert(id.to_lowercase()))
}

fn check_unique(world: &mut World, object: &str, inputs: &[Json]) -> Result<(), Answer> {
    for input in inputs {
        let name = text(input, "idProperty");
        let is_unique = world.table(object).definitions.get(name).is_some_and(|known| known.is_unique);
        if !is_unique {
            return Err(invalid(&format!("Unable to perform update/upsert by non-unique property {name}")));
        }
        let is_refused = world.refused_addresses.contains(text(input, "id"));
        if is_refused || (name == "email" && !text(input, "id").contains('@')) {
            return Err(invalid(&format!("Email address {} is invalid", text(input, "id"))));
        }
    }
    Ok(())
}

fn write(world: &mut World, object: &str, action: &str, input: &Json, values: &Values) -> Outcome {
    let key = text(input, "id");
    let found = match action {
        "create" => None,
        "update" => Some(to_update(world, object, key, input)?),
        _ => to_upsert(world, object, key, input)?,
    };
    let now = world.now();
    let (id, is_new) = match found {
        Some(id) => (id, false),
        None => (world.add(object, &BTreeMap::new()), true),
    };
    let unique = text(input, "idProperty");
    world.table(object).edit(id, |record| {
        record.set(values, now);
        if is_new && !unique.is_empty() {
            record.properties.insert(unique.to_owned(), key.to_owned());
        }
    });
    if is_new {
        world.join_company(object, id);
    }
    Ok((id, is_new))
}

fn to_update(world: &mut World, object: &str, key: &str, input: &Json) -> Result<u64, Json> {
    let follows = world.settings.merged_are_followed;
    let table = world.table(object);
    let id = key.parse::<u64>().ok();
    let found = id.and_then(|id| if follows { table.followed(id) } else { table.records.get(&id) });
    let message = format!(
        "Could not get some {} objects, they may be deleted or not exist. Check that ids are valid.",
        spoken(object)
    );
    let missing = || of_record("OBJECT_NOT_FOUND", &message, context(key, &input["objectWriteTraceId"]));
    found.map(|record| record.id).ok_or_else(missing)
}

fn to_upsert(world: &mut World, object: &str, key: &str, input: &Json) -> Result<Option<u64>, Json> {
    let conflicts = world.settings.secondary_conflicts;
    let unique = text(input, "idProperty");
    let table = world.table(object);
    let found = table.by_property(unique, key);
    let is_further =
        |id: &u64| table.records[id].get(unique).is_none_or(|own| own.to_lowercase() != key.to_lowercase());
    match found.filter(is_further) {
        Some(id) if conflicts => {
            let message = format!("Contact already exists. Existing ID: {id}");
            Err(of_record("CONFLICT", &message, context(key, &input["objectWriteTraceId"])))
        }
        _ => Ok(found),
    }
}

fn written(world: &mut World, object: &str, id: u64, is_new: bool, input: &Json) -> Json {
    let traces = world.settings.traces;
    let names = input["properties"].as_object().into_iter().flat_map(|given| given.keys().cloned());
    let unique = input["idProperty"].as_str().map(str::to_owned);
    let always = unique.into_iter().chain(["email", "hs_additional_emails", "hs_merged_object_ids"].map(str::to_owned));
    let always = always.filter(|_| world.settings.keys);
    let names: Vec<String> = names.chain(always).collect();
    let mut shown = world.table(object).records.get(&id).map(|record| record.shown(&names)).unwrap_or_default();
    shown["new"] = json!(is_new);
    if traces && !input["objectWriteTraceId"].is_null() {
        shown["objectWriteTraceId"] = input["objectWriteTraceId"].clone();
    }
    shown
}

/// The existing records; missing ones are errors beside them.
fn read(world: &mut World, request: &Request, object: &str) -> Answer {
    let by = request.body["idProperty"].as_str();
    if let Some(refusal) = by.and_then(|name| not_unique(world.table(object), name)) {
        return refusal;
    }
    let is_archived = request.query.get("archived").is_some_and(|text| text == "true");
    let wanted = request.body["properties"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let wanted: Vec<String> = wanted.chain(USUAL).map(str::to_owned).collect();
    let (mut results, mut missing) = (Vec::new(), Vec::new());
    let table = world.table(object);
    for input in request.inputs() {
        let key = text(input, "id");
        let found = match by {
            _ if is_archived => key.parse::<u64>().ok().and_then(|id| table.archived.get(&id)),
            Some(name) => table.by_property(name, key).and_then(|id| table.records.get(&id)),
            None => key.parse().ok().and_then(|id| table.followed(id)),
        };
        match found {
            Some(record) if is_archived => results.push(record.archived(&wanted)),
            Some(record) => results.push(record.shown(&wanted)),
            None => missing.push(key),
        }
    }
    // Two inputs may lead to one record, which is answered once.
    let mut seen = BTreeSet::new();
    results.retain(|record| seen.insert(record["id"].to_string()));
    results.reverse();
    if missing.is_empty() {
        return Answer::ok(world.completed(&results, &[]));
    }
    let message = format!(
        "Could not get some {} objects, they may be deleted or not exist. Check that ids are valid.",
        spoken(object)
    );
    let error = of_record("OBJECT_NOT_FOUND", &message, json!({"ids": missing}));
    Answer::new(207, world.completed(&results, &[error]))
}
