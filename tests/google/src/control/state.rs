//! Accounts, grants, the clock and what there is to read.

use super::{Account, read};
use crate::clock::Clock;
use crate::scopes::short;
use crate::settings::Settings;
use crate::world::World;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// One of: moved on, set to an instant and stopped there, or running again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockChange {
    /// In milliseconds.
    advance: Option<i64>,
    stop_at: Option<String>,
    #[serde(default)]
    run: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PushChange {
    /// The number of next messages that are lost.
    #[serde(default)]
    lose: usize,
    /// The number of next messages that are repeated, and how often.
    #[serde(default)]
    repeat: usize,
    #[serde(default = "once")]
    copies: usize,
}

fn once() -> usize {
    1
}

pub(super) fn patch_settings(world: &mut World, body: &Json) -> Result<(), String> {
    let known = &world.settings;
    let mut settings = json!({
        "testing": known.testing, "redirect_uris": known.redirect_uris, "exact_redirects": known.exact_redirects,
        "per_minute": known.per_minute, "limit_status": known.limit_status,
        "conference_pending": known.conference_pending, "conference_fails": known.conference_fails,
        "conference_types": known.conference_types, "largest_page": known.largest_page,
        "channel_life": known.channel_life,
    });
    for (name, value) in body.as_object().ok_or("it is no object")? {
        settings[name] = value.clone();
    }
    world.settings = read::<Settings>(&settings)?;
    Ok(())
}

pub(super) fn set_clock(world: &mut World, change: ClockChange) -> Result<(), String> {
    if change.run {
        world.clock = Clock::Running(0);
    }
    if let Some(at) = change.stop_at {
        let at: Timestamp = at.parse().map_err(|_| "stop_at is no instant")?;
        world.clock = Clock::Stopped(at.as_millisecond());
    }
    if let Some(by) = change.advance {
        world.clock = world.clock.advanced(by);
    }
    Ok(())
}

pub(super) fn set_pushes(world: &mut World, change: &PushChange) {
    world.pushes.lose = change.lose;
    world.pushes.repeat = (change.copies, change.repeat);
}

/// Accounts and what they granted.
pub(super) fn accounts(world: &mut World, method: &str, path: &[&str], body: &Json) -> Result<Json, String> {
    let account = body["email"].as_str().unwrap_or(crate::world::ACCOUNT).to_owned();
    match (method, path) {
        ("POST", ["accounts"]) => {
            let account: Account = read(body)?;
            let zone = account.time_zone.as_deref().unwrap_or("Europe/Berlin");
            crate::calendar::zone(zone)?;
            world.add_account(&account.email, &account.name, zone);
        }
        ("PUT", ["signed_in"]) => {
            if !world.accounts.contains_key(&account) {
                return Err("there is no such account".to_owned());
            }
            world.signed_in = account;
        }
        ("GET", ["grants"]) => return Ok(world.grants.shown()),
        ("POST", ["grants", "revoke"]) => world.grants.revoke(&account),
        ("POST", ["grants", "narrow"]) => {
            let left: Vec<String> = read(&body["scopes"])?;
            let left: BTreeSet<String> = left.iter().map(|scope| short(scope).to_owned()).collect();
            world.grants.narrow(&account, &left);
        }
        ("POST", ["tokens", "expire"]) => world.grants.expire(),
        _ => return Err("there is no such path".to_owned()),
    }
    Ok(json!({}))
}

/// What there is to read, and to forget.
pub(super) fn shown(world: &mut World, method: &str, path: &[&str]) -> Result<Json, String> {
    let now = world.now();
    match (method, path) {
        ("GET", ["clock"]) => Ok(json!({"now": now})),
        ("GET", ["calls"]) => Ok(json!(world.requests)),
        ("DELETE", ["calls"]) => {
            world.requests.clear();
            Ok(json!({}))
        }
        ("GET", ["counts"]) => Ok(counts(world)),
        ("GET", ["mails"]) => Ok(json!(world.mails)),
        ("GET", ["pushes"]) => Ok(json!({"log": world.pushes.log, "waiting": world.pushes.waiting.len()})),
        ("GET", ["channels"]) => {
            let shown = world.pushes.channels.iter().map(|channel| {
                json!({
                    "id": channel.id, "resource_id": channel.resource, "calendar": channel.calendar,
                    "account": channel.account, "address": channel.address, "token": channel.token,
                    "expires": channel.expires, "is_open": channel.is_open(now), "sent": channel.sent,
                })
            });
            Ok(shown.collect())
        }
        _ => Err("there is no such path".to_owned()),
    }
}

/// The number of requests by method, and of refusals by limits.
fn counts(world: &World) -> Json {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for request in &world.requests {
        *by_name.entry(request["name"].as_str().unwrap_or("unknown")).or_default() += 1;
    }
    json!({"requests": world.requests.len(), "by_name": by_name, "refused_by_limits": world.limited})
}
