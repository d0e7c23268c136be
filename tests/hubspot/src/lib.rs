//! HubSpot for tests: its interface as far as Knock uses it, with its ways to fail.
//!
//! `tests/e2e/hubspot-contract.test.mjs` drives it with HubSpot's own client. `README.md` says how it is steered.

mod associations;
mod batch;
mod consent;
mod control;
mod definition;
mod errors;
mod failure;
mod limits;
mod objects;
mod owner;
mod owners;
mod pages;
mod properties;
mod record;
mod request;
mod route;
mod search;
mod server;
mod settings;
mod shape;
mod standard;
mod token;
mod tokens;
mod validate;
mod world;

pub use server::Server;
