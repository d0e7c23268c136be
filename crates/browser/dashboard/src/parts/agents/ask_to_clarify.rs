//! The switch for the agent's question about the purpose of a chat.

use futures_util::FutureExt;
use knock_wire::AgentSettings;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::derived;
use crate::kit::single::Single;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::loaded::Loaded;
use crate::state::agents::Agents;

const NOTES: &str = "clarify-notes";

/// A switch for members with the permission, its position for others.
#[component]
pub(crate) fn AskToClarify(agents: Agents) -> impl IntoView {
    let settings = Single::new(move || {
        let client = agents.session.client();
        async move { client.agent_settings().await }.boxed_local()
    });
    settings.load();
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let asks =
        derived(move || settings.value.with(|settings| settings.is_some_and(|settings| settings.asks_to_clarify)));
    let change = move |asks_to_clarify: bool| {
        let client = agents.session.client();
        settings.value.set(Some(AgentSettings { asks_to_clarify }));
        let work = async move {
            client.change_agent_settings(&AgentSettings { asks_to_clarify }).await?;
            Ok(())
        };
        let ended = move |refused: Option<Failure>| {
            if refused.is_some() {
                settings.value.set(Some(AgentSettings { asks_to_clarify: !asks_to_clarify }));
            }
            failure.set(refused);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    let control = move || {
        if agents.may_edit {
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    aria-describedby=NOTES
                    prop:checked=asks
                    prop:disabled=is_busy
                    on:change:target=move |event| change(event.target().checked())
                />
            }
            .into_any()
        } else {
            view! { <strong>{derived(move || if asks.get() { "On:" } else { "Off:" })}</strong> }.into_any()
        }
    };
    view! {
        <div class="panel clarify">
            <Loaded phase=settings.phase retry=move |()| settings.load()>
                <label class="choice">{control()} "Ask what a chat is about"</label>
                <p class="field-hint" id=NOTES>
                    "If it is unclear, the agent asks once and offers answers as buttons; routing waits for the answer, two minutes at most. Switched off, a person gets the chat at once."
                </p>
            </Loaded>
            <ActionFailure of=failure />
        </div>
    }
}
