//! The pages of settings, by the rest of their address: one route for all of them, with the list of all beside it.

use knock_model::Permission;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

use super::missing::MissingPage;
use super::{
    audit, availability, backtest, calendars, crm, custom_fields, enrichment, keys, look, mail, meeting_settings,
    notifications, own_account, privacy, reject_reasons, replies, sites, slack, tags, team, webhooks,
};
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::heading::{Heading, Section};
use crate::parts::page::lazy::Draw;
use crate::parts::page::only::only;
use crate::parts::settings::settings_list::SettingsList;
use crate::words::settings::SETTINGS;

/// The pages: address, permission, and what shows it. Their names and groups are in `words::settings`.
const PAGES: [(&str, Permission, Draw); 21] = [
    (ACCOUNT, Permission::UseSession, own_account::page),
    ("notifications", Permission::UseSession, notifications::page),
    ("availability", Permission::UseInbox, availability::page),
    ("calendars", Permission::UseInbox, calendars::page),
    ("team", Permission::SeeTeam, team::page),
    ("sites", Permission::ManageSites, sites::page),
    ("fields", Permission::EditRouting, custom_fields::page),
    ("replies", Permission::UseInbox, replies::page),
    ("tags", Permission::EditTags, tags::page),
    ("look", Permission::ManageSites, look::page),
    ("reject-reasons", Permission::EditRouting, reject_reasons::page),
    ("backtest", Permission::SeeReports, backtest::page),
    ("meetings", Permission::EditRouting, meeting_settings::page),
    ("slack", Permission::ManageConnections, slack::page),
    ("crm", Permission::ManageConnections, crm::page),
    ("mail", Permission::ManageConnections, mail::page),
    ("webhooks", Permission::ManageConnections, webhooks::page),
    ("keys", Permission::ManageTeam, keys::page),
    ("enrichment", Permission::ManageConnections, enrichment::page),
    ("privacy", Permission::ManagePersons, privacy::page),
    ("audit", Permission::SeeAudit, audit::page),
];

const ACCOUNT: &str = "account";
/// The former address of Your account, when it showed sessions alone.
const SESSIONS: &str = "sessions";

/// The list of the settings, and the page of the address.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    provide_context(Section("Settings"));
    let params = use_params_map();
    let page = memo(move || {
        let page = params.read().get("page").unwrap_or_default();
        let page = page.trim_end_matches('/');
        if page == SESSIONS { ACCOUNT.to_owned() } else { page.to_owned() }
    });
    let is_list = memo(move || page.with(String::is_empty));
    let current = derived(move || format!("{SETTINGS}/{}", page.read()));
    view! {
        <div class="settings" class=("settings-index", is_list)>
            {dynamic(move || is_list.get().then(|| view! { <ListOrFirst /> }))}
            <SettingsList current />
            <div class="settings-page">
                <a class="settings-back" href=SETTINGS hidden=is_list>
                    <span aria-hidden="true">"\u{2190} "</span>
                    "Settings"
                </a>
                {dynamic(move || page_of(&page.get()))}
            </div>
        </div>
    }
}

/// The page of an address; none for that of the list.
fn page_of(page: &str) -> Option<AnyView> {
    if page.is_empty() {
        return None;
    }
    Some(match PAGES.iter().find(|(address, ..)| *address == page) {
        Some((_, needs, shown)) => only(*needs, *shown),
        None => view! { <MissingPage /> }.into_any(),
    })
}

/// The heading of the list; where it has place beside a page, a redirect to the first one, and going back leads to the
/// previous page.
#[component]
fn ListOrFirst() -> impl IntoView {
    let is_wide = RwSignal::new(browser::is_wide());
    let resized = window_event_listener(ev::resize, move |_| is_wide.set(browser::is_wide()));
    on_cleanup(move || resized.remove());
    dynamic(move || match is_wide.get() {
        true => {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            view! { <Redirect path=format!("{SETTINGS}/{ACCOUNT}") options /> }.into_any()
        }
        false => view! { <Heading text="Settings" /> }.into_any(),
    })
}
