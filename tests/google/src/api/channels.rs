//! `events.watch` ([`crate::pages::PUSH`]) and `channels.stop` ([`crate::pages::STOP`]).

use super::{Caller, access};
use crate::errors::{Refusal, bad, error, invalid_value, required};
use crate::push::{self, Channel};
use crate::request::{Answer, Request};
use crate::world::World;
use serde_json::{Value as Json, json};
use url::{Host, Url};

/// The longest id and the longest token.
const LENGTHS: (usize, usize) = (64, 256);

pub(super) fn watch(world: &mut World, caller: &Caller, named: &str, request: &Request) -> Result<Answer, Refusal> {
    let viewer = access(world, caller, named, None)?;
    let body = &request.body;
    if !body.is_object() {
        return Err(bad("Parse Error"));
    }
    let id = request.text("id");
    is_valid_id(world, id)?;
    if !matches!(request.text("type"), "web_hook" | "webhook") {
        return Err(error(400, "global", "push.channelTypeNotSupported", "Channel type not supported", None));
    }
    let address = address(request.text("address"))?;
    if request.text("token").len() > LENGTHS.1 {
        return Err(invalid_value("Channel token is too long."));
    }
    let channel = Channel {
        id: id.to_owned(),
        account: caller.account.clone(),
        resource: push::resource_of(&viewer.calendar, &caller.account),
        calendar: viewer.calendar.clone(),
        address,
        token: body["token"].as_str().map(str::to_owned),
        expires: expiration(world, body)?,
        sent: 0,
        is_stopped: false,
    };
    let shown = shown(world, &channel);
    push::open(world, channel);
    Ok(Answer::ok(shown))
}

fn is_valid_id(world: &World, id: &str) -> Result<(), Refusal> {
    if id.is_empty() {
        return Err(required("Missing channel id."));
    }
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'/' | b'=');
    if id.len() > LENGTHS.0 || !id.bytes().all(is_letter) {
        return Err(invalid_value(
            "Channel id is not valid: it must match [A-Za-z0-9\\-_\\+/=]+ and have 64 characters at most.",
        ));
    }
    // Ids are not used again, also after a channel has ended.
    if world.pushes.channels.iter().any(|channel| channel.id == id) {
        let message = format!("Channel id {id} not unique");
        return Err(error(400, "global", "channelIdNotUnique", &message, None));
    }
    Ok(())
}

/// The address of notifications: by HTTPS, except on this machine.
fn address(text: &str) -> Result<String, Refusal> {
    if text.is_empty() {
        return Err(required("Missing channel address."));
    }
    let url = Url::parse(text).map_err(|_| invalid_value("Channel address is not valid."))?;
    let is_local = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if url.scheme() == "https" || (url.scheme() == "http" && is_local) {
        return Ok(text.to_owned());
    }
    let message = format!("WebHook callback must be HTTPS: {text}");
    Err(error(400, "global", "push.webhookUrlNotHttps", &message, None))
}

/// The end of a channel: the asked one, no later than the longest life.
fn expiration(world: &World, body: &Json) -> Result<i64, Refusal> {
    let (now, longest) = (world.now(), world.now().saturating_add(world.settings.channel_life));
    let ttl = body["params"]["ttl"].as_str().and_then(|text| text.parse::<i64>().ok());
    let asked = match &body["expiration"] {
        Json::Null => ttl.map(|seconds| now.saturating_add(seconds.saturating_mul(1_000))),
        Json::String(text) => Some(text.parse().map_err(|_| invalid_value("Invalid value for: expiration"))?),
        other => Some(other.as_i64().ok_or_else(|| invalid_value("Invalid value for: expiration"))?),
    };
    match asked {
        Some(asked) if asked <= now => Err(invalid_value("Channel expiration must be in the future.")),
        Some(asked) => Ok(asked.min(longest)),
        None => Ok(longest),
    }
}

fn shown(world: &World, channel: &Channel) -> Json {
    let uri = format!("{}/calendar/v3/calendars/{}/events?alt=json", world.origin, channel.calendar);
    let mut shown = json!({
        "kind": "api#channel", "id": channel.id, "resourceId": channel.resource, "resourceUri": uri,
        "expiration": channel.expires.to_string(),
    });
    if let Some(token) = &channel.token {
        shown["token"] = json!(token);
    }
    shown
}

pub(super) fn stop(world: &mut World, caller: &Caller, body: &Json) -> Result<Answer, Refusal> {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let (id, resource) = (text("id"), text("resourceId"));
    if id.is_empty() || resource.is_empty() {
        return Err(required("Missing id or resourceId."));
    }
    let now = world.now();
    // Only the account that opened it can stop it.
    let is_meant = |channel: &&mut Channel| {
        channel.id == id && channel.resource == resource && channel.account == caller.account && channel.is_open(now)
    };
    match world.pushes.channels.iter_mut().find(is_meant) {
        Some(channel) => {
            channel.is_stopped = true;
            Ok(Answer::empty())
        }
        None => {
            let message = format!("Channel '{id}' not found for project 'contract'");
            Err(error(404, "global", "notFound", &message, None))
        }
    }
}
