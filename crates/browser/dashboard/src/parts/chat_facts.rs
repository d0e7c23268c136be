//! The state of a chat: its status, why it is so, when it changes next, and the fields beside it.

use knock_wire::ChatState;
use leptos::prelude::*;

use super::{Icon, IconMark, StatusBadge, TimeAgo};
use crate::browser;
use crate::clock::use_clock;
use crate::words::{exact, flag_words, iso, next_status_change, rejecter_words, response_words, status_why};

/// Chat Status and its fields.
#[component]
pub(crate) fn ChatFacts(
    /// The state.
    #[prop(into)]
    state: Signal<ChatState>,
) -> impl IntoView {
    let status = Memo::new(move |_| state.with(|state| state.status.clone()));
    let since = Memo::new(move |_| state.with(|state| state.since));
    let rule = Memo::new(move |_| state.with(|state| state.rule.clone()));
    let flags = move || {
        let flags = state.with(|state| state.flags.clone());
        flags.iter().map(|flag| view! { <p class="note">{flag_words(flag)}</p> }).collect_view()
    };
    view! {
        <section class="panel" aria-labelledby="chat-status">
            <h2 class="panel-title" id="chat-status">"Chat Status"</h2>
            {flags}
            <p class="status-now">
                <StatusBadge status />
                <NextChange state />
            </p>
            <p class="status-why">
                {move || rule.with(|rule| status_why(rule))}
                " "
                <span class="muted">{rule}</span>
            </p>
            <dl class="facts">
                <div class="fact">
                    <dt>"Since"</dt>
                    <dd><TimeAgo at=since /></dd>
                </div>
                <Fact name="Chat Owner" value=move || state.with(|state| Some(state.owner.clone())) />
                <Fact name="Knock: Rep Owner" value=move || state.with(|state| state.rep_owner.clone()) />
                <Fact name="Knock: Responding Rep" value=move || state.with(|state| state.responding_rep.clone()) />
                <Fact
                    name="Knock: Rep Response Time"
                    value=move || state.with(|state| state.response_minutes.map(response_words))
                />
                <Fact
                    name="Rejected By"
                    value=move || state.with(|state| state.rejected_by.as_deref().map(rejecter_words))
                />
                <Fact name="Reject Reason" value=move || state.with(|state| state.reject_reason.clone()) />
            </dl>
        </section>
    }
}

/// When the status changes if nothing else happens.
#[component]
fn NextChange(state: Signal<ChatState>) -> impl IntoView {
    let clock = use_clock();
    move || {
        state.with(|state| next_status_change(state, clock.now())).map(|(words, at)| {
            view! {
                <time class="time next-change" datetime=iso(at) title=exact(browser::local(at))>
                    <IconMark icon=Icon::Time />
                    {words}
                </time>
            }
        })
    }
}

/// A field, where it has a value.
#[component]
fn Fact(
    /// Its name.
    name: &'static str,
    /// What stands in it.
    value: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> impl IntoView {
    let value = Memo::new(move |_| value());
    move || {
        value.get().map(|value| {
            view! {
                <div class="fact">
                    <dt>{name}</dt>
                    <dd><bdi>{value}</bdi></dd>
                </div>
            }
        })
    }
}
