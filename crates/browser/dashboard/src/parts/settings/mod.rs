//! Settings: mail and the team.

mod invite_form;
mod mail_line;
mod member_line;
mod role_choice;
mod send_again;

pub(crate) use invite_form::InviteForm;
pub(crate) use mail_line::MailLine;
pub(crate) use member_line::member_line;
pub(crate) use role_choice::role_choice;
pub(crate) use send_again::{MAIL_IS_MISSING, SendAgain};
