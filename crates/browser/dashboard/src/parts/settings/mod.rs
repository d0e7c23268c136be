//! Settings: mail, the team, keys.

mod invite_form;
mod key_form;
mod key_line;
mod mail_line;
mod member_line;
mod role_choice;
mod send_again;

pub(crate) use invite_form::InviteForm;
pub(crate) use key_form::KeyForm;
pub(crate) use key_line::key_line;
pub(crate) use mail_line::MailLine;
pub(crate) use member_line::member_line;
pub(crate) use role_choice::{role_choice, role_options};
pub(crate) use send_again::{MAIL_IS_MISSING, SendAgain};
