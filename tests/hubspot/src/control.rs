//! The control interface for tests: `/_control/...`.

use crate::failure::Failure;
use crate::owner::Owner;
use crate::request::Answer;
use crate::settings::Settings;
use crate::world::{World, object_of};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Records to add.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    object: String,
    properties: BTreeMap<String, String>,
    /// Types and ids of records that it is associated with.
    #[serde(default)]
    with: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct TokenChange {
    /// `expired`: access tokens end; `revoked`: the account removes the app.
    state: String,
    scopes: Option<Vec<String>>,
}

/// The answer to a steering request.
pub(crate) fn answer(world: &mut World, method: &str, path: &[&str], body: &Json) -> Answer {
    match steer(world, method, path, body) {
        Ok(body) => Answer::ok(body),
        Err(why) => Answer::new(400, json!({"error": why})),
    }
}

fn steer(world: &mut World, method: &str, path: &[&str], body: &Json) -> Result<Json, String> {
    match (method, path) {
        ("POST", ["reset"]) => *world = World::default(),
        ("PUT", ["settings"]) => world.settings = read::<Settings>(body)?,
        ("POST", ["faults"]) => world.script.push(read::<Failure>(body)?),
        ("DELETE", ["faults"]) => world.script.clear(),
        ("PUT", ["clock"]) => world.ahead += body["advance"].as_i64().ok_or("advance is missing")?,
        ("PUT", ["outage"]) => {
            let code = body["status"].as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or(503);
            world.outage = (body["on"] == true).then_some(code);
        }
        ("POST", ["token"]) => change_tokens(world, read(body)?)?,
        ("POST", ["owners"]) => {
            let id = world.next_id();
            world.owners.insert(id, read::<Owner>(body)?);
            return Ok(json!({"id": id.to_string()}));
        }
        ("POST", ["owners", id]) => {
            let id = id.parse().map_err(|_| "it is no id")?;
            world.owners.insert(id, read::<Owner>(body)?);
        }
        ("POST", ["records"]) => return seed(world, read(body)?),
        ("POST", ["records", object, id]) => {
            change(world, object_of(object).ok_or("there is no such type")?, id, read(body)?)?
        }
        ("POST", ["refuse_address"]) => {
            let address = body["address"].as_str().ok_or("address is missing")?;
            world.refused_addresses.insert(address.to_owned());
        }
        ("GET", ["records", object]) => return Ok(records(world, object_of(object).ok_or("there is no such type")?)),
        ("GET", ["calls"]) => return Ok(json!(world.requests)),
        ("DELETE", ["calls"]) => world.requests.clear(),
        ("GET", ["counts"]) => return Ok(counts(world)),
        _ => return Err("there is no such path".to_owned()),
    }
    Ok(json!({}))
}

fn read<T: DeserializeOwned>(body: &Json) -> Result<T, String> {
    serde_json::from_value(body.clone()).map_err(|error| error.to_string())
}

fn change_tokens(world: &mut World, change: TokenChange) -> Result<(), String> {
    match change.state.as_str() {
        "" => {}
        "expired" => world.tokens.expire(),
        "revoked" => world.tokens.revoke(),
        "valid" => world.tokens.restore(),
        other => return Err(format!("{other} is no state of a token")),
    }
    if let Some(scopes) = change.scopes {
        world.tokens.allow(scopes);
    }
    Ok(())
}

/// Adds a record with any properties, also those that only HubSpot writes.
fn seed(world: &mut World, seed: Seed) -> Result<Json, String> {
    let object = object_of(&seed.object).ok_or("there is no such type")?;
    let id = world.add(object, &seed.properties);
    world.join_company(object, id);
    for (other, other_id) in seed.with {
        let other = object_of(&other).ok_or("there is no such type")?;
        world.associate((object, id), (other, other_id.parse().map_err(|_| "it is no id")?));
    }
    Ok(json!({"id": id.to_string()}))
}

/// Changes any properties of a record, also those that only HubSpot writes.
fn change(world: &mut World, object: &str, id: &str, properties: BTreeMap<String, String>) -> Result<(), String> {
    let now = world.now();
    let id: u64 = id.parse().map_err(|_| "it is no id")?;
    let is_there = world.table(object).edit(id, |record| record.set(&properties, now));
    is_there.then_some(()).ok_or_else(|| "there is no such record".to_owned())
}

fn records(world: &mut World, object: &str) -> Json {
    let shown: Vec<Json> = world
        .table(object)
        .records
        .values()
        .map(|record| json!({"id": record.id.to_string(), "properties": record.properties}))
        .collect();
    json!(shown)
}

/// The number of requests by label, and of refusals by limits.
fn counts(world: &World) -> Json {
    let mut by_label: BTreeMap<&str, usize> = BTreeMap::new();
    for request in &world.requests {
        *by_label.entry(request["label"].as_str().unwrap_or_default()).or_default() += 1;
    }
    json!({
        "requests": world.requests.len(), "by_label": by_label, "refused_by_limits": world.limits.refused,
        "tokens_refreshed": world.tokens.refreshed,
    })
}
