//! Mails that a member asks for, what a lead does about mails, and mails that come.

pub(in crate::commands) mod bounce;
mod inbound;
mod read;
mod server;
mod sign_in;
mod stop;
mod stop_workflows;
mod take;
mod test;

pub use bounce::MailAnyway;
pub use inbound::{DropInboundMail, NoteInbound, SaveInboundMail};
pub use read::NoteRead;
pub use server::{DropMailServer, SaveMailServer, TestMailServer};
pub use sign_in::MailSignInLink;
pub use stop::StopMail;
pub use stop_workflows::StopWorkflowMail;
pub use take::{MailTaken, TakeMail, TakenMail};
pub use test::SendTestMail;
