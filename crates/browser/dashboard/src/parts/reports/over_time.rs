//! The chosen figure over time.

use knock_model::Millis;
use knock_wire::{Report, ReportColumn};
use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::kit::{browser, zones};
use crate::parts::page::chart::Chart;
use crate::state::reports::Reports;
use crate::words::reports::over_time::{Clocks, picture_of, summary_of, table_of};
use crate::words::reports::picture::{picture_file, picture_words};

/// The chart with its table, in the zone of the report.
#[component]
pub(crate) fn OverTime(reports: Reports) -> impl IntoView {
    let title = derived(move || reports.metric().map(|column| column.label).unwrap_or_default());
    let subject = derived(move || format!("{} over time", title.get()));
    view! {
        <section class="panel course" aria-labelledby="report-over-time">
            <div class="course-head">
                <h2 class="panel-title" id="report-over-time">
                    {title}
                </h2>
                {save(reports)}
            </div>
            <Chart
                subject
                picture=derived(move || drawn(reports, picture_of).flatten())
                summary=derived(move || drawn(reports, summary_of).unwrap_or_default())
                table=derived(move || drawn(reports, table_of).unwrap_or_default())
            />
        </section>
    }
}

/// The button that saves the chart: its script shows it while there is one, and listens to it.
fn save(reports: Reports) -> AnyView {
    let of = move |make: fn(&Report, &ReportColumn) -> String| {
        let metric = reports.metric()?;
        reports.report.value.with(|report| report.as_ref().map(|report| make(report, &metric)))
    };
    let file = derived(move || of(picture_file).unwrap_or_default());
    let words = derived(move || {
        let filters = reports.address.ask.with(|ask| ask.filters());
        let filter = |(name, value): (&'static str, String)| {
            format!("{} {}", reports.group_label(name), reports.value_label(name, &value))
        };
        let shown = filters.into_iter().map(filter).collect::<Vec<_>>().join(", ");
        let lines = of(picture_words).unwrap_or_default();
        if shown.is_empty() { lines } else { format!("{lines}\nShown only: {shown}") }
    });
    view! {
        // What hides the button is around it: a button is shown in its own way.
        <span hidden=true data-file=file data-words=words>
            <button class="button button-quiet" type="button">
                "Save as picture"
            </button>
        </span>
    }
    .into_any()
}

/// What is made of the chosen metric of the report; none before it is there.
fn drawn<T>(reports: Reports, make: fn(&Report, &str, &Clocks<'_>) -> T) -> Option<T> {
    let metric = reports.metric()?;
    reports.report.value.with(|report| {
        let report = report.as_ref()?;
        let local = |at: Millis| browser::local(at).offset_minutes;
        let offset = |at: Millis| zones::offset_minutes(&report.zone, at).unwrap_or_else(|| local(at));
        let twin = |at: Millis| zones::reader_twin(&report.zone, at);
        Some(make(report, &metric.name, &Clocks { offset: &offset, twin: &twin }))
    })
}
