//! The visit of a lead beside their conversation: pages, and where they came from.

use knock_wire::Attribution;
use leptos::prelude::*;

use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::meetings::facts::fact;
use crate::parts::page::badge::badge_class;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::inbox::lead_context::LeadContext;
use crate::words::agent::is_web_address;
use crate::words::chat::StatusTone;
use crate::words::signal::bare_path;
use crate::words::visit::{Page, pages_of};

/// The page that the lead is on or saw last, and those before it; nothing before the first.
#[component]
pub(crate) fn LeadPages(context: LeadContext) -> impl IntoView {
    let clock = use_clock();
    let pages = memo(move || {
        let now = clock.now();
        context.timeline.value.with(|page| page.as_ref().map(|page| pages_of(&page.entries, now)).unwrap_or_default())
    });
    view! {
        <When is=derived(move || pages.with(|pages| !pages.is_empty()))>
            <section class="panel" aria-labelledby="lead-pages">
                <h2 class="panel-title" id="lead-pages">"Pages"</h2>
                <ol class="changes">{dynamic(move || pages.get().into_iter().map(line).collect::<Vec<_>>())}</ol>
            </section>
        </When>
    }
}

fn line(Page { title, url, at, is_open }: Page) -> AnyView {
    let path = bare_path(&url).to_owned();
    let page = if is_web_address(&url) {
        view! {
            <a class="link" href=url target="_blank" rel="noopener noreferrer" title=path>
                <bdi>{title}</bdi>
            </a>
        }
        .into_any()
    } else {
        view! { <bdi>{title}</bdi> }.into_any()
    };
    let open = is_open.then(|| view! { <span class=badge_class(StatusTone::Good)>"Now"</span> });
    view! {
        <li class="change">
            <p class="change-cause">
                <span class="lead-page">{page} " " {open}</span>
                <TimeAgo at />
            </p>
        </li>
    }
    .into_any()
}

/// The first referrer or campaign, and the first page.
#[component]
pub(crate) fn LeadSource(context: LeadContext) -> impl IntoView {
    dynamic(move || {
        let attribution = context.record.value.with(|record| Some(record.as_ref()?.contact.attribution.clone()))?;
        let Attribution { channel, source, campaign, landing_page } = attribution;
        // `Direct` is its own channel.
        let channel = if channel == source { String::new() } else { channel };
        let facts = [
            ("Source", source),
            ("Channel", channel),
            ("Campaign", campaign),
            ("First page", bare_path(&landing_page).to_owned()),
        ];
        let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
        let facts: Vec<_> = facts.map(|(name, words)| fact(name, view! { <bdi>{words}</bdi> }.into_any())).collect();
        (!facts.is_empty()).then(|| {
            view! {
                <section class="panel" aria-labelledby="lead-source">
                    <h2 class="panel-title" id="lead-source">"Source"</h2>
                    <dl class="facts">{facts}</dl>
                </section>
            }
        })
    })
}
