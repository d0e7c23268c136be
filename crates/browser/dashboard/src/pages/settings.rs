//! The pages of settings, by the rest of their address: one route for all of them.

use knock_model::Permission;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

use super::missing::MissingPage;
use super::{
    audit, availability, backtest, calendars, crm, custom_fields, enrichment, keys, mail, meeting_settings,
    notifications, own_account, privacy, reject_reasons, replies, sites, slack, tags, team, webhooks,
};
use crate::kit::reactive::memo;
use crate::parts::page::lazy::Draw;
use crate::parts::page::only::only;
use crate::state::session::use_session;

/// The pages: address, name, permission, and what shows it.
const PAGES: [(&str, &str, Permission, Draw); 20] = [
    ("mail", "Mail", Permission::ManageConnections, mail::page),
    ("webhooks", "Webhooks", Permission::ManageConnections, webhooks::page),
    ("enrichment", "Enrichment", Permission::ManageConnections, enrichment::page),
    ("slack", "Slack", Permission::ManageConnections, slack::page),
    ("crm", "CRM Sync", Permission::ManageConnections, crm::page),
    ("sites", "Sites", Permission::ManageSites, sites::page),
    ("team", "Team", Permission::SeeTeam, team::page),
    ("keys", "Keys", Permission::ManageTeam, keys::page),
    ("meetings", "Meetings", Permission::EditRouting, meeting_settings::page),
    ("fields", "Custom fields", Permission::EditRouting, custom_fields::page),
    ("replies", "Saved replies", Permission::UseInbox, replies::page),
    ("reject-reasons", "Reject reasons", Permission::EditRouting, reject_reasons::page),
    ("tags", "Tags", Permission::EditTags, tags::page),
    ("backtest", "Backtest", Permission::SeeReports, backtest::page),
    ("audit", "Audit log", Permission::SeeAudit, audit::page),
    ("privacy", "Privacy", Permission::ManagePersons, privacy::page),
    ("availability", "Availability", Permission::UseInbox, availability::page),
    ("calendars", "Calendars", Permission::UseInbox, calendars::page),
    (ACCOUNT, "Your account", Permission::UseSession, own_account::page),
    ("notifications", "Notifications", Permission::UseSession, notifications::page),
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
            Some((address, _, needs, shown)) => view! {
                <Pages address />
                {only(*needs, *shown)}
            }
            .into_any(),
            None if page.is_empty() => view! { <First /> }.into_any(),
            None => view! { <MissingPage /> }.into_any(),
        }
    }
}

/// Addresses and names of the pages permitted to the role.
fn permitted() -> impl Iterator<Item = (String, &'static str)> {
    let session = use_session();
    let pages = PAGES.iter().filter(move |(_, _, needs, _)| session.may(*needs));
    pages.map(|(address, name, ..)| (format!("/app/settings/{address}"), *name))
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
