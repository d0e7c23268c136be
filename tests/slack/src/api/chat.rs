//! `chat.*`.

use super::conversations::channel;
use super::{Call, Done, Refused, blocks};
use crate::events;
use crate::markup;
use crate::world::seed::BOT_USER;
use crate::world::{Message, World};
use serde_json::{Value, json};

/// The longest text.
const TEXT: usize = 40_000;

/// The content of a message.
struct Content {
    text: String,
    /// None where they are not named.
    named: Option<Vec<Value>>,
    metadata: Option<Value>,
}

/// Reads what a message says, as Slack checks it.
fn content(call: &Call) -> Result<Content, Refused> {
    let arguments = &call.arguments;
    let text = arguments.text("text").unwrap_or_default();
    let blocks = arguments.json("blocks").map_err(|()| Refused::new("invalid_blocks_format"))?;
    let named = match blocks {
        None => None,
        Some(Value::Array(blocks)) => Some(blocks),
        Some(_) => return Err(Refused::new("invalid_blocks_format")),
    };
    let blocks = named.as_deref().unwrap_or_default();
    blocks::check(blocks)
        .map_err(|why| Refused { messages: vec![format!("[ERROR] {why}")], ..Refused::new("invalid_blocks") })?;
    if blocks::texts(blocks) > blocks::ALL_LIMIT {
        return Err(Refused::new("msg_blocks_too_long"));
    }
    if text.chars().count() > TEXT {
        return Err(Refused::new("msg_too_long"));
    }
    if text.trim().is_empty() && blocks.is_empty() {
        return Err(Refused::new("no_text"));
    }
    let metadata = arguments.json("metadata").map_err(|()| Refused::new("invalid_metadata_format"))?;
    let is_metadata = |json: &Value| json["event_type"].is_string() && json["event_payload"].is_object();
    if metadata.as_ref().is_some_and(|json| !is_metadata(json)) {
        return Err(Refused::new("invalid_metadata_schema"));
    }
    Ok(Content { text, named, metadata })
}

/// The channel, when the bot may write there.
fn writable(world: &World, call: &Call) -> Result<String, Refused> {
    let channel = channel(world, call)?;
    if channel.is_archived {
        return Err(Refused::new("is_archived"));
    }
    if channel.has_bot() { Ok(channel.id.clone()) } else { Err(Refused::new("not_in_channel")) }
}

pub(super) fn post(world: &mut World, call: &Call) -> Done {
    // A message to a user goes into the direct messages with them.
    let mut call = Call { arguments: call.arguments.clone(), scopes: call.scopes.clone() };
    let to = call.arguments.must("channel")?;
    if world.users.contains_key(&to) {
        let direct = world.direct(&to);
        call.arguments.set("channel", &direct);
    }
    let id = writable(world, &call)?;
    let Content { text, named, metadata } = content(&call)?;
    let blocks = named.unwrap_or_default();
    // What answers a message that is gone stands in the channel, and nothing says so but that the answer has no thread.
    let thread = call.arguments.text("thread_ts");
    let thread = thread.filter(|thread| world.message(&id, thread).is_some_and(|root| !root.is_deleted));
    let is_broadcast = thread.is_some() && call.arguments.is_true("reply_broadcast");
    let (ts, user) = (world.ts(), BOT_USER.to_owned());
    let message =
        Message { channel: id.clone(), ts, user, text, blocks, thread, is_broadcast, metadata, ..Message::default() };
    let ts = message.ts.clone();
    events::written(world, message);
    let shown = world.message(&id, &ts).map(|message| message.to_json(world));
    Ok(json!({ "channel": id, "ts": ts, "message": shown }))
}

pub(super) fn ephemeral(world: &mut World, call: &Call) -> Done {
    let id = writable(world, call)?;
    let user = call.arguments.must("user")?;
    let Content { text, named, .. } = content(call)?;
    let blocks = named.unwrap_or_default();
    if !world.channels.get(&id).is_some_and(|channel| channel.members.contains(&user)) {
        return Err(Refused::new("user_not_in_channel"));
    }
    let ts = world.ts();
    let seen = markup::seen(&text, &blocks);
    let thread = call.arguments.text("thread_ts");
    world.ephemeral.push(json!({
        "channel": id, "user": user, "ts": ts, "text": text, "blocks": blocks, "thread_ts": thread, "seen": seen,
    }));
    Ok(json!({ "message_ts": ts }))
}

/// A message of the bot's own.
fn own(world: &World, call: &Call, otherwise: &str) -> Result<(String, String), Refused> {
    let channel = channel(world, call)?;
    let ts = call.arguments.must("ts")?;
    let message = world.message(&channel.id, &ts).filter(|message| !message.is_deleted);
    let message = message.ok_or_else(|| Refused::new("message_not_found"))?;
    if message.is_of_bot() { Ok((channel.id.clone(), ts)) } else { Err(Refused::new(otherwise)) }
}

pub(super) fn update(world: &mut World, call: &Call) -> Done {
    let is_archived = channel(world, call)?.is_archived;
    let (id, ts) = own(world, call, "cant_update_message")?;
    if is_archived {
        return Err(Refused::new("is_inactive"));
    }
    let Content { text, named, metadata } = content(call)?;
    let change = |message: &mut Message| {
        message.text = text;
        // What is not named stays.
        message.blocks = named.unwrap_or_else(|| std::mem::take(&mut message.blocks));
        message.metadata = metadata.or(message.metadata.take());
    };
    events::changed(world, &id, &ts, change);
    let shown = world.message(&id, &ts).map(|message| message.to_json(world));
    Ok(json!({ "channel": id, "ts": ts, "text": shown.as_ref().map(|shown| shown["text"].clone()), "message": shown }))
}

pub(super) fn delete(world: &mut World, call: &Call) -> Done {
    let (id, ts) = own(world, call, "cant_delete_message")?;
    events::deleted(world, &id, &ts);
    Ok(json!({ "channel": id, "ts": ts }))
}

pub(super) fn permalink(world: &mut World, call: &Call) -> Done {
    let id = channel(world, call)?.id.clone();
    let ts = call.arguments.must("message_ts")?;
    world.message(&id, &ts).ok_or_else(|| Refused::new("message_not_found"))?;
    let permalink = format!("{}/archives/{id}/p{}", world.origin, ts.replace('.', ""));
    Ok(json!({ "channel": id, "permalink": permalink }))
}
