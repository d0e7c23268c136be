//! Knowledge, unanswered questions and playbooks of the AI agent.

mod answer_form;
mod answers;
mod ask_to_clarify;
mod files;
mod found;
mod knows_nothing;
mod passages;
mod playbook_choice;
mod playbook_fields;
mod preview_chat;
mod question_line;
mod site_choice;
mod source_form;
mod source_line;
mod sources;
mod step_fields;
mod try_question;
mod versions;

pub(crate) use answer_form::AnswerForm;
pub(crate) use answers::Answers;
pub(crate) use ask_to_clarify::AskToClarify;
pub(crate) use files::Files;
pub(crate) use found::FoundLine;
pub(crate) use knows_nothing::KnowsNothing;
pub(crate) use passages::Passages;
pub(crate) use playbook_choice::PlaybookChoice;
pub(crate) use playbook_fields::PlaybookFields;
pub(crate) use preview_chat::PreviewChat;
pub(crate) use question_line::QuestionLine;
pub(crate) use site_choice::{OfSite, SiteChoice};
pub(crate) use source_form::SourceForm;
pub(crate) use source_line::SourceLine;
pub(crate) use sources::Sources;
pub(crate) use step_fields::StepFields;
pub(crate) use try_question::TryQuestion;
pub(crate) use versions::Versions;
