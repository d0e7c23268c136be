//! Leads in a CRM: what is synced, when a lead is to be written, and what was written.

mod changed;
mod lead;
mod settings;
mod trial;
mod write;

pub(in crate::commands) use changed::{Cause, changed};
pub use settings::{ChangeCrm, CrmEdit, NoteCrmState};
pub use trial::{CrmHeldBack, CrmTrial, crm_trial};
pub use write::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite};
