//! A member: address, role and actions.

use knock_model::MemberState;
use knock_wire::{Absence, Member};
use leptos::prelude::*;
use std::sync::Arc;

use super::role_choice::role_choice;
use crate::kit::reactive::handler;
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::inbox::person_line::Person;
use crate::parts::page::face::face;
use crate::state::settings::hand_over::{HandOver, Known};
use crate::state::settings::team::Team;
use crate::words::team::role_label;

pub(crate) fn member_line(member: Member, team: Team) -> Drawn {
    let Member { id, email, role, state, name, title, picture } = member;
    let (away, absence) = (team.state_label(id), team.long_absence(id));
    let hand_over = team.hand_over;
    let id = id.to_string();
    // Also a member who has not signed in yet: one who joined by Slack has no invitation.
    let gets_link = team.gives_links.try_get_untracked().unwrap_or_default();
    let way_in = if gets_link { "link" } else { "" };
    let key = [&*id, role.as_str(), state.as_str(), way_in, &away, &name, &title, &picture];
    Drawn::new(line_id(&key), move || {
        let is_mine = team.is_mine();
        let (changed, leaving) = ((id.clone(), email.clone()), (id.clone(), email.clone()));
        let shown = if is_mine {
            let chosen = Box::new(move |chosen, control: leptos::web_sys::HtmlSelectElement| {
                let undo = Box::new(move || control.set_value(role.as_str()));
                team.ask_to_change_role(changed.clone(), chosen, undo);
            });
            role_choice(format!("role-{id}"), Some(format!("Role of {email}")), role, chosen)
        } else {
            role_label(role).into_any()
        };
        let known = (id.clone(), email.clone());
        Person {
            face: Some(face(if name.is_empty() { &email } else { &name }, picture.clone())),
            name: if name.is_empty() { email.clone() } else { name.clone() },
            about: about(&name, &title, &email),
            badge: if state == MemberState::Invited { "Invited" } else { "" },
            role: shown,
            more: view! {
                {(!away.is_empty()).then(|| view! { <span class="badge">{away.clone()}</span> })}
                {is_mine.then(|| name_button(known, (name.clone(), title.clone()), team))}
                {absence.map(|absence| hand_over_button(email.clone(), absence, hand_over))}
                {gets_link.then(|| link_button((id.clone(), email.clone()), team))}
            }
            .into_any(),
            button: if is_mine { "Remove" } else { "" },
            pressed: Arc::new(move || team.ask_to_remove(leaving.clone())),
        }
        .draw()
    })
}

/// The title and the address below the name.
fn about(name: &str, title: &str, email: &str) -> String {
    let parts = [title, if name.is_empty() { "" } else { email }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" \u{b7} ")
}

fn name_button(member: Known, (name, title): (String, String), team: Team) -> AnyView {
    let email = member.1.clone();
    let ask = move |_| team.ask_for_name(member.clone(), name.clone(), title.clone());
    view! {
        <button class="button" type="button" on:click=handler(ask)>
            "Name"
            <span class="unseen">" of " <bdi>{email}</bdi></span>
        </button>
    }
    .into_any()
}

fn link_button(member: Known, team: Team) -> AnyView {
    let email = member.1.clone();
    view! {
        <button class="button" type="button" on:click=handler(move |_| team.make_link(member.clone()))>
            "New sign-in link"
            <span class="unseen">" for " <bdi>{email}</bdi></span>
        </button>
    }
    .into_any()
}

fn hand_over_button(of: String, absence: Absence, hand_over: HandOver) -> AnyView {
    let email = of.clone();
    view! {
        <button class="button" type="button" on:click=handler(move |_| hand_over.ask(of.clone(), &absence))>
            "Hand over"
            <span class="unseen">" the open chats of " <bdi>{email}</bdi></span>
        </button>
    }
    .into_any()
}
