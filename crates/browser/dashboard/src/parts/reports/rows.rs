//! The rows of a report: every number that counts leads opens their list.

use knock_wire::{Report, ReportColumn, ReportRow};
use leptos::prelude::*;

use super::cell::number;
use super::figure::value_at;
use super::filters::TOOLS;
use super::heat::heat;
use crate::kit::changing::focus_later;
use crate::kit::reactive::handler;
use crate::state::reports::Reports;
use crate::words::reports::ask::filter_of;
use crate::words::reports::heat::WEEK_HOUR;

/// A line of the table: its number among the rows, none for the total, its label and its values.
type Line<'r> = (Option<usize>, &'r str, &'r [Option<f64>]);

/// The table, with the total as its last line; the hours of a week are a map.
pub(crate) fn rows(reports: Reports, report: &Report) -> AnyView {
    if report.group == WEEK_HOUR {
        return heat(reports, report);
    }
    let group = reports.group_label(&report.group);
    let title = reports.info().map_or_else(|| report.name.clone(), |info| info.label);
    let name = format!("{title} by {group}");
    let head = |column: &ReportColumn| view! { <th scope="col" class="number">{column.label.clone()}</th> }.into_any();
    let row = |(place, row): (usize, &ReportRow)| {
        line(reports, report, (Some(place), &row.label, &row.values), only(reports, &report.group, row))
    };
    let lines: Vec<_> = report.rows.iter().enumerate().map(row).collect();
    view! {
        <div class="table-region report-rows" role="region" aria-label="Rows" tabindex="0">
            <table class="table" aria-label=name>
                <thead>
                    <tr>
                        <th scope="col">{group}</th>
                        {report.columns.iter().map(head).collect::<Vec<_>>()}
                    </tr>
                </thead>
                <tbody>
                    {lines} {line(reports, report, (None, "Total", &report.total), ().into_any())}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(reports: Reports, report: &Report, (row, label, values): Line<'_>, beside: AnyView) -> AnyView {
    let cell = |(place, column): (usize, &ReportColumn)| {
        let value = value_at(values, place);
        view! {
            <td data-label=column.label.clone() class="number">
                {number(reports, (place, column), (row, label), value)}
            </td>
        }
        .into_any()
    };
    let class = if row.is_none() { "report-total" } else { "" };
    let cells: Vec<_> = report.columns.iter().enumerate().map(cell).collect();
    view! {
        <tr class=class>
            <th scope="row" class="rate-name">
                <bdi>{label.to_owned()}</bdi>
                {beside}
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

/// The button that shows what has the value of a row alone; nothing where that is no filter, or the one chosen.
fn only(reports: Reports, group: &str, row: &ReportRow) -> AnyView {
    let chosen = untrack(|| reports.address.value(group));
    let Some(name) = filter_of(group, &row.key).filter(|_| chosen != row.key) else { return ().into_any() };
    let value = (row.key.clone(), row.label.clone());
    let narrow = move |_| {
        reports.narrow(name, value.clone());
        // The line with the focus is removed.
        focus_later(TOOLS.to_owned());
    };
    view! {
        <button
            class="button button-quiet"
            type="button"
            aria-label=format!("Only {}", row.label)
            on:click=handler(narrow)
        >
            "Only"
        </button>
    }
    .into_any()
}
