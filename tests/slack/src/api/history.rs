//! The messages of channels and threads.

use super::conversations::channel;
use super::users::paged;
use super::{Call, Done, Refused};
use crate::world::{Message, World};
use serde_json::{Value, json};

/// The channel, when the bot may read there.
fn readable(world: &World, call: &Call) -> Result<String, Refused> {
    let channel = channel(world, call)?;
    call.need(&channel.kind.scope("history"))?;
    if channel.has_bot() { Ok(channel.id.clone()) } else { Err(Refused::new("not_in_channel")) }
}

/// Whether a time stamp is in the span that is asked for.
fn is_asked(call: &Call, ts: &str) -> Result<bool, Refused> {
    let bound = |name: &str| match call.arguments.text(name) {
        None => Ok(None),
        Some(text) => text.parse::<f64>().map(Some).map_err(|_| Refused::new(&format!("invalid_ts_{name}"))),
    };
    let is_inclusive = call.arguments.is_true("inclusive");
    let ts: f64 = ts.parse().unwrap_or_default();
    let (oldest, latest) = (bound("oldest")?, bound("latest")?);
    let is_after = oldest.is_none_or(|oldest| if is_inclusive { ts >= oldest } else { ts > oldest });
    let is_before = latest.is_none_or(|latest| if is_inclusive { ts <= latest } else { ts < latest });
    Ok(is_after && is_before)
}

pub(super) fn history(world: &mut World, call: &Call) -> Done {
    let id = readable(world, call)?;
    let limit = call.arguments.limit(100, 999)?;
    let mut found: Vec<&Message> = Vec::new();
    for message in world.messages.iter().rev() {
        let is_here = message.channel == id && !message.is_deleted && (message.is_root() || message.is_broadcast);
        if is_here && is_asked(call, &message.ts)? {
            found.push(message);
        }
    }
    answer(world, call, &found, limit)
}

pub(super) fn replies(world: &mut World, call: &Call) -> Done {
    let id = readable(world, call)?;
    let (ts, limit) = (call.arguments.must("ts")?, call.arguments.limit(1_000, 1_000)?);
    let root = world.message(&id, &ts).filter(|root| !root.is_deleted);
    let root = root.ok_or_else(|| Refused::new("thread_not_found"))?;
    let thread = root.thread.clone().unwrap_or_else(|| root.ts.clone());
    let mut found: Vec<&Message> = Vec::new();
    for message in world.messages.iter().filter(|message| message.channel == id && !message.is_deleted) {
        let is_root = message.ts == thread;
        // The first message of a thread is always shown.
        if is_root || message.thread.as_deref() == Some(&thread) && is_asked(call, &message.ts)? {
            found.push(message);
        }
    }
    answer(world, call, &found, limit)
}

fn answer(world: &World, call: &Call, found: &[&Message], limit: usize) -> Done {
    let (page, next) = paged(found, call, limit)?;
    let shows_metadata = call.arguments.is_true("include_all_metadata");
    let shown = page.iter().map(|message| {
        let mut json = message.to_json(world);
        if let Some(metadata) = message.metadata.as_ref().filter(|_| shows_metadata) {
            json["metadata"] = metadata.clone();
        }
        json
    });
    let messages: Vec<Value> = shown.collect();
    let mut answer = json!({ "messages": messages, "has_more": !next.is_empty() });
    if !next.is_empty() {
        answer["response_metadata"] = json!({ "next_cursor": next });
    }
    Ok(answer)
}
