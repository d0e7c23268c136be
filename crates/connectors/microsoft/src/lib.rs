//! Microsoft 365 and Outlook.com as a provider of calendars, over Microsoft Graph: busy time of a member's calendars,
//! and the meetings that are written into them.
//!
//! Series are repeated by Graph. What cannot be read is a failure, never free time.

mod account;
mod app;
mod busy;
mod calendars;
mod entry;
mod event;
mod found;
mod graph;
mod identity;
mod mirror;
mod oauth;
mod outcome;
mod push;
mod scopes;
mod there;
mod vendor;

pub use account::{EMAIL, USER_ID};
pub use app::{CLIENT_ID, CLIENT_SECRET, TENANT};
pub use identity::AUTHORITY_URL;
pub use scopes::SCOPES;
pub use vendor::{API_URL, MicrosoftVendor, VendorSettings};
