//! The connector to an SMTP server: what is written, how it is sent, what an answer means.

mod client;
mod config;
mod mapping;
mod message;
mod outcome;
mod texts;
mod wait;

pub use client::MailConnector;
pub use config::{InvalidConfig, Smtp};
pub use mapping::{Letter, Links, UnreadableEffect, letter};
