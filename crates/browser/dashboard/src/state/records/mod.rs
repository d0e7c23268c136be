//! Records of leads and companies, and their tables.

pub(crate) mod announcer;
pub(crate) mod condition_lines;
pub(crate) mod crm_fields;
pub(crate) mod mending;
pub(crate) mod merging;
pub(crate) mod noting;
pub(crate) mod owners;
pub(crate) mod privacy;
pub(crate) mod record_feed;
pub(crate) mod saved_views;
pub(crate) mod table_state;
pub(crate) mod timeline_line;
