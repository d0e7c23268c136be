//! What the tracker needs of the world around it.

use alloc::string::String;
use knock_model::Millis;

/// The page, the browser's storage and the way to the server. No call fails; whatever happens is told
/// to the tracker in a later message.
pub(crate) trait Host {
    /// 32 random bits.
    fn random(&self) -> u32;

    /// Begins or ends telling what happens on the page.
    fn watch(&self, is_on: bool);

    /// Sends the message `kind` after a while; a later call for it replaces an earlier one.
    fn wake(&self, kind: &str, delay: Millis);

    /// Posts a batch; one message `reply` follows.
    fn post(&self, body: &str);

    /// Hands a batch to the browser to deliver after the page; whether it was taken.
    fn hand(&self, body: &str) -> bool;

    /// Tells the page what the visitor seems to want.
    fn intent(&self, category: &str, kind: &str);

    /// The text kept under a key in the browser's storage, or in memory where that is blocked; empty for none.
    fn get(&self, key: &str) -> String;

    /// Keeps a text.
    fn set(&self, key: &str, text: &str);

    /// Removes a text.
    fn remove(&self, key: &str);

    /// The keys in the browser's storage that begin with `prefix`, one per line.
    fn keys(&self, prefix: &str) -> String;
}
