//! A member: address, role, and what can be changed.

use knock_model::MemberState;
use knock_wire::Member;
use leptos::prelude::*;
use std::sync::Arc;

use crate::parts::{Person, role_choice};
use crate::rows::Drawn;
use crate::team::Team;
use crate::whole::line_id;
use crate::words::role_label;

/// A line of the team.
pub(crate) fn member_line(member: Member, team: Team) -> Drawn {
    let Member { id, email, role, state } = member;
    let id = id.to_string();
    Drawn::new(line_id(&[&id, role.as_str(), state.as_str()]), move || {
        let is_mine = team.is_mine();
        let (changed, leaving) = ((id.clone(), email.clone()), (id.clone(), email.clone()));
        let shown = if is_mine {
            let chosen = Box::new(move |chosen, control: leptos::web_sys::HtmlSelectElement| {
                let undo = Box::new(move || control.set_value(role.as_str()));
                team.change_role(changed.clone(), chosen, undo);
            });
            role_choice(format!("role-{id}"), Some(format!("Role of {email}")), role, chosen)
        } else {
            role_label(role).into_any()
        };
        Person {
            name: email.clone(),
            badge: if state == MemberState::Invited { "Invited" } else { "" },
            role: shown,
            button: if is_mine { "Remove" } else { "" },
            pressed: Arc::new(move || team.ask_to_remove(leaving.clone())),
        }
        .draw()
    })
}
