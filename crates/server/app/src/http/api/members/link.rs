//! `POST /api/v1/members/{id}/link`: a sign-in link for a member who lost access.

use super::parse;
use crate::http::auth::{Allowed, ManageTeam};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::new_secret;
use knock_engine::commands::CreateMemberLink;
use knock_wire::SignInLink;

/// Creates a link that signs a member in once, within an hour, to be passed on to them; only if mail is not set up.
/// With mail, members request a link themselves.
#[utoipa::path(post, path = "/api/v1/members/{id}/link", tag = "team",
    params(("id" = String, Path, description = "Id of the member")),
    responses(
        (status = 201, description = "The link, shown once", body = SignInLink),
        (status = 404, description = "Member not found"),
        (status = 409, description = "Mail is set up: members get links by mail"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<SignInLink>), Problem> {
    let member = parse(&id)?;
    if state.is_mail_set_up() {
        let problem = Problem::new(StatusCode::CONFLICT, "mail-is-set-up", "Members get sign-in links by mail");
        return Err(problem.detail("They ask for one on the sign-in page."));
    }
    let core = &state.core;
    let (token, hash) = new_secret(&*core.chance, "");
    let made = core.make(caller.actor(), CreateMemberLink { member, hash, now: core.clock.now() }).await?;
    let expires_at = made.ok_or_else(Problem::not_found)?;
    Ok((StatusCode::CREATED, Json(SignInLink { link: core.address.sign_in(&token), expires_at })))
}
