//! The samples of events: shown, and chosen to be sent.

use knock_model::EventType;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::field::Field;
use crate::state::settings::webhooks::Webhooks;
use crate::words::webhook::event_words;

/// The sample of an event, opened on request.
pub(crate) fn sample_of(webhooks: Webhooks, event: EventType) -> AnyView {
    let label = format!("Sample of {}", event.as_str());
    view! {
        <details class="why">
            <summary>"Show sample" <span class="unseen">{format!(" of {}", event.as_str())}</span></summary>
            <pre class="delivery-data" tabindex="0" role="region" aria-label=label>
                {derived(move || webhooks.inputs.sample(event))}
            </pre>
        </details>
    }
    .into_any()
}

/// The choice of the event of which a sample is sent, with its meaning and the sample.
#[component]
pub(crate) fn SampleForm(webhooks: Webhooks) -> impl IntoView {
    let chosen = webhooks.sample;
    let options = chosen.with_untracked(|chosen| options(chosen));
    let shown = move || {
        let event = EventType::parse(&chosen.get()).unwrap_or(EventType::WebhookTest);
        view! {
            <p class="field-hint">{event_words(event)}</p>
            {sample_of(webhooks, event)}
        }
    };
    view! {
        <p class="webhook-url">
            "A signed delivery with made-up data to " <bdi>{webhooks.url}</bdi> ". Its field " <code>"sample"</code>
            " is true."
        </p>
        <Field id="sample-event".to_owned() label="Event" hint="" errors=derived(move || webhooks.errors("event"))>
            <select
                class="input"
                id="sample-event"
                aria-describedby="sample-event-notes"
                inner_html=options
                on:change:target=move |event| chosen.set(event.target().value())
            ></select>
        </Field>
        <div class="sample-shown">{dynamic(shown)}</div>
    }
}

/// The events as options: words of this app alone.
fn options(chosen: &str) -> String {
    let mut options = String::new();
    for event in EventType::ALL.iter().filter(|event| **event != EventType::WebhookTest) {
        let (word, selected) = (event.as_str(), if event.as_str() == chosen { " selected" } else { "" });
        options.push_str(&format!("<option value=\"{word}\"{selected}>{word}</option>"));
    }
    options
}
