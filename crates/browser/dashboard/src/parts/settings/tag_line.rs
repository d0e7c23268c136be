//! A tag of the workspace: its chip, the number of its leads, and what can be done with it.

use knock_wire::TagRow;
use leptos::prelude::*;

use crate::kit::reactive::handler;
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::tag_chips::tag_chip;
use crate::state::settings::tag_settings::TagSettings;
use crate::words::tag::uses_words;

/// A line of the list.
pub(crate) fn tag_line(row: TagRow, tags: TagSettings) -> Drawn {
    let id = line_id(&[&row.id.to_string(), &row.name, row.color.as_str(), &row.leads.to_string()]);
    Drawn::new(id, move || {
        let (edited, deleted, name) = (row.clone(), row.clone(), row.name.clone());
        let of = move || {
            let name = name.clone();
            view! { <span class="unseen">" " <bdi>{name}</bdi></span> }
        };
        view! {
            <li class="line tag-line">
                <p class="tag-line-name">{tag_chip(row.tag())}</p>
                <p class="muted">{uses_words(row.leads)}</p>
                <div class="tag-line-actions">
                    <button class="button" type="button" on:click=handler(move |_| tags.edit(&edited))>
                        "Edit"
                        {of()}
                    </button>
                    <button
                        class="button"
                        type="button"
                        on:click=handler(move |_| tags.ask_to_delete(deleted.clone()))
                    >
                        "Delete\u{2026}"
                        {of()}
                    </button>
                </div>
            </li>
        }
        .into_any()
    })
}
