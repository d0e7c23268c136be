//! `/api/v1/members`: the team.

mod booking_link;
mod change;
mod hand_over;
mod invite;
mod link;
mod list;
mod profile;

use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use axum::http::StatusCode;
use knock_engine::commands::MemberChange;
use knock_model::{RepId, Role};
use knock_ports::{Member, Profile};
use knock_wire::{FieldError, picture_path};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get, invite::post))
        .routes(routes!(change::patch, change::delete))
        .routes(routes!(link::post))
        .routes(routes!(profile::get, profile::put))
        .routes(routes!(booking_link::get, booking_link::put))
        .routes(routes!(profile::put_picture, profile::delete_picture))
        .routes(routes!(profile::put_picture_of, profile::delete_picture_of))
        .routes(routes!(hand_over::post))
}

fn parse(id: &str) -> Result<RepId, Problem> {
    RepId::parse(id).map_err(|_| Problem::not_found())
}

fn shown(member: Member) -> knock_wire::Member {
    let Member { id, email, role, state, profile, .. } = member;
    let Profile { name, title, picture } = *profile;
    knock_wire::Member { id, email, role, state, name, title, picture: picture_path(picture) }
}

/// Checks that members can have this role.
fn of_member(role: Role) -> Result<Role, Problem> {
    if role.is_of_members() {
        return Ok(role);
    }
    let reason = format!("`{}` is a role of API keys; expected admin, manager or rep", role.as_str());
    Err(Problem::invalid(FieldError { pointer: "/role".into(), reason }))
}

/// The member after a successful change.
fn changed(change: MemberChange) -> Result<Member, Problem> {
    match change {
        MemberChange::Done(member) => Ok(member),
        MemberChange::Unknown => Err(Problem::not_found()),
        MemberChange::UnknownSuccessor => {
            let reason = "is no other member who answers chats".into();
            Err(Problem::invalid(FieldError { pointer: "query/successor".into(), reason }))
        }
        MemberChange::LastAdmin => Err(Problem::new(StatusCode::CONFLICT, "last-admin", "This is the last admin")
            .detail("Make somebody else an admin first, who has signed in.")),
    }
}
