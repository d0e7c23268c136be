//! The switch of a workflow in its editor, with the reason for which it cannot be switched on yet.

use knock_wire::{WorkflowRow, WorkflowState};
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::rules::controls::panel;
use crate::state::workflows::dry_runs::DryRuns;
use crate::state::workflows::switching::Switching;
use crate::words::number::counted;
use crate::words::workflows::reasons::{counts_words, whole};
use crate::words::workflows::texts::state_words;

/// The state, the leads so far, and the button. The button stays the same one, so that it keeps the focus.
pub(crate) fn switch_panel(runs: DryRuns, switching: Switching) -> AnyView {
    let form = runs.form;
    let row = memo(move || form.stored.value.with(|stored| stored.as_ref().map(|stored| stored.row.clone())));
    let state = memo(move || row.with(|row| row.as_ref().map(|row| row.state)));
    let is_on = memo(move || state.get() == Some(WorkflowState::On));
    let missing = memo(move || row.with(|row| row.as_ref().map_or("", |row| missing_words(runs, row))));
    let turn = move |_| {
        if let Some(row) = row.get_untracked() {
            switching.turn(&row, !is_on.get_untracked());
        }
    };
    let body = view! {
        {dynamic(move || row.with(|row| standing(row.as_ref())))}
        {dynamic(move || everybody(runs, is_on.get()))}
        <button
            class=derived(move || if is_on.get() { "button" } else { "button button-strong" })
            type="button"
            id="flow-on"
            aria-describedby="flow-on-why"
            hidden=derived(move || matches!(state.get(), None | Some(WorkflowState::Archived)))
            prop:disabled=derived(move || !missing.get().is_empty())
            on:click=handler(turn)
        >
            {derived(move || if is_on.get() { "Switch off" } else { "Switch on" })}
        </button>
        <p class="field-hint" id="flow-on-why" role="status">
            {missing}
        </p>
        <ActionFailure of=switching.failure />
    };
    panel("flow-switch", "On or off", body.into_any())
}

/// The state and the leads so far.
fn standing(row: Option<&WorkflowRow>) -> AnyView {
    let Some(row) = row else {
        return view! { <p class="muted">"A new workflow is off until you switch it on here."</p> }.into_any();
    };
    let (class, word) = state_words(row.state);
    let counts = format!("{}.", counts_words(&row.counts));
    view! {
        <p>
            <span class=class>{word}</span>
            " "
            <span class="muted">{counts}</span>
        </p>
    }
    .into_any()
}

/// Why the workflow cannot be switched on yet; empty where it can.
fn missing_words(runs: DryRuns, row: &WorkflowRow) -> &'static str {
    match row.state {
        WorkflowState::On => "",
        WorkflowState::Archived => "It is archived. The list of workflows brings it back.",
        WorkflowState::Off if runs.form.is_changed() => "Save your changes first.",
        WorkflowState::Off if runs.tried.has(row.id, row.version) => "",
        WorkflowState::Off => "Run it dry first: the panel below shows what it would have done.",
    }
}

/// The warning about a workflow that takes every lead.
fn everybody(runs: DryRuns, is_on: bool) -> Option<AnyView> {
    let leads = runs.ran.with(|ran| ran.as_ref().filter(|ran| ran.answer.is_everybody).map(|ran| ran.answer.leads));
    leads.filter(|_| !is_on).map(|leads| {
        let words = format!("This would have enrolled all {}.", counted(whole(leads), "lead"));
        view! { <p class="note">{words}</p> }.into_any()
    })
}
