//! Sync with a CRM: choice, access, sync rules, mapping, dry run, health.

pub(crate) mod access;
pub(crate) mod choice;
pub(crate) mod connect;
pub(crate) mod dry_run;
pub(crate) mod health;
pub(crate) mod mapping;
pub(crate) mod sync_rules;
