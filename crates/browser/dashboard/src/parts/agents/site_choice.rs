//! The choice of the site on Agents pages.

use knock_model::Permission;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::frame::shell::SITE_SETTINGS;
use crate::parts::page::empty::Empty;
use crate::parts::page::icon::Icon;
use crate::parts::page::loaded::Loaded;
use crate::state::agents::Agents;

/// The sites in use, one of them chosen.
#[component]
pub(crate) fn SiteChoice(agents: Agents) -> impl IntoView {
    let options = move || {
        let chosen = agents.site.get();
        let option = |key: String, name: String| {
            let is_chosen = key == chosen;
            view! { <option value=key prop:selected=is_chosen>{name}</option> }.into_any()
        };
        let sites = agents.sites.value.get().unwrap_or_default();
        let none = chosen.is_empty().then(|| option(String::new(), "Choose a site".to_owned()));
        none.into_iter().chain(sites.into_iter().map(|site| option(site.key, site.name))).collect_view()
    };
    let is_hidden = derived(move || agents.sites.value.with(|sites| sites.as_ref().is_none_or(Vec::is_empty)));
    view! {
        <label class="agents-site" hidden=is_hidden>
            <span class="field-label">"Site"</span>
            <select
                class="input"
                on:change:target=move |event| {
                    let key = event.target().value();
                    if !key.is_empty() {
                        agents.choose(key);
                    }
                }
            >
                {dynamic(options)}
            </select>
        </label>
    }
}

/// The state of the choice.
#[derive(Clone, PartialEq)]
enum Standing {
    NoSites,
    NotChosen,
    Site(String),
}

/// A page of the chosen site, redrawn for each.
#[component]
pub(crate) fn OfSite(agents: Agents, page: fn(Agents) -> AnyView) -> impl IntoView {
    let standing = memo(move || {
        let has_sites = agents.sites.value.with(|sites| sites.as_ref().is_some_and(|sites| !sites.is_empty()));
        match agents.site.get() {
            _ if !has_sites => Standing::NoSites,
            site if site.is_empty() => Standing::NotChosen,
            site => Standing::Site(site),
        }
    });
    let shown = move || match standing.get() {
        Standing::Site(_) => page(agents),
        Standing::NotChosen => view! {
            <Empty title="Choose a site" icon=Icon::Agents>
                <p>"The knowledge of a site is used on that site only."</p>
            </Empty>
        }
        .into_any(),
        Standing::NoSites => no_sites(agents),
    };
    view! {
        <Loaded phase=agents.sites.phase retry=move |()| agents.sites.load()>
            {dynamic(shown)}
        </Loaded>
    }
}

fn no_sites(agents: Agents) -> AnyView {
    let may_add = agents.session.may(Permission::ManageSites);
    let how = if may_add {
        view! { <p>"Add one in " <a class="link" href=SITE_SETTINGS>"Settings"</a> "."</p> }.into_any()
    } else {
        view! { <p>"An admin adds sites in Settings."</p> }.into_any()
    };
    view! {
        <Empty title="No sites yet" icon=Icon::Install>
            <p>"The AI agent answers on sites that have the snippet of Knock."</p>
            {how}
        </Empty>
    }
    .into_any()
}
