//! Files: three steps up, one down.

use super::{Call, Done, Refused};
use crate::events;
use crate::world::seed::BOT_USER;
use crate::world::{File, Message, TokenState, Upload, World};
use serde_json::{Value, json};

pub(super) fn announce(world: &mut World, call: &Call) -> Done {
    let name = call.arguments.must("filename")?;
    let length = call.arguments.must("length")?.parse().map_err(|_| Refused::new("invalid_arguments"))?;
    if length == 0 {
        return Err(Refused::invalid("must be greater than 0 [json-pointer:/length]".to_owned()));
    }
    let id = world.id("F");
    world.uploads.insert(id.clone(), Upload { name, length, content: None });
    Ok(json!({ "upload_url": format!("{}/upload/v1/{id}", world.origin), "file_id": id }))
}

/// Takes the content of an upload; whether it is what was announced.
pub(crate) fn receive(world: &mut World, id: &str, content: &[u8]) -> Result<String, u16> {
    let upload = world.uploads.get_mut(id).ok_or(404_u16)?;
    if content.len() != upload.length {
        return Err(400);
    }
    upload.content = Some(content.to_vec());
    Ok(format!("OK - {}", content.len()))
}

pub(super) fn complete(world: &mut World, call: &Call) -> Done {
    let listed = call.arguments.json("files").ok().flatten();
    let listed = listed.and_then(|json| json.as_array().cloned()).filter(|files| !files.is_empty());
    let listed = listed.ok_or_else(|| Refused::invalid("missing required field: files".to_owned()))?;
    let mut ids = Vec::new();
    for one in &listed {
        let id = one["id"].as_str().unwrap_or_default().to_owned();
        if world.uploads.get(&id).is_none_or(|upload| upload.content.is_none()) {
            return Err(Refused::new("file_not_found"));
        }
        ids.push(id);
    }
    let channel = call.arguments.text("channel_id");
    if let Some(channel) = &channel {
        let known = world.channels.get(channel).filter(|channel| channel.is_visible());
        let known = known.ok_or_else(|| Refused::new("channel_not_found"))?;
        if !known.has_bot() {
            return Err(Refused::new("not_in_channel"));
        }
    }
    for (id, one) in ids.iter().zip(&listed) {
        let Some(upload) = world.uploads.remove(id) else { continue };
        let name = one["title"].as_str().map_or(upload.name, str::to_owned);
        let content = upload.content.unwrap_or_default();
        let mimetype = "application/octet-stream".to_owned();
        let file = File { id: id.clone(), name, mimetype, user: BOT_USER.to_owned(), content };
        world.files.insert(id.clone(), file);
    }
    let shown: Vec<Value> = ids.iter().filter_map(|id| world.files.get(id)).map(|file| file.to_json(world)).collect();
    if let Some(channel) = channel {
        let (text, thread) =
            (call.arguments.text("initial_comment").unwrap_or_default(), call.arguments.text("thread_ts"));
        let (ts, user) = (world.ts(), BOT_USER.to_owned());
        let message = Message { channel, ts, user, text, thread, files: ids, ..Message::default() };
        events::written(world, message);
    }
    Ok(json!({ "files": shown }))
}

/// A file whose upload was completed.
pub(super) fn info(world: &mut World, call: &Call) -> Done {
    let id = call.arguments.must("file")?;
    let file = world.files.get(&id).ok_or_else(|| Refused::new("file_not_found"))?;
    Ok(json!({ "file": file.to_json(world), "comments": [] }))
}

/// The content of a file for who has a token that may read files; otherwise the page to sign in.
pub(crate) fn download(world: &World, path: &str, bearer: Option<&str>) -> Result<(String, Vec<u8>), u16> {
    if let Some(status) = world.outage {
        return Err(if status == 0 { 503 } else { status });
    }
    let token = bearer.and_then(|token| world.tokens.get(token));
    let may = token.is_some_and(|token| token.state == TokenState::Valid && token.scopes.contains("files:read"));
    if !may {
        return Err(302);
    }
    let id = path.split('/').next().unwrap_or_default().rsplit('-').next().unwrap_or_default();
    world.files.get(id).map(|file| (file.mimetype.clone(), file.content.clone())).ok_or(404)
}
