//! A message on its way in, from either side.

use super::problem::Problem;
use axum::Json;
use axum::http::StatusCode;
use knock_engine::commands::Numbered;
use knock_model::MessageId;
use knock_model::message::MessageText;
use knock_ports::Card;
use knock_wire::{FieldError, MessageDraft, MessageStored, RepMessageDraft};

/// The message as it is kept, or the field that is wrong.
pub(super) fn checked(draft: MessageDraft) -> Result<(MessageId, String), Problem> {
    let id = MessageId::parse(&draft.id).map_err(|error| wrong("/id", error.to_string()))?;
    let text = MessageText::parse(&draft.text).map_err(|error| wrong("/text", error.to_string()))?;
    Ok((id, text.into_text()))
}

/// A rep's message as it is kept, or the field that is wrong; with a card it may have no text. A card offers the calendar
/// of the rep, unless the draft says otherwise.
pub(super) fn checked_reply(draft: RepMessageDraft) -> Result<(MessageId, String, Option<Card>), Problem> {
    let RepMessageDraft { id, text, card, calendar } = draft;
    if card.is_none() && calendar.is_some() {
        return Err(wrong("/calendar", "is for a message with a card alone".to_owned()));
    }
    let card = card.map(|kind| Card { kind, calendar: calendar.unwrap_or_default() });
    if card.is_some() && text.trim().is_empty() {
        let id = MessageId::parse(&id).map_err(|error| wrong("/id", error.to_string()))?;
        return Ok((id, String::new(), card));
    }
    checked(MessageDraft { id, text, email: None }).map(|(id, text)| (id, text, card))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

/// 201 for a new message, 200 for one that was there.
pub(super) fn numbered(done: Option<Numbered>) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    match done {
        Some(Numbered::New(seq)) => Ok((StatusCode::CREATED, Json(MessageStored { seq }))),
        Some(Numbered::Known(seq)) => Ok((StatusCode::OK, Json(MessageStored { seq }))),
        None => Err(Problem::not_found()),
    }
}
