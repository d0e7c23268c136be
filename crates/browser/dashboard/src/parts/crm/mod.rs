//! Sync with a CRM: choice, access, sync rules, mapping, dry run, health.

mod access;
mod choice;
mod connect;
mod dry_run;
mod health;
mod mapping;
mod sync_rules;

pub(crate) use access::crm_access;
pub(crate) use choice::crm_choice;
pub(crate) use dry_run::crm_dry_run;
pub(crate) use health::crm_health;
pub(crate) use mapping::crm_mapping;
pub(crate) use sync_rules::crm_sync_rules;
