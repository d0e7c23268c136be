//! A message on its way in, from either side.

use super::problem::Problem;
use axum::Json;
use axum::http::StatusCode;
use knock_engine::commands::Numbered;
use knock_model::MessageId;
use knock_wire::{FieldError, MessageDraft, MessageStored};

/// The longest message, in characters.
const LONGEST: usize = 4_000;

/// The message as it is kept, or the field that is wrong.
pub(super) fn checked(draft: MessageDraft) -> Result<(MessageId, String), Problem> {
    let wrong = |pointer: &str, reason: String| Problem::invalid(FieldError { pointer: pointer.into(), reason });
    let id = MessageId::parse(&draft.id).map_err(|error| wrong("/id", error.to_string()))?;
    // Line breaks are the writer's; other controls, NUL among them, say nothing.
    let text: String = draft.text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(wrong("/text", format!("is empty or longer than {LONGEST} characters")));
    }
    Ok((id, text.to_owned()))
}

/// 201 for a new message, 200 for one that was there.
pub(super) fn numbered(done: Option<Numbered>) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    match done {
        Some(Numbered::New(seq)) => Ok((StatusCode::CREATED, Json(MessageStored { seq }))),
        Some(Numbered::Known(seq)) => Ok((StatusCode::OK, Json(MessageStored { seq }))),
        None => Err(Problem::not_found()),
    }
}
