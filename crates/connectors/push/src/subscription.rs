//! A push subscription: the endpoint of a browser, and its keys.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use url::Url;
use web_push_native::Auth;
use web_push_native::p256::PublicKey;

/// A subscription as a browser gives it, and as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The address at the browser's push service.
    pub endpoint: String,
    /// The browser's public key: a point of P-256, base64url.
    pub p256dh: String,
    /// A secret of 16 bytes that the browser shares, base64url.
    pub auth: String,
}

/// The field that is wrong, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSubscription {
    pub field: &'static str,
    pub reason: &'static str,
}

/// A subscription, read.
pub(crate) struct Read {
    pub(crate) endpoint: Url,
    pub(crate) key: PublicKey,
    pub(crate) auth: Auth,
}

impl Subscription {
    /// The address, when all fields can be used.
    ///
    /// # Errors
    /// When one cannot.
    pub fn check(&self) -> Result<Url, InvalidSubscription> {
        self.read().map(|read| read.endpoint)
    }

    pub(crate) fn read(&self) -> Result<Read, InvalidSubscription> {
        let wrong = |field, reason| InvalidSubscription { field, reason };
        let endpoint = Url::parse(&self.endpoint).ok().filter(|url| url.has_host());
        let endpoint = endpoint.ok_or(wrong("endpoint", "is no address"))?;
        let key = decoded(&self.p256dh).and_then(|bytes| PublicKey::from_sec1_bytes(&bytes).ok());
        let key = key.ok_or(wrong("p256dh", "is no public key of P-256 in base64url"))?;
        let auth = decoded(&self.auth).and_then(Auth::from_exact_iter);
        let auth = auth.ok_or(wrong("auth", "is no secret of 16 bytes in base64url"))?;
        Ok(Read { endpoint, key, auth })
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
