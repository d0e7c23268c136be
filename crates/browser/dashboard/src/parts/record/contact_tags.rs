//! The tags of a contact, on their record.

use knock_model::LeadId;
use knock_wire::{ContactRecord, Tag};
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::kit::single::Single;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::tag_chips::tag_chip;
use crate::parts::table::tag_menu::TagMenu;
use crate::state::lead_tags::LeadTags;

/// All tags, and a menu that sets them and takes them off; the past shows them only.
#[component]
pub(crate) fn ContactTags(
    id: LeadId,
    store: Single<ContactRecord>,
    #[prop(into)] tags: Signal<Vec<Tag>>,
    is_past: bool,
) -> impl IntoView {
    let changing = LeadTags::new();
    let chosen = move |choice| changing.set(id, choice, move || store.load());
    let chips = move || {
        let tags = tags.get();
        if tags.is_empty() {
            return view! { <p class="muted">"No tags."</p> }.into_any();
        }
        view! { <p class="tags">{tags.into_iter().map(tag_chip).collect::<Vec<_>>()}</p> }.into_any()
    };
    let menu = (!is_past).then(|| {
        view! {
            <TagMenu
                id="contact-tags"
                label=Signal::stored("Change tags".to_owned())
                set=derived(move || tags.get())
                is_busy=changing.is_busy
                chosen
            />
        }
    });
    view! {
        <section class="panel" aria-labelledby="contact-tags-title">
            <h2 class="panel-title" id="contact-tags-title">"Tags"</h2>
            {dynamic(chips)}
            {menu}
            <ActionFailure of=changing.failure />
        </section>
    }
}
