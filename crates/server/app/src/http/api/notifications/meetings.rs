//! `/api/v1/notifications/meetings`: the meetings whose last change a member has not looked at.

use crate::http::auth::{Allowed, NoKey, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::LookAtMeetings;
use knock_wire::{MeetingsSeen, UnseenMeetings};

/// The largest number of meetings in a response; further ones are not counted.
const MOST: u32 = 200;

/// The meetings that were booked, moved, reassigned or cancelled since the caller looked at them: their own ones, and with
/// `all_meetings` those of colleagues. What the caller changed is not among them.
#[utoipa::path(get, path = "/api/v1/notifications/meetings", tag = "team", responses(
    (status = 200, description = "The latest change first", body = UnseenMeetings),
    (status = 403, description = "API keys are refused"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<UnseenMeetings>, Problem> {
    let (member, now) = (caller.need_sign_in()?.id, state.core.clock.now());
    let found = read(state.core.store.clone(), move |view| view.meeting_news(member, now, MOST));
    Ok(Json(UnseenMeetings { meetings: found.await? }))
}

/// Notes that the caller has looked at a meeting, or at all of them.
#[utoipa::path(put, path = "/api/v1/notifications/meetings", tag = "team", request_body = MeetingsSeen, responses(
    (status = 204, description = "Noted"),
    (status = 403, description = "API keys are refused"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
    JsonBody(MeetingsSeen { meeting }): JsonBody<MeetingsSeen>,
) -> Result<StatusCode, Problem> {
    let member = caller.need_sign_in()?.id;
    state.core.writer.commit(LookAtMeetings { member, meeting }).await?;
    Ok(StatusCode::NO_CONTENT)
}
