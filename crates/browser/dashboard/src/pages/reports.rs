//! Reports: figures with their definitions, one over time, and rows whose numbers open the leads behind them.

use knock_wire::{Report, ReportInfo};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_navigate;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::heading::{Heading, Section};
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::reports::behind_list::BehindList;
use crate::parts::reports::chips::Chips;
use crate::parts::reports::figures::figures;
use crate::parts::reports::filters::Filters;
use crate::parts::reports::monday::MondayMail;
use crate::parts::reports::over_time::OverTime;
use crate::parts::reports::rows::rows;
use crate::parts::reports::share::Share;
use crate::state::reports::Reports;
use crate::words::reports::ask::FIRST_REPORT;

lazy!(reports => ReportsPage);

/// The report of the address; without one, the first.
#[component]
pub(crate) fn ReportsPage() -> impl IntoView {
    provide_context(Section("Reports"));
    let go = use_navigate();
    let reports = Reports::start(move |address| {
        go(address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let is_nameless = memo(move || reports.address.name.with(String::is_empty));
    let title = derived(move || reports.info().map_or_else(|| "Reports".to_owned(), |info| info.label));
    let behind = reports.behind;
    view! {
        {dynamic(move || is_nameless.get().then(first))}
        <div class="reports">
            <div class="page-head">
                <Heading text=title />
                <Share reports />
            </div>
            <Loaded phase=reports.list.phase retry=move |()| reports.list.load()>
                {navigation(reports)}
                <p class="lead">{derived(move || reports.info().map(|info| info.definition).unwrap_or_default())}</p>
                <Filters reports />
                <Chips reports />
                <Loaded phase=reports.report.phase retry=move |()| reports.report.load()>
                    {found(reports)}
                </Loaded>
                <MondayMail monday=reports.monday />
            </Loaded>
        </div>
        <When is=derived(move || behind.opened.with(Option::is_some))>
            <BehindList behind />
        </When>
    }
}

fn first() -> AnyView {
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=FIRST_REPORT options /> }.into_any()
}

/// The reports, which are asked for the same period, zone and filters.
fn navigation(reports: Reports) -> AnyView {
    let link = move |info: &ReportInfo| {
        let address = reports.address;
        let (name, own) = (info.name.clone(), info.name.clone());
        let is_current = move || if address.name.with(|open| *open == own) { "page" } else { "false" };
        view! {
            <a
                class="settings-link"
                href=derived(move || address.ask.with(|ask| ask.of_another().address(&name)))
                aria-current=derived(is_current)
            >
                {info.label.clone()}
            </a>
        }
        .into_any()
    };
    let links = move || {
        reports.list.value.with(|list| list.iter().flat_map(|list| &list.reports).map(link).collect::<Vec<_>>())
    };
    view! {
        <nav class="settings-nav" aria-label="Reports">
            {dynamic(links)}
        </nav>
    }
    .into_any()
}

/// The report, once it is there.
fn found(reports: Reports) -> AnyView {
    let draw = |of: fn(Reports, &Report) -> AnyView| {
        dynamic(move || reports.report.value.with(|report| report.as_ref().map(|report| of(reports, report))))
    };
    view! {
        {draw(period)}
        {draw(figures)}
        <OverTime reports />
        {draw(rows)}
    }
    .into_any()
}

/// The days that count, with those they are compared with.
fn period(_: Reports, report: &Report) -> AnyView {
    let Report { from, to, previous_from, previous_to, zone, .. } = report;
    view! {
        <p class="muted">
            {format!("{from} to {to} in {zone}, compared with {previous_from} to {previous_to}.")}
        </p>
    }
    .into_any()
}
