//! `POST /v1/chat/{conversation}/rating`: the visitor rates the chat.

use super::state_of::{fresh_id, shown_state};
use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_engine::commands::{ChatRated, MessageText, RateChat};
use knock_model::{ConversationId, Reason};
use knock_wire::{ChatRatingDraft, FieldError, LONGEST_RATING_COMMENT, VisitorChatState};

/// Stores the rating of a chat, with the member who wrote last. For 24 hours after the first it can be changed.
#[utoipa::path(post, path = "/v1/chat/{conversation}/rating", tag = "visitor", request_body = ChatRatingDraft,
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 200, description = "Stored", body = VisitorChatState),
        (status = 400, description = "Body does not match the schema"),
        (status = 401, description = "Token of another conversation"),
        (status = 409, description = "The rating cannot be changed any more, or the visitor has written nothing"),
        (status = 422, description = "Invalid field; `errors` names it"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    JsonBody(draft): JsonBody<ChatRatingDraft>,
) -> Result<Json<VisitorChatState>, Problem> {
    let conversation = let_in(&state, from, &headers, &conversation).await?;
    state.limiter.message(conversation, from, &draft.comment)?;
    match state.core.writer.commit(rating(&state, conversation, &draft)?).await? {
        ChatRated::Rated => shown_state(&state, conversation).await,
        ChatRated::UnknownConversation => Err(Problem::unauthorized()),
        ChatRated::NothingWritten => Err(refused("is given before anything was written")),
        ChatRated::TooLate => Err(refused("cannot be changed any more")),
    }
}

fn rating(state: &AppState, conversation: ConversationId, draft: &ChatRatingDraft) -> Result<RateChat, Problem> {
    let invalid =
        |pointer: &str, reason: &str| Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() });
    if !(1..=5).contains(&draft.rating) {
        return Err(invalid("/rating", "is not 1 to 5"));
    }
    if draft.comment.trim().chars().count() > LONGEST_RATING_COMMENT {
        return Err(invalid("/comment", &format!("is longer than {LONGEST_RATING_COMMENT} characters")));
    }
    let comment = MessageText::masked(Reason::parse(&draft.comment).into_text());
    Ok(RateChat { conversation, id: fresh_id(state), rating: draft.rating, comment, now: state.core.clock.now() })
}

fn refused(reason: &str) -> Problem {
    let field = FieldError { pointer: "/rating".into(), reason: reason.into() };
    Problem::new(StatusCode::CONFLICT, "not-rated", "The rating cannot be taken").field(field)
}
