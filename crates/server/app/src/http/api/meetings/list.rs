//! Meetings by their start.

use crate::http::api::page::{next, page};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_model::{MeetingId, MeetingState, Millis, RepId};
use knock_ports::MeetingQuery;
use knock_wire::{FieldError, MeetingPage, MeetingRow};
use serde::Deserialize;

/// The filter for meetings.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only meetings that end after this instant, in milliseconds since 1970.
    from: Option<i64>,
    /// Only meetings that begin before this instant, in milliseconds since 1970.
    to: Option<i64>,
    /// Only meetings of this owner: the id of a member, or `me`.
    owner: Option<String>,
    /// `booked`, `held`, `cancelled` or `no_show`.
    state: Option<String>,
    /// The order: `start_at`, which is the default, or `-start_at` for the latest start first.
    sort: Option<String>,
    /// The cursor: `next` of the page before.
    after: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

/// The meetings of the team, by their start.
#[utoipa::path(get, path = "/api/v1/meetings", tag = "team", params(Which), responses(
    (status = 200, description = "A page of meetings", body = MeetingPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Query(which): Query<Which>,
) -> Result<Json<MeetingPage>, Problem> {
    let page = page("after", which.after.as_deref(), which.limit)?;
    let owner = match which.owner.as_deref() {
        None => None,
        Some("me") => {
            let me = caller.who.member_id();
            Some(me.ok_or_else(|| wrong("owner", "`me` is a member, and this API key is bound to none"))?)
        }
        Some(id) => Some(RepId::parse(id).map_err(|error| wrong("owner", &error.to_string()))?),
    };
    let parse = |word: &str| MeetingState::parse(word);
    let state_of = which.state.as_deref().map(|word| {
        parse(word).ok_or_else(|| wrong("state", "is neither `booked`, `held`, `cancelled` nor `no_show`"))
    });
    let is_latest_first = match which.sort.as_deref() {
        None | Some("start_at") => false,
        Some("-start_at") => true,
        Some(_) => return Err(wrong("sort", "is neither `start_at` nor `-start_at`")),
    };
    let (from, to) = (which.from.map(Millis), which.to.map(Millis));
    let query = MeetingQuery { from, to, owner, state: state_of.transpose()?, is_latest_first };
    let now = state.core.clock.now();
    let found = read(state.core.store.clone(), move |view| {
        let rows = Presenter::new(view, now)?.meetings(&query, page.from, page.limit)?;
        let next = next(&rows, page.limit, |(cursor, _)| *cursor);
        Ok(MeetingPage { meetings: rows.into_iter().map(|(_, row)| row).collect(), next })
    });
    found.await.map(Json)
}

/// One meeting.
#[utoipa::path(get, path = "/api/v1/meetings/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the meeting")),
    responses(
        (status = 200, description = "The meeting", body = MeetingRow),
        (status = 404, description = "Meeting not found"),
    ))]
pub(super) async fn one(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<MeetingRow>, Problem> {
    let id = MeetingId::parse(&id).map_err(|_| Problem::not_found())?;
    row(&state, id).await.map(Json)
}

/// The current state of a meeting.
pub(super) async fn row(state: &AppState, id: MeetingId) -> Result<MeetingRow, Problem> {
    let now = state.core.clock.now();
    let found = read(state.core.store.clone(), move |view| {
        let Some(meeting) = view.meeting(id)? else { return Ok(None) };
        Presenter::new(view, now)?.meeting_row(&meeting).map(Some)
    });
    found.await?.ok_or_else(Problem::not_found)
}

fn wrong(name: &str, reason: &str) -> Problem {
    Problem::malformed(FieldError { pointer: format!("query/{name}"), reason: reason.into() })
}
