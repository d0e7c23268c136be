//! `/api/v1/session/password` and `/api/v1/password`: sign-in by a password, and the member's own password.

mod own;
mod sign_in;

use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::http::StatusCode;
use knock_model::RepId;
use knock_ports::{Member, PasswordHash, StoreError, View};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(sign_in::post)).routes(routes!(own::get, own::put)).routes(routes!(own::remove))
}

/// Refuses a request if passwords are no sign-in method here.
fn no_way_in(state: &AppState) -> Result<(), Problem> {
    if state.passwords.is_way_in() {
        return Ok(());
    }
    let detail = if state.is_mail_set_up() {
        "Ask for a sign-in link by mail."
    } else {
        "Get a sign-in link from an admin, or by `knock login-link` on the server."
    };
    Err(Problem::new(StatusCode::FORBIDDEN, "no-password-sign-in", "Passwords do not sign in here").detail(detail))
}

/// A member with their password; none if they have set none.
fn with_password(view: &dyn View, member: Option<Member>) -> Result<Option<(RepId, PasswordHash)>, StoreError> {
    let Some(member) = member else { return Ok(None) };
    Ok(view.password(member.id)?.map(|password| (member.id, password)))
}
