//! A report as it is shown.

use super::calendars::calendars;
use super::labels::Labels;
use super::list::columns;
use super::load::Loader;
use crate::present::Presenter;
use knock_model::Millis;
use knock_ports::{StoreError, View};
use knock_report::{Ask, Builder, Calendars, Period, Population, Report, Row, Table};
use knock_wire::{ReportPoint, ReportRow, ReportSeries};

/// Returns a report of a snapshot as of `now`.
///
/// # Errors
/// When the database fails.
pub fn report(
    view: &dyn View,
    report: &'static Report,
    ask: &Ask,
    now: Millis,
) -> Result<knock_wire::Report, StoreError> {
    let table = table(view, report, ask, &calendars(view, ask, now)?, now)?;
    shown(&Presenter::new(view, now)?, report, ask, table)
}

/// Counts the persons and visits of a workspace.
pub(super) fn table(
    view: &dyn View,
    report: &'static Report,
    ask: &Ask,
    calendars: &Calendars,
    now: Millis,
) -> Result<Table, StoreError> {
    let mut loader = Loader::new(view, now).with(report.needs(ask));
    let mut builder = Builder::new(report, ask, calendars, now);
    loader.each_person(ask, &mut |person| builder.person(person))?;
    if report.metrics.iter().any(|metric| metric.population == Population::Visitors) {
        loader.each_visits(ask, &mut |visits| builder.visits(visits))?;
    }
    Ok(builder.finish())
}

fn shown(
    presenter: &Presenter<'_>,
    report: &'static Report,
    ask: &Ask,
    table: Table,
) -> Result<knock_wire::Report, StoreError> {
    let group = report.group_of(ask.group);
    let (from, to) = days(&ask.period);
    let (previous_from, previous_to) = days(&ask.period.before());
    let anchor = ask.anchor.or(report.anchors.first().copied());
    let series = report.metrics.iter().zip(&table.series).map(|(metric, values)| {
        let points = table.buckets.iter().zip(values);
        ReportSeries {
            name: metric.name.to_owned(),
            points: points.map(|(at, value)| ReportPoint { at: *at, value: *value }).collect(),
        }
    });
    Ok(knock_wire::Report {
        name: report.name.to_owned(),
        definition: report.definition.to_owned(),
        from,
        to,
        previous_from,
        previous_to,
        zone: ask.period.zone_name().to_owned(),
        group: group.as_str().to_owned(),
        anchor: anchor.map_or_else(String::new, |anchor| anchor.as_str().to_owned()),
        calendar: ask.calendar.as_str().to_owned(),
        step: ask.period.bucketing().as_str().to_owned(),
        columns: columns(report, &presenter.view.report_goals()?),
        series: series.collect(),
        rows: rows(&Labels::new(presenter, report, group), table.rows)?,
        total: table.total,
        previous: table.previous,
    })
}

fn rows(labels: &Labels<'_, '_>, rows: Vec<Row>) -> Result<Vec<ReportRow>, StoreError> {
    let labelled = rows.into_iter().map(|row| {
        let label = labels.label(&row.key)?;
        Ok(ReportRow { key: row.key, label, values: row.values })
    });
    labelled.collect()
}

/// The first and the last day of a period.
fn days(period: &Period) -> (String, String) {
    (period.from().to_string(), period.to().to_string())
}
