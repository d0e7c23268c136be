//! Actions of users.

use super::must;
use crate::events;
use crate::markup;
use crate::world::seed::{APP, TEAM};
use crate::world::{File, Message, World};
use serde_json::{Value, json};

/// The actions that wait for no response.
pub(super) const NAMES: [&str; 4] = ["write", "edit", "delete", "unfold"];

/// Uses of an address for answers, and its life in milliseconds.
const RESPONSES: (u32, i64) = (5, 30 * 60_000);

pub(super) fn act(world: &mut World, path: &str, given: &Value) -> Result<Value, String> {
    match path {
        "write" => write(world, given),
        "edit" => edit(world, given),
        "delete" => {
            let (channel, ts) = message(world, given)?;
            events::deleted(world, &channel, &ts);
            Ok(json!({}))
        }
        "unfold" => {
            let (channel, ts) = message(world, given)?;
            events::unfolded(world, &channel, &ts);
            Ok(json!({}))
        }
        other => Err(format!("unknown action {other}")),
    }
}

/// The channel by its id, or `dm` for the direct messages of the user with the bot.
fn channel_of(world: &mut World, given: &Value, user: &str) -> Result<String, String> {
    match must(given, "channel")? {
        "dm" => Ok(world.direct(user)),
        channel if world.channels.contains_key(channel) => Ok(channel.to_owned()),
        _ => Err("there is no such channel".to_owned()),
    }
}

fn message(world: &World, given: &Value) -> Result<(String, String), String> {
    let (channel, ts) = (must(given, "channel")?, must(given, "ts")?);
    world.message(channel, ts).ok_or("there is no such message")?;
    Ok((channel.to_owned(), ts.to_owned()))
}

fn write(world: &mut World, given: &Value) -> Result<Value, String> {
    let user = must(given, "user")?.to_owned();
    let channel = channel_of(world, given, &user)?;
    let thread = given["thread"].as_str().map(str::to_owned);
    if let Some(thread) = &thread {
        world.message(&channel, thread).ok_or("there is no such thread")?;
    }
    let mut files = Vec::new();
    for one in given["files"].as_array().into_iter().flatten() {
        files.push(file(world, one, &user)?);
    }
    let text = given["text"].as_str().unwrap_or_default().to_owned();
    // As people's messages have them: the text once more, taken apart.
    let blocks = given["blocks"].as_array().cloned().unwrap_or_else(|| rich(&text, &given["emoji"]));
    let ts = world.ts();
    let is_broadcast = given["broadcast"].as_bool().unwrap_or_default();
    let subtype = given["subtype"].as_str().map(str::to_owned);
    let attachments = given["attachments"].as_array().cloned().unwrap_or_default();
    let message = Message { channel: channel.clone(), ts: ts.clone(), user, text, blocks, ..Message::default() };
    events::written(world, Message { thread, is_broadcast, files, attachments, subtype, ..message });
    Ok(json!({ "channel": channel, "ts": ts }))
}

fn rich(text: &str, emoji: &Value) -> Vec<Value> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut elements = vec![json!({ "type": "text", "text": markup::seen(text, &[]) })];
    for (name, points) in emoji.as_object().into_iter().flatten() {
        elements.push(json!({ "type": "emoji", "name": name, "unicode": points }));
    }
    let section = json!({ "type": "rich_text_section", "elements": elements });
    vec![json!({ "type": "rich_text", "block_id": "b1", "elements": [section] })]
}

fn file(world: &mut World, given: &Value, user: &str) -> Result<String, String> {
    let id = world.id("F");
    let content = match (given["text"].as_str(), given["hex"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(digits)) => hex::decode(digits).map_err(|error| error.to_string())?,
        (None, None) => return Err("a file has text or hex".to_owned()),
    };
    let mimetype = given["mimetype"].as_str().unwrap_or("text/plain").to_owned();
    let name = must(given, "name")?.to_owned();
    world.files.insert(id.clone(), File { id: id.clone(), name, mimetype, user: user.to_owned(), content });
    Ok(id)
}

fn edit(world: &mut World, given: &Value) -> Result<Value, String> {
    let (channel, ts) = message(world, given)?;
    let text = must(given, "text")?.to_owned();
    let blocks = rich(&text, &given["emoji"]);
    events::changed(world, &channel, &ts, |message| {
        message.text = text;
        message.blocks = blocks;
    });
    Ok(json!({}))
}

/// Sends a request that waits for a response; returns its number.
pub(super) fn posted(world: &mut World, path: &str, given: &Value) -> Result<u64, String> {
    match path {
        "press" => press(world, given),
        "submit" => submit(world, given),
        "command" => command(world, given),
        "shortcut" => {
            let user = must(given, "user")?.to_owned();
            let trigger_id = world.trigger(&user);
            let callback_id = must(given, "callback_id")?;
            let payload = json!({
                "type": "shortcut", "token": "verification-token", "action_ts": world.ts(), "callback_id": callback_id,
                "team": { "id": TEAM, "domain": "acme" }, "user": person(&user), "trigger_id": trigger_id,
            });
            Ok(events::interaction(world, &payload))
        }
        "verify" => Ok(events::verification(world, must(given, "challenge")?)),
        other => Err(format!("unknown action {other}")),
    }
}

fn person(user: &str) -> Value {
    json!({ "id": user, "username": user.to_lowercase(), "name": user.to_lowercase(), "team_id": TEAM })
}

/// The element with this name somewhere in the blocks, with the id of its block.
fn element(blocks: &[Value], action_id: &str) -> Option<(Value, String)> {
    blocks.iter().enumerate().find_map(|(index, block)| {
        let beside = block["elements"].as_array().into_iter().flatten();
        let mut all = beside.chain([&block["accessory"], &block["element"]]);
        let found = all.find(|element| element["action_id"] == action_id)?;
        let block_id = block["block_id"].as_str().map_or_else(|| format!("block{index}"), str::to_owned);
        Some((found.clone(), block_id))
    })
}

/// A user presses a button, or chooses `value` of a select.
fn press(world: &mut World, given: &Value) -> Result<u64, String> {
    let user = must(given, "user")?.to_owned();
    let (channel, ts) = message(world, given)?;
    let action_id = must(given, "action_id")?;
    let shown = world.message(&channel, &ts).map(|message| message.to_json(world)).unwrap_or_default();
    let blocks = shown["blocks"].as_array().cloned().unwrap_or_default();
    let is_forced = given["forced"].as_bool().unwrap_or_default();
    let (element, block_id) = match element(&blocks, action_id) {
        Some(found) => found,
        // A button of a message as it was before it was changed.
        None if is_forced => (json!({ "type": "button", "value": given["value"] }), "b1".to_owned()),
        None => return Err(format!("the message has no {action_id}")),
    };
    let mut action = json!({
        "action_id": action_id, "block_id": block_id, "type": element["type"], "action_ts": world.ts(),
    });
    if element["type"] == "button" {
        action["text"] = element["text"].clone();
        action["value"] = element["value"].clone();
    } else {
        let options = element["options"].as_array().into_iter().flatten();
        let chosen = options.into_iter().find(|option| option["value"] == given["value"]);
        action["selected_option"] = chosen.cloned().ok_or("there is no such option")?;
    }
    let name = world.channels.get(&channel).map(|channel| channel.name.clone());
    let (trigger_id, response_url) = (world.trigger(&user), world.response_url(&user, &channel));
    let payload = json!({
        "type": "block_actions", "user": person(&user), "api_app_id": APP, "token": "verification-token",
        "container": {
            "type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": false,
            "thread_ts": shown["thread_ts"],
        },
        "trigger_id": trigger_id, "team": { "id": TEAM, "domain": "acme" }, "enterprise": null,
        "is_enterprise_install": false, "channel": { "id": channel, "name": name }, "message": shown,
        "state": { "values": {} }, "response_url": response_url, "actions": [action],
    });
    Ok(events::interaction(world, &payload))
}

/// A user sends the modal that was opened last, with `values` by the names of its inputs.
fn submit(world: &mut World, given: &Value) -> Result<u64, String> {
    let user = must(given, "user")?.to_owned();
    let opened = world.views.iter().rev().find(|opened| opened["user"] == user.as_str());
    let mut view = opened.ok_or("the user has no modal open")?["view"].clone();
    let blocks = view["blocks"].as_array().cloned().unwrap_or_default();
    let mut values = json!({});
    for (name, value) in given["values"].as_object().into_iter().flatten() {
        let (element, block_id) = element(&blocks, name).ok_or_else(|| format!("the modal has no {name}"))?;
        let mut entered = json!({ "type": element["type"] });
        if element["type"] == "static_select" {
            let options = element["options"].as_array().into_iter().flatten();
            let chosen = options.into_iter().find(|option| option["value"] == *value);
            entered["selected_option"] = chosen.cloned().ok_or("there is no such option")?;
        } else {
            entered["value"] = value.clone();
        }
        values[&block_id][name] = entered;
    }
    view["state"]["values"] = values;
    let trigger_id = world.trigger(&user);
    let payload = json!({
        "type": "view_submission", "team": { "id": TEAM, "domain": "acme" }, "user": person(&user), "api_app_id": APP,
        "token": "verification-token", "trigger_id": trigger_id, "view": view, "response_urls": [],
        "is_enterprise_install": false, "enterprise": null,
    });
    Ok(events::interaction(world, &payload))
}

fn command(world: &mut World, given: &Value) -> Result<u64, String> {
    let user = must(given, "user")?.to_owned();
    let channel = channel_of(world, given, &user)?;
    let name = world.channels.get(&channel).map(|channel| channel.name.clone()).unwrap_or_default();
    let (trigger_id, response_url) = (world.trigger(&user), world.response_url(&user, &channel));
    let fields = [
        ("token", "verification-token".to_owned()),
        ("team_id", TEAM.to_owned()),
        ("team_domain", "acme".to_owned()),
        ("channel_id", channel),
        ("channel_name", name),
        ("user_name", user.to_lowercase()),
        ("user_id", user),
        ("command", given["command"].as_str().unwrap_or("/knock").to_owned()),
        ("text", given["text"].as_str().unwrap_or_default().to_owned()),
        ("api_app_id", APP.to_owned()),
        ("is_enterprise_install", "false".to_owned()),
        ("response_url", response_url),
        ("trigger_id", trigger_id),
    ];
    Ok(events::command(world, &fields))
}

/// The app answers at the address that came with what a person did.
pub(crate) fn responded(world: &mut World, id: &str, said: &Value) -> Result<(), (u16, &'static str)> {
    let now = world.now();
    let response = world.responses.get_mut(id).ok_or((404, "no_active_hooks"))?;
    let (uses, life) = RESPONSES;
    if now - response.at > life || response.uses >= uses {
        return Err((404, "used_url"));
    }
    response.uses += 1;
    let (user, channel) = (response.user.clone(), response.channel.clone());
    let text = said["text"].as_str().unwrap_or_default();
    let blocks = said["blocks"].as_array().cloned().unwrap_or_default();
    if text.is_empty() && blocks.is_empty() {
        return Err((400, "no_text"));
    }
    let seen = markup::seen(text, &blocks);
    let ts = world.ts();
    world.ephemeral.push(json!({
        "channel": channel, "user": user, "ts": ts, "text": text, "blocks": blocks, "seen": seen, "is_response": true,
    }));
    Ok(())
}
