//! What a report is asked: period, zone, rows, and how it counts.

use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::kit::zones;
use crate::parts::page::when::When;
use crate::parts::table::condition_line::option;
use crate::state::reports::Reports;
use crate::words::inbox_filter::Labelled;
use crate::words::reports::ask::{ANCHOR, CALENDAR, FROM, GROUP, OWN, PERIODS, SITE, TO, ZONE};

/// The id of the controls, which take the focus of what a filter removes.
pub(super) const TOOLS: &str = "report-tools";

/// The controls of the open report.
#[component]
pub(crate) fn Filters(reports: Reports) -> impl IntoView {
    let groups = derived(move || reports.choices(|info| info.groups));
    let anchors = derived(move || reports.choices(|info| info.anchors));
    let calendars = derived(move || reports.choices(|info| info.calendars));
    let sites = derived(move || {
        let sites = reports.sites.get().into_iter().map(|site| (site.key, site.name));
        std::iter::once((String::new(), "Every site".to_owned())).chain(sites).collect::<Vec<_>>()
    });
    view! {
        <div class="audit-tools report-tools" id=TOOLS tabindex="-1" role="group" aria-label="Filters">
            {period(reports)}
            {zone(reports)}
            {choice(reports, GROUP, "Group by", groups)}
            <When is=derived(move || !anchors.with(Vec::is_empty))>
                {move || choice(reports, ANCHOR, "Counts at", anchors)}
            </When>
            <When is=derived(move || !calendars.with(Vec::is_empty))>
                {move || choice(reports, CALENDAR, "Times in", calendars)}
            </When>
            <When is=derived(move || reports.sites.with(|sites| sites.len() > 1))>
                {move || choice(reports, SITE, "Site", sites)}
            </When>
        </div>
    }
}

/// The period, with its days where they are own ones.
fn period(reports: Reports) -> AnyView {
    let chosen = derived(move || reports.address.ask.with(|ask| ask.period()));
    let options = derived(move || {
        let chosen = chosen.get();
        PERIODS.iter().map(|(value, label)| option(value, label, *value == chosen)).collect::<String>()
    });
    view! {
        <div class="field">
            <label class="field-label" for="report-period">
                "Period"
            </label>
            <select
                class="input"
                id="report-period"
                inner_html=options
                on:change:target=move |event| reports.set_period(&event.target().value())
            ></select>
        </div>
        <When is=derived(move || chosen.get() == OWN)>
            {move || day(reports, FROM, "From")} {move || day(reports, TO, "To")}
        </When>
    }
    .into_any()
}

fn day(reports: Reports, name: &'static str, label: &'static str) -> AnyView {
    let id = format!("report-{name}");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id
                type="date"
                prop:value=derived(move || reports.address.value(name))
                on:change:target=move |event| reports.set(name, &event.target().value())
            />
        </div>
    }
    .into_any()
}

/// The zone of days; that of the reader where none is chosen.
fn zone(reports: Reports) -> AnyView {
    let all = zones::time_zones().into_iter().map(|zone| (zone.clone(), zone)).collect::<Vec<_>>();
    let chosen = derived(move || reports.address.zone());
    select(reports, (ZONE, "Time zone"), Signal::stored(all), chosen)
}

/// One of the values of a parameter; the first is the usual one.
fn choice(reports: Reports, name: &'static str, label: &'static str, all: Signal<Vec<Labelled>>) -> AnyView {
    select(reports, (name, label), all, derived(move || reports.address.value(name)))
}

/// A select control; a chosen value that is not offered is shown as it stands.
fn select(
    reports: Reports,
    (name, label): (&'static str, &'static str),
    all: Signal<Vec<Labelled>>,
    chosen: Signal<String>,
) -> AnyView {
    let options = derived(move || {
        let (chosen, all) = (chosen.get(), all.get());
        let is_offered = chosen.is_empty() || all.iter().any(|(value, _)| *value == chosen);
        let other = if is_offered { String::new() } else { option(&chosen, &reports.value_label(name, &chosen), true) };
        all.iter().map(|(value, label)| option(value, label, *value == chosen)).collect::<String>() + &other
    });
    let id = format!("report-{name}");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <select
                class="input"
                id=id
                inner_html=options
                on:change:target=move |event| reports.set(name, &event.target().value())
            ></select>
        </div>
    }
    .into_any()
}
