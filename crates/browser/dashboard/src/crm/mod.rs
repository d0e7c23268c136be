//! The sync with a CRM as its page keeps it.

mod acting;
mod form;

pub(crate) use form::{CrmForm, TOKEN, is_under_way};
