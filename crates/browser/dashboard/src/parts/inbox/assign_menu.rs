//! Assigning the selected conversations.

use knock_wire::{Assignee, LeadAction};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::browser;
use crate::kit::reactive::{dynamic, handler};
use crate::parts::table::menu::Menu;
use crate::state::inbox::chat_ownership::{AGENT, ME};
use crate::state::inbox::working::Working;
use crate::state::session::use_session;

const MENU: &str = "bulk-assign";

/// A button that opens the possible assignees: the member, the AI agent, and the team.
#[component]
pub(crate) fn AssignMenu(work: Working) -> impl IntoView {
    let session = use_session();
    let team = RwSignal::new(Vec::<Assignee>::new());
    let load = move |_| {
        if !team.with_untracked(Vec::is_empty) {
            return;
        }
        let client = session.client();
        spawn_local(async move {
            match client.assignees().await {
                Ok(list) => drop(team.try_set(list.assignees)),
                Err(reason) => drop(work.failure.try_set(Some(reason))),
            }
        });
    };
    let line = move |to: String, name: String, what: String| {
        let chosen = move |_| {
            browser::close_popover(MENU);
            work.act_on_selected(LeadAction::Assign { to: to.clone() }, format!("assigned to {what}"));
        };
        view! {
            <li class="menu-line">
                <button class="menu-link" type="button" prop:disabled=work.is_busy on:click=handler(chosen)>
                    <bdi>{name}</bdi>
                </button>
            </li>
        }
        .into_any()
    };
    let lines = move || {
        let me = session.email();
        let others = team.get().into_iter().filter(|member| member.email != me);
        let others = others.map(|member| line(member.id.to_string(), member.email.clone(), member.email));
        let first = [(ME, "Me", "you"), (AGENT, "AI agent", "the AI agent")];
        let first = first.map(|(to, name, what)| line(to.to_owned(), name.to_owned(), what.to_owned()));
        first.into_iter().chain(others).collect::<Vec<_>>()
    };
    view! {
        <div on:click=handler(load)>
            <Menu id=MENU label=Signal::stored("Assign to".to_owned())>
                <ul class="menu-list" aria-label="Assign to">{dynamic(lines)}</ul>
            </Menu>
        </div>
    }
}
