//! The rows of the hours of a week as a map of one metric: a line for each day, a column for each hour.

use knock_wire::{Report, ReportColumn, ReportRow};
use leptos::prelude::*;

use super::cell::{number, opener, opens};
use super::figure::{figure, value_at};
use crate::state::reports::Reports;
use crate::words::reports::ask::METRIC;
use crate::words::reports::heat::{DAYS, cell_words, is_hour, key_of, shade, short_words};
use crate::words::reports::over_time::column_of;

/// The metric of the map, with its number among the columns.
#[derive(Clone, Copy)]
struct Shown<'r> {
    reports: Reports,
    place: usize,
    column: &'r ReportColumn,
    /// The largest value of an hour.
    most: f64,
}

/// The map of the chosen metric. What is at no hour, and the total, stand below: with them the numbers add up.
pub(super) fn heat(reports: Reports, report: &Report) -> AnyView {
    let chosen = reports.address.value(METRIC);
    let Some(column) = column_of(report, &chosen) else { return ().into_any() };
    let place = report.columns.iter().position(|known| known.name == column.name).unwrap_or_default();
    let hours = report.rows.iter().filter(|row| is_hour(&row.key));
    let most = hours.filter_map(|row| value_at(&row.values, place)).fold(0.0, f64::max);
    let shown = Shown { reports, place, column, most };
    let name = format!("{} by {}", column.label, reports.group_label(&report.group));
    let head = |hour: u8| view! { <th scope="col">{format!("{hour:02}")}</th> }.into_any();
    let line = |(day, label): (u8, &'static str)| {
        let cells: Vec<_> = (0..24).map(|hour| cell(shown, report, &key_of(day, hour))).collect();
        view! {
            <tr>
                <th scope="row">{label}</th>
                {cells}
            </tr>
        }
        .into_any()
    };
    let words = format!("{}: a stronger shade is a larger value. The figures above choose another one.", column.label);
    view! {
        <p class="muted">{words}</p>
        <div class="table-region report-heat" role="region" aria-label="Rows" tabindex="0">
            <table aria-label=name>
                <thead>
                    <tr>
                        <th scope="col">"Day"</th>
                        {(0..24).map(head).collect::<Vec<_>>()}
                    </tr>
                </thead>
                <tbody>{DAYS.into_iter().map(line).collect::<Vec<_>>()}</tbody>
            </table>
        </div>
        {below(shown, report)}
    }
    .into_any()
}

fn cell(shown: Shown<'_>, report: &Report, key: &str) -> AnyView {
    let found = report.rows.iter().enumerate().find(|(_, row)| row.key == key);
    let Some((row, of)) = found else { return view! { <td></td> }.into_any() };
    let Shown { reports, place, column, most } = shown;
    let value = value_at(&of.values, place);
    let name = cell_words(&column.label, &column.unit, &of.label, value);
    let Some(some) = value else {
        let none = figure(&column.unit, None);
        return view! { <td title=name>{none}</td> }.into_any();
    };
    let text = short_words(&column.unit, some).into_any();
    let inner = if opens(column, some) { opener(reports, (place, Some(row)), name.clone(), text) } else { text };
    view! {
        <td class=shade(some, most) title=name>
            {inner}
        </td>
    }
    .into_any()
}

/// The rows that are no hour, and the total.
fn below(shown: Shown<'_>, report: &Report) -> AnyView {
    let line = |row: Option<usize>, label: &str, values: &[Option<f64>]| {
        let value = value_at(values, shown.place);
        view! {
            <li>
                <bdi>{label.to_owned()}</bdi>
                ": "
                {number(shown.reports, (shown.place, shown.column), (row, label), value)}
            </li>
        }
        .into_any()
    };
    let is_other = |(_, row): &(usize, &ReportRow)| !is_hour(&row.key);
    let others = report.rows.iter().enumerate().filter(is_other);
    let others: Vec<_> = others.map(|(place, row)| line(Some(place), &row.label, &row.values)).collect();
    view! {
        <ul aria-label="Beside the hours">
            {others}
            {line(None, "Total", &report.total)}
        </ul>
    }
    .into_any()
}
