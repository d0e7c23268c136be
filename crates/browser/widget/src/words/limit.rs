//! What is said of the length of a message.

use knock_model::message::Room;

/// The hint about the length of a message; empty while it is far from the limit.
pub(crate) fn hint(room: Room) -> String {
    match room {
        Room::Empty | Room::Fits => String::new(),
        Room::Near(1) => "1 character left".to_owned(),
        Room::Near(left) => format!("{left} characters left"),
        Room::Over(1) => "1 character too many".to_owned(),
        Room::Over(over) => format!("{over} characters too many"),
    }
}
