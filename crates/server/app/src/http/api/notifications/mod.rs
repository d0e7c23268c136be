//! `/api/v1/notifications`: the notification settings of a member, and the chats that wait for them.

mod checked;
mod devices;
mod presence;
mod settings;
mod team;
mod waiting;

use crate::http::auth::{Caller, Who};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_ports::Member;
use knock_wire::FieldError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(settings::get, settings::put))
        .routes(routes!(team::get, team::put))
        .routes(routes!(waiting::get))
        .routes(routes!(presence::put))
        .routes(routes!(devices::get, devices::post))
        .routes(routes!(devices::delete))
        .routes(routes!(devices::test))
}

/// The member of the caller: a program gets no notifications.
fn own(caller: &Caller) -> Result<&Member, Problem> {
    match &caller.who {
        Who::Member(member) => Ok(member),
        Who::Key(_) => Err(Problem::forbidden(FieldError {
            pointer: "header/Authorization".into(),
            reason: "is an API key; only a signed-in member is notified".into(),
        })),
    }
}
