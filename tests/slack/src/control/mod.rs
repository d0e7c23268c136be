//! The control interface for tests: settings, and actions of users. `README.md` lists it.

mod people;
mod settings;

pub(crate) use people::responded;

use crate::server::Shared;
use crate::world::World;
use serde_json::{Value, json};
use std::time::Duration;

/// The timeout of the response to a button: longer than Slack's.
const ANSWER: Duration = Duration::from_secs(10);
/// The timeout of all due deliveries.
const QUIET: Duration = Duration::from_secs(30);

/// Does one thing.
pub(crate) fn act(shared: &Shared, method: &str, path: &str, given: &Value) -> Result<Value, String> {
    match (method, path) {
        ("GET", "state") => Ok(shared.lock().shown()),
        ("GET", "messages") => Ok(messages(&shared.lock(), given)),
        ("GET", "calls") => Ok(calls(&shared.lock(), given)),
        ("POST", "quiet") => {
            let quiet = shared.until(|world| world.deliveries.is_quiet(world.now()).then_some(()), QUIET);
            quiet.map(|()| json!({})).map_err(|shown| format!("there is more to tell: {}", shown["deliveries"]))
        }
        ("POST", "press" | "submit" | "command" | "shortcut" | "verify") => answered(shared, path, given),
        ("POST", path) if people::NAMES.contains(&path) => {
            let done = people::act(&mut shared.lock(), path, given);
            shared.changed();
            done
        }
        (method, path) => {
            let done = settings::act(&mut shared.lock(), method, path, given);
            shared.changed();
            done
        }
    }
}

/// Waits for the response to a request.
fn answered(shared: &Shared, path: &str, given: &Value) -> Result<Value, String> {
    let number = people::posted(&mut shared.lock(), path, given)?;
    shared.changed();
    let outcome = shared.until(|world| world.deliveries.outcome(number).cloned(), ANSWER);
    let sent = outcome.map_err(|shown| format!("no answer: {}", shown["deliveries"]))?;
    Ok(json!({ "status": sent.status, "body": sent.body }))
}

fn messages(world: &World, given: &Value) -> Value {
    let is_wanted = |name: &str, value: &Value| given[name].is_null() || given[name] == *value;
    let all = world.messages.iter().map(|message| message.recorded(world));
    let wanted = all.filter(|json| is_wanted("channel", &json["channel"]) && is_wanted("thread", &json["thread_ts"]));
    json!({ "messages": wanted.collect::<Vec<_>>(), "ephemeral": world.ephemeral })
}

fn calls(world: &World, given: &Value) -> Value {
    let method = given["method"].as_str();
    let wanted = world.calls.iter().filter(|call| method.is_none_or(|method| call["method"] == method));
    json!({ "calls": wanted.collect::<Vec<_>>(), "limited": world.limits.limited, "early": world.limits.early })
}

fn must<'g>(given: &'g Value, name: &str) -> Result<&'g str, String> {
    given[name].as_str().ok_or_else(|| format!("{name} is missing"))
}
