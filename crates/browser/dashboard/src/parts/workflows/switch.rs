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

/// The state, the leads so far, and the button.
pub(crate) fn switch_panel(runs: DryRuns, switching: Switching) -> AnyView {
    let form = runs.form;
    let row = memo(move || form.stored.value.with(|stored| stored.as_ref().map(|stored| stored.row.clone())));
    let body = move || {
        let Some(row) = row.get() else {
            return view! { <p class="muted">"A new workflow is off until you switch it on here."</p> }.into_any();
        };
        shown(runs, switching, row)
    };
    panel("flow-switch", "On or off", view! { {dynamic(body)} <ActionFailure of=switching.failure /> }.into_any())
}

fn shown(runs: DryRuns, switching: Switching, row: WorkflowRow) -> AnyView {
    let (class, word) = state_words(row.state);
    let counts = counts_words(&row.counts);
    let button = match row.state {
        WorkflowState::On => Some(off_button(switching, row)),
        WorkflowState::Off => Some(on_button(runs, switching, row)),
        WorkflowState::Archived => None,
    };
    view! {
        <p>
            <span class=class>{word}</span>
            " "
            <span class="muted">{counts} "."</span>
        </p>
        {button}
    }
    .into_any()
}

fn off_button(switching: Switching, row: WorkflowRow) -> AnyView {
    view! {
        <button
            class="button"
            type="button"
            prop:disabled=switching.is_busy
            on:click=handler(move |_| switching.turn(&row, false))
        >
            "Switch off"
        </button>
    }
    .into_any()
}

fn on_button(runs: DryRuns, switching: Switching, row: WorkflowRow) -> AnyView {
    let (id, version) = (row.id, row.version);
    let missing = memo(move || {
        if runs.form.is_changed() {
            "Save your changes first."
        } else if !runs.tried.has(id, version) {
            "Run it dry first: the panel below shows what it would have done."
        } else {
            ""
        }
    });
    let everybody = move || {
        let leads = runs.ran.with(|ran| ran.as_ref().filter(|ran| ran.answer.is_everybody).map(|ran| ran.answer.leads));
        leads.map(|leads| {
            let words = format!("This would have enrolled all {}.", counted(whole(leads), "lead"));
            view! { <p class="note">{words}</p> }
        })
    };
    view! {
        {dynamic(everybody)}
        <button
            class="button button-strong"
            type="button"
            id="flow-on"
            aria-describedby="flow-on-why"
            prop:disabled=derived(move || switching.is_busy.get() || !missing.get().is_empty())
            on:click=handler(move |_| switching.turn(&row, true))
        >
            "Switch on"
        </button>
        <p class="field-hint" id="flow-on-why" role="status">
            {missing}
        </p>
    }
    .into_any()
}
