//! A site in the settings: its values and their forms.

use knock_wire::Site;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::install::site_form::SiteForm;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::settings::sites::Sites;
use crate::words::site::{base_words, identify_words, own_category_words, sends_from_words};

/// A site in use, or a removed one.
#[component]
pub(crate) fn SiteSettings(site: Signal<Site>, sites: Sites) -> impl IntoView {
    let id = site.with_untracked(|site| format!("settings-{}", site.key));
    let labelled_by = id.clone();
    let is_removed = derived(move || site.with(|site| site.removed_at.is_some()));
    view! {
        <article class="panel site" aria-labelledby=labelled_by>
            <header class="site-head">
                <h2 class="panel-title" id=id>
                    <bdi>{derived(move || site.with(|site| site.name.clone()))}</bdi>
                </h2>
                <When is=is_removed>
                    <span class="badge badge-low">"Removed"</span>
                </When>
            </header>
            <When is=is_removed fallback=move || view! { <InUse site sites /> }>
                <Removed site />
            </When>
        </article>
    }
}

#[component]
fn Removed(site: Signal<Site>) -> impl IntoView {
    let removed_at = move || site.with(|site| site.removed_at).map(|at| view! { <TimeAgo at /> });
    view! {
        <dl class="site-facts">
            <dt>"Removed"</dt>
            <dd>{dynamic(removed_at)}</dd>
            <dt>"Last signal"</dt>
            <dd>{last_signal(site)}</dd>
            <dt>"Site key"</dt>
            <dd><code>{derived(move || site.with(|site| site.key.clone()))}</code></dd>
        </dl>
        <p class="muted">"It accepts no signals and no chats. Its contacts, signals and conversations stay."</p>
    }
}

#[component]
fn InUse(site: Signal<Site>, sites: Sites) -> impl IntoView {
    let is_edited = RwSignal::new(false);
    let saved = move |site: Site| {
        is_edited.set(false);
        sites.changed(site);
    };
    let form = move || {
        let site = Some(site.get_untracked());
        view! { <SiteForm site is_whole=true saved cancel=move |()| is_edited.set(false) /> }
    };
    view! {
        <When is=derived(move || is_edited.get()) fallback=move || view! { <Facts site sites is_edited /> }>
            {form()}
        </When>
    }
}

#[component]
fn Facts(site: Signal<Site>, sites: Sites, is_edited: RwSignal<bool>) -> impl IntoView {
    let list = |texts: Vec<String>| {
        texts.into_iter().map(|text| view! { <li><bdi>{text}</bdi></li> }.into_any()).collect_view()
    };
    let own = move || {
        let own = site.with(|site| site.categories.iter().map(own_category_words).collect::<Vec<_>>());
        if own.is_empty() { vec!["none".to_owned()] } else { own }
    };
    let policy = move || site.with(|site| identify_words(site.identify));
    view! {
        <dl class="site-facts">
            <dt>"Addresses of the site"</dt>
            <dd><ul class="plain">{dynamic(move || list(site.with(sends_from_words)))}</ul></dd>
            <dt>"Base path"</dt>
            <dd><bdi>{derived(move || site.with(|site| base_words(&site.base)))}</bdi></dd>
            <dt>"Own categories"</dt>
            <dd><ul class="plain">{dynamic(move || list(own()))}</ul></dd>
            <dt>"Identification"</dt>
            <dd>{derived(move || policy().0)} ": " {derived(move || policy().1)}</dd>
            <dt>"Last signal"</dt>
            <dd>{last_signal(site)}</dd>
            <dt>"Site key"</dt>
            <dd><code>{derived(move || site.with(|site| site.key.clone()))}</code></dd>
        </dl>
        <IdentifySecret site sites />
        <div class="form-actions">
            <button class="button" type="button" on:click=handler(move |_| is_edited.set(true))>
                "Edit"
                {of(site)}
            </button>
            <button class="button" type="button" on:click=handler(move |_| sites.ask_to_remove(&site.get_untracked()))>
                "Remove"
                {of(site)}
            </button>
        </div>
    }
}

#[component]
fn IdentifySecret(site: Signal<Site>, sites: Sites) -> impl IntoView {
    let secret = derived(move || site.with(|site| site.identify_secret.reveal().to_owned()));
    let label = derived(move || site.with(|site| format!("Identify secret of {}", site.name)));
    view! {
        <details class="snippet-pinned">
            <summary>"Identify secret" {of(site)}</summary>
            <p class="field-hint">
                "Your server creates proofs with it. Keep it out of pages and apps: it can prove any address."
            </p>
            <div class="snippet">
                <CopyLine text=secret label role="group" />
            </div>
            <button class="button" type="button" on:click=handler(move |_| sites.ask_to_rotate(&site.get_untracked()))>
                "Rotate"
                {of(site)}
            </button>
        </details>
    }
}

/// The name of the site, for screen readers, which read the button out of context.
fn of(site: Signal<Site>) -> AnyView {
    view! { <span class="unseen">" " <bdi>{derived(move || site.with(|site| site.name.clone()))}</bdi></span> }
        .into_any()
}

fn last_signal(site: Signal<Site>) -> AnyView {
    let words = move || match site.with(|site| site.last_signal_at) {
        Some(at) => view! { <TimeAgo at /> }.into_any(),
        None => "none yet".into_any(),
    };
    view! { {dynamic(words)} }.into_any()
}
