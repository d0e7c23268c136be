//! `conversations.*`, but what was written in them.

use super::users::paged;
use super::{Call, Done, Refused};
use crate::events;
use crate::world::seed::BOT_USER;
use crate::world::{Channel, ChannelKind, UserKind, World};
use serde_json::{Value, json};

/// The channel of an argument, when the bot knows that it exists.
pub(super) fn channel<'w>(world: &'w World, call: &Call) -> Result<&'w Channel, Refused> {
    let id = call.arguments.must("channel")?;
    world.channels.get(&id).filter(|channel| channel.is_visible()).ok_or_else(|| Refused::new("channel_not_found"))
}

pub(super) fn list(world: &mut World, call: &Call) -> Done {
    let limit = call.arguments.limit(100, 999)?;
    let types = call.arguments.text("types").unwrap_or_else(|| "public_channel".to_owned());
    let mut kinds = Vec::new();
    for word in types.split(',').map(str::trim) {
        let (kind, scope) = match word {
            "public_channel" => ("channel", "channels:read"),
            "private_channel" => ("group", "groups:read"),
            "im" => ("im", "im:read"),
            "mpim" => ("mpim", "mpim:read"),
            _ => return Err(Refused::new("invalid_types")),
        };
        call.need(scope)?;
        kinds.push(kind);
    }
    let leaves_archived_out = call.arguments.is_true("exclude_archived");
    let all: Vec<&Channel> = world
        .channels
        .values()
        .filter(|channel| kinds.contains(&channel.kind.word()) && channel.is_visible())
        .filter(|channel| !(leaves_archived_out && channel.is_archived))
        .collect();
    let (page, next) = paged(&all, call, limit)?;
    let channels: Vec<Value> = page.iter().map(|channel| channel.to_json()).collect();
    Ok(json!({ "channels": channels, "response_metadata": { "next_cursor": next } }))
}

pub(super) fn info(world: &mut World, call: &Call) -> Done {
    let channel = channel(world, call)?;
    call.need(&channel.kind.scope("read"))?;
    Ok(json!({ "channel": channel.to_json() }))
}

pub(super) fn members(world: &mut World, call: &Call) -> Done {
    let channel = channel(world, call)?;
    call.need(&channel.kind.scope("read"))?;
    let all: Vec<&String> = channel.members.iter().collect();
    let (page, next) = paged(&all, call, call.arguments.limit(100, 1_000)?)?;
    Ok(json!({ "members": page, "response_metadata": { "next_cursor": next } }))
}

pub(super) fn create(world: &mut World, call: &Call) -> Done {
    let name = call.arguments.text("name").ok_or_else(|| Refused::new("invalid_name_required"))?;
    if name.chars().count() > 80 {
        return Err(Refused::new("invalid_name_maxlength"));
    }
    let is_plain = |letter: char| letter.is_alphanumeric() && !letter.is_uppercase() || letter == '-' || letter == '_';
    if !name.chars().all(is_plain) {
        return Err(Refused::new("invalid_name_specials"));
    }
    if world.channels.values().any(|channel| channel.name == name) {
        return Err(Refused::new("name_taken"));
    }
    let kind = if call.arguments.is_true("is_private") {
        call.need("groups:write")?;
        ChannelKind::Private
    } else {
        ChannelKind::Public
    };
    let id = world.id("C");
    let mut channel = Channel::new(&id, &name, kind);
    channel.members.insert(BOT_USER.to_owned());
    let shown = channel.to_json();
    world.channels.insert(id, channel);
    Ok(json!({ "channel": shown }))
}

pub(super) fn join(world: &mut World, call: &Call) -> Done {
    let (id, is_public, is_archived, was_member) = {
        let channel = channel(world, call)?;
        (channel.id.clone(), channel.kind == ChannelKind::Public, channel.is_archived, channel.has_bot())
    };
    if !is_public {
        return Err(Refused::new("method_not_supported_for_channel_type"));
    }
    if is_archived {
        return Err(Refused::new("is_archived"));
    }
    let mut shown = Value::Null;
    if let Some(channel) = world.channels.get_mut(&id) {
        channel.members.insert(BOT_USER.to_owned());
        shown = channel.to_json();
    }
    if was_member {
        let warning = "already_in_channel";
        let metadata = json!({ "warnings": [warning] });
        return Ok(json!({ "channel": shown, "warning": warning, "response_metadata": metadata }));
    }
    events::lifecycle(world, &json!({ "type": "member_joined_channel", "user": BOT_USER, "channel": id }));
    Ok(json!({ "channel": shown }))
}

pub(super) fn open(world: &mut World, call: &Call) -> Done {
    let users = call.arguments.text("users").ok_or_else(|| Refused::new("users_list_not_supplied"))?;
    if users.contains(',') {
        call.need("mpim:write")?;
    }
    let user = world.users.get(&users).ok_or_else(|| Refused::new("user_not_found"))?;
    match user.kind {
        UserKind::Deactivated => return Err(Refused::new("user_disabled")),
        UserKind::Bot | UserKind::Slackbot => return Err(Refused::new("cannot_dm_bot")),
        UserKind::Member | UserKind::Guest | UserKind::SingleChannelGuest => {}
    }
    let before = world.channels.len();
    let id = world.direct(&users);
    let is_new = world.channels.len() > before;
    let mut answer = json!({ "channel": { "id": id } });
    if call.arguments.is_true("return_im") {
        answer["channel"] = world.channels.get(&id).map(Channel::to_json).unwrap_or_default();
    }
    if !is_new {
        answer["no_op"] = json!(true);
        answer["already_open"] = json!(true);
    }
    Ok(answer)
}
