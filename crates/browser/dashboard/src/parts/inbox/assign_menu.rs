//! Assigning the selected conversations.

use knock_wire::{Assignee, LeadAction};
use leptos::prelude::*;

use super::assignee_line::assignee_line;
use crate::kit::browser;
use crate::kit::reactive::{dynamic, handler};
use crate::parts::table::menu::Menu;
use crate::state::inbox::chat_ownership::{AGENT, ME};
use crate::state::inbox::team::use_team;
use crate::state::inbox::working::Working;
use crate::state::session::use_session;

const MENU: &str = "bulk-assign";

/// A button that opens the possible assignees: the member, the AI agent, and the team.
#[component]
pub(crate) fn AssignMenu(work: Working) -> impl IntoView {
    let (session, team) = (use_session(), use_team());
    let assign = move |to: String, what: &str| {
        browser::close_popover(MENU);
        work.act_on_selected(LeadAction::Assign { to }, format!("assigned to {what}"));
    };
    let line = move |to: &'static str, name: &'static str, what: &'static str| {
        view! {
            <li class="menu-line">
                <button
                    class="assignee"
                    type="button"
                    prop:disabled=work.is_busy
                    on:click=handler(move |_| assign(to.to_owned(), what))
                >
                    <span class="assignee-name">{name}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let lines = move || {
        let me = session.email();
        let others = team.assignees.get().into_iter().filter(|member| member.email != me);
        let chosen = move |member: &Assignee| assign(member.id.to_string(), &member.name);
        let others = others.map(|member| assignee_line(team, member, work.is_busy, chosen));
        let first = [line(ME, "Me", "you"), line(AGENT, "AI agent", "the AI agent")];
        first.into_iter().chain(others).collect::<Vec<_>>()
    };
    view! {
        <Menu id=MENU label=Signal::stored("Assign to".to_owned()) pressed=move |()| team.load(work.failure)>
            <ul class="menu-list" aria-label="Assign to">{dynamic(lines)}</ul>
        </Menu>
    }
}
