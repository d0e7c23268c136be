//! Contacts, accounts and their timelines.

pub(crate) mod account_facts;
pub(crate) mod account_table;
pub(crate) mod as_of;
pub(crate) mod bars;
pub(crate) mod category_chip;
pub(crate) mod changes;
pub(crate) mod contact_details;
pub(crate) mod contact_facts;
pub(crate) mod contact_links;
pub(crate) mod contact_table;
pub(crate) mod contact_tags;
pub(crate) mod crm_writes;
pub(crate) mod enrichment;
pub(crate) mod entry;
pub(crate) mod entry_why;
pub(crate) mod event_line;
pub(crate) mod intent_type;
pub(crate) mod lead_workflows;
pub(crate) mod live_entry;
mod merge_dialog;
pub(crate) mod merges;
pub(crate) mod new_rows;
pub(crate) mod not_yet;
pub(crate) mod record_head;
pub(crate) mod score_badge;
pub(crate) mod score_course;
pub(crate) mod timeline;
