//! State of the CRM Sync page.

mod acting;
mod form;

pub(crate) use form::{CrmForm, TOKEN, is_under_way};
