//! `GET /api/v1/schedule`: the caller's own time in a calendar view; `GET /api/v1/schedule/team`: that of the team.

use super::parameter::wrong;
use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::busy_times;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use knock_model::Millis;
use knock_scheduling::Span;
use knock_wire::{Schedule, TeamSchedule};
use serde::Deserialize;

/// The longest window of one's own time, in days.
const OWN_DAYS: i64 = 35;
/// The longest window of the team's time, in days.
const TEAM_DAYS: i64 = 8;

/// A window of time.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Window {
    /// The start, in milliseconds since 1970.
    from: i64,
    /// The end, in milliseconds since 1970; later by 35 days at most, for the team by 8.
    to: i64,
}

impl Window {
    /// The span of a window of so many days at most.
    fn span(&self, longest: i64) -> Result<Span, Problem> {
        let Window { from, to } = *self;
        let window = Span { start: Millis(from), end: Millis(to) };
        if Timestamp::from_millisecond(from).is_err() || Timestamp::from_millisecond(to).is_err() {
            return Err(wrong("from", "is no instant, or `to` is none".into()));
        }
        if window.is_empty() || to.saturating_sub(from) > Millis::days(longest).0 {
            return Err(wrong("to", format!("is not after `from`, or more than {longest} days later")));
        }
        Ok(window)
    }
}

/// The caller's working hours and the busy times of their calendars within a window. Calendars are read as for bookings:
/// their busy times are known from yesterday on, and may be a minute old.
#[utoipa::path(get, path = "/api/v1/schedule", tag = "team", params(Window), responses(
    (status = 200, description = "The caller's time", body = Schedule),
    (status = 400, description = "Invalid parameter"),
    (status = 403, description = "The API key is bound to no member"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Query(asked): Query<Window>,
) -> Result<Json<Schedule>, Problem> {
    let member = caller.need_member()?.clone();
    let window = asked.span(OWN_DAYS)?;
    let busy = busy_times(&state).await?;
    let found = read(state.core.store.clone(), move |view| knock_engine::schedule(view, &member, window, &busy));
    found.await.map(Json)
}

/// The time of all members within a window: working hours, busy times of their calendars, always without titles, and
/// meetings. Calendars are read as for bookings: their busy times are known from yesterday on, and may be a minute old.
#[utoipa::path(get, path = "/api/v1/schedule/team", tag = "team", params(Window), responses(
    (status = 200, description = "The members' time, in the order they were invited", body = TeamSchedule),
    (status = 400, description = "Invalid parameter"),
    (status = 403, description = "The API key is bound to no member"),
))]
pub(super) async fn team(
    _: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Query(asked): Query<Window>,
) -> Result<Json<TeamSchedule>, Problem> {
    let window = asked.span(TEAM_DAYS)?;
    let busy = busy_times(&state).await?;
    let found = read(state.core.store.clone(), move |view| knock_engine::team_schedule(view, window, &busy));
    found.await.map(Json)
}
