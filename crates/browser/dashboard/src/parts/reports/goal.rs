//! What the team aims at in a metric.

use knock_model::Permission;
use knock_wire::ReportColumn;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::figure::tone;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::state::reports::Reports;
use crate::state::reports::goal::GoalForm;
use crate::words::reports::goal::{goal_hint, goal_words};

/// The goal of a metric, and whether its figure meets it; nothing without one.
pub(super) fn goal(column: &ReportColumn, now: Option<f64>) -> Option<AnyView> {
    let words = goal_words(column, now)?;
    Some(view! { <span class=tone(words.is_better)>{words.text}</span> }.into_any())
}

/// The form that changes the goal, for those who may.
pub(super) fn goal_form(reports: Reports, column: &ReportColumn) -> Option<AnyView> {
    if !reports.session.may(Permission::EditRouting) {
        return None;
    }
    let form = GoalForm::of(reports, column);
    let id = format!("goal-{}", column.name);
    let (own, notes) = (id.clone(), format!("{id}-notes"));
    let (errors, is_busy, failure) = (form.errors, form.is_busy, form.failure);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let remove = column.goal.map(|_| {
        view! {
            <button
                class="button button-quiet"
                type="button"
                prop:disabled=is_busy
                on:click=handler(move |_| form.send(None))
            >
                "Remove"
            </button>
        }
        .into_any()
    });
    let shown = view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <Field id=own label="Goal" hint=goal_hint(&column.unit) errors>
                <input
                    class="input"
                    id=id
                    inputmode="decimal"
                    autocomplete="off"
                    aria-describedby=notes
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    bind:value=form.text
                />
            </Field>
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=is_busy>
                    "Save"
                </button>
                {remove}
            </div>
            <ActionFailure of=failure />
        </form>
    };
    Some(shown.into_any())
}
