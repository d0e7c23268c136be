//! The Install page: for each site the snippet, its origins, and whether signals arrive.

use futures_util::FutureExt;
use knock_wire::Site;
use leptos::prelude::*;

use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, handler};
use crate::parts::install::demo_notice::DemoNotice;
use crate::parts::install::site_card::SiteCard;
use crate::parts::install::site_form::SiteForm;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::live::use_live;
use crate::state::session::use_session;

lazy!(install => InstallPage);

/// All sites, and a way to add one.
#[component]
pub(crate) fn InstallPage() -> impl IntoView {
    let session = use_session();
    let list: Paged<Site> = Paged::new(move |_| {
        let client = session.client();
        async move {
            let sites = client.sites().await?.sites.into_iter().filter(|site| site.removed_at.is_none());
            Ok((sites.collect(), None))
        }
        .boxed_local()
    });
    list.start();
    use_live().after_gap(move || list.refresh());
    let is_adding = RwSignal::new(false);
    let added = move |site: Site| {
        is_adding.set(false);
        list.rows.put_before(site, |_| false);
    };
    let changed = move |site: Site| {
        list.rows.update(site);
    };
    view! {
        <div class="page-head">
            <Heading text="Install" />
            <button class="button button-strong" type="button" on:click=handler(move |_| is_adding.set(true))>
                <IconMark icon=Icon::Plus />
                "Add a site"
            </button>
        </div>
        <p class="lead">
            "Paste a site's snippet into its pages and watch the first signal arrive."
            <When is=session.has_demo>
                " To try it without a website, open the demo site at "
                <a class="link" href="/demo/" rel="external">"/demo/"</a>
                "."
            </When>
        </p>
        <DemoNotice removed=move |()| list.rows.remove_each(|site| site.demo) />
        <When is=derived(move || is_adding.get())>
            <section class="panel site" aria-labelledby="add-site">
                <h2 class="panel-title" id="add-site">"Add a site"</h2>
                <SiteForm site=None saved=added cancel=move |()| is_adding.set(false) />
            </section>
        </When>
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=derived(move || list.rows.is_empty())>
                <Empty title="No sites yet" icon=Icon::Install>
                    <p>"Add the site you want to install Knock on."</p>
                </Empty>
            </When>
            <div class="sites">
                <Lines
                    of=derived(move || list.rows.drawn(move |site| view! { <SiteCard site changed /> }.into_any()))
                />
            </div>
        </Loaded>
    }
}
