//! The state of pages while they are open, without their views.

pub(crate) mod agents;
pub(crate) mod calendars;
pub(crate) mod crm;
pub(crate) mod home;
pub(crate) mod inbox;
pub(crate) mod lead_tags;
pub(crate) mod links;
pub(crate) mod live;
pub(crate) mod meetings;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod tagging;
pub(crate) mod visits;
pub(crate) mod workflows;
