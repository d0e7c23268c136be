//! Fields, buttons and dialogs.

mod choice_box;
mod copy_button;
mod copy_line;
mod credential_field;
mod credential_steps;
mod dialog;
mod email_field;
mod failure_line;
mod field;
mod leave_question;
mod link_form;
mod password_field;
mod password_form;
mod search_box;
mod text_field;

pub(crate) use choice_box::{Choice, ChoiceBox};
pub(crate) use copy_button::CopyButton;
pub(crate) use copy_line::CopyLine;
pub(crate) use credential_field::credential_field;
pub(crate) use credential_steps::credential_steps;
pub(crate) use dialog::Dialog;
pub(crate) use email_field::EmailField;
pub(crate) use failure_line::{ActionFailure, FailureLine};
pub(crate) use field::Field;
pub(crate) use leave_question::LeaveQuestion;
pub(crate) use link_form::{Asking, LinkForm};
pub(crate) use password_field::PasswordField;
pub(crate) use password_form::PasswordForm;
pub(crate) use search_box::SearchBox;
pub(crate) use text_field::text_field;
