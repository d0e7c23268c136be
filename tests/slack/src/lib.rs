//! A server that behaves as Slack does: its Web API with limits and errors, its workspace with people who write, press
//! and leave, and its signed posts with their retries. What goes wrong is scripted (`README.md`).
//!
//! Its faithfulness is shown by `tests/e2e/slack-contract.test.mjs` and `tests/e2e/slack-contract-bolt.test.mjs`, in
//! which Slack's own clients use it.
//!
//! Whatever goes wrong in a test's use of it is a panic, which fails the test.
#![expect(clippy::missing_panics_doc, reason = "every function here fails the test that calls it")]

mod api;
mod clock;
mod control;
mod events;
mod markup;
mod server;
mod world;

pub use server::{Slack, serve};
pub use world::seed;
