//! Calls of the Web API: one attempt each, through the guarded outgoing HTTP.

mod access;
mod call;
mod chat;
mod conversations;
mod files;
mod users;
mod views;

pub use access::{AuthTest, Installed, OauthApp, OauthCode};
pub use chat::Posted;
pub use conversations::{Channel, Place};
pub use files::FILE_LIMIT;

use knock_outbound::Outbound;
use url::Url;

/// Asks Slack. Calls never retry and never wait: that is the caller's.
#[derive(Clone)]
pub struct Client {
    outbound: Outbound,
    base: Url,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; none on the last one.
    pub next: Option<String>,
}

impl Client {
    /// One that asks Slack at an address, such as `https://slack.com/api/`.
    pub fn new(outbound: Outbound, api_url: Url) -> Client {
        let mut base = api_url;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Client { outbound, base }
    }

    /// Whether an address is at the host and port that the Web API is asked at.
    fn is_at_base(&self, url: &Url) -> bool {
        self.base.origin() == url.origin()
    }
}
