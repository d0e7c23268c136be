//! Settings > Audit log: changes with actor and time.

use futures_util::FutureExt;
use knock_model::{ActorKind, AuditAction};
use knock_wire::{AuditEntry, Member};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::audit::AuditAsk;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::search_box::SearchBox;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::audit_table::AuditTable;
use crate::state::live::use_live;
use crate::state::session::use_session;
use crate::words::audit::action_label;

lazy!(settings => AuditPage);

const TYPING_MS: u64 = 250;

/// All entries, newest first: searched, filtered, exported.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let [search, action, actor] = [(); 3].map(|()| RwSignal::new(String::new()));
    let asked = move || AuditAsk { search: search.get(), action: action.get(), actor: actor.get() };
    let list = list_of(move || untrack(asked));
    list.start();
    use_live().after_gap(move || list.refresh());
    let ask = Debounce::new(TYPING_MS, move || list.ask_anew());
    Effect::new(move |before: Option<()>| {
        asked();
        if before.is_some() {
            ask.ask();
        }
    });
    view! {
        <div class="page-head">
            <Heading text="Audit log" />
        </div>
        <p class="lead">
            "Changes to the workspace by members, API keys and commands. Entries are kept as long as the workspace."
        </p>
        <div class="audit-tools">
            <SearchBox label="Search the audit log" text=search />
            <Actions chosen=action />
            <Actors chosen=actor />
            <a class="button" href=derived(move || asked().csv_path()) download="audit-log.csv" rel="external">
                "Export CSV"
            </a>
        </div>
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=derived(move || !list.rows.is_empty()) fallback=NothingFound>
                <AuditTable rows=list.rows />
            </When>
            <LoadMore list label="Load older" />
        </Loaded>
    }
}

fn list_of(asked: impl Fn() -> AuditAsk + Send + Sync + 'static) -> Paged<AuditEntry> {
    let session = use_session();
    Paged::new(move |after| {
        let (client, ask) = (session.client(), asked());
        async move {
            let page = client.audit(&ask, after.as_deref()).await?;
            Ok((page.entries, page.next))
        }
        .boxed_local()
    })
}

#[component]
fn Actions(chosen: RwSignal<String>) -> impl IntoView {
    let option =
        |action: &AuditAction| format!("<option value=\"{}\">{}</option>", action.as_str(), action_label(*action));
    let options: String = AuditAction::ALL.iter().map(option).collect();
    view! {
        <select
            class="input"
            aria-label="Action"
            inner_html=format!("<option value=\"\">All actions</option>{options}")
            on:change:target=move |event| chosen.set(event.target().value())
        ></select>
    }
}

/// The current members, and the actors that are not members. Programs are found by the names of their keys.
#[component]
fn Actors(chosen: RwSignal<String>) -> impl IntoView {
    let (session, members) = (use_session(), RwSignal::new(Vec::<Member>::new()));
    let client = session.client();
    spawn_local(async move {
        if let Ok(team) = client.members().await {
            members.try_set(team.members);
        }
    });
    let option = |value: String, name: String| view! { <option value=value>{name}</option> }.into_any();
    let of_members = move || {
        let members = members.get().into_iter();
        members.map(|member| option(member.id.to_string(), member.email)).collect::<Vec<_>>()
    };
    view! {
        <select class="input" aria-label="By" on:change:target=move |event| chosen.set(event.target().value())>
            <option value="">"By all"</option>
            {dynamic(of_members)}
            <option value=ActorKind::CommandLine.as_str()>"Command line"</option>
            <option value=ActorKind::Server.as_str()>"Server"</option>
        </select>
    }
}

#[component]
fn NothingFound() -> impl IntoView {
    view! {
        <Empty title="No entries" icon=Icon::Search>
            <p>"No change matches the search and the filters."</p>
        </Empty>
    }
}
