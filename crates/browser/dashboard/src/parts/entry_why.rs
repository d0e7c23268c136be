//! Why a signal has its category and its points, one click away.

use knock_model::Millis;
use knock_wire::TimelineEntry;
use leptos::prelude::*;

use crate::browser;
use crate::clock::use_clock;
use crate::words::{browser_words, exact, iso, matched_words, place_words, rule_words, worth_words};

/// A disclosure; its content is made when it is first opened.
#[component]
pub(crate) fn EntryWhy(
    /// The signal.
    entry: Signal<TimelineEntry>,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class="why" on:toggle=move |_| opened.set(true)>
            <summary>"Why"</summary>
            <Show when=move || opened.get()>
                <Content entry />
            </Show>
        </details>
    }
}

#[component]
fn Content(entry: Signal<TimelineEntry>) -> impl IntoView {
    let clock = use_clock();
    let rule = move || {
        entry.with(|entry| {
            let matched = matched_words(&entry.matched).map(|words| format!(" {words}"));
            format!("{}: {}{}", entry.category.as_str(), rule_words(&entry.rule), matched.unwrap_or_default())
        })
    };
    let worth = move || entry.with(|entry| worth_words(entry, clock.now()));
    let at = Signal::derive(move || entry.with(|entry| entry.at));
    let received_at = Signal::derive(move || entry.with(|entry| entry.received_at));
    view! {
        <dl class="why-list">
            <dt>"Category"</dt>
            <dd><bdi>{rule}</bdi></dd>
            <dt>"Points"</dt>
            <dd>{worth}</dd>
            <dt>"Occurred"</dt>
            <dd>
                <Instant at />
                <Show when=move || entry.with(|entry| entry.clamped)>
                    <p class="muted">"Moved: the sender's clock told an instant outside the 30 days before its arrival."</p>
                </Show>
            </dd>
            <dt>"Received"</dt>
            <dd><Instant at=received_at /></dd>
            <Text name="Page" text=Signal::derive(move || entry.with(|entry| entry.url.clone())) />
            <Text name="Came from" text=Signal::derive(move || entry.with(|entry| entry.referrer.clone())) />
            <Text name="Leads to" text=Signal::derive(move || entry.with(|entry| entry.href.clone())) />
            <Text name="Form fields" text=Signal::derive(move || entry.with(|entry| entry.fields.join(", "))) />
            <Text name="Browser" text=Signal::derive(move || entry.with(browser_words)) />
            <Text name="Place" text=Signal::derive(move || entry.with(place_words)) />
            <Text name="Visitor" text=Signal::derive(move || entry.with(|entry| entry.visitor.to_string())) />
            <Text name="Visit" text=Signal::derive(move || entry.with(|entry| entry.session.to_string())) />
            <Text name="Site" text=Signal::derive(move || entry.with(|entry| entry.site.clone())) />
        </dl>
    }
}

#[component]
fn Instant(at: Signal<Millis>) -> impl IntoView {
    view! { <time datetime=move || iso(at.get())>{move || exact(browser::local(at.get()))}</time> }
}

/// A text from outside, shown as text whatever it says; nothing when it is empty.
#[component]
fn Text(name: &'static str, text: Signal<String>) -> impl IntoView {
    view! {
        <Show when=move || text.with(|text| !text.is_empty())>
            <dt>{name}</dt>
            <dd class="why-text"><bdi>{text}</bdi></dd>
        </Show>
    }
}
