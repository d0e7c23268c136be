//! Leads in a CRM: what is synced, when a lead is to be written, and what was written.

mod batch;
mod deals;
mod known;
mod lead;
mod owners;
mod resync;
mod settings;
mod timeline;
mod tokens;
mod trial;
mod write;

pub use batch::{CompleteCrmBatch, PlanCrmBatch};
pub use deals::TakeCrmChanges;
pub(in crate::commands) use known::keep_crm_known;
pub use owners::{KnowCrmOwner, crm_owner};
pub use resync::{ClaimCrmResync, CrmResyncPage, CrmResyncTurn, PassCrmResync, StartCrmResync, crm_resync_page};
pub use settings::{ChangeCrm, CrmEdit, NoteCrmState, NoteCrmUnread};
pub use timeline::{CompleteCrmNote, PlannedCrmMeeting, PlannedCrmNote, crm_meeting, crm_note};
pub use tokens::SaveCrmTokens;
pub use trial::{CrmHeldBack, CrmTrial, crm_trial};
pub use write::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite, PlannedCrmWrite};
