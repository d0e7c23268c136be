//! Knock Links.

mod link_card;
mod link_fields;
mod mail_merge;
mod question_fields;

pub(crate) use link_card::LinkCard;
pub(crate) use link_fields::LinkFieldset;
use mail_merge::MailMerge;
use question_fields::Questions;
