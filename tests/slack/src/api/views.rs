//! Modals.

use super::blocks;
use super::{Call, Done, Refused};
use crate::world::World;
use crate::world::seed::{APP, BOT, TEAM};
use serde_json::{Value, json};

/// The validity of a trigger for a modal, in milliseconds.
const TRIGGER_LIFE: i64 = 3_000;

pub(super) fn open(world: &mut World, call: &Call) -> Done {
    let trigger_id = call.arguments.text("trigger_id").ok_or_else(|| Refused::new("invalid_arguments"))?;
    let view = call.arguments.json("view").map_err(|()| Refused::new("invalid_arguments"))?;
    let view = view.filter(Value::is_object).ok_or_else(|| Refused::new("invalid_arguments"))?;
    blocks::check_view(&view).map_err(Refused::invalid)?;
    let now = world.now();
    let trigger = world.triggers.get_mut(&trigger_id).ok_or_else(|| Refused::new("invalid_trigger_id"))?;
    if trigger.is_used {
        return Err(Refused::new("exchanged_trigger_id"));
    }
    if now - trigger.at > TRIGGER_LIFE {
        return Err(Refused::new("expired_trigger_id"));
    }
    trigger.is_used = true;
    let user = trigger.user.clone();
    let id = world.id("V");
    let mut shown = view;
    let defaults = json!({ "private_metadata": "", "callback_id": "" });
    for (name, value) in defaults.as_object().cloned().unwrap_or_default() {
        if shown.get(&name).is_none() {
            shown[&name] = value;
        }
    }
    let ours = json!({
        "id": id, "team_id": TEAM, "state": { "values": {} }, "hash": format!("{now}.hash"), "app_id": APP,
        "root_view_id": id, "previous_view_id": null, "external_id": "", "bot_id": BOT, "app_installed_team_id": TEAM,
    });
    let fields = ours.as_object().cloned().unwrap_or_default();
    shown.as_object_mut().into_iter().for_each(|shown| shown.extend(fields.clone()));
    world.views.push(json!({ "user": user, "view": shown }));
    Ok(json!({ "view": shown }))
}
