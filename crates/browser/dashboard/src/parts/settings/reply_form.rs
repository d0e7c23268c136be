//! The form of a saved reply.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::field::Field;
use crate::state::settings::reply_settings::{NAME, ReplySettings};

/// The languages of the AI agent.
const LANGUAGES: [(&str, &str); 5] =
    [("", "Any"), ("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];
const OWNERS: [(&str, &str); 2] = [("personal", "Only me"), ("team", "The team")];

/// Name, text, language and scope.
#[component]
pub(crate) fn ReplyForm(replies: ReplySettings) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        replies.save();
    };
    let (no_name, no_text) = (replies.errors("name"), replies.errors("text"));
    let is_wrong = |errors: Signal<Vec<String>>| derived(move || errors.with(|errors| !errors.is_empty()).to_string());
    let owner = move || replies.may_edit_teams().then(|| choice("reply-owner", "Who sees it", &OWNERS, replies.owner));
    let cancel = move || {
        replies.editing.get().map(|_| {
            view! {
                <button class="button" type="button" on:click=handler(move |_| replies.begin())>
                    "Cancel"
                </button>
            }
        })
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <Field id=NAME.to_owned() label="Name" hint="What you type after the slash to find it." errors=no_name>
                <input
                    class="input"
                    id=NAME
                    maxlength="80"
                    autocomplete="off"
                    aria-describedby="reply-name-notes"
                    aria-invalid=is_wrong(no_name)
                    bind:value=replies.name
                />
            </Field>
            <Field
                id="reply-text".to_owned()
                label="Text"
                hint="{{name}}, {{company}}, {{rep}} and {{site}} are filled in. {{name|there}} says \u{201c}there\u{201d} when the name is not known."
                errors=no_text
            >
                <textarea
                    class="input agents-text"
                    id="reply-text"
                    rows="5"
                    dir="auto"
                    aria-describedby="reply-text-notes"
                    aria-invalid=is_wrong(no_text)
                    prop:value=replies.text
                    on:input:target=move |event| replies.text.set(event.target().value())
                ></textarea>
            </Field>
            {choice("reply-language", "Language", &LANGUAGES, replies.language)}
            {dynamic(owner)}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=replies.is_busy>
                    "Save"
                </button>
                {dynamic(cancel)}
            </div>
        </form>
    }
}

fn choice(id: &'static str, label: &'static str, of: &[(&str, &str)], value: RwSignal<String>) -> AnyView {
    // The options are words of this app.
    let options: String = of.iter().map(|(value, text)| format!("<option value=\"{value}\">{text}</option>")).collect();
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <select
                class="input"
                id=id
                inner_html=options
                prop:value=value
                on:change:target=move |event| value.set(event.target().value())
            ></select>
        </div>
    }
    .into_any()
}
