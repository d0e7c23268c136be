//! Messages in words: authors, and the remaining length of a text.

use super::agent::size_words;
use super::failure::failure_words;
use super::number::counted;
use crate::api::Failure;
use knock_model::message::Room;
use knock_wire::{Author, Message};

pub(crate) fn author_words(message: &Message) -> String {
    match message.author {
        Author::Lead => "Lead".to_owned(),
        Author::AiAgent => "AI agent".to_owned(),
        Author::Rep if message.name.is_empty() => "Rep".to_owned(),
        Author::Rep => message.name.clone(),
    }
}

/// A message shortened to one line.
pub(crate) fn excerpt(text: &str) -> String {
    const ENOUGH: usize = 160;
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        if line.len() > ENOUGH {
            break;
        }
        line.push(' ');
        line.push_str(word);
    }
    line.chars().take(ENOUGH).collect()
}

/// A message in one line: its text, else the name of its file or card.
pub(crate) fn said_in(message: &Message) -> String {
    match message.files.first() {
        Some(file) => file.name.clone(),
        None => excerpt(&message.text),
    }
}

/// Type and size of a file: `PDF, 1.4 MiB`.
pub(crate) fn file_words(name: &str, bytes: u64) -> String {
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
    format!("{end}, {}", size_words(bytes))
}

/// The reason for which a message was refused.
pub(crate) fn not_sent_words(failure: &Failure) -> String {
    if let Failure::Refused(problem) = failure
        && let Some(error) = problem.errors.iter().find(|error| matches!(&*error.pointer, "/file" | "/card"))
    {
        return format!("the {} {}", error.pointer.trim_start_matches('/'), error.reason);
    }
    failure_words(failure).title
}

/// The state of a message that is held for these milliseconds.
pub(crate) fn held_words(left: i64) -> String {
    format!("Sending in {} s", (left + 999) / 1_000)
}

/// The hint about the length of a message; empty while it is far from the limit.
pub(crate) fn room_words(room: Room) -> String {
    let characters = |number: usize| counted(i64::try_from(number).unwrap_or(i64::MAX), "character");
    match room {
        Room::Empty | Room::Fits => String::new(),
        Room::Near(left) => format!("{} left", characters(left)),
        Room::Over(over) => format!("{} too many", characters(over)),
    }
}

/// The hint about an unfilled placeholder of a saved reply, if any.
pub(crate) fn unfilled_words(place: &str) -> Option<String> {
    (!place.is_empty()).then(|| format!("{place} has no value: replace it before you send."))
}

/// The question before a reply is sent that this colleague has answered since it was begun.
pub(crate) fn answered_words(name: &str) -> String {
    format!("{name} has answered meanwhile. Send anyway? Enter sends your reply.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_excerpt_is_one_line_and_short() {
        assert_eq!(excerpt(" one\n\ntwo\tthree "), "one two three");
        assert_eq!(excerpt(&"W".repeat(4_000)).len(), 160);
    }

    #[wasm_bindgen_test]
    fn the_limit_is_shown_when_it_is_near() {
        assert_eq!(room_words(Room::Fits), "");
        assert_eq!(room_words(Room::Near(10)), "10 characters left");
        assert_eq!(room_words(Room::Over(1)), "1 character too many");
    }
}
