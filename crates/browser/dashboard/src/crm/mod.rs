//! State of the CRM Sync page.

mod acting;
mod choice;
mod form;

pub(crate) use choice::CrmChoice;
pub(crate) use form::{ACCESS, CrmForm, is_under_way};
