//! The components of pages: one per file, one folder per subject.

pub(crate) mod agents;
pub(crate) mod crm;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod home;
pub(crate) mod inbox;
pub(crate) mod install;
pub(crate) mod installing;
pub(crate) mod links;
pub(crate) mod live;
pub(crate) mod meetings;
pub(crate) mod page;
pub(crate) mod record;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod settings;
pub(crate) mod slack;
pub(crate) mod table;
pub(crate) mod workflows;
