//! The deliveries of a webhook.

use knock_model::DeliveryState;
use knock_wire::Delivery;
use leptos::html::{Button, Li};
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::badge::badge_class;
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::technical::technical;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::settings::deliveries::Deliveries;
use crate::state::settings::webhooks::Webhooks;
use crate::words::instant::{exact, iso};
use crate::words::mail::{next_try, tried_words};
use crate::words::network::plain;
use crate::words::webhook::event_delivery_words;

/// All deliveries, newest first, with buttons that retry parked ones.
#[component]
pub(crate) fn DeliveryList(
    /// The webhook's id.
    id: String,
    webhooks: Webhooks,
) -> impl IntoView {
    let title = format!("deliveries-{id}");
    let labelled_by = title.clone();
    let deliveries = Deliveries::start(id, webhooks);
    let list = deliveries.list;
    let look = NodeRef::<Button>::new();
    view! {
        <section class="deliveries" aria-labelledby=labelled_by>
            <header class="webhook-head">
                <h3 class="deliveries-title" id=title>
                    "Deliveries"
                </h3>
                <div class="webhook-actions">
                    <When is=derived(move || deliveries.has_parked())>
                        <button
                            class="button"
                            type="button"
                            on:click=handler(move |_| deliveries.retry(None, look.get_untracked().map(Into::into)))
                        >
                            "Retry all"
                        </button>
                    </When>
                    <button class="button" type="button" node_ref=look on:click=handler(move |_| deliveries.look())>
                        "Look again"
                    </button>
                </div>
            </header>
            <ActionFailure of=deliveries.failure />
            <Loaded phase=list.phase retry=move |()| list.start()>
                <When
                    is=derived(move || !list.rows.is_empty())
                    fallback=|| view! { <p class="muted">"None in the last 30 days."</p> }
                >
                    <ol class="plain" aria-label="Deliveries">
                        <Lines of=derived(move || {
                            list.rows.drawn(move |delivery| view! { <Line delivery deliveries /> }.into_any())
                        }) />
                    </ol>
                </When>
                <LoadMore list label="Load older" />
            </Loaded>
        </section>
    }
}

#[component]
fn Line(delivery: Signal<Delivery>, deliveries: Deliveries) -> impl IntoView {
    let line = NodeRef::<Li>::new();
    let clock = use_clock();
    // Drawn as a whole, not part by part: its elements stay all the same.
    move || {
        let delivery = delivery.get();
        let (state, tone) = event_delivery_words(&delivery.state);
        let (state, event, number) = (state.to_owned(), delivery.event.to_string(), delivery.number);
        let next = next_try(&delivery.state, delivery.due_at, clock.now()).map(|(words, at)| {
            view! {
                <time class="time" datetime=iso(at) title=exact(browser::local(at))>
                    {words}
                </time>
            }
        });
        let answer =
            (!delivery.answer.is_empty()).then(|| view! { ": " <bdi>{plain(&delivery.answer).to_owned()}</bdi> });
        let detail = technical(&delivery.answer);
        let retry = (delivery.state == DeliveryState::Parked.into()).then(|| {
            let retry = move |_| deliveries.retry(Some(number), line.get_untracked().map(Into::into));
            view! {
                <button class="button" type="button" on:click=handler(retry)>
                    "Retry"
                    <span class="unseen">{format!(" delivery {number}")}</span>
                </button>
            }
        });
        view! {
            <li class="delivery" tabindex="-1" node_ref=line>
                <p class="webhook-head">
                    <span>
                        <code>{event}</code>
                        {delivery.is_sample.then_some(" sample")}
                    </span>
                    <span class=badge_class(tone)>{state}</span>
                </p>
                <p class="delivery-facts muted">
                    <TimeAgo at=delivery.at />
                    <span>{tried_words(delivery.attempts)} {answer}</span>
                    {next}
                </p>
                {detail}
                <div class="delivery-facts">
                    {retry}
                    <details class="why">
                        <summary>"Data" <span class="unseen">{format!(" of delivery {number}")}</span></summary>
                        <pre
                            class="delivery-data"
                            tabindex="0"
                            role="region"
                            aria-label=format!("Data of delivery {number}")
                        >
                            {format!("{:#}", delivery.data)}
                        </pre>
                    </details>
                </div>
            </li>
        }
    }
}
