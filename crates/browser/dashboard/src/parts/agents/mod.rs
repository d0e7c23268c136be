//! What the AI agent knows, and what it could not answer.

mod answer_form;
mod answers;
mod files;
mod found;
mod knows_nothing;
mod passages;
mod question_line;
mod site_choice;
mod source_form;
mod source_line;
mod sources;
mod try_question;

pub(crate) use answer_form::AnswerForm;
pub(crate) use answers::Answers;
pub(crate) use files::Files;
pub(crate) use found::FoundLine;
pub(crate) use knows_nothing::KnowsNothing;
pub(crate) use passages::Passages;
pub(crate) use question_line::QuestionLine;
pub(crate) use site_choice::{OfSite, SiteChoice};
pub(crate) use source_form::SourceForm;
pub(crate) use source_line::SourceLine;
pub(crate) use sources::Sources;
pub(crate) use try_question::TryQuestion;
