//! `GET /v1/bookings/{token}/invite.ics`: the meeting as a file for calendars.

use super::change::find;
use crate::http::admission::ClientAddress;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The meeting as an iCalendar file; after a cancellation it says so.
#[utoipa::path(get, path = "/v1/bookings/{token}/invite.ics", tag = "visitor",
    params(("token" = String, Path, description = "Key in the address")),
    responses(
        (status = 200, description = "The file", content_type = "text/calendar", body = String),
        (status = 404, description = "Invalid signature, or the meeting was erased"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let meeting = find(&state, from, &token).await?;
    let ids = meeting.details.reps.clone();
    let reps = read(state.core.store.clone(), move |view| {
        ids.into_iter().filter_map(|rep| view.member(rep).transpose()).collect::<Result<Vec<_>, _>>()
    });
    let file = crate::meeting_file::file(&state.core, &meeting, &reps.await?);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"invite.ics\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, file).into_response())
}
