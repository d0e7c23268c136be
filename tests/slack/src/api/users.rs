//! `users.*`.

use super::{Call, Done, Refused};
use crate::world::{User, UserKind, World};
use serde_json::{Value, json};

fn shows_email(call: &Call) -> bool {
    call.scopes.contains("users:read.email")
}

pub(super) fn list(world: &mut World, call: &Call) -> Done {
    let limit = call.arguments.limit(usize::MAX, 1_000)?;
    let users: Vec<&User> = world.users.values().collect();
    let (page, next) = paged(&users, call, limit)?;
    let members: Vec<Value> = page.iter().map(|user| user.to_json(shows_email(call))).collect();
    Ok(json!({ "members": members, "cache_ts": world.now() / 1_000, "response_metadata": { "next_cursor": next } }))
}

pub(super) fn info(world: &mut World, call: &Call) -> Done {
    let id = call.arguments.must("user")?;
    let user = world.users.get(&id).ok_or_else(|| Refused::new("user_not_found"))?;
    Ok(json!({ "user": user.to_json(shows_email(call)) }))
}

pub(super) fn by_email(world: &mut World, call: &Call) -> Done {
    let email = call.arguments.must("email")?;
    let found = world.users.values().find(|user| {
        user.kind != UserKind::Deactivated
            && user.email.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(&email))
    });
    let user = found.ok_or_else(|| Refused::new("users_not_found"))?;
    Ok(json!({ "user": user.to_json(true) }))
}

/// A page of a list, and the cursor of the next one.
pub(super) fn paged<'a, T>(all: &'a [T], call: &Call, limit: usize) -> Result<(&'a [T], String), Refused> {
    let from = match call.arguments.text("cursor") {
        None => 0,
        Some(cursor) => {
            let from = hex::decode(cursor.trim_end_matches('=')).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let from = from.as_deref().and_then(|text| text.strip_prefix("at:")).and_then(|at| at.parse().ok());
            from.filter(|from| *from <= all.len()).ok_or_else(|| Refused::new("invalid_cursor"))?
        }
    };
    let to = from.saturating_add(limit).min(all.len());
    // Slack's cursors end with a sign that forms must escape.
    let next = if to < all.len() { format!("{}=", hex::encode(format!("at:{to}"))) } else { String::new() };
    Ok((&all[from..to], next))
}
