//! The remaining length of a message in words.

use knock_model::message::Room;

use super::{Text, Words};
use crate::browser;

/// The hint about the length of a message; empty while it is far from the limit.
pub(crate) fn hint(words: Words, room: Room) -> String {
    let (count, one, other) = match room {
        Room::Empty | Room::Fits => return String::new(),
        Room::Near(left) => (left, Text::LeftOne, Text::LeftOther),
        Room::Over(over) => (over, Text::OverOne, Text::OverOther),
    };
    let text = if browser::is_one(words.code(), count) { one } else { other };
    words.fill(text, &[("n", &browser::number(words.code(), count))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn one_and_many_are_told_apart_as_the_language_does() {
        for (tag, room, expected) in [
            ("en", Room::Near(1), "1 character left"),
            ("en", Room::Over(1_234), "1,234 characters too many"),
            ("de", Room::Over(1_234), "1.234 Zeichen zu viel"),
            ("fr", Room::Near(2), "2 caractères restants"),
            ("es", Room::Near(1), "Queda 1 carácter"),
            ("es", Room::Fits, ""),
        ] {
            assert_eq!(hint(Words::of_tag(tag), room), expected);
        }
    }
}
