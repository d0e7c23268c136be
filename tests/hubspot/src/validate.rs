//! Whether properties can have values: every value is a text.

use crate::definition::Definition;
use crate::errors::invalid;
use crate::owner::Owner;
use crate::record::{Table, instant};
use crate::request::Answer;
use crate::world::World;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const DAY: i64 = 86_400_000;

/// One value that a property cannot have.
struct Wrong {
    name: String,
    error: &'static str,
    message: String,
}

/// The values of an input.
///
/// # Errors
/// HubSpot's refusal of the whole request.
pub(crate) fn values(world: &World, object: &str, properties: &Json) -> Result<BTreeMap<String, String>, Answer> {
    let none = Table::default();
    let (table, owners) = (world.tables.get(object).unwrap_or(&none), &world.owners);
    let Some(given) = properties.as_object() else { return Err(invalid("properties are required")) };
    let (mut values, mut wrong) = (BTreeMap::new(), Vec::new());
    for (name, value) in given {
        let Some(value) = value.as_str() else {
            return Err(invalid(&format!(
                "Invalid input JSON: Cannot deserialize value of type `java.lang.String`: {name}"
            )));
        };
        match table.definitions.get(name) {
            None => wrong.push(Wrong {
                name: name.clone(),
                error: "PROPERTY_DOESNT_EXIST",
                message: format!("Property \"{name}\" does not exist"),
            }),
            Some(definition) => wrong.extend(check(definition, value, owners)),
        }
        values.insert(name.clone(), value.to_owned());
    }
    if wrong.is_empty() { Ok(values) } else { Err(refusal(&wrong)) }
}

fn check(definition: &Definition, value: &str, owners: &BTreeMap<u64, Owner>) -> Option<Wrong> {
    let name = &definition.name;
    let wrong = |error, message: String| Some(Wrong { name: name.clone(), error, message });
    if definition.is_read_only {
        return wrong("READ_ONLY_VALUE", format!("\"{name}\" is a read only property; its value cannot be set."));
    }
    if value.is_empty() {
        return None;
    }
    let options = || definition.options.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>();
    match definition.kind.as_str() {
        // The value is the id of an owner: https://developers.hubspot.com/docs/guides/api/crm/owners
        "enumeration" if definition.is_owner => {
            let is_known = value.parse().is_ok_and(|id: u64| owners.contains_key(&id));
            let message = || format!("{value} was not a valid owner id.");
            (!is_known).then(|| Wrong { name: name.clone(), error: "INVALID_OWNER_ID", message: message() })
        }
        "enumeration" if !definition.options.is_empty() && value.split(';').any(|one| !options().contains(&one)) => {
            let allowed = options().join(", ");
            wrong("INVALID_OPTION", format!("{value} was not one of the allowed options: [{allowed}]"))
        }
        "bool" if !matches!(value, "true" | "false") => {
            wrong("INVALID_OPTION", format!("{value} was not one of the allowed options: [true, false]"))
        }
        "number" if value.parse::<f64>().is_err() => {
            wrong("INVALID_NUMBER", format!("{value} was not a valid number."))
        }
        "date" if instant(value).is_none_or(|at| at % DAY != 0) => {
            wrong("INVALID_DATE", format!("{value} is at a time other than midnight UTC."))
        }
        "datetime" if instant(value).is_none() => wrong("INVALID_DATE", format!("{value} was not a valid date.")),
        _ if name == "email" && !value.contains('@') => {
            wrong("INVALID_EMAIL", format!("Email address {value} is invalid"))
        }
        _ => None,
    }
}

fn refusal(wrong: &[Wrong]) -> Answer {
    let listed = |one: &Wrong| {
        json!({"isValid": false, "message": one.message, "error": one.error, "name": one.name,
               "localizedErrorMessage": one.message})
    };
    let detail =
        |one: &Wrong| json!({"message": one.message, "code": one.error, "context": {"propertyName": [one.name]}});
    let list = Json::Array(wrong.iter().map(listed).collect());
    let mut answer = invalid(&format!("Property values were not valid: {list}"));
    answer.body["errors"] = Json::Array(wrong.iter().map(detail).collect());
    answer
}
