//! The leads behind a number of a report.

use knock_wire::{ReportItem, ReportItems};
use leptos::html;
use leptos::prelude::*;

use crate::kit::civil::civil;
use crate::kit::reactive::{dynamic, effect, handler};
use crate::kit::single::Single;
use crate::kit::{browser, zones};
use crate::parts::page::loaded::Loaded;
use crate::state::reports::behind::Behind;
use crate::words::instant::{exact, iso};
use crate::words::number::count;
use crate::words::reports::figure::minutes_words;

/// The list of an open number, over everything else.
#[component]
pub(crate) fn BehindList(behind: Behind) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || dialog.get().inspect(browser::open_over));
    let opened = behind.opened.get_untracked().unwrap_or_default();
    let zone = opened.zone;
    // The browser's event comes a frame after the dialog was closed, when another list may be open.
    let is_open = StoredValue::new(true);
    let close = move || {
        if is_open.try_update_value(std::mem::take).unwrap_or(false) {
            behind.opened.set(None);
        }
    };
    let dismiss = move |_| {
        // Closing returns the focus.
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        close();
    };
    let items = behind.items;
    view! {
        <dialog class="dialog" aria-labelledby="behind-title" node_ref=dialog on:close=handler(move |_| close())>
            <h2 class="dialog-title" id="behind-title">{opened.title}</h2>
            <Loaded phase=items.phase retry=move |()| items.load()>
                {shown(items, zone.clone())}
            </Loaded>
            <div class="form-actions">
                <button class="button" type="button" on:click=handler(dismiss)>
                    "Close"
                </button>
            </div>
        </dialog>
    }
}

fn shown(items: Single<ReportItems>, zone: String) -> AnyView {
    dynamic(move || items.value.with(|found| found.as_ref().map(|found| list(found, &zone)))).into_any()
}

fn list(found: &ReportItems, zone: &str) -> AnyView {
    let shown = found.items.len();
    let all = i64::from(found.count);
    let words = match usize::try_from(found.count) {
        Ok(most) if most > shown => format!("The newest {shown} of {}.", count(all)),
        _ => format!("{} in all, newest first.", count(all)),
    };
    view! {
        <p class="muted">{words}</p>
        <ul aria-label="Leads">
            {found.items.iter().map(|item| line(item, zone)).collect::<Vec<_>>()}
        </ul>
    }
    .into_any()
}

fn line(item: &ReportItem, zone: &str) -> AnyView {
    let at = item.at;
    let local = zones::offset_minutes(zone, at).map_or_else(|| browser::local(at), |offset| civil(at, offset));
    let more = [item.minutes.map(minutes_words), Some(item.rep.clone()).filter(|rep| !rep.is_empty())];
    let more = more.into_iter().flatten().map(|text| format!(", {text}")).collect::<String>();
    view! {
        <li class="home-line">
            <a class="link" href=format!("/app/contacts/{}", item.lead)>
                <bdi>{item.name.clone()}</bdi>
            </a>
            <span class="muted">
                <time datetime=iso(at)>{exact(local)}</time>
                {more}
            </span>
        </li>
    }
    .into_any()
}
