//! Notes and tags for the tests.

use knock_model::{NoteId, TagColor, TagId};
use knock_wire::{InternalNote, Message, NoteAuthor, Tag};

use super::message;

/// A note of a colleague, between the messages with these numbers.
pub(crate) fn note(number: u64) -> InternalNote {
    let Message { id, at, .. } = message(number);
    let (id, mentions) = (NoteId::from_bytes(*id.as_bytes()), Vec::new());
    InternalNote { id, author: NoteAuthor::Note, name: "Bo".to_owned(), text: format!("Note {number}"), at, mentions }
}

/// A tag with this name.
pub(crate) fn tag(number: u8, name: &str) -> Tag {
    Tag { id: TagId::new([number; 16]), name: name.to_owned(), color: TagColor::Teal }
}
