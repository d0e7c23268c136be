//! The chosen filters, each with its removal.

use leptos::prelude::*;

use super::filters::TOOLS;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{dynamic, handler};
use crate::state::reports::Reports;

/// A chip for each filter.
#[component]
pub(crate) fn Chips(reports: Reports) -> impl IntoView {
    let all = move || {
        let filters = reports.address.ask.with(|ask| ask.filters());
        filters.into_iter().map(|(name, value)| chip(reports, name, &value)).collect::<Vec<_>>()
    };
    view! {
        <ul class="chips" aria-label="Shown only">
            {dynamic(all)}
        </ul>
    }
}

fn chip(reports: Reports, name: &'static str, value: &str) -> AnyView {
    let label = format!("{} {}", reports.group_label(name), reports.value_label(name, value));
    let remove = move |_| {
        reports.set(name, "");
        focus_later(TOOLS.to_owned());
    };
    view! {
        <li class="chip">
            <bdi>{label.clone()}</bdi>
            <button
                class="chip-remove"
                type="button"
                aria-label=format!("Remove: {label}")
                on:click=handler(remove)
            >
                "\u{2715}"
            </button>
        </li>
    }
    .into_any()
}
