//! The tables.

use super::cells::Column;
use super::{chats, decisions, meetings, messages, signals, statuses};
use knock_model::vocabulary;

vocabulary! {
    /// A table for a warehouse.
    WarehouseTable {
        /// What browsers did.
        Signals = "signals",
        /// What was written in conversations.
        Messages = "messages",
        /// The chat of each lead.
        Chats = "chats",
        /// Booked meetings.
        Meetings = "meetings",
        /// Decisions of routing.
        Decisions = "decisions",
        /// What each lead was, and since when.
        Statuses = "statuses",
    }
}

impl WarehouseTable {
    /// The columns, in the order of the cells of a row.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            WarehouseTable::Signals => signals::COLUMNS,
            WarehouseTable::Messages => messages::COLUMNS,
            WarehouseTable::Chats => chats::COLUMNS,
            WarehouseTable::Meetings => meetings::COLUMNS,
            WarehouseTable::Decisions => decisions::COLUMNS,
            WarehouseTable::Statuses => statuses::COLUMNS,
        }
    }

    /// What a row is, and the instant by which it belongs to a day, as sentences.
    pub const fn about(self) -> &'static str {
        match self {
            WarehouseTable::Signals => "What a browser did: a row for each signal, by the instant of its arrival.",
            WarehouseTable::Messages => "A row for each message of a conversation, by the instant of writing.",
            WarehouseTable::Chats => {
                "A row for each lead with a conversation, as the chat is now, by the opening of the first one."
            }
            WarehouseTable::Meetings => "A row for each meeting, as it is now, by the instant of its booking.",
            WarehouseTable::Decisions => "A row for each decision of routing, by its instant.",
            WarehouseTable::Statuses => {
                "A row for each Chat Status and Meeting Status that a lead was in, by the instant of its beginning."
            }
        }
    }

    /// Whether a day that is over gets no further rows, and its rows stay as they are but for whose they are: persons
    /// become known, are merged and erased, and are marked as spam.
    pub const fn is_append_only(self) -> bool {
        match self {
            WarehouseTable::Signals => true,
            WarehouseTable::Messages
            | WarehouseTable::Chats
            | WarehouseTable::Meetings
            | WarehouseTable::Decisions
            | WarehouseTable::Statuses => false,
        }
    }
}
