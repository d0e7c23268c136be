//! Agents > Rejections: whom the AI agent rejects by conditions.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::leaving::Leaving;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::agents::rejection_panel::rejection_panel;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::leave_question::LeaveQuestion;
use crate::parts::page::heading::Heading;
use crate::parts::page::loaded::Loaded;
use crate::state::agents::Agents;
use crate::state::agents::rejections::RejectionsForm;
use crate::words::rejections::rejection_words;

/// Conditions and reason for each kind of agent, saved together; sentences for those who may not change them.
#[component]
pub(crate) fn AgentRejectionsPage(agents: Agents) -> impl IntoView {
    let form = RejectionsForm::start(agents);
    let leaving = Leaving::watch(
        move || agents.may_edit && form.is_changed(),
        move || format!("/app/agents/rejections{}", agents.query()),
    );
    view! {
        <div class="page-head">
            <Heading text="Rejections" />
        </div>
        <p class="lead">
            "While no member has the chat, has written in it or is awaited, the AI agent rejects leads who match: it says its last words, and the chat is not routed. A rejection can be undone in the inbox; the agent then leaves that lead alone. Rejecting after abuse is a switch under Playbooks."
        </p>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            {if agents.may_edit { editor(form) } else { sentences(form) }}
        </Loaded>
        <LeaveQuestion leaving lost="Your changes to these conditions are lost." choose=|_| () />
    }
}

fn editor(form: RejectionsForm) -> AnyView {
    // The panels are drawn again only for another set of conditions.
    let panels = memo(move || {
        form.conditions.draft.with(|draft| {
            draft.segments.iter().map(|segment| (segment.id.clone(), segment.when.id)).collect::<Vec<_>>()
        })
    });
    let drawn = move || {
        let panel = |(at, (kind, group)): (usize, (String, usize))| rejection_panel(form, at, &kind, group);
        panels.get().into_iter().enumerate().map(panel).collect::<Vec<_>>()
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let (is_busy, said) = (form.conditions.is_busy, form.conditions.said);
    view! {
        <form class="agents-parts" on:submit=handler(submit) novalidate>
            {dynamic(drawn)}
            <ActionFailure of=derived(move || form.unplaced()) />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=is_busy>
                    {derived(move || if is_busy.get() { "Saving\u{2026}" } else { "Save" })}
                </button>
                <p class="muted" role="status">{said}</p>
            </div>
        </form>
    }
    .into_any()
}

fn sentences(form: RejectionsForm) -> AnyView {
    let lines = move || {
        let stored = form.stored.value.get().unwrap_or_default();
        stored.agents.iter().map(|one| view! { <li>{rejection_words(one)}</li> }.into_any()).collect::<Vec<_>>()
    };
    view! { <ul class="panel" aria-label="Rejections">{dynamic(lines)}</ul> }.into_any()
}
