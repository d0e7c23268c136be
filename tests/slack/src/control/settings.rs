//! Settings: faults, limits, the clock, addresses for deliveries.

use super::must;
use crate::clock::Clock;
use crate::events::{self, Addresses, Order};
use crate::world::seed::{BOT_USER, TOKEN};
use crate::world::{Channel, ChannelKind, TokenState, User, UserKind, World, seed};
use serde_json::{Value, json};

pub(super) fn act(world: &mut World, method: &str, path: &str, given: &Value) -> Result<Value, String> {
    match (method, path) {
        ("POST", "faults") => world.faults.add(given)?,
        ("DELETE", "faults") => world.faults.clear(),
        ("PUT", "limits") => limits(world, given),
        ("PUT", "outage") => outage(world, given),
        ("PUT", "clock") => clock(world, given),
        ("PUT", "addresses") => addresses(world, given),
        ("PUT", "delivery") => delivery(world, given),
        ("POST", "release") => release(world, given)?,
        ("POST", "retries") => {
            let now = world.now();
            world.deliveries.hurry(now);
        }
        ("POST", "rate_limited") => drop(events::rate_limited(world)),
        ("POST", "token") => token(world, given)?,
        ("POST", "uninstall") => uninstall(world),
        ("POST", "users") => return users(world, given),
        ("POST", "channels") => return channels(world, given),
        ("POST", "channel") => channel(world, given)?,
        ("GET", "seed") => return Ok(known()),
        (method, path) => return Err(format!("there is no {method} {path}")),
    }
    Ok(json!({}))
}

/// The values that a client of the server needs.
fn known() -> Value {
    json!({
        "team": seed::TEAM, "app": seed::APP, "bot_user": BOT_USER, "bot": seed::BOT, "token": TOKEN,
        "signing_secret": seed::SIGNING_SECRET, "client_id": seed::CLIENT_ID, "client_secret": seed::CLIENT_SECRET,
        "ann": seed::ANN, "bob": seed::BOB, "cleo": seed::CLEO, "general": seed::GENERAL, "leads": seed::LEADS,
        "archived": seed::ARCHIVED, "private": seed::PRIVATE, "secret": seed::SECRET,
    })
}

fn limits(world: &mut World, given: &Value) {
    let number = |name: &str| given[name].as_u64().and_then(|number| usize::try_from(number).ok());
    world.limits.is_on = given["on"].as_bool().unwrap_or(world.limits.is_on);
    world.limits.burst = number("burst").unwrap_or(world.limits.burst);
    world.limits.factor = number("factor").unwrap_or(world.limits.factor);
}

/// A status code for every call; 0 for connections that break off.
fn outage(world: &mut World, given: &Value) {
    let status = given["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(503);
    world.outage = given["on"].as_bool().unwrap_or_default().then_some(status);
}

fn clock(world: &mut World, given: &Value) {
    if let Some(is_stopped) = given["stopped"].as_bool() {
        let now = world.now();
        world.clock = if is_stopped { Clock::Stopped(now) } else { Clock::Running(0).set(now) };
    }
    if let Some(now) = given["now"].as_i64() {
        world.clock = world.clock.set(now);
    }
    if let Some(by) = given["advance"].as_i64() {
        world.clock = world.clock.advanced(by);
    }
}

fn addresses(world: &mut World, given: &Value) {
    let server = given["server"].as_str().map(|server| server.trim_end_matches('/').to_owned());
    let at = |name: &str| {
        let named = given[name].as_str().map(str::to_owned);
        named.or_else(|| server.as_ref().map(|server| format!("{server}/hooks/slack/{name}")))
    };
    world.deliveries.addresses = Addresses { events: at("events"), actions: at("actions"), commands: at("commands") };
}

fn delivery(world: &mut World, given: &Value) {
    let deliveries = &mut world.deliveries;
    if let Some(count) = given["duplicates"].as_u64() {
        deliveries.duplicates = u32::try_from(count).unwrap_or_default();
    }
    deliveries.has_other_ids = given["other_ids"].as_bool().unwrap_or(deliveries.has_other_ids);
    deliveries.is_held = given["hold"].as_bool().unwrap_or(deliveries.is_held);
    deliveries.is_parallel = given["parallel"].as_bool().unwrap_or(deliveries.is_parallel);
    deliveries.skew = given["skew"].as_i64().unwrap_or(deliveries.skew);
    if let Some(secret) = given.get("secret") {
        deliveries.secret = secret.as_str().map(str::to_owned);
    }
}

fn release(world: &mut World, given: &Value) -> Result<(), String> {
    let order = match given["order"].as_str() {
        None | Some("forward") => Order::Forward,
        Some("backward") => Order::Backward,
        Some(other) => return Err(format!("there is no order {other}")),
    };
    let times = given["times"].as_u64().and_then(|times| usize::try_from(times).ok()).unwrap_or(1);
    world.deliveries.release(order, times);
    Ok(())
}

/// The scopes or the state of a token.
fn token(world: &mut World, given: &Value) -> Result<(), String> {
    let name = given["token"].as_str().unwrap_or(TOKEN);
    let token = world.tokens.get_mut(name).ok_or("there is no such token")?;
    if let Some(scope) = given["without"].as_str() {
        token.scopes.remove(scope);
    }
    if let Some(scope) = given["with"].as_str() {
        token.scopes.insert(scope.to_owned());
    }
    match given["state"].as_str() {
        None => {}
        Some("valid") => token.state = TokenState::Valid,
        Some("revoked") => {
            token.state = TokenState::Revoked;
            let tokens = json!({ "oauth": [], "bot": [BOT_USER] });
            events::lifecycle(world, &json!({ "type": "tokens_revoked", "tokens": tokens }));
        }
        Some(other) => return Err(format!("there is no state {other}")),
    }
    Ok(())
}

fn uninstall(world: &mut World) {
    world.tokens.values_mut().for_each(|token| token.state = TokenState::Inactive);
    let tokens = json!({ "oauth": [], "bot": [BOT_USER] });
    events::lifecycle(world, &json!({ "type": "tokens_revoked", "tokens": tokens }));
    events::lifecycle(world, &json!({ "type": "app_uninstalled" }));
}

/// A user comes, changes or leaves; or so many come at once.
fn users(world: &mut World, given: &Value) -> Result<Value, String> {
    if let Some(count) = given["count"].as_u64() {
        for _ in 0..count {
            let id = world.id("U");
            let email = format!("{}@acme.example", id.to_lowercase());
            world.users.insert(id.clone(), User::new(&id, &format!("User {id}"), Some(&email), UserKind::Member));
        }
        return Ok(json!({ "users": world.users.len() }));
    }
    let id = given["id"].as_str().map(str::to_owned);
    let is_new = id.as_ref().is_none_or(|id| !world.users.contains_key(id));
    let id = id.unwrap_or_else(|| world.id("U"));
    let new = || User::new(&id, "New User", None, UserKind::Member);
    let user = world.users.entry(id.clone()).or_insert_with(new);
    if let Some(name) = given["name"].as_str() {
        name.clone_into(&mut user.name);
    }
    if let Some(email) = given.get("email") {
        user.email = email.as_str().map(str::to_owned);
    }
    if let Some(kind) = given["kind"].as_str() {
        user.kind = UserKind::parse(kind).ok_or("there is no such kind of user")?;
    }
    let shown = user.to_json(true);
    let kind = if is_new { "team_join" } else { "user_change" };
    events::lifecycle(world, &json!({ "type": kind, "user": shown, "cache_ts": 1_700_000_000 }));
    Ok(json!({ "id": id }))
}

/// A channel is made by a person; or so many at once.
fn channels(world: &mut World, given: &Value) -> Result<Value, String> {
    if let Some(count) = given["count"].as_u64() {
        for _ in 0..count {
            let id = world.id("C");
            world.channels.insert(id.clone(), Channel::new(&id, &id.to_lowercase(), ChannelKind::Public));
        }
        return Ok(json!({ "channels": world.channels.len() }));
    }
    let id = world.id("C");
    let is_private = given["is_private"].as_bool().unwrap_or_default();
    let kind = if is_private { ChannelKind::Private } else { ChannelKind::Public };
    let mut channel = Channel::new(&id, must(given, "name")?, kind);
    channel.members.extend([seed::ANN, seed::BOB, seed::CLEO].map(str::to_owned));
    world.channels.insert(id.clone(), channel);
    Ok(json!({ "id": id }))
}

/// A channel is archived, renamed; the bot or a user comes or leaves.
fn channel(world: &mut World, given: &Value) -> Result<(), String> {
    let id = must(given, "channel")?.to_owned();
    let user = given["user"].as_str().unwrap_or(BOT_USER).to_owned();
    let channel = world.channels.get_mut(&id).ok_or("there is no such channel")?;
    let prefix = channel.kind.word();
    let had_bot = channel.has_bot();
    let event = match must(given, "do")? {
        what @ ("archive" | "unarchive") => {
            channel.is_archived = what == "archive";
            json!({ "type": format!("{prefix}_{what}"), "channel": id, "user": seed::ANN })
        }
        "rename" => {
            must(given, "name")?.clone_into(&mut channel.name);
            let renamed = json!({ "id": id, "name": channel.name, "name_normalized": channel.name, "created": 1 });
            json!({ "type": format!("{prefix}_rename"), "channel": renamed })
        }
        "delete" => {
            world.channels.remove(&id);
            json!({ "type": format!("{prefix}_deleted"), "channel": id })
        }
        "invite" => {
            channel.members.insert(user.clone());
            json!({ "type": "member_joined_channel", "user": user, "channel": id, "channel_type": "C", "team": seed::TEAM })
        }
        "remove" => {
            channel.members.remove(&user);
            if user == BOT_USER {
                json!({ "type": format!("{prefix}_left"), "channel": id })
            } else {
                json!({ "type": "member_left_channel", "user": user, "channel": id, "channel_type": "C", "team": seed::TEAM })
            }
        }
        other => return Err(format!("a channel cannot {other}")),
    };
    let has_bot = world.channels.get(&id).is_some_and(Channel::has_bot);
    if had_bot || has_bot || prefix == "channel" {
        events::lifecycle(world, &event);
    }
    Ok(())
}
