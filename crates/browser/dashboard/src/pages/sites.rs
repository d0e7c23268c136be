//! Settings > Sites: origins, categories and identify settings.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::parts::install::demo_notice::DemoNotice;
use crate::parts::install::site_form::SiteForm;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::site_settings::SiteSettings;
use crate::state::live::use_live;
use crate::state::settings::sites::Sites;

lazy!(install => SitesPage);

/// All sites: added, edited, removed.
#[component]
pub(crate) fn SitesPage() -> impl IntoView {
    let sites = Sites::new();
    sites.list.start();
    use_live().after_gap(move || sites.list.refresh());
    let is_adding = RwSignal::new(false);
    let added = move |site| {
        is_adding.set(false);
        sites.added(site);
    };
    view! {
        <div class="page-head">
            <Heading text="Sites" />
            <button class="button button-strong" type="button" on:click=handler(move |_| is_adding.set(true))>
                <IconMark icon=Icon::Plus />
                "Add a site"
            </button>
            <p class="muted" role="status">
                {sites.said}
            </p>
        </div>
        <p class="lead">
            "Each site has a key of its own. Its snippet is on the page " <a class="link" href="/app/install">"Install"</a> "."
        </p>
        <DemoNotice removed=move |()| sites.list.refresh() />
        <When is=derived(move || is_adding.get())>
            <section class="panel site" aria-labelledby="add-site">
                <h2 class="panel-title" id="add-site">"Add a site"</h2>
                <SiteForm site=None is_whole=true saved=added cancel=move |()| is_adding.set(false) />
            </section>
        </When>
        <Loaded phase=sites.list.phase retry=move |()| sites.list.start()>
            <When is=derived(move || sites.list.rows.is_empty())>
                <Empty title="No sites yet" icon=Icon::Install>
                    <p>"Add the site you want to install Knock on."</p>
                </Empty>
            </When>
            <div class="sites" tabindex="-1" node_ref=sites.region>
                <Lines
                    of=derived(move || sites.list.rows.drawn(move |site| view! { <SiteSettings site sites /> }.into_any()))
                />
            </div>
        </Loaded>
        <RotateQuestion sites />
        <RemoveQuestion sites />
    }
}

#[component]
fn RotateQuestion(sites: Sites) -> impl IntoView {
    view! {
        <When is=derived(move || sites.rotating.with(|name| !name.is_empty()))>
            <Dialog
                title="Rotate the identify secret?"
                confirm="Rotate"
                is_busy=sites.is_busy
                failure=sites.failure
                confirmed=move |()| sites.rotate()
                closed=move |()| sites.keep()
            >
                <p>
                    "Proofs made with the current secret of " <bdi>{sites.rotating}</bdi>
                    " become invalid at once. Earlier identifications stay. Your server needs the new secret."
                </p>
            </Dialog>
        </When>
    }
}

#[component]
fn RemoveQuestion(sites: Sites) -> impl IntoView {
    view! {
        <When is=derived(move || sites.removing.with(|name| !name.is_empty()))>
            <Dialog
                title="Remove this site?"
                confirm="Remove"
                is_busy=sites.is_busy
                is_ready=derived(move || sites.is_confirmed())
                failure=sites.failure
                confirmed=move |()| sites.remove()
                closed=move |()| sites.keep()
            >
                <p>
                    "Signals and chats from the pages of " <bdi>{sites.removing}</bdi>
                    " are refused, at once and for good. Its contacts, signals and conversations stay. The snippet can be removed from its pages."
                </p>
                <Field
                    id="remove-name".to_owned()
                    label="Name of the site"
                    hint="Type it to confirm."
                    errors=Signal::stored(Vec::new())
                >
                    <input
                        class="input"
                        id="remove-name"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="remove-name-notes"
                        bind:value=sites.typed
                    />
                </Field>
            </Dialog>
        </When>
    }
}
