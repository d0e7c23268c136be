//! The fields of a webhook.

use knock_model::EventType;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, effect};
use crate::parts::form::field::Field;
use crate::parts::settings::webhook_sample::sample_of;
use crate::state::settings::webhooks::Webhooks;
use crate::words::webhook::event_words;

/// The address, and the events as checkboxes with a sentence and a sample each, the sites; the server's errors are shown at their fields.
#[component]
pub(crate) fn WebhookForm(webhooks: Webhooks) -> impl IntoView {
    let url_errors = derived(move || webhooks.errors("url"));
    let event_errors = derived(move || webhooks.errors("events"));
    let url = NodeRef::<Input>::new();
    effect(move || {
        let field = url.get().filter(|_| url_errors.with(|errors| !errors.is_empty()));
        // The error is read out with the field.
        field.inspect(|field| browser::focus(field));
    });
    // A test event is sent on request, and a workflow names its webhook: neither is a choice.
    let unasked = [EventType::WebhookTest, EventType::WorkflowAction];
    let events = EventType::ALL.iter().copied().filter(|event| !unasked.contains(event));
    let choices: Vec<_> = events.map(|event| choice(webhooks, event)).collect();
    view! {
        <Field
            id="webhook-url".to_owned()
            label="Address"
            hint="Where events are posted to, such as https://example.com/hooks/knock."
            errors=url_errors
        >
            <input
                class="input"
                id="webhook-url"
                type="url"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="webhook-url-notes"
                aria-invalid=derived(move || url_errors.with(|errors| !errors.is_empty()).to_string())
                node_ref=url
                bind:value=webhooks.url
            />
        </Field>
        <fieldset class="event-choices" aria-describedby="webhook-events-notes">
            <legend class="field-label">"Events"</legend>
            <div id="webhook-events-notes" role="alert">
                {dynamic(move || {
                    let lines = event_errors.get().into_iter();
                    lines.map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
                })}
            </div>
            {choices}
        </fieldset>
        <Sites webhooks />
    }
}

/// The sites to which it may be limited, where there is a choice. They may come after the form was opened.
#[component]
fn Sites(webhooks: Webhooks) -> impl IntoView {
    let boxes = move || {
        let sites = webhooks.offered_sites();
        (sites.len() > 1).then(|| site_choices(webhooks, sites))
    };
    dynamic(boxes)
}

fn site_choices(webhooks: Webhooks, sites: Vec<(String, String)>) -> AnyView {
    let choices: Vec<_> = sites.into_iter().map(|(key, name)| site_choice(webhooks, key, name)).collect();
    view! {
        <fieldset class="event-choices" aria-describedby="webhook-sites-notes">
            <legend class="field-label">"Sites"</legend>
            <p class="field-hint" id="webhook-sites-notes">
                "Events of the chosen sites are sent; with none chosen, those of all sites."
            </p>
            {choices}
        </fieldset>
    }
    .into_any()
}

fn site_choice(webhooks: Webhooks, key: String, name: String) -> AnyView {
    let id = format!("site-{key}");
    let chosen = key.clone();
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=derived(move || webhooks.has_site(&chosen))
                on:change:target=move |changed| webhooks.choose_site(&key, changed.target().checked())
            />
            <label for=id>
                <bdi>{name}</bdi>
            </label>
        </div>
    }
    .into_any()
}

fn choice(webhooks: Webhooks, event: EventType) -> AnyView {
    let id = format!("event-{}", event.as_str().replace('.', "-"));
    let notes = format!("{id}-notes");
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id=id.clone()
                aria-describedby=notes.clone()
                prop:checked=derived(move || webhooks.has(event))
                on:change:target=move |changed| webhooks.choose(event, changed.target().checked())
            />
            <label for=id>
                <code>{event.as_str()}</code>
            </label>
            <p class="field-hint" id=notes>
                {event_words(event)}
            </p>
            {sample_of(webhooks, event)}
        </div>
    }
    .into_any()
}
