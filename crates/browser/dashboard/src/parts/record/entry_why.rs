//! The explanation of a signal's category and points, behind a button.

use knock_model::Millis;
use knock_wire::TimelineEntry;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, handler};
use crate::parts::page::when::When;
use crate::words::client::{browser_words, place_words};
use crate::words::instant::{exact, iso};
use crate::words::why::{matched_words, rule_words, worth_words};

/// A disclosure; its content is made when it is first opened.
#[component]
pub(crate) fn EntryWhy(
    /// The signal.
    entry: Signal<TimelineEntry>,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class="why" on:toggle=handler(move |_| opened.set(true))>
            <summary>"Why"</summary>
            <When is=derived(move || opened.get())>
                <Content entry />
            </When>
        </details>
    }
}

#[component]
fn Content(entry: Signal<TimelineEntry>) -> impl IntoView {
    let clock = use_clock();
    move || {
        let entry = entry.get();
        let matched = matched_words(&entry.matched).map(|words| format!(" {words}")).unwrap_or_default();
        let rule = format!("{}: {}{matched}", entry.category.as_str(), rule_words(&entry.rule));
        let moved = entry.clamped.then(|| {
            view! {
                <p class="muted">"Adjusted: the sender's clock was outside the 30 days before arrival."</p>
            }
        });
        let texts = [
            ("Page", entry.url.clone()),
            ("Came from", entry.referrer.clone()),
            ("Leads to", entry.href.clone()),
            ("Form fields", entry.fields.join(", ")),
            ("Shortened", entry.cut.join(", ")),
            ("Browser", browser_words(&entry)),
            ("Place", place_words(&entry)),
            ("Visitor", entry.visitor.to_string()),
            ("Session", entry.session.to_string()),
            ("Site", entry.site.clone()),
        ];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        view! {
            <dl class="why-list">
                <dt>"Category"</dt>
                <dd><bdi>{rule}</bdi></dd>
                <dt>"Points"</dt>
                <dd>{worth_words(&entry, clock.now())}</dd>
                <dt>"Occurred"</dt>
                <dd>
                    <Instant at=entry.at />
                    {moved}
                </dd>
                <dt>"Received"</dt>
                <dd><Instant at=entry.received_at /></dd>
                {texts.map(|(name, text)| outside(name, text)).collect_view()}
            </dl>
        }
    }
}

#[component]
fn Instant(at: Millis) -> impl IntoView {
    view! { <time datetime=iso(at)>{exact(browser::local(at))}</time> }
}

/// A text from outside, shown as text whatever its content.
fn outside(name: &'static str, text: String) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd class="why-text"><bdi>{text}</bdi></dd>
    }
    .into_any()
}
