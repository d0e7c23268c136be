//! State of the CRM Sync page.

pub(crate) mod acting;
pub(crate) mod choice;
pub(crate) mod form;
pub(crate) mod mapping;
