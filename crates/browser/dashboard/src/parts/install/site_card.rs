//! A site: its snippet, where it may send from, and whether signals arrive.

use knock_wire::{LiveEvent, Site};
use leptos::prelude::*;

use crate::live::use_live;
use crate::parts::{CopyLine, LiveCheck, RefusedSignals, SiteForm, When};
use crate::words::{Arrival, base_words, sends_from_words};

/// A site, to be looked at or edited.
#[component]
pub(crate) fn SiteCard(
    /// The site.
    site: Signal<Site>,
    /// Takes it as it is after a change.
    #[prop(into)]
    changed: Callback<Site>,
) -> impl IntoView {
    let is_edited = RwSignal::new(false);
    let arrival = RwSignal::new(Arrival::of(&site.get_untracked()));
    use_live().listen(move |event| {
        if let LiveEvent::Signal(entry) = event
            && site.with_untracked(|site| site.key == entry.site)
        {
            arrival.update(|arrival| *arrival = arrival.after(entry));
        }
    });
    Effect::new(move |_| site.with(|site| arrival.update(|arrival| *arrival = arrival.known(site))));
    let saved = move |site: Site| {
        is_edited.set(false);
        changed.run(site);
    };
    let id = site.with_untracked(|site| format!("site-{}", site.key));
    let labelled_by = id.clone();
    let key = site.with_untracked(|site| site.key.clone());
    view! {
        <article class="panel site" aria-labelledby=labelled_by>
            <header class="site-head">
                <h2 class="panel-title" id=id>
                    <bdi>{Signal::derive(move || site.with(|site| site.name.clone()))}</bdi>
                </h2>
                <When is=move || site.with(|site| site.demo)>
                    <a class="link" href="/demo/" rel="external">"Open the demo site"</a>
                </When>
            </header>
            <LiveCheck arrival />
            <Snippet site />
            <PinnedSnippet site />
            <When
                is=move || is_edited.get()
                fallback=move || view! { <Origins site edit=move |()| is_edited.set(true) /> }
            >
                <SiteForm site=Some(site.get_untracked()) saved cancel=move |()| is_edited.set(false) />
            </When>
            <RefusedSignals key />
        </article>
    }
}

#[component]
fn Snippet(site: Signal<Site>) -> impl IntoView {
    let text = Signal::derive(move || site.with(|site| site.snippet.clone()));
    let label = Signal::derive(move || site.with(|site| format!("Snippet of {}", site.name)));
    view! {
        <div class="snippet">
            <p class="field-label">"Paste this line before " <code>"</head>"</code> " on every page:"</p>
            <CopyLine text label />
        </div>
    }
}

/// The line for one version, out of the way of those who do not need it.
#[component]
fn PinnedSnippet(site: Signal<Site>) -> impl IntoView {
    let text = Signal::derive(move || site.with(|site| site.snippet_pinned.clone()));
    let label = Signal::derive(move || site.with(|site| format!("Pinned snippet of {}", site.name)));
    view! {
        <details class="snippet-pinned">
            <summary>"Pinned to this version"</summary>
            <p class="field-label">
                "Use this line instead where scripts of other hosts must carry an " <code>"integrity"</code>
                ": the browser runs this very script or none, so every upgrade of Knock needs the new line."
            </p>
            <div class="snippet"><CopyLine text label /></div>
        </details>
    }
}

#[component]
fn Origins(site: Signal<Site>, #[prop(into)] edit: Callback<()>) -> impl IntoView {
    let origins = move || {
        let origins = site.with(sends_from_words);
        origins.into_iter().map(|origin| view! { <li><bdi>{origin}</bdi></li> }.into_any()).collect_view()
    };
    view! {
        <dl class="site-facts">
            <dt>"Sends from"</dt>
            <dd><ul class="plain">{origins}</ul></dd>
            <dt>"Base path"</dt>
            <dd><bdi>{Signal::derive(move || site.with(|site| base_words(&site.base)))}</bdi></dd>
            <dt>"Site key"</dt>
            <dd><code>{Signal::derive(move || site.with(|site| site.key.clone()))}</code></dd>
        </dl>
        <button class="button" type="button" on:click=move |_| edit.run(())>
            "Edit"
        </button>
    }
}
