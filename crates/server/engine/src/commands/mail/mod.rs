//! Mails that a member asks for, and what a lead does about mails.

pub(in crate::commands) mod budget;
mod read;
mod sign_in;
mod stop;
mod test;

pub use read::NoteRead;
pub use sign_in::MailSignInLink;
pub use stop::StopMail;
pub use test::SendTestMail;
