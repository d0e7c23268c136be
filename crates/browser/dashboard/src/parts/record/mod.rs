//! Contacts, accounts and their timelines.

mod account_table;
mod as_of;
mod bars;
mod category_chip;
mod changes;
mod contact_facts;
mod contact_table;
mod crm_writes;
mod enrichment;
mod entry;
mod entry_why;
mod intent_type;
mod live_entry;
mod new_rows;
mod record_head;
mod score_badge;
mod score_course;
mod timeline;

pub(crate) use account_table::AccountTable;
pub(crate) use as_of::{AsOf, asked_instant};
pub(crate) use bars::Bars;
pub(crate) use category_chip::CategoryChip;
pub(crate) use changes::Changes;
pub(crate) use contact_facts::ContactFacts;
pub(crate) use contact_table::ContactTable;
pub(crate) use crm_writes::CrmWrites;
pub(crate) use enrichment::Enrichment;
pub(crate) use entry::Entry;
pub(crate) use entry_why::EntryWhy;
pub(crate) use intent_type::IntentTypeMark;
pub(crate) use live_entry::LiveEntry;
pub(crate) use new_rows::NewRows;
pub(crate) use record_head::RecordHead;
pub(crate) use score_badge::ScoreBadge;
pub(crate) use score_course::ScoreOverTime;
pub(crate) use timeline::Timeline;
