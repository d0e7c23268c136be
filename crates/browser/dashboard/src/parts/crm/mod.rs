//! Sync with a CRM: the access, what may leave, where each field is written, a dry run, how it is going.

mod access;
mod dry_run;
mod health;
mod mapping;
mod sync_rules;

pub(crate) use access::crm_access;
pub(crate) use dry_run::crm_dry_run;
pub(crate) use health::crm_health;
pub(crate) use mapping::crm_mapping;
pub(crate) use sync_rules::crm_sync_rules;
