//! A message on its way in, from either side.

use super::problem::Problem;
use axum::Json;
use axum::http::StatusCode;
use knock_engine::commands::Numbered;
use knock_model::MessageId;
use knock_model::message::MessageText;
use knock_wire::{FieldError, MessageDraft, MessageStored};

/// The message as it is kept, or the field that is wrong.
pub(super) fn checked(draft: MessageDraft) -> Result<(MessageId, String), Problem> {
    let wrong = |pointer: &str, reason: String| Problem::invalid(FieldError { pointer: pointer.into(), reason });
    let id = MessageId::parse(&draft.id).map_err(|error| wrong("/id", error.to_string()))?;
    let text = MessageText::parse(&draft.text).map_err(|error| wrong("/text", error.to_string()))?;
    Ok((id, text.into_text()))
}

/// 201 for a new message, 200 for one that was there.
pub(super) fn numbered(done: Option<Numbered>) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    match done {
        Some(Numbered::New(seq)) => Ok((StatusCode::CREATED, Json(MessageStored { seq }))),
        Some(Numbered::Known(seq)) => Ok((StatusCode::OK, Json(MessageStored { seq }))),
        None => Err(Problem::not_found()),
    }
}
