//! The inbox and a conversation.

mod chat_facts;
mod composer;
mod file_card;
mod folder_tabs;
mod inbox_line;
mod lead_actions;
mod lead_facts;
mod lead_questions;
mod message_line;
mod messages;
mod person_line;
mod routing_decisions;
mod status_badge;
mod status_history;
mod status_why;
mod type_history;

pub(crate) use chat_facts::ChatFacts;
pub(crate) use composer::Composer;
pub(crate) use file_card::FileCard;
pub(crate) use folder_tabs::FolderTabs;
pub(crate) use inbox_line::InboxLine;
pub(crate) use lead_actions::LeadActions;
pub(crate) use lead_facts::LeadFacts;
pub(crate) use lead_questions::{ActionQuestion, RejectQuestion};
pub(crate) use message_line::MessageLine;
pub(crate) use messages::Messages;
pub(crate) use person_line::Person;
pub(crate) use routing_decisions::RoutingDecisions;
pub(crate) use status_badge::{StatusBadge, badge_class};
pub(crate) use status_history::StatusHistory;
pub(crate) use status_why::StatusWhy;
pub(crate) use type_history::TypeHistory;
