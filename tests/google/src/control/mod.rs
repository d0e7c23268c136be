//! The control interface for tests: `/_control/...`.

mod calendars;
mod state;

use crate::failure::Failure;
use crate::request::Answer;
use crate::settings::Settings;
use crate::world::World;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// The answer to a steering request.
pub(crate) fn answer(world: &mut World, method: &str, path: &[&str], body: &Json) -> Answer {
    match steer(world, method, path, body) {
        Ok(body) => Answer::ok(body),
        Err(why) => Answer::json(400, json!({"error": why})),
    }
}

fn steer(world: &mut World, method: &str, path: &[&str], body: &Json) -> Result<Json, String> {
    match (method, path) {
        ("POST", ["reset"]) => *world = World::new(world.origin.clone()),
        ("PUT", ["settings"]) => world.settings = read::<Settings>(body)?,
        ("PATCH", ["settings"]) => state::patch_settings(world, body)?,
        ("POST", ["faults"]) => world.script.push(read::<Failure>(body)?),
        ("DELETE", ["faults"]) => world.script.clear(),
        ("PUT", ["clock"]) => state::set_clock(world, read(body)?)?,
        ("PUT", ["outage"]) => {
            let code = body["status"].as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or(503);
            world.outage = (body["on"] == true).then_some(code);
        }
        ("POST", ["sync", "expire"]) => world.pages.expire(None),
        ("PUT", ["pushes"]) => state::set_pushes(world, &read(body)?),
        (_, ["calendars" | "events" | "answers", ..]) => return calendars::steer(world, method, path, body),
        (_, ["accounts" | "signed_in" | "grants" | "tokens", ..]) => return state::accounts(world, method, path, body),
        ("GET" | "DELETE", _) => return state::shown(world, method, path),
        _ => return Err("there is no such path".to_owned()),
    }
    Ok(json!({}))
}

fn read<T: DeserializeOwned>(body: &Json) -> Result<T, String> {
    serde_json::from_value(body.clone()).map_err(|error| error.to_string())
}

/// The words of a refusal, for the test that caused it.
fn why(refusal: &Answer) -> String {
    refusal.shown()["error"]["message"].as_str().unwrap_or("it was refused").to_owned()
}

/// An account, by default the one that there is at the beginning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    email: String,
    #[serde(default)]
    name: String,
    time_zone: Option<String>,
}
