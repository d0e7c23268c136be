//! What is shown as a file, and its address for others.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::reports::report_csv;
use crate::kit::browser;
use crate::kit::reactive::{derived, handler};
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::reports::Reports;

/// The link to the file, and the button that copies the address with its days and its zone.
#[component]
pub(crate) fn Share(reports: Reports) -> impl IntoView {
    let address = reports.address;
    let href = derived(move || address.name.with(|name| report_csv(name, &address.query())));
    let file = derived(move || address.name.with(|name| format!("{name}.csv")));
    let said = RwSignal::new(String::new());
    let copy = move |_| {
        let link = untrack(|| address.shared());
        spawn_local(async move {
            let is_copied = browser::copy(&link).await;
            // The reader can copy by hand what the browser refuses to.
            said.try_set(if is_copied { "Copied".to_owned() } else { link });
        });
    };
    view! {
        <div class="table-choices">
            <span class="muted report-said" role="status">{said}</span>
            <button class="button" type="button" on:click=handler(copy)>
                <IconMark icon=Icon::Copy />
                "Copy link"
            </button>
            <a class="button" href=href download=file rel="external">
                "Export CSV"
            </a>
        </div>
    }
}
