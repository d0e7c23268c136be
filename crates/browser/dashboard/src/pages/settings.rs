//! The pages of settings, by the rest of their address: one route for all of them.

use knock_model::Permission;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

use super::{
    MissingPage, audit, availability, backtest, calendars, crm, custom_fields, enrichment, keys, mail,
    meeting_settings, notifications, own_account, privacy, replies, sites, slack, team, webhooks,
};
use crate::parts::only;
use crate::reactive::memo;
use crate::session::use_session;

/// The pages: address, name and permission.
const PAGES: [(&str, &str, Permission); 18] = [
    ("mail", "Mail", Permission::ManageConnections),
    ("webhooks", "Webhooks", Permission::ManageConnections),
    ("enrichment", "Enrichment", Permission::ManageConnections),
    ("slack", "Slack", Permission::ManageConnections),
    ("crm", "CRM Sync", Permission::ManageConnections),
    ("sites", "Sites", Permission::ManageSites),
    ("team", "Team", Permission::SeeTeam),
    ("keys", "Keys", Permission::ManageTeam),
    ("meetings", "Meetings", Permission::EditRouting),
    ("fields", "Custom fields", Permission::EditRouting),
    ("replies", "Saved replies", Permission::UseInbox),
    ("backtest", "Backtest", Permission::SeeReports),
    ("audit", "Audit log", Permission::SeeAudit),
    ("privacy", "Privacy", Permission::ManagePersons),
    ("availability", "Availability", Permission::UseInbox),
    ("calendars", "Calendars", Permission::UseInbox),
    (ACCOUNT, "Your account", Permission::UseSession),
    ("notifications", "Notifications", Permission::UseSession),
];

const ACCOUNT: &str = "account";
/// The former address of Your account, when it showed sessions alone.
const SESSIONS: &str = "sessions";

/// The page of the address; the first one of this role without a name.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let params = use_params_map();
    let page = memo(move || params.read().get("page").unwrap_or_default());
    move || {
        let page = page.get();
        let page = page.trim_end_matches('/');
        let page = if page == SESSIONS { ACCOUNT } else { page };
        match PAGES.iter().find(|(address, ..)| *address == page) {
            Some((address, _, needs)) => view! {
                <Pages address />
                {only(*needs, page_of(address))}
            }
            .into_any(),
            None if page.is_empty() => view! { <First /> }.into_any(),
            None => view! { <MissingPage /> }.into_any(),
        }
    }
}

fn page_of(address: &str) -> fn() -> AnyView {
    match address {
        "mail" => mail,
        "webhooks" => webhooks,
        "backtest" => backtest,
        "audit" => audit,
        "privacy" => privacy,
        "sites" => sites,
        "keys" => keys,
        "notifications" => notifications,
        "replies" => replies,
        "team" => team,
        "meetings" => meeting_settings,
        "availability" => availability,
        "calendars" => calendars,
        "fields" => custom_fields,
        "enrichment" => enrichment,
        "crm" => crm,
        "slack" => slack,
        _ => own_account,
    }
}

/// Addresses and names of the pages permitted to the role.
fn permitted() -> impl Iterator<Item = (String, &'static str)> {
    let session = use_session();
    let pages = PAGES.iter().filter(move |(.., needs)| session.may(*needs));
    pages.map(|(address, name, _)| (format!("/app/settings/{address}"), *name))
}

/// Redirects to the first page; going back leads to the previous one.
#[component]
fn First() -> impl IntoView {
    permitted().next().map(|(path, _)| {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        view! { <Redirect path options /> }
    })
}

#[component]
fn Pages(address: &'static str) -> impl IntoView {
    let shown = format!("/app/settings/{address}");
    let links = permitted().map(|(href, name)| {
        let current = if href == shown { "page" } else { "false" };
        view! {
            <a class="settings-link" href=href aria-current=current>
                {name}
            </a>
        }
        .into_any()
    });
    view! {
        <nav class="settings-nav" aria-label="Settings">
            {links.collect::<Vec<_>>()}
        </nav>
    }
}
