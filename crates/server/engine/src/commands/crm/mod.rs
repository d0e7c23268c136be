//! Leads in a CRM: the settings of the sync, the writes of leads, and their records.

mod batch;
mod company;
mod company_state;
mod company_write;
mod day;
mod deals;
mod dry_run;
mod known;
mod lead;
mod owners;
mod resync;
mod settings;
mod skips;
mod timeline;
mod tokens;
mod write;

pub use batch::{CompleteCrmBatch, PlanCrmBatch};
pub use company::{CrmContacts, crm_company_contacts, crm_company_values};
pub use company_write::{AssociateCrmContacts, CompleteCrmCompany, PlanCrmCompanies};
pub use deals::TakeCrmChanges;
pub use dry_run::{CrmDryRun, CrmHeldBack, CrmPlannedCompany, CrmPlannedWrite, crm_dry_run};
pub(in crate::commands) use known::keep_crm_known;
pub use owners::{KnowCrmOwner, crm_owner, crm_owner_ids};
pub use resync::{ClaimCrmResync, CrmResyncPage, CrmResyncTurn, PassCrmResync, StartCrmResync, crm_resync_page};
pub use settings::{ChangeCrm, CrmEdit, NoteCrmState, NoteCrmUnread};
pub use skips::{CrmSkip, CrmSkips};
pub use timeline::{CompleteCrmNote, PlannedCrmMeeting, PlannedCrmNote, crm_meeting, crm_note};
pub use tokens::SaveCrmTokens;
pub use write::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite, PlannedCrmWrite};
