//! `/api/v1/knowledge`: the knowledge of the AI agent, by site.

mod answers;
mod files;
mod list;
mod outcome;
mod sites;
mod sources;
mod test_sentences;
mod tried;
mod why;
mod wordings;

use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::http::StatusCode;
use knock_model::{SourceKind, SourceState};
use knock_ports::{KnowledgeSource, KnownAnswer, Site, SuggestedWording};
use knock_wire::FieldError;
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get))
        .routes(routes!(sites::get))
        .routes(routes!(tried::post))
        .routes(routes!(test_sentences::get, test_sentences::put))
        .routes(routes!(test_sentences::run))
        .routes(routes!(answers::post))
        .routes(routes!(answers::patch, answers::delete))
        .routes(routes!(wordings::post, wordings::delete))
        .routes(routes!(sources::post))
        .routes(routes!(sources::get, sources::delete))
        .routes(routes!(sources::read_again))
        .routes(routes!(files::post))
}

/// The site in use with this key; `pointer` names its place in the request.
fn site_of(state: &AppState, key: &str, pointer: &str) -> Result<Arc<Site>, Problem> {
    state.sites.in_use(key).ok_or_else(|| wrong(pointer, "is the key of no site in use".to_owned()))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

/// The problem of a site that has reached its limit.
fn too_many(pointer: &str, reason: String) -> Problem {
    Problem::new(StatusCode::CONFLICT, "too-many", "The site has too many of these")
        .field(FieldError { pointer: pointer.into(), reason })
}

/// A text without space around it, of 1 to `longest` characters.
fn text_of(text: &str, longest: usize, pointer: &str) -> Result<String, Problem> {
    let text: String = text.trim().chars().filter(|sign| !sign.is_control() || *sign == '\n').collect();
    if text.is_empty() || text.chars().count() > longest {
        return Err(wrong(pointer, format!("must have 1 to {longest} characters")));
    }
    Ok(text)
}

fn shown_answer(answer: KnownAnswer) -> knock_wire::KnownAnswer {
    let KnownAnswer { id, question, wordings, answer, updated_at, .. } = answer;
    knock_wire::KnownAnswer { id, question, wordings, answer, updated_at }
}

fn shown_suggestion(suggested: SuggestedWording) -> knock_wire::SuggestedWording {
    let SuggestedWording { answer, text, times, at, .. } = suggested;
    knock_wire::SuggestedWording { answer, text, times, last_at: at }
}

fn shown_source(source: KnowledgeSource) -> knock_wire::KnowledgeSource {
    let is_file = source.kind == SourceKind::File;
    let of_file = |text: String| Some(text).filter(|_| is_file);
    knock_wire::KnowledgeSource {
        id: source.id,
        kind: source.kind.into(),
        address: Some(source.name.clone()).filter(|_| !is_file),
        name: of_file(source.name),
        content_type: of_file(source.content_type),
        bytes: Some(source.bytes).filter(|_| is_file),
        state: source.state.into(),
        passages: source.passages,
        last_read_at: source.last_read_at,
        next_read_at: source.due_at.filter(|_| source.state != SourceState::Reading),
        error: Some(source.error).filter(|error| !error.is_empty()),
        created_at: source.created_at,
    }
}
