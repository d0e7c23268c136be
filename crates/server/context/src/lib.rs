//! What every part of the server works with: the store, the writer, clock and chance, the key and the address; and what
//! follows from these alone: sealed credentials, secrets that are given out, reads, installations, received files.

mod browser_session;
mod core;
mod credentials;
mod form_part;
mod in_flight;
mod key;
mod not_configured;
mod oauth;
mod oauth_tokens;
mod reading;
mod received_file;
mod sealed;
mod secret;
mod who;

pub use browser_session::BrowserSession;
pub use core::{Core, PublicAddress};
pub use credentials::{credentials_of, credentials_text};
pub use form_part::FormPart;
pub use in_flight::{Requests, Turn};
pub use key::ServerKey;
pub use not_configured::NotConfigured;
pub use oauth::{Installer, Stopped, begin, take};
pub use oauth_tokens::{NewTokens, tokens_of, tokens_text};
pub use reading::read;
pub use received_file::{Kept, NotKept, keep, look_picture, portrait};
pub use sealed::Seal;
pub use secret::{hash, new_secret, public_id, random10};
pub use who::{AddressOfLead, Who};
