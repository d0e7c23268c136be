//! The dry run of one lead: what the workflow would have done with them, or why not.

use knock_wire::{ContactRow, DryRunLead};
use leptos::prelude::*;

use super::dry_run_line::lead_line;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::workflows::dry_runs::DryRuns;

/// The search for a lead, those found, and the result.
pub(super) fn lead_part(runs: DryRuns) -> AnyView {
    let found = move || runs.found.get().into_iter().map(|row| choice(runs, row)).collect::<Vec<_>>();
    let result = move || {
        runs.of_lead.with(|ran| ran.as_ref().map(|ran| ran.answer.examples.iter().map(shown).collect::<Vec<_>>()))
    };
    let stale = move || {
        runs.is_stale(runs.of_lead)
            .then(|| view! { <p class="note">"The workflow has changed since: choose the lead again."</p> })
    };
    view! {
        <div class="field">
            <label class="field-label" for="dry-run-lead">
                "A lead of your choice"
            </label>
            <input
                class="input"
                type="search"
                id="dry-run-lead"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="dry-run-lead-hint"
                prop:value=runs.typed
                on:input:target=move |event| runs.type_in(event.target().value())
            />
            <p class="field-hint" id="dry-run-lead-hint">
                "A part of the name or the address. It shows what would have been done, or why not."
            </p>
        </div>
        <ul class="merge-found" aria-label="Leads found">
            {dynamic(found)}
        </ul>
        <div class="what-if" role="status" aria-label="Result for this lead">
            {dynamic(stale)}
            <ol class="path">{dynamic(result)}</ol>
        </div>
    }
    .into_any()
}

fn choice(runs: DryRuns, row: ContactRow) -> AnyView {
    let (id, name) = (row.id, row.display_name);
    let address =
        (!row.email.is_empty() && row.email != name).then(|| view! { " " <bdi class="muted">{row.email}</bdi> });
    view! {
        <li>
            <button
                class="button button-quiet"
                type="button"
                prop:disabled=derived(move || runs.is_busy.get())
                on:click=handler(move |_| runs.run_for(id))
            >
                <bdi>{name}</bdi>
                {address}
            </button>
        </li>
    }
    .into_any()
}

fn shown(lead: &DryRunLead) -> AnyView {
    if lead.runs.is_empty() && lead.refused.is_empty() {
        return view! { <li class="muted">"What starts it never happened to this lead."</li> }.into_any();
    }
    lead_line(lead)
}
