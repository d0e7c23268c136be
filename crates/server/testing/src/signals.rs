//! Signals in the form of a browser on the demo site.

use knock_model::{Millis, SignalId};
use serde_json::{Value, json};

/// An origin that the demo site accepts.
pub const ORIGIN: &str = "http://127.0.0.1:4000";

/// The instant at which all visitors were first seen.
const FIRST_SEEN: i64 = 1_700_000_000_000;

/// Returns an id (UUIDv7) for an instant, unique by `n`.
pub fn id(at: i64, n: u64) -> String {
    let mut random = [0u8; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    SignalId::new(Millis(at), &random).to_string()
}

/// Returns the id of a visitor, and of its only session.
pub fn visitor_id(number: u64) -> String {
    id(FIRST_SEEN, number)
}

/// Returns a signal at an instant.
pub fn signal(at: i64, n: u64, kind: &str, path: &str) -> Value {
    json!({"id": id(at, n), "at": at, "type": kind, "url": format!("{ORIGIN}/demo{path}")})
}

/// Returns an `identify` at an instant.
pub fn identify(at: i64, n: u64, email: &str) -> Value {
    let mut signal = signal(at, n, "identify", "/contact");
    signal["props"] = json!({"email": email, "name": "Ann Lee"});
    signal
}

/// Returns a batch of a visitor.
pub fn batch(site: &str, visitor: u64, sent_at: i64, signals: &[Value]) -> Value {
    let visitor = visitor_id(visitor);
    json!({"v": 1, "site": site, "visitor": visitor, "session": visitor, "sent_at": sent_at, "signals": signals})
}
