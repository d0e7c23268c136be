//! Availability in words; times of day for fields.

use knock_routing::RepState;
use knock_wire::{RepRow, RepStateWord, Word};

use super::number::counted;

/// The end of a day as the API writes it.
pub(crate) const MIDNIGHT: &str = "24:00";
/// The end of a day in a time field.
const FIELD_MIDNIGHT: &str = "00:00";

/// The end of a range in the API, from its field.
pub(crate) fn end_of_field(text: &str) -> String {
    if text == FIELD_MIDNIGHT { MIDNIGHT } else { text }.to_owned()
}

/// The end of a range in its field.
pub(crate) fn field_end(text: &str) -> String {
    if text == MIDNIGHT { FIELD_MIDNIGHT } else { text }.to_owned()
}

/// Whether a member takes leads, as a label.
pub(crate) fn rep_state_label(state: &RepStateWord) -> String {
    match state {
        Word::Known(RepState::Active) => "Active",
        Word::Known(RepState::Away) => "Away",
        Word::Known(RepState::OffHours) => "Off hours",
        Word::Known(RepState::Removed) => "Removed",
        Word::Unknown(word) => word,
    }
    .to_owned()
}

/// `Active, 3 active chats`: whether a member takes chats now, and how many they have.
pub(crate) fn standing_words(row: &RepRow) -> String {
    let is_full = row.is_full && row.state == Word::Known(RepState::Active);
    let state = if is_full { "Full".to_owned() } else { rep_state_label(&row.state) };
    format!("{state}, {}", counted(i64::from(row.open_chats), "active chat"))
}

/// Whether pools give the member chats now.
pub(crate) fn is_given_chats(row: &RepRow) -> bool {
    row.state == Word::Known(RepState::Active) && !row.is_full
}

/// The current treatment of the member by routing.
pub(crate) fn routing_now_words(row: &RepRow) -> String {
    let chats = counted(i64::from(row.open_chats), "active chat");
    let now = match &row.state {
        Word::Known(RepState::Active) if row.is_full => "You have as many active chats as you take: pools skip you.",
        Word::Known(RepState::Active) => "You are active: pools give you chats.",
        Word::Known(RepState::Away) => "You are away: pools skip you.",
        Word::Known(RepState::OffHours) => "It is outside your working hours: pools skip you.",
        Word::Known(RepState::Removed) | Word::Unknown(_) => "Pools skip you.",
    };
    format!("{now} You have {chats}.")
}
