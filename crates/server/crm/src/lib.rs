//! CRM Sync, the same for every CRM: its accounts by the port `CrmVendor`, all further work by the port `Crm`.

mod account;
mod configured;
mod credentials;
mod crms;
mod delivery;
mod install;
mod look_up;
mod owners;
mod prepared;
mod resync;
mod tokens;
mod worker;

pub use account::SyncedCrm;
pub use configured::Configured;
pub use credentials::checked;
pub use crms::{CrmParts, Crms};
pub use install::NotInstalled;
