//! `GET /api/v1/members`: the members of the team.

use super::shown;
use crate::http::auth::{Allowed, SeeTeam};
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_ports::Store;
use knock_wire::MemberList;
use std::sync::Arc;

/// All members, in the order of their invitations; without removed ones.
#[utoipa::path(get, path = "/api/v1/members", tag = "team", responses(
    (status = 200, description = "The members", body = MemberList),
))]
pub(super) async fn get(_: Allowed<SeeTeam>, State(store): State<Arc<dyn Store>>) -> Result<Json<MemberList>, Problem> {
    let members = read(store, |view| view.members()).await?;
    Ok(Json(MemberList { members: members.into_iter().map(shown).collect() }))
}
