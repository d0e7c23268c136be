//! Auth: the caller of a request (a member's session or an API key), and their permission.

mod allowed;
mod caller;

use super::problem::Problem;
use axum::http::{HeaderMap, header};
use knock_model::{Permission, Role};
use knock_wire::FieldError;

pub(super) use allowed::{
    Allowed, EditKnowledge, EditRouting, EditTags, KeyOfMember, KeyWithAuthor, ManageConnections, ManagePersons,
    ManageSites, ManageTeam, ManageWorkflows, MergeContacts, NoKey, SeeAudit, SeeKnowledge, SeeRecords, SeeReports,
    SeeTeam, UseInbox, UseSession,
};
pub(super) use caller::{Caller, KeyWriter, Who, key_role};

/// The cookie of a signed-in browser.
pub(super) const COOKIE: &str = "knock_session";

/// The refusal of a request from a foreign page.
pub(super) fn foreign_origin() -> Problem {
    Problem::forbidden(FieldError { pointer: "header/Origin".into(), reason: "is not this server's own".into() })
}

/// The refusal of a role without the required permission; `pointer` is the header that identifies the caller.
pub(in crate::http) fn not_permitted(role: Role, permission: Permission, pointer: &str) -> Problem {
    let reason = format!("has the role `{}`, which may not {}", role.as_str(), permission.description());
    Problem::not_permitted(FieldError { pointer: pointer.into(), reason })
}

/// The secret after `Authorization: Bearer`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
