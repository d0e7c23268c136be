//! The leads of a workflow: their state, where they wait, and a button that stops one.

use knock_model::WorkflowId;
use knock_wire::RunRow;
use leptos::prelude::*;

use super::run_line::run_facts;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::lines::Lines;
use crate::parts::page::when::When;
use crate::parts::rules::controls::{labelled_choice, panel};
use crate::parts::table::condition_line::option;
use crate::state::workflows::form::FlowForm;
use crate::state::workflows::runs::Runs;

const STATES: [(&str, &str); 4] =
    [("", "All"), ("active", "Inside now"), ("finished", "Went through"), ("stopped", "Stopped")];

/// The list, newest first.
pub(crate) fn runs_panel(form: FlowForm, id: WorkflowId) -> AnyView {
    let runs = Runs::of(form.session, id);
    // A change can stop the leads inside.
    let saved = memo(move || {
        form.stored.value.with(|stored| stored.as_ref().map(|stored| (stored.row.version, stored.row.state)))
    });
    effect(move || {
        saved.track();
        untrack(|| runs.load());
    });
    let states = derived(move || {
        STATES.map(|(word, label)| option(word, label, runs.state.with(|state| state == word))).concat()
    });
    let drawn = move || {
        let draw = |run: &RunRow| {
            let run = run.clone();
            let id = line_id(&[
                &run.contact.id.to_string(),
                &run.number.to_string(),
                &run.state,
                &run.log.len().to_string(),
            ]);
            Drawn::new(id, move || line(runs, &run))
        };
        runs.rows.with(|rows| rows.iter().map(draw).collect::<Vec<_>>())
    };
    let nothing = move || {
        let is_empty = runs.is_loaded.get() && runs.rows.with(Vec::is_empty);
        is_empty.then(|| view! { <p class="muted">"No lead."</p> })
    };
    let body = view! {
        {labelled_choice("run-state", "Show", states, Box::new(move |word| runs.choose(word)))}
        <ActionFailure of=runs.failure />
        <div role="status">{dynamic(nothing)}</div>
        <ol class="known-list" aria-label="Leads of this workflow">
            <Lines of=derived(drawn) />
        </ol>
        <When is=derived(move || runs.next.with(Option::is_some))>
            <button class="button" type="button" on:click=handler(move |_| runs.load_more())>
                "Show more leads"
            </button>
        </When>
    };
    panel("flow-runs", "Leads", body.into_any())
}

fn line(runs: Runs, run: &RunRow) -> AnyView {
    let (lead, name) = (run.contact.id, run.contact.display_name.clone());
    let of = name.clone();
    let stop = (run.state == "active").then(|| {
        view! {
            <div class="known-actions">
                <button
                    class="button"
                    type="button"
                    prop:disabled=runs.is_busy
                    on:click=handler(move |_| runs.stop(lead))
                >
                    "Take out"
                    <span class="unseen">" " <bdi>{of}</bdi></span>
                </button>
            </div>
        }
    });
    view! {
        <li class="known">
            <a class="link known-name" href=format!("/app/contacts/{lead}")>
                <bdi>{name}</bdi>
            </a>
            {run_facts(run)}
            {stop}
        </li>
    }
    .into_any()
}
