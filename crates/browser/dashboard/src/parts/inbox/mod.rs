//! The inbox and a conversation.

pub(crate) mod acting;
pub(crate) mod assignments;
pub(crate) mod card_line;
pub(crate) mod chat_facts;
pub(crate) mod chat_owner;
pub(crate) mod composer;
pub(crate) mod composer_modes;
pub(crate) mod file_card;
pub(crate) mod inbox_line;
pub(crate) mod lead_actions;
pub(crate) mod lead_facts;
pub(crate) mod lead_questions;
pub(crate) mod mark_unread;
pub(crate) mod message_line;
pub(crate) mod messages;
pub(crate) mod person_line;
pub(crate) mod reply_picker;
pub(crate) mod routing_decisions;
pub(crate) mod shortcut_help;
pub(crate) mod status_badge;
pub(crate) mod status_history;
pub(crate) mod status_why;
pub(crate) mod type_history;
pub(crate) mod view_list;
pub(crate) mod waiting;
