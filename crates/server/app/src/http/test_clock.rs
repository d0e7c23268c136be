//! `POST /test/clock`: only there with `--test-clock`.

use super::access_changes::AccessChanges;
use super::body::JsonBody;
use super::problem::Problem;
use super::state::{AppState, ClockedWorkers, SleepingWorkers};
use crate::clock::TestClock;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use jiff::Timestamp;
use knock_model::Millis;
use knock_ports::Clock;
use knock_wire::{ClockChange, ClockNow, FieldError};
use std::sync::Arc;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/test/clock", post(set_clock))
}

/// Sets the clock, rewinds if it was set back, does all that fell due, then answers. Deliveries go out and sources
/// are read meanwhile: others may be slow.
async fn set_clock(
    State(clock): State<Option<Arc<TestClock>>>,
    State(clocked): State<ClockedWorkers>,
    State(sleeping): State<SleepingWorkers>,
    State(access): State<AccessChanges>,
    JsonBody(change): JsonBody<ClockChange>,
) -> Result<Json<ClockNow>, Problem> {
    let clock = clock.ok_or_else(Problem::not_found)?;
    let wanted = wanted(&change, clock.now())?;
    clock.set(wanted).map_err(|error| {
        tracing::error!(%error, "the test clock cannot be kept");
        Problem::internal()
    })?;
    clocked.catch_up().await?;
    sleeping.wake();
    access.check_now();
    let now = Timestamp::from_millisecond(clock.now().0).map_err(|_| Problem::internal())?;
    Ok(Json(ClockNow { now: now.to_string(), now_ms: now.as_millisecond() }))
}

fn wanted(change: &ClockChange, now: Millis) -> Result<Millis, Problem> {
    let wrong =
        |pointer: &str, reason: &str| Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() });
    let wanted = match (&change.now, change.advance_ms) {
        (Some(text), None) => {
            let instant: Result<Timestamp, _> = text.parse();
            Millis(
                instant
                    .map_err(|_| wrong("/now", "is not an instant such as `2026-06-01T12:00:00Z`"))?
                    .as_millisecond(),
            )
        }
        (None, Some(advance)) => now + Millis(advance),
        (Some(_), Some(_)) | (None, None) => return Err(wrong("/now", "give either `now` or `advance_ms`")),
    };
    Timestamp::from_millisecond(wanted.0).map_err(|_| wrong("/advance_ms", "leads out of the calendar"))?;
    if wanted < Millis(0) {
        return Err(wrong(if change.now.is_some() { "/now" } else { "/advance_ms" }, "is before 1970"));
    }
    Ok(wanted)
}
