//! A number of a table or of a map, which opens what it counts.

use knock_wire::ReportColumn;
use leptos::prelude::*;

use super::figure::figure;
use crate::kit::reactive::handler;
use crate::state::reports::Reports;
use crate::words::reports::figure::value_words;

/// A value; a button where there are leads behind it.
pub(super) fn number(
    reports: Reports,
    (place, column): (usize, &ReportColumn),
    (row, label): (Option<usize>, &str),
    value: Option<f64>,
) -> AnyView {
    let Some(some) = value.filter(|value| opens(column, *value)) else { return figure(&column.unit, value) };
    let name = format!("{}, {label}: {}", column.label, value_words(&column.unit, some));
    opener(reports, (place, row), name, figure(&column.unit, value))
}

/// The button that opens the list of a column in a row.
pub(super) fn opener(reports: Reports, (place, row): (usize, Option<usize>), name: String, shown: AnyView) -> AnyView {
    let open = move |_| {
        reports.report.value.with_untracked(|report| {
            if let Some(report) = report {
                reports.behind.open(report, place, row);
            }
        });
    };
    view! {
        <button class="link-button" type="button" aria-label=name on:click=handler(open)>
            {shown}
        </button>
    }
    .into_any()
}

/// Whether there are leads behind a value: a time of nothing is that of a lead too.
pub(super) fn opens(column: &ReportColumn, value: f64) -> bool {
    column.opens && (column.unit == "minutes" || value != 0.0)
}
