//! A webhook: address, state, events, signing secret and actions.

use knock_wire::Webhook;
use leptos::prelude::*;

use super::delivery_list::DeliveryList;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::page::badge::badge_class;
use crate::parts::page::when::When;
use crate::state::settings::webhooks::{Open, Webhooks};
use crate::words::webhook::{backlog_words, webhook_state};

/// A card of the list; the address comes from a person and is shown as text.
#[component]
pub(crate) fn WebhookCard(
    webhook: Signal<Webhook>,
    /// The list it is in.
    webhooks: Webhooks,
) -> impl IntoView {
    let id = webhook.with_untracked(|webhook| webhook.id.to_string());
    let (title, shown) = (format!("webhook-{id}"), id.clone());
    let is_shown = memo(move || webhooks.shown.with(|open| *open == shown));
    let secret = derived(move || webhook.with(|webhook| webhook.signing_secret.reveal().to_owned()));
    let label = derived(move || webhook.with(|webhook| format!("Signing secret of {}", webhook.url)));
    let labelled_by = title.clone();
    let of = id.clone();
    view! {
        <article class="panel webhook" aria-labelledby=labelled_by>
            {dynamic(move || head(&webhook.get(), webhooks, title.clone()))}
            <details class="why">
                <summary>
                    "Signing secret" <span class="unseen">" of " <bdi>{derived(move || webhook.get().url)}</bdi></span>
                </summary>
                <div class="snippet">
                    <CopyLine text=secret label />
                </div>
            </details>
            <Actions webhook webhooks is_shown />
            <When is=is_shown>
                <DeliveryList id=of.clone() webhooks />
            </When>
        </article>
    }
}

fn head(webhook: &Webhook, webhooks: Webhooks, title: String) -> impl IntoView + use<> {
    let (state, tone) = webhook_state(webhook);
    let stopped = (!webhook.why_stopped.is_empty()).then(|| {
        view! {
            <p class="note">
                <span>
                    "Its receiver " <bdi>{webhook.why_stopped.clone()}</bdi> ": no events are sent until it is activated."
                </span>
            </p>
        }
    });
    let events: Vec<String> = webhook.events.iter().map(ToString::to_string).collect();
    view! {
        <header class="webhook-head">
            <h2 class="webhook-url" id=title>
                <bdi>{webhook.url.clone()}</bdi>
            </h2>
            <span class=badge_class(tone)>{state}</span>
        </header>
        {stopped}
        <dl class="site-facts">
            <dt>"Events"</dt>
            <dd>{events.join(", ")}</dd>
            <dt>"Sites"</dt>
            <dd>
                <bdi>{webhooks.inputs.names(&webhook.sites)}</bdi>
            </dd>
            <dt>"Deliveries"</dt>
            <dd>{backlog_words(webhook)}</dd>
        </dl>
    }
}

#[component]
fn Actions(webhook: Signal<Webhook>, webhooks: Webhooks, is_shown: Memo<bool>) -> impl IntoView {
    let (now, id) = (move || webhook.get_untracked(), move || webhook.with_untracked(|webhook| webhook.id.to_string()));
    let is_active = memo(move || webhook.with(|webhook| webhook.is_active));
    let toggle = move || {
        if is_active.get_untracked() {
            webhooks.ask(Open::Pause, Some(now()));
        } else {
            webhooks.activate(now());
        }
    };
    let show = move || webhooks.shown.set(if is_shown.get_untracked() { String::new() } else { id() });
    let button = move |words: Signal<String>, press: Box<dyn Fn()>| {
        view! {
            <button class="button" type="button" on:click=handler(move |_| press())>
                {words}
                <span class="unseen">" " <bdi>{derived(move || webhook.get().url)}</bdi></span>
            </button>
        }
        .into_any()
    };
    let either = |is: Memo<bool>, yes: &'static str, no: &'static str| {
        derived(move || (if is.get() { yes } else { no }).to_owned())
    };
    let fixed = |words: &'static str| derived(move || words.to_owned());
    view! {
        <div class="webhook-actions">
            {button(either(is_shown, "Hide deliveries", "Show deliveries"), Box::new(show))}
            {button(fixed("Send test event"), Box::new(move || webhooks.test(id())))}
            {button(fixed("Send sample"), Box::new(move || webhooks.ask(Open::Sample, Some(now()))))}
            {button(fixed("Edit"), Box::new(move || webhooks.ask(Open::Edit, Some(now()))))}
            {button(either(is_active, "Pause", "Activate"), Box::new(toggle))}
            {button(fixed("Remove"), Box::new(move || webhooks.ask(Open::Remove, Some(now()))))}
        </div>
    }
}
