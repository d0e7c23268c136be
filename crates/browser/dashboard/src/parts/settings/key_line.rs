//! An API key: its name, role, use and end.

use knock_wire::ApiKeyRow;
use leptos::prelude::*;
use std::sync::Arc;

use crate::kit::browser;
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::inbox::person_line::Person;
use crate::state::settings::keys::Keys;
use crate::words::team::key_words;

pub(crate) fn key_line(row: ApiKeyRow, keys: Keys) -> Drawn {
    let words = key_words(&row, browser::local);
    let name = if row.name.is_empty() { "A key without a name".to_owned() } else { row.name };
    let id = row.id;
    Drawn::new(line_id(&[&id, &words]), move || {
        let asked = (id.clone(), name.clone());
        Person {
            face: None,
            about: String::new(),
            name: name.clone(),
            badge: if row.has_ended { "Ended" } else { "" },
            role: view! { <span class="muted">{words.clone()}</span> }.into_any(),
            more: ().into_any(),
            button: "Revoke",
            pressed: Arc::new(move || keys.ask_to_revoke(asked.0.clone(), asked.1.clone())),
        }
        .draw()
    })
}
