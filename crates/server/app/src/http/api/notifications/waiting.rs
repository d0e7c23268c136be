//! `GET /api/v1/notifications/waiting`: the chats that wait for a member.

use crate::http::auth::{Allowed, NoKey, UseInbox};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::{Presenter, waits_of};
use knock_model::LeadId;
use knock_wire::WaitingChats;

/// The largest number of chats in a response; further ones are not counted.
const MOST: u32 = 200;

/// The chats that wait for an answer of the member, the unassigned chats that wait, and those that no one can take now
/// and the member can later, or manages.
#[utoipa::path(get, path = "/api/v1/notifications/waiting", tag = "team", responses(
    (status = 200, description = "The longest wait first", body = WaitingChats),
    (status = 403, description = "API keys are refused"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<WaitingChats>, Problem> {
    let (member, now) = (caller.need_sign_in()?.id, state.core.clock.now());
    let found = read(state.core.store.clone(), move |view| {
        let leads: Vec<LeadId> = waits_of(view, member, MOST)?.into_iter().map(|wait| wait.lead).collect();
        let conversations = Presenter::new(view, now)?.conversation_rows(&leads, None)?;
        Ok(WaitingChats { conversations })
    });
    found.await.map(Json)
}
