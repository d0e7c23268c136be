//! The control interface for tests: `/_control/...`.

mod owner;
mod state;

use crate::access::{SCOPES, scope};
use crate::account::Calendar;
use crate::failure::Failure;
use crate::server::Shared;
use crate::settings::Settings;
use crate::world::World;
use crate::{identity, ids, notify, seed};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// Waits for notifications in so many steps of [`STEP`] at most.
const STEPS: usize = 600;
const STEP: Duration = Duration::from_millis(50);

type Done = Result<Json, String>;

/// Does what a steering request says.
///
/// # Errors
/// What is wrong with the request.
pub(crate) fn act(shared: &Shared, method: &str, path: &[&str], body: &Json) -> Done {
    if (method, path) == ("POST", &["quiet"]) {
        return quiet(shared);
    }
    let done = steer(&mut shared.lock(), method, path, body);
    shared.notify();
    done
}

/// Waits until no notification is due.
fn quiet(shared: &Shared) -> Done {
    let mut world = shared.lock();
    for _ in 0..STEPS {
        let now = world.now_millis();
        if world.deliveries.is_quiet(now) {
            return Ok(json!(world.deliveries.sent));
        }
        world = shared.wait(world, STEP);
    }
    Err("notifications are still under way".to_owned())
}

fn steer(world: &mut World, method: &str, path: &[&str], body: &Json) -> Done {
    match (method, path) {
        ("POST", ["reset"]) => *world = World::new(world.origin.clone()),
        ("GET", ["seed"]) => return Ok(seeded(world)),
        ("PUT", ["settings"]) => world.settings = read::<Settings>(body)?,
        ("POST", ["faults"]) => world.script.push(read::<Failure>(body)?),
        ("DELETE", ["faults"]) => world.script.clear(),
        ("PUT", ["clock"]) => clock(world, body)?,
        ("PUT", ["outage"]) => {
            let code = body["status"].as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or(503);
            world.outage = (body["on"] == true).then_some(code);
        }
        ("POST", ["grant"]) => return grant(world, body),
        ("POST", ["revoke"]) => revoke(world, body)?,
        ("POST", ["expire_access"]) => {
            let account = body["account"].as_str().map(|_| account(world, body)).transpose()?;
            world.identity.expire_access(account.as_deref());
        }
        ("POST", ["expire_deltas"]) => world.deltas.expire(),
        ("POST", ["accounts"]) => return add_account(world, body),
        ("PUT", ["signed_in"]) => world.signed_in = account(world, body)?,
        ("POST", ["calendars"]) => return add_calendar(world, body),
        ("DELETE", ["calendars", id]) => {
            let (account, number) = (account(world, body)?, ids::calendar_of(id).map_err(|_| "it is no id")?);
            let account = world.accounts.get_mut(&account).ok_or("there is no such account")?;
            account.calendars.remove(&number).ok_or("there is no such calendar")?;
            account.events.retain(|_, event| event.calendar != number);
        }
        ("POST" | "DELETE", ["events", rest @ ..]) => return owner::act(world, method, rest, body),
        ("PUT", ["delivery"]) => delivery(world, body)?,
        ("POST", ["lifecycle"]) => lifecycle(world, body)?,
        ("GET", rest) => return state::shown(world, rest),
        ("DELETE", ["calls"]) => world.requests.clear(),
        _ => return Err("there is no such path".to_owned()),
    }
    Ok(json!({}))
}

pub(super) fn read<T: DeserializeOwned>(body: &Json) -> Result<T, String> {
    serde_json::from_value(body.clone()).map_err(|error| error.to_string())
}

/// The account that `account` names, by id or address; without it the one that is signed in.
pub(super) fn account(world: &World, body: &Json) -> Result<String, String> {
    world.account_id(body["account"].as_str()).ok_or_else(|| "there is no such account".to_owned())
}

fn seeded(world: &World) -> Json {
    let account = world.accounts.get(&world.signed_in);
    let calendar =
        account.and_then(|account| account.default_calendar()).map(|calendar| ids::calendar(calendar.number));
    json!({
        "client_id": seed::CLIENT_ID, "client_secret": seed::CLIENT_SECRET, "tenant": seed::TENANT,
        "domain": seed::DOMAIN, "account": world.signed_in, "mail": account.map(|account| &account.mail),
        "calendar": calendar,
    })
}

/// `{advance}` in milliseconds, or `{now}` in milliseconds of the epoch.
fn clock(world: &mut World, body: &Json) -> Result<(), String> {
    match (body["advance"].as_i64(), body["now"].as_i64()) {
        (Some(advance), None) => world.ahead += advance,
        (None, Some(now)) => world.ahead += now - world.now_millis(),
        _ => return Err("advance or now is missing".to_owned()),
    }
    Ok(())
}

/// Tokens of an account with these scopes; without any with all that there are.
fn grant(world: &mut World, body: &Json) -> Done {
    let account = account(world, body)?;
    let scopes: Option<Vec<String>> = body.get("scopes").map(read).transpose()?;
    let scopes = scopes.unwrap_or_else(|| SCOPES.iter().map(|scope| (*scope).to_owned()).collect());
    let known = |name: &String| scope(name).map(str::to_owned).ok_or_else(|| format!("{name} is no scope"));
    let scopes = scopes.iter().map(known).collect::<Result<BTreeSet<String>, String>>()?;
    Ok(identity::grant(world, &account, &scopes))
}

/// Ends the grant of an account with an error of the identity platform; `at_once` ends access tokens as well.
fn revoke(world: &mut World, body: &Json) -> Result<(), String> {
    let account = account(world, body)?;
    let code = body["error"].as_u64().unwrap_or(50_173);
    world.identity.revoke(&account, u32::try_from(code).map_err(|error| error.to_string())?);
    if body["at_once"] == true {
        world.identity.expire_access(Some(&account));
    }
    Ok(())
}

fn add_account(world: &mut World, body: &Json) -> Done {
    let text = |name: &str| body[name].as_str().ok_or_else(|| format!("{name} is missing"));
    let (name, mail) = (text("name")?.to_owned(), text("mail")?.to_owned());
    let id = world.add_account(&name, &mail, body["is_personal"] == true);
    let calendar = world.accounts.get(&id).and_then(|account| account.default_calendar());
    let calendar = calendar.map(|calendar| ids::calendar(calendar.number));
    Ok(json!({"id": id, "calendar": calendar}))
}

fn add_calendar(world: &mut World, body: &Json) -> Done {
    let id = account(world, body)?;
    let name = body["name"].as_str().ok_or("name is missing")?.to_owned();
    let mine = world.accounts.get(&id).map(|account| account.owner()).unwrap_or_default();
    let owner = match (body["owner"]["name"].as_str(), body["owner"]["address"].as_str()) {
        (Some(name), Some(address)) => (name.to_owned(), address.to_owned()),
        _ => mine,
    };
    let (can_edit, is_default) = (body["can_edit"] != false, body["is_default"] == true);
    if let Some(account) = world.accounts.get_mut(&id).filter(|_| is_default) {
        account.calendars.values_mut().for_each(|calendar| calendar.is_default = false);
    }
    let number = world.add_calendar(&id, Calendar { number: 0, name, is_default, can_edit, owner });
    Ok(json!({"id": ids::calendar(number), "resource": crate::subscriptions::resource(number)}))
}

fn delivery(world: &mut World, body: &Json) -> Result<(), String> {
    let count = |name: &str, before: usize| match body.get(name) {
        None => Ok(before),
        Some(value) => {
            value.as_u64().and_then(|count| usize::try_from(count).ok()).ok_or_else(|| format!("{name} is no count"))
        }
    };
    let deliveries = &mut world.deliveries;
    (deliveries.lose, deliveries.repeat) = (count("lose", deliveries.lose)?, count("repeat", deliveries.repeat)?);
    deliveries.is_held = body.get("hold").map_or(deliveries.is_held, |hold| hold == true);
    Ok(())
}

/// Sends a lifecycle event of one subscription, or of all.
fn lifecycle(world: &mut World, body: &Json) -> Result<(), String> {
    let event = body["event"].as_str().unwrap_or_default();
    if !["reauthorizationRequired", "subscriptionRemoved", "missed"].contains(&event) {
        return Err(format!("{event} is no lifecycle event"));
    }
    let named = body["subscription"].as_str().map(|id| vec![id.to_owned()]);
    let ids = named.unwrap_or_else(|| world.subscriptions.keys().cloned().collect());
    for id in ids {
        notify::lifecycle(world, &id, event)?;
        if let Some(subscription) = world.subscriptions.get_mut(&id).filter(|_| body["pause"] == true) {
            subscription.is_paused = true;
        }
    }
    Ok(())
}
