//! Google Calendar: busy time of a member's calendars, and the meetings that are booked in one.

mod account;
mod api;
mod app;
mod busy;
mod calendars;
mod channels;
mod client;
mod consent;
mod entry;
mod event;
mod found;
mod mirror;
mod oauth;
mod outcome;
mod pages;
mod settings;
mod vendor;
mod when;

pub use app::{CLIENT_ID, CLIENT_SECRET};
pub use consent::SCOPES;
pub use settings::{API_URL, AUTHORIZE_URL, EMAIL, REVOKE_URL, Settings, TOKEN_URL};
pub use vendor::GoogleVendor;
