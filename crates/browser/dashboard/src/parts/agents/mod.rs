//! Knowledge, unanswered questions and playbooks of the AI agent.

pub(crate) mod answer_form;
pub(crate) mod answers;
pub(crate) mod ask_to_clarify;
pub(crate) mod files;
pub(crate) mod found;
pub(crate) mod knows_nothing;
pub(crate) mod passages;
pub(crate) mod playbook_choice;
pub(crate) mod playbook_fields;
pub(crate) mod preview_chat;
pub(crate) mod question_line;
pub(crate) mod rejection_panel;
pub(crate) mod same_as;
pub(crate) mod sentence_form;
pub(crate) mod sentence_line;
pub(crate) mod site_choice;
pub(crate) mod source_form;
pub(crate) mod source_line;
pub(crate) mod sources;
pub(crate) mod step_fields;
pub(crate) mod suggested;
pub(crate) mod tried;
pub(crate) mod try_question;
pub(crate) mod versions;
pub(crate) mod wording_fields;
