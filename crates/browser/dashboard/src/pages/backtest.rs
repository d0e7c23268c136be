//! Settings > Backtest: how often leads qualified, by their score just before.

use futures_util::FutureExt;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, effect};
use crate::kit::single::Single;
use crate::parts::form::choice_box::{Choice, ChoiceBox};
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::state::session::use_session;
use crate::words::backtest::{RateLine, backtest_notes, band_lines, bucket_lines};

lazy!(settings => BacktestPage);

static SPANS: Choice = Choice {
    name: "days",
    label: "Outcomes of",
    options: &[("90", "90 days"), ("365", "A year"), ("1095", "3 years"), ("3650", "10 years")],
};

/// The rates of this workspace.
#[component]
pub(crate) fn BacktestPage() -> impl IntoView {
    let days = RwSignal::new("365".to_owned());
    let session = use_session();
    let report = Single::new(move || {
        let (client, days) = (session.client(), days.get_untracked());
        async move { client.backtest(&days).await }.boxed_local()
    });
    effect(move || {
        days.track();
        report.load();
    });
    let lines = move |of: fn(&knock_wire::Backtest) -> Vec<RateLine>| {
        derived(move || report.value.with(|found| found.as_ref().map(of).unwrap_or_default()))
    };
    let notes = move || {
        let notes = report.value.with(|found| found.as_ref().map(backtest_notes).unwrap_or_default());
        notes.into_iter().map(|note| view! { <p>{note}</p> }.into_any()).collect_view()
    };
    view! {
        <div class="page-head">
            <Heading text="Backtest" />
            <ChoiceBox choice=&SPANS chosen=days />
        </div>
        <p class="lead">
            "How often your leads became Qualified, by the score they had just before they became Qualified or Rejected."
        </p>
        <Loaded phase=report.phase retry=move |()| report.load()>
            <div class="note backtest-notes" role="status">{dynamic(notes)}</div>
            <Rates caption="By intent score" first="Intent score" lines=lines(bucket_lines) />
            <Rates caption="By points" first="Points" lines=lines(band_lines) />
            <p class="muted backtest-foot">
                "The bar is the rate, the thin line its 95 % interval (Wilson). The score's constants are estimates, not fitted to these outcomes."
            </p>
        </Loaded>
    }
}

/// A table of rates with a bar for each.
#[component]
fn Rates(caption: &'static str, first: &'static str, lines: Signal<Vec<RateLine>>) -> impl IntoView {
    view! {
        <div class="table-region rates" role="region" aria-label=caption tabindex="0">
            <table class="table">
                <caption class="rates-caption">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col" class="number">"Leads"</th>
                        <th scope="col" class="number">"Qualified"</th>
                        <th scope="col" class="number">"Rate"</th>
                        <th scope="col">"95 % interval"</th>
                    </tr>
                </thead>
                <tbody>{dynamic(move || lines.get().into_iter().map(row).collect_view())}</tbody>
            </table>
        </div>
    }
}

fn row(line: RateLine) -> AnyView {
    let RateLine { name, leads, qualified, rate } = line;
    let percent = |share: f64| format!("{share:.1}%");
    let (share, interval) = match rate {
        Some(rate) => {
            let words = format!("{} to {}", percent(rate.low), percent(rate.high));
            let bar = view! {
                <div class="rate" aria-hidden="true">
                    <div class="rate-fill" style:width=percent(rate.share)></div>
                    <div class="rate-span" style:left=percent(rate.low) style:width=percent(rate.high - rate.low)></div>
                </div>
            };
            (
                percent(rate.share).into_any(),
                view! { <div class="rate-cell"><span class="number">{words}</span> {bar}</div> }.into_any(),
            )
        }
        None => (view! { <span class="muted">"too few"</span> }.into_any(), ().into_any()),
    };
    view! {
        <tr>
            <th scope="row" class="rate-name">{name}</th>
            <td data-label="Leads" class="number"><span>{leads}</span></td>
            <td data-label="Qualified" class="number"><span>{qualified}</span></td>
            <td data-label="Rate" class="number"><span>{share}</span></td>
            <td data-label="95 % interval">{interval}</td>
        </tr>
    }
    .into_any()
}
