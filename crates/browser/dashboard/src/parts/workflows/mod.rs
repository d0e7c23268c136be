//! The pages of workflows: the list, the editor with its steps, dry runs, versions, and the leads inside.

pub(crate) mod content_fields;
pub(crate) mod dry_run_lead;
pub(crate) mod dry_run_line;
pub(crate) mod dry_run_panel;
pub(crate) mod enrolment;
pub(crate) mod fields;
pub(crate) mod flow_bar;
pub(crate) mod flow_row;
pub(crate) mod inside_questions;
pub(crate) mod limits_panel;
pub(crate) mod nudge_fields;
pub(crate) mod own_limits;
pub(crate) mod preview;
pub(crate) mod run_line;
pub(crate) mod run_list;
pub(crate) mod step_card;
pub(crate) mod step_fields;
pub(crate) mod step_list;
pub(crate) mod switch;
pub(crate) mod team_fields;
pub(crate) mod templates;
pub(crate) mod texts_field;
pub(crate) mod time_fields;
pub(crate) mod trigger_fields;
pub(crate) mod versions;
