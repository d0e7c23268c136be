//! The connector to an SMTP server: what is written, how it is sent, what an answer means.

mod address;
mod brand;
mod client;
mod config;
mod confirmation;
mod in_use;
mod letter;
mod links;
mod mapping;
mod meeting;
mod message;
mod outcome;
mod personal;
mod reach;
mod refusal;
mod reply;
mod step;
mod team_server;
mod texts;
mod transcript;
mod wait;
mod when;

pub use brand::{Brand, BrandOf};
pub use client::MailConnector;
pub use config::{InvalidConfig, Smtp};
pub use in_use::SmtpInUse;
pub use letter::{CalendarFile, Letter, UnreadableEffect};
pub use links::Links;
pub use mapping::letter;
pub use meeting::{manage_words, with_link};
pub use reach::{Account, TRY_TIMEOUT};
pub use refusal::Refusal;
pub use step::Step;
pub use team_server::{Sender, TeamServer};
pub use transcript::transcript_text;
pub use when::span;
