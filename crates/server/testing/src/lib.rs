//! A real `knock` process for tests and benches, its clients (a site, its visitors, their chats) and the services it
//! uses (servers of mail and mailboxes, a calendar server, a receiver of webhooks).
//!
//! `crates/server/app/tests/http/chat.rs` shows their use.
//!
//! Every failure here is a panic, which fails the test; its message is the expectation.
#![expect(clippy::missing_panics_doc, reason = "every function here fails the test that calls it")]

mod agent;
mod asking;
mod binary;
mod calendar_server;
mod chat;
mod clock;
mod commands;
mod greeting;
mod imap_server;
mod late;
mod live;
mod mail_server;
mod output;
mod place;
mod process;
mod receiver;
mod reply;
mod server;
mod setup;
mod signals;
mod site;
mod usage;
mod visitor;
mod wait;

pub use binary::Binary;
pub use calendar_server::CalendarServer;
pub use chat::{Chat, FORM, form};
pub use clock::{now, stopwatch};
pub use imap_server::ImapServer;
pub use late::is_late;
pub use live::Live;
pub use mail_server::{Mail, MailServer, python};
pub use place::Place;
pub use process::Ended;
pub use receiver::{Answer, Heard, Receiver};
pub use reply::Reply;
pub use server::TestServer;
pub use setup::Setup;
pub use signals::{ORIGIN, batch, id, identify, signal, visitor_id};
pub use site::Site;
pub use usage::{Memory, cpu, memory};
pub use visitor::Visitor;
pub use wait::{eventually, found};

/// The header of a JSON body.
pub const JSON: (&str, &str) = ("content-type", "application/json");
