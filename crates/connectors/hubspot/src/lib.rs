//! The connector to HubSpot: the port `Crm` over its dated interface.

mod access;
mod account;
mod api;
mod batch;
mod changes;
mod find;
mod format;
mod hubspot;
mod limiter;
mod meeting;
mod note;
mod oauth;
mod outcome;
mod owners;
mod paths;
mod read;
mod schema;
mod scopes;
mod vendor;
mod write;

pub use access::Access;
pub use hubspot::{HubSpot, Settings};
pub use limiter::{Limits, OAUTH_APP, PRIVATE_APP, SEARCHES_PER_SECOND};
pub use oauth::{AUTHORIZE_URL, OAuthApp, authorize_url, exchange};
pub use vendor::{CLIENT_ID, CLIENT_SECRET, HubSpotVendor, TOKEN, VendorSettings};
