//! Settings > Webhooks: addresses that events are posted to.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::webhook_card::WebhookCard;
use crate::parts::settings::webhook_form::WebhookForm;
use crate::parts::settings::webhook_sample::SampleForm;
use crate::state::live::use_live;
use crate::state::settings::webhooks::{Open, Webhooks};

lazy!(settings => WebhooksPage);

/// All webhooks, and the dialogs that change them.
#[component]
pub(crate) fn WebhooksPage() -> impl IntoView {
    let webhooks = Webhooks::start();
    let list = webhooks.list;
    use_live().after_gap(move || list.refresh());
    let is_open = derived(move || webhooks.open.get() != Open::Nothing);
    let wrong = move || {
        // While a dialog is open, its error is shown in it.
        let failure = webhooks.failure.get().filter(|_| !is_open.get())?;
        Some(view! { <FailureLine failure /> })
    };
    view! {
        <div class="page-head">
            <Heading text="Webhooks" />
            <button
                class="button button-strong"
                type="button"
                on:click=handler(move |_| webhooks.ask(Open::Create, None))
            >
                <IconMark icon=Icon::Plus />
                "Add a webhook"
            </button>
        </div>
        <p class="lead">
            "Knock posts signed events to the addresses below. Failed deliveries are retried for a day and can be retried by hand for 30 days."
        </p>
        <p class="muted webhook-said" role="status">
            {webhooks.said}
        </p>
        {dynamic(wrong)}
        <Loaded phase=list.phase retry=move |()| list.start()>
            <div class="webhooks" tabindex="-1" node_ref=webhooks.region>
                <When is=derived(move || list.rows.is_empty())>
                    <Empty title="No webhooks yet" icon=Icon::Link>
                        <p>"Add the address to post events to."</p>
                    </Empty>
                </When>
                <Lines of=derived(move || {
                    list.rows.drawn(move |webhook| view! { <WebhookCard webhook webhooks /> }.into_any())
                }) />
            </div>
        </Loaded>
        <When is=is_open>
            <Question webhooks />
        </When>
    }
}

#[component]
fn Question(webhooks: Webhooks) -> impl IntoView {
    let (title, confirm) = match webhooks.open.get_untracked() {
        Open::Nothing | Open::Create => ("Add a webhook", "Create"),
        Open::Edit => ("Edit this webhook", "Save"),
        Open::Sample => ("Send a sample", "Send"),
        Open::Pause => ("Pause this webhook?", "Pause"),
        Open::Remove => ("Remove this webhook?", "Remove"),
    };
    let body = match webhooks.open.get_untracked() {
        Open::Nothing | Open::Create | Open::Edit => view! { <WebhookForm webhooks /> }.into_any(),
        Open::Sample => view! { <SampleForm webhooks /> }.into_any(),
        Open::Pause => {
            about(webhooks, " gets no events while it is paused, also not later. Waiting deliveries are kept.")
        }
        Open::Remove => {
            about(webhooks, " gets no more events. Its deliveries and its signing secret are removed with it.")
        }
    };
    view! {
        <Dialog
            title
            confirm
            is_busy=webhooks.is_busy
            failure=derived(move || webhooks.unplaced())
            confirmed=move |()| webhooks.confirm()
            closed=move |()| webhooks.close()
        >
            {body}
        </Dialog>
    }
}

fn about(webhooks: Webhooks, what: &'static str) -> AnyView {
    view! { <p class="webhook-url"><bdi>{webhooks.url}</bdi> {what}</p> }.into_any()
}
