//! Google Calendar for tests: OAuth and its interface as far as Knock uses it, with its ways to fail.
//!
//! `tests/e2e/google-contract*.test.mjs` drive it with Google's own client. `README.md` says how it is steered.

mod api;
mod calendar;
mod clock;
mod control;
mod errors;
mod failure;
mod oauth;
pub mod pages;
mod push;
mod request;
mod route;
mod scopes;
mod server;
mod settings;
mod world;

pub use oauth::{CLIENT_ID, CLIENT_SECRET};
pub use server::Server;
pub use world::ACCOUNT;
