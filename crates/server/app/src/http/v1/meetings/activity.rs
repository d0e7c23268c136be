//! `POST /v1/meetings/activity`: what a visitor did in the booking without giving anything.

use super::place::{Place, browser, invalid};
use super::room::ACTIVITY;
use crate::http::admission::ClientAddress;
use crate::http::body::BeaconBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_context::random10;
use knock_engine::commands::{NoteBooking, VisitorActivity};
use knock_model::SignalId;
use knock_wire::BookingActivity;

/// Records that a visitor looked around in the booking, or left it before they booked (R14).
#[utoipa::path(post, path = "/v1/meetings/activity", tag = "visitor", request_body = BookingActivity, responses(
    (status = 204, description = "Recorded, if the browser opened a booking"),
    (status = 400, description = "Body does not match the schema"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 404, description = "Link not found"),
    (status = 422, description = "Invalid field; `errors` names it"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(given): BeaconBody<BookingActivity>,
) -> Result<StatusCode, Problem> {
    state.limiter.booking_of(from, ACTIVITY.of(&given))?;
    let (visitor, _) = browser(&state, &given.visitor, None)?;
    let activity = match given.what.as_str() {
        "active" => VisitorActivity::Active,
        "abandoned" => VisitorActivity::Abandoned,
        _ => return Err(invalid("/what", "is neither `active` nor `abandoned`")),
    };
    let site = Place::find(&state, &headers, given.site, given.link, None).await?.site.id;
    let now = state.core.clock.now();
    let id = SignalId::new(now, &random10(&*state.core.chance));
    state.core.writer.commit(NoteBooking { site, visitor, activity, id, now }).await?;
    Ok(StatusCode::NO_CONTENT)
}
