//! `/api/v1/knowledge/answers/{id}/wordings`: other ways to ask a known question, accepted or dismissed one by one.

use super::answers::wording;
use super::{shown_answer, too_many};
use crate::http::auth::{Allowed, EditKnowledge};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{AddWording, DismissWording, MOST_WORDINGS, WordingAdded};
use knock_model::AnswerId;
use knock_wire::{KnownAnswer, WordingDraft};
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfText {
    /// The suggested wording, as the list has it.
    text: String,
}

/// Adds another way to ask a question. A suggested wording is suggested no more; one that the question has already
/// changes nothing.
#[utoipa::path(post, path = "/api/v1/knowledge/answers/{id}/wordings", tag = "team", request_body = WordingDraft,
    params(("id" = String, Path, description = "Id of the question with its answer")),
    responses(
        (status = 200, description = "The question with its answer as it is now", body = KnownAnswer),
        (status = 404, description = "Question not found"),
        (status = 409, description = "Limit of 20 per question reached"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<AnswerId>,
    JsonBody(WordingDraft { text }): JsonBody<WordingDraft>,
) -> Result<Json<KnownAnswer>, Problem> {
    let wording = wording(&text, "/text")?;
    let added = AddWording { id, wording, suggested: text, now: state.core.clock.now() };
    match state.core.make(caller.actor(), added).await? {
        WordingAdded::Added(answer) => Ok(Json(shown_answer(answer))),
        WordingAdded::Unknown => Err(Problem::not_found()),
        WordingAdded::TooMany => {
            Err(too_many("/text", format!("would be more than {MOST_WORDINGS} other wordings of the question")))
        }
    }
}

/// Dismisses a suggested wording: it is not suggested until a lead asks like that again.
#[utoipa::path(delete, path = "/api/v1/knowledge/answers/{id}/wordings", tag = "team",
    params(("id" = String, Path, description = "Id of the question with its answer"), OfText),
    responses(
        (status = 204, description = "Dismissed"),
        (status = 404, description = "Question or suggestion not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<AnswerId>,
    Query(OfText { text }): Query<OfText>,
) -> Result<StatusCode, Problem> {
    let was_there = state.core.make(caller.actor(), DismissWording { id, text }).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
