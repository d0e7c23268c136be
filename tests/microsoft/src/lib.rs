//! Microsoft's identity platform and Graph calendars for tests, with their ways to fail.
//!
//! Each module names the page of Microsoft's documentation that its answers follow. `README.md` says how the server is
//! steered; `tests/e2e/microsoft-contract.test.mjs` drives it with Microsoft's own client.

mod access;
mod account;
mod calendars;
mod calls;
mod control;
mod deliver;
mod delta;
mod edit;
mod errors;
mod event;
mod events;
mod failure;
mod identity;
mod ids;
#[cfg(test)]
mod law;
mod moment;
mod notify;
mod prefer;
mod query;
mod recurrence;
mod request;
mod route;
mod schedule;
pub mod seed;
mod server;
mod settings;
mod show;
mod subscriptions;
mod world;
mod write;
mod zones;

pub use server::Server;
