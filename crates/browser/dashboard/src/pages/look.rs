//! Settings > Look: how the chat and the public pages of a site look, with a preview.

use futures_util::FutureExt;
use knock_wire::Site;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::kit::reactive::{dynamic, handler, memo};
use crate::kit::single::Single;
use crate::parts::frame::shell::SITE_SETTINGS;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::look::bar::{RemovalQuestion, ResetQuestion, language_bar, look_bar};
use crate::parts::settings::look::groups::LookGroups;
use crate::parts::settings::look::preview::LookPreviewPanel;
use crate::state::session::use_session;
use crate::state::settings::look_form::LookForm;

lazy!(look => LookPage);

/// The site of the address, else the first one; another address starts over.
#[component]
pub(crate) fn LookPage() -> impl IntoView {
    let session = use_session();
    let sites = Single::new(move || {
        let client = session.client();
        async move {
            let sites = client.sites().await?.sites;
            Ok(sites.into_iter().filter(|site| site.removed_at.is_none()).collect::<Vec<_>>())
        }
        .boxed_local()
    });
    sites.load();
    let query = use_query_map();
    let site = memo(move || {
        let wanted = query.read().get("site").unwrap_or_default();
        let all = sites.value.get().unwrap_or_default();
        let found = all.iter().find(|site| site.key == wanted).or(all.first());
        found.map(|site| site.key.clone()).unwrap_or_default()
    });
    let shown = move || {
        let site = site.get();
        if site.is_empty() { no_sites() } else { view! { <Editor site /> }.into_any() }
    };
    view! {
        <div class="page-head">
            <Heading text="Look" />
        </div>
        <p class="lead">"How the chat, the launcher and the pages of Knock Links and meetings look and speak, for each site."</p>
        <Loaded phase=sites.phase retry=move |()| sites.load()>
            {choice(sites, site)}
            {dynamic(shown)}
        </Loaded>
    }
}

/// Links to the sites, so that leaving one with unsaved changes is confirmed as any other link is.
fn choice(sites: Single<Vec<Site>>, shown: Memo<String>) -> AnyView {
    let links = move || {
        let (all, shown) = (sites.value.get().unwrap_or_default(), shown.get());
        let is_one = all.len() < 2;
        let link = |site: Site| {
            let current = if site.key == shown { "page" } else { "false" };
            let href = format!("/app/settings/look?site={}", site.key);
            view! { <a class="settings-link" href=href aria-current=current><bdi>{site.name}</bdi></a> }.into_any()
        };
        (!is_one).then(|| {
            view! { <nav class="look-sites" aria-label="Sites">{all.into_iter().map(link).collect_view()}</nav> }
        })
    };
    view! { {dynamic(links)} }.into_any()
}

fn no_sites() -> AnyView {
    view! {
        <Empty title="No sites yet" icon=Icon::Install>
            <p>"Add one in " <a class="link" href=SITE_SETTINGS>"Settings"</a> "."</p>
        </Empty>
    }
    .into_any()
}

#[component]
fn Editor(site: String) -> impl IntoView {
    let form = LookForm::start(site);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <div class="look">
                <div class="look-columns">
                    <form class="form look-form" on:submit=handler(submit) novalidate>
                        {language_bar(form)}
                        <LookGroups form />
                        {look_bar(form)}
                    </form>
                    <LookPreviewPanel form />
                </div>
            </div>
        </Loaded>
        <ResetQuestion form />
        <RemovalQuestion form />
    }
    .into_any()
}
