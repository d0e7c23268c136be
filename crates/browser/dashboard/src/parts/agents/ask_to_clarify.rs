//! The switches of the agent: its question about the purpose of a chat, and the end of a chat with abuse.

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

/// A setting of the agent as a switch.
struct Switch {
    /// The id of its explanation.
    notes: &'static str,
    label: &'static str,
    explanation: &'static str,
    is_on: fn(&AgentSettings) -> bool,
    set: fn(AgentSettings, bool) -> AgentSettings,
}

static SWITCHES: [Switch; 2] = [
    Switch {
        notes: "clarify-notes",
        label: "Ask what a chat is about",
        explanation: "If it is unclear, the agent asks once and offers answers as buttons; routing waits for the answer, two minutes at most. Switched off, a person gets a chat that only greets at once.",
        is_on: |settings| settings.asks_to_clarify,
        set: |settings, asks_to_clarify| AgentSettings { asks_to_clarify, ..settings },
    },
    Switch {
        notes: "abuse-notes",
        label: "End a chat with abuse",
        explanation: "The agent warns once. If the insults go on, it rejects the lead, and no one is notified. Only while no member has the chat; a rejection can be undone in the inbox.",
        is_on: |settings| settings.rejects_abuse,
        set: |settings, rejects_abuse| AgentSettings { rejects_abuse, ..settings },
    },
];

/// Switches for members with the permission, their positions for others.
#[component]
pub(crate) fn AskToClarify(agents: Agents) -> impl IntoView {
    let settings = Single::new(move || {
        let client = agents.session.client();
        async move { client.agent_settings().await }.boxed_local()
    });
    settings.load();
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let change = Callback::new(move |wanted: AgentSettings| {
        let client = agents.session.client();
        let before = settings.value.get_untracked();
        settings.value.set(Some(wanted));
        let work = async move {
            client.change_agent_settings(&wanted).await?;
            Ok(())
        };
        let ended = move |refused: Option<Failure>| {
            if refused.is_some() {
                settings.value.set(before);
            }
            failure.set(refused);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    });
    let shown = move |switch: &'static Switch| {
        let is_on = derived(move || settings.value.with(|settings| settings.as_ref().is_some_and(switch.is_on)));
        let turn = move |is_on: bool| {
            if let Some(settings) = settings.value.get_untracked() {
                change.run((switch.set)(settings, is_on));
            }
        };
        let control = if agents.may_edit {
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    aria-describedby=switch.notes
                    prop:checked=is_on
                    prop:disabled=is_busy
                    on:change:target=move |event| turn(event.target().checked())
                />
            }
            .into_any()
        } else {
            view! { <strong>{derived(move || if is_on.get() { "On:" } else { "Off:" })}</strong> }.into_any()
        };
        view! {
            <label class="choice">{control} {switch.label}</label>
            <p class="field-hint" id=switch.notes>
                {switch.explanation}
            </p>
        }
    };
    view! {
        <div class="panel clarify">
            <Loaded phase=settings.phase retry=move |()| settings.load()>
                {SWITCHES.iter().map(shown).collect::<Vec<_>>()}
            </Loaded>
            <ActionFailure of=failure />
        </div>
    }
}
