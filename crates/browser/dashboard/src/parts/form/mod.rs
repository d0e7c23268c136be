//! Fields, buttons and dialogs.

pub(crate) mod choice_box;
pub(crate) mod copy_button;
pub(crate) mod copy_line;
pub(crate) mod credential_field;
pub(crate) mod credential_steps;
pub(crate) mod dialog;
pub(crate) mod email_field;
pub(crate) mod failure_line;
pub(crate) mod field;
pub(crate) mod leave_question;
pub(crate) mod link_form;
pub(crate) mod password_field;
pub(crate) mod password_form;
pub(crate) mod save_bar;
pub(crate) mod search_box;
pub(crate) mod text_field;
