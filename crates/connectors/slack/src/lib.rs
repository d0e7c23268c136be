//! The connector to Slack: calls of its Web API, what it posts to us with its signature, and texts in its markup.
//!
//! The destinations of posts and the meaning of replies are not decided here.

pub mod blocks;
mod client;
pub mod incoming;
mod manifest;
mod post;
mod refusal;
pub mod signature;
pub mod text;
mod token;
mod ts;
mod user;

pub use client::{AuthTest, Channel, Client, FILE_LIMIT, Installed, OauthApp, OauthCode, Page, Place, Posted};
pub use manifest::{SCOPES, manifest};
pub use post::{Metadata, Post};
pub use refusal::{Broken, Refusal, RefusalKind};
pub use token::{BadToken, Token};
pub use ts::Ts;
pub use user::{User, UserState};

#[cfg(test)]
mod fuzz;
