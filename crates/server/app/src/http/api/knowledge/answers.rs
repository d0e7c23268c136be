//! `/api/v1/knowledge/answers`: questions with answers.

use super::{shown_answer, site_of, text_of, too_many, wrong};
use crate::http::auth::{Allowed, EditKnowledge};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::commands::{AddAnswer, AnswerSaved, ChangeAnswer, DropAnswer, MOST_ANSWERS, MOST_WORDINGS};
use knock_model::AnswerId;
use knock_wire::{KnownAnswer, KnownAnswerChange, KnownAnswerDraft};

/// The longest question or wording, in characters.
const LONGEST_QUESTION: usize = 300;
/// The longest answer, in characters.
const LONGEST_ANSWER: usize = 2_000;

/// Adds a question with its answer. The AI agent uses it from the next message on.
#[utoipa::path(post, path = "/api/v1/knowledge/answers", tag = "team", request_body = KnownAnswerDraft, responses(
    (status = 201, description = "The new question with its answer", body = KnownAnswer),
    (status = 409, description = "Limit of 500 per site reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<KnownAnswerDraft>,
) -> Result<(StatusCode, Json<KnownAnswer>), Problem> {
    let now = state.core.clock.now();
    let answer = knock_ports::KnownAnswer {
        id: AnswerId::new(now, &random10(&*state.core.chance)),
        site: site_of(&state, &draft.site, "/site")?.id,
        question: question(&draft.question)?,
        wordings: wordings(&draft.wordings)?,
        answer: answer(&draft.answer)?,
        updated_at: now,
    };
    let saved = saved(state.core.make(caller.actor(), AddAnswer { answer }).await?, true)?;
    Ok((StatusCode::CREATED, saved))
}

/// Changes a question, its other wordings, its answer, or several of them.
#[utoipa::path(patch, path = "/api/v1/knowledge/answers/{id}", tag = "team", request_body = KnownAnswerChange,
    params(("id" = String, Path, description = "Id of the question with its answer")),
    responses(
        (status = 200, description = "The question with its answer as it is now", body = KnownAnswer),
        (status = 404, description = "Question not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn patch(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<AnswerId>,
    JsonBody(change): JsonBody<KnownAnswerChange>,
) -> Result<Json<KnownAnswer>, Problem> {
    let question = change.question.as_deref().map(question).transpose()?;
    let wordings = change.wordings.as_deref().map(wordings).transpose()?;
    let answer = change.answer.as_deref().map(answer).transpose()?;
    let has_wordings = wordings.is_some();
    let change = ChangeAnswer { id, question, wordings, answer, now: state.core.clock.now() };
    saved(state.core.make(caller.actor(), change).await?, has_wordings)
}

/// Deletes a question with its answer.
#[utoipa::path(delete, path = "/api/v1/knowledge/answers/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the question with its answer")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Question not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path(id): Path<AnswerId>,
) -> Result<StatusCode, Problem> {
    let was_there = state.core.make(caller.actor(), DropAnswer { id }).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

fn question(text: &str) -> Result<String, Problem> {
    text_of(&text.replace('\n', " "), LONGEST_QUESTION, "/question")
}

/// The other wordings of a question; an error names the position of the wrong one.
fn wordings(texts: &[String]) -> Result<Vec<String>, Problem> {
    if texts.len() > MOST_WORDINGS {
        return Err(wrong("/wordings", format!("must have at most {MOST_WORDINGS} entries")));
    }
    texts.iter().enumerate().map(|(at, text)| wording(text, &format!("/wordings/{at}"))).collect()
}

/// Another way to ask a question, in one line.
pub(super) fn wording(text: &str, pointer: &str) -> Result<String, Problem> {
    text_of(&text.replace('\n', " "), LONGEST_QUESTION, pointer)
}

fn answer(text: &str) -> Result<String, Problem> {
    text_of(text, LONGEST_ANSWER, "/answer")
}

/// The answer as it is stored; `has_wordings` is whether the request names wordings, or else only a new question.
fn saved(saved: AnswerSaved, has_wordings: bool) -> Result<Json<KnownAnswer>, Problem> {
    match saved {
        AnswerSaved::Saved(answer) => Ok(Json(shown_answer(answer))),
        AnswerSaved::Unknown => Err(Problem::not_found()),
        AnswerSaved::Repeated(at) if has_wordings => {
            Err(wrong(&format!("/wordings/{at}"), "is the question, or one of its other wordings, already".to_owned()))
        }
        AnswerSaved::Repeated(_) => Err(wrong("/question", "is one of its other wordings already".to_owned())),
        AnswerSaved::TooMany => Err(too_many("/site", format!("has {MOST_ANSWERS} questions with answers already"))),
    }
}
