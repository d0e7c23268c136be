//! Properties and their groups.

use crate::definition::Definition;
use crate::errors::{error, invalid};
use crate::request::{Answer, Request};
use crate::world::World;
use serde_json::{Value as Json, json};

/// `/crm/properties/{object}` and what is below.
pub(crate) fn answer(world: &mut World, request: &Request, object: &str, rest: &[&str]) -> Answer {
    if !world.tables.contains_key(object) {
        return invalid("Unable to infer object type from the path");
    }
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            let all: Vec<Json> = world.table(object).definitions.values().map(Definition::shown).collect();
            Answer::ok(json!({"results": all}))
        }
        ("POST", []) => create(world, object, &request.body),
        ("POST", ["batch", "create"]) => batch(world, request, object),
        ("GET", ["groups"]) => {
            let all: Vec<&Json> = world.table(object).groups.values().collect();
            Answer::ok(json!({"results": all}))
        }
        ("POST", ["groups"]) => group(world, request, object),
        ("GET", [name]) => match world.table(object).definitions.get(*name) {
            Some(known) => Answer::ok(known.shown()),
            None => error(404, "OBJECT_NOT_FOUND", &format!("Property {name} does not exist")),
        },
        ("DELETE", [name]) => {
            world.table(object).definitions.remove(*name);
            world.table(object).records.values_mut().for_each(|record| drop(record.properties.remove(*name)));
            Answer::new(204, Json::Null)
        }
        _ => error(405, "VALIDATION_ERROR", "the method is not allowed here"),
    }
}

fn group(world: &mut World, request: &Request, object: &str) -> Answer {
    let (name, label) = (request.text("name").to_owned(), request.text("label"));
    if name.is_empty() || label.is_empty() {
        return invalid("name and label are required");
    }
    let group = json!({"name": name, "label": label, "displayOrder": -1, "archived": false});
    let groups = &mut world.table(object).groups;
    if groups.contains_key(&name) {
        return error(409, "CONFLICT", &format!("A group named \"{name}\" already exists."));
    }
    groups.insert(name, group.clone());
    Answer::new(201, group)
}

fn batch(world: &mut World, request: &Request, object: &str) -> Answer {
    let answers: Vec<Answer> = request.inputs().iter().map(|input| create(world, object, input)).collect();
    let (good, bad): (Vec<Answer>, Vec<Answer>) = answers.into_iter().partition(|answer| answer.code == 201);
    let bodies = |answers: Vec<Answer>| answers.into_iter().map(|answer| answer.body).collect::<Vec<_>>();
    let code = if bad.is_empty() { 201 } else { 207 };
    Answer::new(code, world.completed(&bodies(good), &bodies(bad)))
}

fn create(world: &mut World, object: &str, body: &Json) -> Answer {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    for needed in ["name", "label", "type", "fieldType", "groupName"] {
        if text(needed).is_empty() {
            return invalid(&format!("Invalid input JSON: required field {needed} is missing"));
        }
    }
    let name = text("name");
    if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return invalid("Property names must be lower case letters, digits and underscores");
    }
    let table = world.table(object);
    if table.definitions.contains_key(&name) {
        return error(409, "CONFLICT", &format!("A property named '{name}' already exists."));
    }
    if !table.groups.contains_key(&text("groupName")) {
        return invalid(&format!("Property group {} does not exist", text("groupName")));
    }
    // https://developers.hubspot.com/docs/guides/api/crm/properties: an owner property has its options elsewhere.
    let is_owner = body["referencedObjectType"] == "OWNER";
    if is_owner && (body["externalOptions"] != true || text("type") != "enumeration") {
        return invalid("referencedObjectType requires an enumeration with externalOptions");
    }
    let option = |one: &Json| Some((one["value"].as_str()?.to_owned(), one["label"].as_str()?.to_owned()));
    let options = body["options"].as_array().into_iter().flatten().filter_map(option).collect();
    let definition = Definition {
        name: name.clone(),
        label: text("label"),
        kind: text("type"),
        field: text("fieldType"),
        group: text("groupName"),
        options,
        is_unique: body["hasUniqueValue"] == true,
        is_read_only: false,
        is_standard: false,
        is_owner,
    };
    let shown = definition.shown();
    table.definitions.insert(name, definition);
    Answer::new(201, shown)
}
