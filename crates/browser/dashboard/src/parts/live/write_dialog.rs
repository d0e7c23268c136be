//! The message by which a member writes to a visitor first.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::kit::browser::keys;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::{Field, refused_at};
use crate::state::session::use_session;
use crate::state::visits::inviting::Inviting;
use crate::words::failure::unplaced;
use crate::words::invitation::{INVITATION_LIMIT, length_words, visitor_name};

/// The id of the field.
const TEXT: &str = "invitation-text";

/// The dialog, while it is open.
#[component]
pub(super) fn WriteDialog(inviting: Inviting) -> impl IntoView {
    dynamic(move || inviting.to.get().map(|row| dialog(inviting, &visitor_name(&row))))
}

fn dialog(inviting: Inviting, name: &str) -> AnyView {
    let is_nameless = use_session().name.with_untracked(String::is_empty);
    let failure = derived(move || unplaced(inviting.failure.get(), &["text"]));
    view! {
        <Dialog
            title=format!("Write to {name}")
            confirm="Send"
            is_busy=inviting.is_busy
            is_ready=derived(move || inviting.is_ready())
            failure
            confirmed=move |()| inviting.send()
            closed=move |()| inviting.close()
        >
            {field(inviting)}
            {is_nameless.then(nameless)}
        </Dialog>
    }
    .into_any()
}

fn field(inviting: Inviting) -> AnyView {
    let errors = refused_at(inviting.failure, "text");
    let count = derived(move || inviting.text.with(|text| text.trim().chars().count()));
    let pressed = move |event: KeyboardEvent| {
        if keys::is_sending(&event) {
            event.prevent_default();
            inviting.send();
        }
    };
    view! {
        <Field
            id=TEXT.to_owned()
            label="Message"
            hint="A bubble with your name opens on their page. Their answer makes the chat yours."
            errors
        >
            <textarea
                class="input"
                id=TEXT
                rows="4"
                dir="auto"
                aria-describedby=format!("{TEXT}-notes {TEXT}-count")
                aria-invalid=derived(move || (count.get() > INVITATION_LIMIT).to_string())
                prop:value=inviting.text
                on:input:target=move |event| inviting.type_in(event.target().value())
                on:keydown=handler(pressed)
            ></textarea>
        </Field>
        <p
            class="field-hint number"
            class=("field-error", move || count.get() > INVITATION_LIMIT)
            id=format!("{TEXT}-count")
        >
            {derived(move || length_words(count.get()))}
        </p>
    }
    .into_any()
}

fn nameless() -> AnyView {
    view! {
        <p class="muted">
            "You have set no name: visitors read \u{201c}our team\u{201d}. Set one on "
            <a class="link" href="/app/settings/account">"Your account"</a>
            "."
        </p>
    }
    .into_any()
}
