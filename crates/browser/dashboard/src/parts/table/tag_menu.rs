//! A menu of tags: those that are set are pressed, and a new one is created by its name.

use knock_wire::Tag;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::menu::Menu;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::tag_chips::tag_chip;
use crate::state::tagging::Tagging;

/// A button that opens the tags; Enter takes the first one that is found, or creates what is typed.
#[component]
pub(crate) fn TagMenu(
    /// The id of the menu, which a key opens.
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    /// The class of the button that opens it.
    #[prop(default = "button")]
    class: &'static str,
    /// The tags that are set; none where the menu only adds.
    #[prop(optional, into)]
    set: Option<Signal<Vec<Tag>>>,
    /// Whether a change is under way.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// Called with a tag, and whether it is to be set.
    #[prop(into)]
    chosen: Callback<(Tag, bool)>,
) -> impl IntoView {
    let tagging = Tagging::new();
    let has = move |tag: &Tag| set.is_some_and(|set| set.with(|set| set.iter().any(|known| known.id == tag.id)));
    let toggle = move |tag: Tag| {
        let is_set = !untrack(|| has(&tag));
        chosen.run((tag, is_set));
    };
    let create = move |name: String| tagging.create(name, Callback::new(move |tag| chosen.run((tag, true))));
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        let (new, first) = untrack(|| (tagging.creatable(), tagging.found().into_iter().next()));
        let is_typed = tagging.typed.with_untracked(|typed| !typed.trim().is_empty());
        match (first, new) {
            (Some(tag), _) if is_typed => toggle(tag),
            (None, Some(name)) => create(name),
            _ => {}
        }
    };
    let is_held = derived(move || is_busy.get() || tagging.is_busy.get());
    let line = move |tag: Tag| {
        let (shown, own) = (tag.clone(), tag.clone());
        let is_pressed = set.map(|_| derived(move || has(&own).to_string()));
        view! {
            <li class="menu-line">
                <button
                    class="menu-link tag-choice"
                    type="button"
                    aria-pressed=is_pressed
                    prop:disabled=is_held
                    on:click=handler(move |_| toggle(tag.clone()))
                >
                    {tag_chip(shown)}
                </button>
            </li>
        }
        .into_any()
    };
    let creating = move || {
        tagging.creatable().map(|name| {
            let shown = name.clone();
            view! {
                <button
                    class="button tag-create"
                    type="button"
                    prop:disabled=is_held
                    on:click=handler(move |_| create(name.clone()))
                >
                    "Create \u{201c}" <bdi>{shown}</bdi> "\u{201d}"
                </button>
            }
        })
    };
    let is_none = move || tagging.is_loaded.get() && tagging.found().is_empty();
    let nothing =
        move || is_none().then(|| view! { <p class="menu-group muted" role="status">"No tag of this name."</p> });
    let field = format!("{id}-name");
    view! {
        <Menu id label class pressed=move |()| tagging.load()>
            <form class="menu-group" on:submit=handler(submitted) novalidate>
                <label class="field-label" for=field.clone()>
                    "Find or create a tag"
                </label>
                <input class="input tag-find" id=field maxlength="40" autocomplete="off" bind:value=tagging.typed />
                {dynamic(creating)}
            </form>
            <ul class="menu-list tag-list" aria-label="Tags">
                {dynamic(move || tagging.found().into_iter().map(line).collect::<Vec<_>>())}
            </ul>
            {dynamic(nothing)}
            <ActionFailure of=tagging.failure />
        </Menu>
    }
}
