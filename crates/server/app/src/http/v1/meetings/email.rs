//! `POST /v1/meetings/email`: the address, and what the rules say of it (RF-09..RF-11).

use super::busy::busy_times;
use super::place::{Place, enriched, step};
use super::questions::check;
use super::room::EMAIL;
use super::shown::{names, verdict};
use crate::http::admission::ClientAddress;
use crate::http::body::BeaconBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_engine::commands::GiveEmail;
use knock_wire::{BookingEmail, BookingVerdict};

/// Takes an address, with the answers to the questions of the link, and says whether slots are offered to it.
#[utoipa::path(post, path = "/v1/meetings/email", tag = "visitor", request_body = BookingEmail, responses(
    (status = 200, description = "Verdict of the rules", body = BookingVerdict),
    (status = 400, description = "Body does not match the schema"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 404, description = "Link or card not found"),
    (status = 422, description = "Invalid field; `errors` names it. A mistyped address has a `suggestion`"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(given): BeaconBody<BookingEmail>,
) -> Result<Json<BookingVerdict>, Problem> {
    state.limiter.booking_of(from, EMAIL.of(&given))?;
    let place = Place::find(&state, &headers, given.site.clone(), given.link.clone(), given.card.as_deref()).await?;
    let answers = check(place.questions(), &given.answers, true)?;
    let step = enriched(&state, step(&state, &place, &given, answers.fields)?).await;
    let busy = busy_times(&state).await?;
    let offered = state.core.writer.commit(GiveEmail { step, busy }).await?;
    let shown = read(state.core.store.clone(), move |view| {
        let with = names(view, &offered.known_reps())?;
        Ok(verdict(&offered, with))
    });
    shown.await.map(Json)
}
