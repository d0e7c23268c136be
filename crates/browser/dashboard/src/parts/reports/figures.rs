//! The figures of a report: each with its change and its definition. One is chosen for the chart.

use knock_wire::{Report, ReportColumn};
use leptos::prelude::*;

use super::figure::{figure, tone, value_at};
use super::goal::{goal, goal_form};
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, handler};
use crate::state::reports::Reports;
use crate::words::reports::ask::METRIC;
use crate::words::reports::figure::change;

/// All figures of the period.
pub(crate) fn figures(reports: Reports, report: &Report) -> AnyView {
    let card = |(place, column): (usize, &ReportColumn)| {
        let (now, before) = (value_at(&report.total, place), value_at(&report.previous, place));
        card(reports, column, now, before)
    };
    view! {
        <ul class="report-figures" aria-label="Figures">
            {report.columns.iter().enumerate().map(card).collect::<Vec<_>>()}
        </ul>
    }
    .into_any()
}

fn card(reports: Reports, column: &ReportColumn, now: Option<f64>, before: Option<f64>) -> AnyView {
    let change = change(column, now, before);
    let tone = tone(change.is_better);
    let (name, label, definition) = (column.name.clone(), column.label.clone(), column.definition.clone());
    let is_chosen = {
        let name = name.clone();
        derived(move || reports.metric().is_some_and(|column| column.name == name).to_string())
    };
    let id = format!("card-{}", column.name);
    if reports.changed.with_value(|changed| *changed == column.name) {
        reports.changed.set_value(String::new());
        // The form that was sent went with the card before.
        focus_later(id.clone());
    }
    let form = goal_form(reports, column);
    let words = if form.is_some() { "Definition and goal" } else { "Definition" };
    view! {
        <li class="panel">
            <button
                class="report-figure"
                type="button"
                aria-pressed=is_chosen
                on:click=handler(move |_| reports.set(METRIC, &name))
            >
                <span>{label}</span>
                <strong class="report-value">{figure(&column.unit, now)}</strong>
                <span class=tone>{change.text}</span>
                {goal(column, now)}
            </button>
            <details class="why">
                <summary id=id>{words}</summary>
                <p>{definition}</p>
                {form}
            </details>
        </li>
    }
    .into_any()
}
