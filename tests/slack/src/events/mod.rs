//! Events of the workspace and their deliveries to the app.

mod deliver;
mod queue;
mod sign;

pub(crate) use deliver::work;
pub(crate) use queue::{Addresses, Deliveries, Order};

use crate::world::seed::{APP, BOT_USER, TEAM};
use crate::world::{Channel, Message, World};
use queue::Kind;
use serde_json::{Value, json};

/// The events of an app that are not messages.
pub(crate) fn lifecycle(world: &mut World, event: &Value) {
    let mut event = event.clone();
    if event["event_ts"].is_null() {
        event["event_ts"] = json!(world.ts());
    }
    tell(world, &event);
}

/// A message was written, by the bot or by a person.
pub(crate) fn written(world: &mut World, message: Message) {
    let (channel, ts) = (message.channel.clone(), message.ts.clone());
    world.messages.push(message);
    let Some(mut event) = world.message(&channel, &ts).map(|message| message.to_json(world)) else { return };
    if event["files"].is_array() && event["subtype"].is_null() {
        event["subtype"] = json!("file_share");
    }
    in_channel(world, &channel, &ts, &mut event);
    notify(world, &channel, &event);
}

pub(crate) fn changed(world: &mut World, channel: &str, ts: &str, change: impl FnOnce(&mut Message)) {
    let before = json_of(world, channel, ts);
    let at = world.ts();
    let Some(message) = world.message_mut(channel, ts) else { return };
    change(message);
    message.edited = Some(at.clone());
    let now = json_of(world, channel, ts);
    notify_changed(world, channel, &at, &before, &now);
}

/// Slack adds a preview of a link: a `message_changed` without an edit by a person.
pub(crate) fn unfolded(world: &mut World, channel: &str, ts: &str) {
    let before = json_of(world, channel, ts);
    let mut now = before.clone();
    now["attachments"] = json!([{ "id": 1, "service_name": "Example", "title": "A page", "fallback": "A page" }]);
    let at = world.ts();
    notify_changed(world, channel, &at, &before, &now);
}

/// A message is deleted. The first one of a thread leaves a trace while there are replies, and those are sent again as
/// if they had changed.
pub(crate) fn deleted(world: &mut World, channel: &str, ts: &str) {
    let before = json_of(world, channel, ts);
    let has_replies = before["reply_count"].as_u64().is_some_and(|count| count > 0);
    let at = world.ts();
    if has_replies {
        if let Some(message) = world.message_mut(channel, ts) {
            message.subtype = Some("tombstone".to_owned());
            message.text = "This message was deleted.".to_owned();
            message.blocks.clear();
        }
        let now = json_of(world, channel, ts);
        notify_changed(world, channel, &at, &before, &now);
        for reply in world.replies(channel, ts) {
            let (at, same) = (world.ts(), json_of(world, channel, &reply));
            notify_changed(world, channel, &at, &same, &same);
        }
        return;
    }
    if let Some(message) = world.message_mut(channel, ts) {
        message.is_deleted = true;
    }
    let mut event = json!({
        "type": "message", "subtype": "message_deleted", "deleted_ts": ts, "previous_message": before, "hidden": true,
        "ts": at,
    });
    in_channel(world, channel, &at, &mut event);
    notify(world, channel, &event);
}

fn json_of(world: &World, channel: &str, ts: &str) -> Value {
    world.message(channel, ts).map(|message| message.to_json(world)).unwrap_or_default()
}

fn notify_changed(world: &mut World, channel: &str, at: &str, before: &Value, now: &Value) {
    let mut event = json!({
        "type": "message", "subtype": "message_changed", "message": now, "previous_message": before, "hidden": true,
        "ts": at,
    });
    in_channel(world, channel, at, &mut event);
    notify(world, channel, &event);
}

fn in_channel(world: &World, channel: &str, ts: &str, event: &mut Value) {
    let kind = world.channels.get(channel).map(|channel| channel.kind.word());
    event["channel"] = json!(channel);
    event["channel_type"] = json!(kind);
    event["event_ts"] = json!(ts);
}

/// Notifies the app of an event in a channel that its bot is in.
fn notify(world: &mut World, channel: &str, event: &Value) {
    if world.channels.get(channel).is_some_and(Channel::has_bot) {
        tell(world, event);
    }
}

fn tell(world: &mut World, event: &Value) {
    let copies = 1 + world.deliveries.duplicates;
    let mut id = String::new();
    for _ in 0..copies {
        // The same event may come under other ids.
        if id.is_empty() || world.deliveries.has_other_ids {
            id = world.id("Ev");
        }
        let body = json!({
            "token": "verification-token", "team_id": TEAM, "context_team_id": TEAM, "context_enterprise_id": null,
            "api_app_id": APP, "event": event, "type": "event_callback", "event_id": id,
            "event_time": world.now() / 1_000, "is_ext_shared_channel": false, "event_context": format!("4-{id}"),
            "authorizations": [{
                "enterprise_id": null, "team_id": TEAM, "user_id": BOT_USER, "is_bot": true,
                "is_enterprise_install": false,
            }],
        });
        let (body, now) = (body.to_string(), world.now());
        let label = [event["type"].as_str(), event["subtype"].as_str()].into_iter().flatten().collect::<Vec<_>>();
        world.deliveries.add(Kind::Event, &label.join("/"), body, now);
    }
}

/// A person pressed something or sent a form: `payload` in a form.
pub(crate) fn interaction(world: &mut World, payload: &Value) -> u64 {
    let form =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("payload", &payload.to_string()).finish();
    let (now, label) = (world.now(), payload["type"].as_str().unwrap_or_default().to_owned());
    world.deliveries.add(Kind::Action, &label, form, now)
}

/// A person gave a command.
pub(crate) fn command(world: &mut World, fields: &[(&str, String)]) -> u64 {
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let now = world.now();
    world.deliveries.add(Kind::Command, "command", form, now)
}

/// Slack asks whether the address for events is the app's.
pub(crate) fn verification(world: &mut World, challenge: &str) -> u64 {
    let body = json!({ "token": "verification-token", "challenge": challenge, "type": "url_verification" });
    let now = world.now();
    world.deliveries.add(Kind::Verification, "url_verification", body.to_string(), now)
}

/// Notifies the app that events were dropped by the rate limit.
pub(crate) fn rate_limited(world: &mut World) -> u64 {
    let body = json!({
        "token": "verification-token", "type": "app_rate_limited", "team_id": TEAM, "api_app_id": APP,
        "minute_rate_limited": world.now() / 60_000 * 60,
    });
    let now = world.now();
    world.deliveries.add(Kind::Verification, "app_rate_limited", body.to_string(), now)
}
