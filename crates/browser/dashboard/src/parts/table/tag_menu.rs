//! A menu of tags: those that are set are pressed, and a new one is created by its name.

use knock_wire::Tag;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::menu::Menu;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::tag_chips::tag_chip;
use crate::state::tagging::Tagging;

/// What a menu shows, and what its choices do.
#[derive(Clone, Copy)]
struct Choosing {
    tagging: Tagging,
    /// The tags that are set; none where the menu only adds.
    set: Option<Signal<Vec<Tag>>>,
    /// Whether a change is under way.
    is_held: Signal<bool>,
    chosen: Callback<(Tag, bool)>,
}

impl Choosing {
    fn has(self, tag: &Tag) -> bool {
        self.set.is_some_and(|set| set.with(|set| set.iter().any(|known| known.id == tag.id)))
    }

    fn toggle(self, tag: Tag) {
        let is_set = !untrack(|| self.has(&tag));
        self.chosen.run((tag, is_set));
    }

    fn create(self, name: String) {
        self.tagging.create(name, Callback::new(move |tag| self.chosen.run((tag, true))));
    }

    /// Takes the first tag that is found, or creates what is typed.
    fn enter(self) {
        let (new, first) = untrack(|| (self.tagging.creatable(), self.tagging.found().into_iter().next()));
        let is_typed = self.tagging.typed.with_untracked(|typed| !typed.trim().is_empty());
        match (first, new) {
            (Some(tag), _) if is_typed => self.toggle(tag),
            (None, Some(name)) => self.create(name),
            _ => {}
        }
    }
}

/// A button that opens the tags.
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
    let is_held = derived(move || is_busy.get() || tagging.is_busy.get());
    let choosing = Choosing { tagging, set, is_held, chosen };
    let is_none = move || tagging.is_loaded.get() && tagging.found().is_empty();
    let nothing =
        move || is_none().then(|| view! { <p class="menu-group muted" role="status">"No tag of this name."</p> });
    let lines = move || tagging.found().into_iter().map(|tag| line(choosing, tag)).collect::<Vec<_>>();
    view! {
        <Menu id label class pressed=move |()| tagging.load()>
            {field(id, choosing)}
            <ul class="menu-list tag-list" aria-label="Tags">
                {dynamic(lines)}
            </ul>
            {dynamic(nothing)}
            <ActionFailure of=tagging.failure />
        </Menu>
    }
}

/// The field that finds a tag, and the button that creates what is typed.
fn field(id: &'static str, choosing: Choosing) -> AnyView {
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        choosing.enter();
    };
    let creating = move || {
        choosing.tagging.creatable().map(|name| {
            let shown = format!("Create \u{201c}{name}\u{201d}");
            view! {
                <button
                    class="button tag-create"
                    type="button"
                    prop:disabled=choosing.is_held
                    on:click=handler(move |_| choosing.create(name.clone()))
                >
                    <bdi>{shown}</bdi>
                </button>
            }
        })
    };
    let own = format!("{id}-name");
    view! {
        <form class="menu-group" on:submit=handler(submitted) novalidate>
            <label class="field-label" for=own.clone()>
                "Find or create a tag"
            </label>
            <input
                class="input tag-find"
                id=own
                maxlength="40"
                autocomplete="off"
                bind:value=choosing.tagging.typed
            />
            {dynamic(creating)}
        </form>
    }
    .into_any()
}

fn line(choosing: Choosing, tag: Tag) -> AnyView {
    let (shown, own) = (tag.clone(), tag.clone());
    let is_pressed = choosing.set.map(|_| derived(move || choosing.has(&own).to_string()));
    view! {
        <li class="menu-line">
            <button
                class="menu-link tag-choice"
                type="button"
                aria-pressed=is_pressed
                prop:disabled=choosing.is_held
                on:click=handler(move |_| choosing.toggle(tag.clone()))
            >
                {tag_chip(shown)}
            </button>
        </li>
    }
    .into_any()
}
