//! How long a message may be.

/// Characters in a message.
const LIMIT: usize = 4_000;
/// From here on the reader is told how many are left.
const NEAR: usize = 200;

/// Whether a text may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// There is nothing to send.
    Empty,
    /// There is plenty left.
    Fits,
    /// The end is near.
    Near(usize),
    /// It is too long by so many.
    Over(usize),
}

impl Room {
    /// Whether it may be sent.
    pub(crate) fn is_sendable(self) -> bool {
        matches!(self, Room::Fits | Room::Near(_))
    }

    /// What to tell the writer.
    pub(crate) fn hint(self) -> String {
        match self {
            Room::Empty | Room::Fits => String::new(),
            Room::Near(1) => "1 character left".to_owned(),
            Room::Near(left) => format!("{left} characters left"),
            Room::Over(1) => "1 character too many".to_owned(),
            Room::Over(over) => format!("{over} characters too many"),
        }
    }
}

/// Whether a text may be sent; space around it does not count.
pub(crate) fn room(text: &str) -> Room {
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
    }
}
