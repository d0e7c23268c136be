//! Leads in a CRM: what is synced, when a lead is to be written, and what was written.

mod deals;
mod known;
mod lead;
mod resync;
mod settings;
mod tokens;
mod trial;
mod write;

pub use deals::TakeCrmChanges;
pub(in crate::commands) use known::keep_crm_known;
pub use resync::{StartCrmResync, StepCrmResync};
pub use settings::{ChangeCrm, CrmEdit, NoteCrmState};
pub use tokens::SaveCrmTokens;
pub use trial::{CrmHeldBack, CrmTrial, crm_trial};
pub use write::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite};
