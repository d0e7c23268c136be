//! The bar that saves a workflow: buttons, message and failure; stays visible while scrolling.

use knock_model::WorkflowId;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::FailureLine;
use crate::state::workflows::form::FlowForm;

/// The bar over the editor; `made` runs after a new workflow was saved.
pub(crate) fn flow_bar(form: FlowForm, made: Callback<WorkflowId>) -> AnyView {
    let is_changed = memo(move || form.is_changed());
    let is_new = memo(move || form.is_new());
    let mark = move || {
        let words = if is_new.get() { "Not saved yet" } else { "Unsaved changes" };
        (is_new.get() || is_changed.get()).then(|| view! { <span class="badge badge-medium">{words}</span> })
    };
    let wrong = move || {
        let is_placed = |failure: &Failure| matches!(failure, Failure::Refused(problem) if problem.status_code == 422);
        form.failure.get().map(|failure| {
            if is_placed(&failure) && form.has_refused() {
                return view! { <p class="form-error" role="alert">"Not saved: what is wrong is marked below."</p> }
                    .into_any();
            }
            view! { <FailureLine failure /> }.into_any()
        })
    };
    view! {
        <div class="playbook-bar rule-bar">
            <button
                class="button button-strong"
                type="button"
                prop:disabled=derived(move || form.is_busy.get() || !(is_new.get() || is_changed.get()))
                on:click=handler(move |_| form.save(None, move |id| made.run(id)))
            >
                {derived(move || if form.is_busy.get() { "Saving\u{2026}" } else { "Save" })}
            </button>
            <button
                class="button"
                type="button"
                prop:disabled=derived(move || !is_changed.get())
                on:click=handler(move |_| form.discard())
            >
                "Discard changes"
            </button>
            <p>{dynamic(mark)} " " <span class="muted" role="status">{form.said}</span></p>
        </div>
        {dynamic(wrong)}
    }
    .into_any()
}
