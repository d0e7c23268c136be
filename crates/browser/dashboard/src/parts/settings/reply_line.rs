//! A saved reply: its name, scope and text.

use knock_wire::SavedReply;
use leptos::prelude::*;
use std::sync::Arc;

use crate::kit::reactive::handler;
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::inbox::person_line::Person;
use crate::state::settings::reply_settings::ReplySettings;
use crate::words::message::excerpt;

/// A line of the list; read-only without the permission to change it.
pub(crate) fn reply_line(reply: SavedReply, replies: ReplySettings) -> Drawn {
    let language = reply.language.clone().unwrap_or_default();
    let owner = if reply.is_personal { "personal" } else { "team" };
    let id = line_id(&[&reply.id.to_string(), &reply.name, &reply.text, &language, owner]);
    Drawn::new(id, move || {
        let may_edit = reply.is_personal || replies.may_edit_teams();
        let (shown, deleted) = (reply.clone(), reply.clone());
        let edit = may_edit.then(|| {
            view! {
                <button class="button" type="button" on:click=handler(move |_| replies.edit(&shown))>
                    "Edit"
                    <span class="unseen">" " <bdi>{shown_name(&reply)}</bdi></span>
                </button>
            }
        });
        Person {
            face: None,
            about: String::new(),
            name: reply.name.clone(),
            badge: if reply.is_personal { "Personal" } else { "" },
            role: view! { <span class="muted" dir="auto">{excerpt(&reply.text)}</span> }.into_any(),
            more: view! { <span class="muted">{language.clone()}</span> {edit} }.into_any(),
            button: if may_edit { "Delete" } else { "" },
            pressed: Arc::new(move || replies.ask_to_delete(deleted.id, deleted.name.clone())),
        }
        .draw()
    })
}

fn shown_name(reply: &SavedReply) -> String {
    reply.name.clone()
}
