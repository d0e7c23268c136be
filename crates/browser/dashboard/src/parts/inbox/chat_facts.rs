//! The state of a chat: status, explanation, next change and fields.

use knock_wire::{ChatState, VisitorActShown};
use leptos::prelude::*;

use super::status_badge::StatusBadge;
use super::status_why::StatusWhy;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::time_ago::TimeAgo;
use crate::state::inbox::team::{Team, use_team};
use crate::words::chat::{flag_words, next_status_change, rejection_words, response_words};
use crate::words::form::is_by_form;
use crate::words::instant::{exact, iso};
use crate::words::visitor_act::last_rating;

/// Chat Status and its fields.
#[component]
pub(crate) fn ChatFacts(
    #[prop(into)] state: Signal<ChatState>,
    /// The acts of the visitor.
    #[prop(into)]
    acts: Signal<Vec<VisitorActShown>>,
) -> impl IntoView {
    let (clock, team) = (use_clock(), use_team());
    move || {
        let state = state.get();
        let is_by_form = is_by_form(&state);
        let flags = state.flags.iter().map(|flag| view! { <p class="note">{flag_words(flag)}</p> }.into_any());
        let next = next_status_change(&state, clock.now()).map(|(words, at)| {
            view! {
                <time class="time next-change" datetime=iso(at) title=exact(browser::local(at))>
                    <IconMark icon=Icon::Time />
                    {words}
                </time>
            }
        });
        let rejection =
            rejection_words(state.rejected_by.as_ref(), &state.rejected_by_name, state.reject_reason.as_deref());
        let facts = [
            ("Chat owner", owner_name(&state, team)),
            ("Responding rep", state.responding_rep.map(|rep| team.name(&rep))),
            ("Rating", acts.with(|acts| last_rating(acts))),
            ("Rep response time", state.response_minutes.map(response_words)),
        ];
        view! {
            <section class="panel" aria-labelledby="chat-status">
                <h2 class="panel-title" id="chat-status">"Chat Status"</h2>
                {flags.collect_view()}
                <p class="status-now">
                    <StatusBadge status=state.status.spelling().into_owned() />
                    {next}
                </p>
                {(!is_by_form).then(|| view! { <StatusWhy rule=state.rule /> })}
                <p class="status-why" hidden=!is_by_form>
                    "They have sent a form: no Chat Status until they chat."
                </p>
                <p class="status-why" hidden=rejection.is_empty()>
                    <bdi>{rejection.clone()}</bdi>
                </p>
                <dl class="facts">
                    <div class="fact" hidden=is_by_form>
                        <dt>"Since"</dt>
                        <dd><TimeAgo at=state.since /></dd>
                    </div>
                    {facts.into_iter().filter_map(|(name, value)| Some(fact(name, value?))).collect_view()}
                </dl>
            </section>
        }
    }
}

/// The owner: by name, else what they are; none for a lead by form without one.
fn owner_name(state: &ChatState, team: Team) -> Option<String> {
    let owner = match state.rep_owner.as_deref() {
        None | Some("") => state.owner.spelling().into_owned(),
        Some(owner) => team.name(owner),
    };
    Some(owner).filter(|owner| !owner.is_empty())
}

/// A field that has a value.
fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd><bdi>{value}</bdi></dd>
        </div>
    }
    .into_any()
}
