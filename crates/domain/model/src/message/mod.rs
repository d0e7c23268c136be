//! The text of a chat message: its limit, and the links in it.

mod links;

pub use links::{Piece, split};

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

/// Characters in a message at most.
pub const LIMIT: usize = 4_000;
/// The hint counts down over the last this many characters.
const NEAR: usize = 200;

/// The text of a message: not empty, not longer than [`LIMIT`] characters, without the space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText(String);

/// An empty or too long message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidMessage;

impl fmt::Display for InvalidMessage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "is empty or longer than {LIMIT} characters")
    }
}

impl core::error::Error for InvalidMessage {}

impl MessageText {
    /// Reads what was typed. Line breaks are the writer's; other controls, NUL among them, say nothing and go. So do
    /// characters that turn the direction of what follows: where a message is quoted, that is others' text.
    ///
    /// # Errors
    /// [`InvalidMessage`] when nothing is left, or too much.
    pub fn parse(typed: &str) -> Result<MessageText, InvalidMessage> {
        let text: String = typed.chars().filter_map(kept).collect();
        match room(&text) {
            Room::Empty | Room::Over(_) => Err(InvalidMessage),
            Room::Fits | Room::Near(_) => Ok(MessageText(text.trim().to_owned())),
        }
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// A character as it stays in a message, if it does. The marks of a direction stay: they turn nothing, and scripts that
/// are written from right to left need them.
fn kept(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// The length of a text compared with the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// There is nothing to send.
    Empty,
    /// There is plenty left.
    Fits,
    /// Close to the limit: the number of characters left.
    Near(usize),
    /// Too long by this number of characters.
    Over(usize),
}

impl Room {
    /// Whether it may be sent.
    pub const fn is_sendable(self) -> bool {
        matches!(self, Room::Fits | Room::Near(_))
    }
}

/// Whether a text may be sent; space around it does not count.
pub fn room(text: &str) -> Room {
    match text.trim().chars().count() {
        0 => Room::Empty,
        count if count > LIMIT => Room::Over(count - LIMIT),
        count if count >= LIMIT - NEAR => Room::Near(LIMIT - count),
        _ => Room::Fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn characters_are_counted_not_bytes() {
        let check = |count: usize, expected: Room| assert_eq!(room(&"\u{e9}".repeat(count)), expected, "{count}");
        check(0, Room::Empty);
        check(1, Room::Fits);
        check(LIMIT - NEAR - 1, Room::Fits);
        check(LIMIT - NEAR, Room::Near(NEAR));
        check(LIMIT, Room::Near(0));
        check(LIMIT + 1, Room::Over(1));
        assert_eq!(room(" \n "), Room::Empty);
        assert!(room(&format!(" {} ", "\u{e9}".repeat(LIMIT))).is_sendable());
    }

    #[test]
    fn a_message_is_what_was_typed_without_controls_and_edges() {
        let read = |typed: &str| MessageText::parse(typed).map(MessageText::into_text);
        assert_eq!(read(" a\u{0}b\u{7}\n\tc \r\n").as_deref(), Ok("ab\n\tc"));
        assert_eq!(read("exe.\u{202e}gpj\u{2066}\u{2028}\u{200f}b").as_deref(), Ok("exe.gpj\n\u{200f}b"));
        assert_eq!(read(" \u{0}\n "), Err(InvalidMessage));
        assert_eq!(read(&"x".repeat(LIMIT + 1)), Err(InvalidMessage));
        assert_eq!(format!("{InvalidMessage}"), "is empty or longer than 4000 characters");
    }
}
