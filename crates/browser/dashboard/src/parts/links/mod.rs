//! Knock Links.

pub(crate) mod link_card;
pub(crate) mod link_fields;
pub(crate) mod mail_merge;
pub(crate) mod question_fields;

use super::links::mail_merge::MailMerge;
use super::links::question_fields::Questions;
