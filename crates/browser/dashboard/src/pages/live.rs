//! Live: the people who are on a site now, and all signals as they arrive.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::live::on_site::OnSiteList;
use crate::parts::live::signals::SignalFeed;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;

lazy!(live => LivePage);

/// The value of `show` in the address of the signals.
const SIGNALS: &str = "signals";

/// The view of the address.
#[component]
pub(crate) fn LivePage() -> impl IntoView {
    let query = use_query_map();
    let is_signals = memo(move || query.with(|query| query.get("show").as_deref() == Some(SIGNALS)));
    // The number of visitors on a site; none before it is known.
    let count = RwSignal::new(String::new());
    let on_site = derived(move || match count.get() {
        count if is_signals.get() || count.is_empty() => "On the site".to_owned(),
        count => format!("On the site {count}"),
    });
    view! {
        <Heading text="Live" />
        <nav class="settings-nav" aria-label="Views of Live">
            {link("/app/live".to_owned(), on_site, derived(move || !is_signals.get()))}
            {link(
                format!("/app/live?show={SIGNALS}"),
                Signal::stored("Signals".to_owned()),
                is_signals.into(),
            )}
        </nav>
        {dynamic(move || {
            if is_signals.get() {
                view! { <SignalFeed /> }.into_any()
            } else {
                view! { <OnSiteList count /> }.into_any()
            }
        })}
    }
}

fn link(href: String, label: Signal<String>, is_current: Signal<bool>) -> AnyView {
    view! {
        <a
            class="settings-link"
            href=href
            aria-current=derived(move || if is_current.get() { "page" } else { "false" })
        >
            {label}
        </a>
    }
    .into_any()
}
