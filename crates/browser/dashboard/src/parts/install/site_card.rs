//! A site: its snippet, its origins, and whether signals arrive.

use knock_wire::Site;
use leptos::prelude::*;

use super::guides::Guides;
use super::live_check::LiveCheck;
use super::refused_signals::RefusedSignals;
use super::site_form::SiteForm;
use super::unlisted_origins::UnlistedOrigins;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::frame::shell::SITE_SETTINGS;
use crate::parts::page::when::When;
use crate::state::settings::install::Installation;
use crate::words::arrival::Arrival;
use crate::words::site::{base_words, sends_from_words};

/// A site, shown or edited.
#[component]
pub(crate) fn SiteCard(site: Signal<Site>, #[prop(into)] changed: Callback<Site>) -> impl IntoView {
    let is_edited = RwSignal::new(false);
    let installation = Installation::of(site, changed);
    let (arrival, refused) = (installation.arrival, installation.refused);
    // No signal arrives while all of them are refused.
    let is_in_vain = move || arrival.get() == Arrival::Waiting && installation.unlisted.with(|found| !found.is_empty());
    let saved = move |site: Site| {
        is_edited.set(false);
        changed.run(site);
    };
    let id = site.with_untracked(|site| format!("site-{}", site.key));
    let labelled_by = id.clone();
    view! {
        <article class="panel site" aria-labelledby=labelled_by>
            <header class="site-head">
                <h2 class="panel-title" id=id>
                    <bdi>{derived(move || site.with(|site| site.name.clone()))}</bdi>
                </h2>
                <When is=derived(move || site.with(|site| site.demo))>
                    <a class="link" href="/demo/" rel="external">"Open the demo site"</a>
                </When>
            </header>
            <UnlistedOrigins installation />
            <When is=derived(move || !is_in_vain())>
                <LiveCheck arrival />
            </When>
            <Guides site />
            <PinnedSnippet site />
            <When
                is=derived(move || is_edited.get())
                fallback=move || view! { <Origins site edit=move |()| is_edited.set(true) /> }
            >
                <SiteForm site=Some(site.get_untracked()) saved cancel=move |()| is_edited.set(false) />
            </When>
            <RefusedSignals site list=refused />
        </article>
    }
}

/// The line for one version, kept apart for those who do not need it.
#[component]
fn PinnedSnippet(site: Signal<Site>) -> impl IntoView {
    let text = derived(move || site.with(|site| site.snippet_pinned.clone()));
    let label = derived(move || site.with(|site| format!("Pinned snippet of {}", site.name)));
    view! {
        <details class="snippet-pinned">
            <summary>"Pinned to this version"</summary>
            <p class="field-label">
                "Use this line instead where scripts of other hosts must carry an " <code>"integrity"</code>
                ": the browser runs exactly this script, so every upgrade of Knock needs the new line."
            </p>
            <div class="snippet"><CopyLine text label role="group" /></div>
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
            <dd><ul class="plain">{dynamic(origins)}</ul></dd>
            <dt>"Base path"</dt>
            <dd><bdi>{derived(move || site.with(|site| base_words(&site.base)))}</bdi></dd>
            <dt>"Site key"</dt>
            <dd><code>{derived(move || site.with(|site| site.key.clone()))}</code></dd>
        </dl>
        <div class="form-actions">
            <button class="button" type="button" on:click=handler(move |_| edit.run(()))>
                "Edit"
            </button>
            <a class="button" href=SITE_SETTINGS>"All settings"</a>
        </div>
    }
}
