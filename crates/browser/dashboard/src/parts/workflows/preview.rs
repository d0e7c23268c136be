//! What a lead sees of an action, with an example in place of each placeholder.

use knock_workflow::Action;
use leptos::prelude::*;

use crate::kit::reactive::dynamic;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::content::{ButtonDraft, ContentDraft, read_text};
use crate::words::workflows::placeholders::example;

/// The bubble, the message or the mail in the shown language.
pub(super) fn preview(form: FlowForm, key: usize, action: Action) -> AnyView {
    let shown = move || {
        let language = form.language.get();
        form.of_step(key, |step| Some(drawn(&step.content, action, &language)))
    };
    view! {
        <div class="flow-preview" role="group" aria-label="Preview">
            <p class="field-hint">"What the lead sees:"</p>
            {dynamic(shown)}
        </div>
    }
    .into_any()
}

fn drawn(content: &ContentDraft, action: Action, language: &str) -> AnyView {
    let text = example(read_text(&content.text, language));
    let text = if text.is_empty() { "\u{2026}".to_owned() } else { text };
    let button = |button: &ButtonDraft| {
        let label = example(read_text(&button.label, language));
        view! { <span class="flow-bubble-button">{label}</span> }.into_any()
    };
    let buttons = (action == Action::Nudge && !content.buttons.is_empty()).then(|| {
        view! { <p class="flow-bubble-buttons">{content.buttons.iter().map(button).collect::<Vec<_>>()}</p> }
    });
    let subject = (action == Action::Mail).then(|| {
        let subject = example(read_text(&content.subject, language));
        view! { <p class="flow-bubble-subject">{subject}</p> }
    });
    let foot = (action == Action::Mail)
        .then(|| view! { <p class="field-hint">"Below it: a link to get no more such mails."</p> });
    view! {
        <div class="flow-bubble" class=("flow-bubble-mail", action == Action::Mail)>
            {subject} <p class="flow-bubble-text">{text}</p> {buttons} {foot}
        </div>
    }
    .into_any()
}
