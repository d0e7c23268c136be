//! The form of a tag.

use knock_model::TagColor;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::field::{Field, refused_at};
use crate::state::settings::tag_settings::{NAME, TagSettings};
use crate::words::tag::color_words;

/// Name and colour.
#[component]
pub(crate) fn TagForm(tags: TagSettings) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tags.save();
    };
    let errors = refused_at(tags.failure, "name");
    let cancel = move || {
        tags.editing.get().map(|_| {
            view! {
                <button class="button" type="button" on:click=handler(move |_| tags.begin())>
                    "Cancel"
                </button>
            }
        })
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <Field id=NAME.to_owned() label="Name" hint="At most 40 characters." errors>
                <input
                    class="input"
                    id=NAME
                    maxlength="40"
                    autocomplete="off"
                    aria-describedby="tag-name-notes"
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    bind:value=tags.name
                />
            </Field>
            <fieldset class="tag-colors">
                <legend class="field-label">"Colour"</legend>
                {TagColor::ALL.iter().map(|color| choice(tags, *color)).collect::<Vec<_>>()}
            </fieldset>
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=tags.is_busy>
                    "Save"
                </button>
                {dynamic(cancel)}
            </div>
        </form>
    }
}

fn choice(tags: TagSettings, color: TagColor) -> AnyView {
    let word = color.as_str();
    let class = format!("tag tag-{word}");
    view! {
        <label class="choice">
            <input
                type="radio"
                name="tag-color"
                value=word
                prop:checked=derived(move || tags.color.with(|chosen| chosen == word))
                on:change=handler(move |_: leptos::ev::Event| tags.color.set(word.to_owned()))
            />
            <span class=class>{color_words(color)}</span>
        </label>
    }
    .into_any()
}
