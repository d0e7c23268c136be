//! The visitor's ids: those of the tracker, or new ones under the same keys.

use knock_model::{Millis, SessionId, VisitorId};

const VISITOR: &str = "knock_v";
/// The storage key of the session: its id, the instant of its last signal, and that signal's number.
const SESSION: &str = "knock_s";
/// The storage key of the id of the browser with the secret that opens its conversations again.
const SECRET: &str = "knock_k";
/// Inactivity that ends a session.
const IDLE: i64 = 30 * 60_000;

/// The storage of the ids.
pub(crate) trait Storage {
    /// The stored text under a key; empty for none.
    fn recall(&self, key: &str) -> String;
    /// Stores a text under a key.
    fn keep(&self, key: &str, text: &str);
}

/// The ids of a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The id of the browser.
    pub(crate) visitor: String,
    /// The id of the session.
    pub(crate) session: String,
}

/// The id of the browser, if it has one.
pub(crate) fn visitor(storage: &impl Storage) -> Option<String> {
    let text = storage.recall(VISITOR);
    VisitorId::parse(&text).is_ok().then_some(text)
}

/// The ids at the instant `now`; missing or expired ones are replaced by `new`.
pub(crate) fn claim(storage: &impl Storage, now: Millis, new: impl Fn() -> (VisitorId, SessionId)) -> Identity {
    let visitor = visitor(storage).unwrap_or_else(|| {
        let made = new().0.to_string();
        storage.keep(VISITOR, &made);
        made
    });
    let session = session(&storage.recall(SESSION), now).unwrap_or_else(|| {
        let made = new().1.to_string();
        storage.keep(SESSION, &format!("{made} {} 0", now.0));
        made
    });
    Identity { visitor, session }
}

/// The secret that opens this browser's conversations again: stored with its id, created by `new` if missing.
pub(crate) fn secret(storage: &impl Storage, visitor: &str, new: impl FnOnce() -> String) -> String {
    let kept = storage.recall(SECRET);
    if let Some((_, secret)) = kept.split_once(' ').filter(|(of, _)| *of == visitor) {
        return secret.to_owned();
    }
    let made = new();
    storage.keep(SECRET, &format!("{visitor} {made}"));
    made
}

/// Whether this browser has a secret.
pub(crate) fn has_secret(storage: &impl Storage) -> bool {
    !storage.recall(SECRET).is_empty()
}

/// The session of a stored text, unless it has expired.
fn session(text: &str, now: Millis) -> Option<String> {
    let mut words = text.split(' ');
    let (id, last) = (words.next()?, words.next()?.parse().ok()?);
    let is_open = (now - Millis(last)).0.saturating_abs() < IDLE;
    (is_open && SessionId::parse(id).is_ok()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use wasm_bindgen_test::wasm_bindgen_test;

    const NOW: Millis = Millis(1_795_163_907_000);
    const VISITOR_ID: &str = "019f0000-0000-7000-8000-000000000001";
    const SESSION_ID: &str = "019f0000-0000-7000-8000-000000000002";

    impl Storage for RefCell<BTreeMap<String, String>> {
        fn recall(&self, key: &str) -> String {
            self.borrow().get(key).cloned().unwrap_or_default()
        }

        fn keep(&self, key: &str, text: &str) {
            self.borrow_mut().insert(key.to_owned(), text.to_owned());
        }
    }

    fn claimed(visitor: &str, session: String) -> (Identity, BTreeMap<String, String>) {
        let storage = RefCell::new(BTreeMap::new());
        storage.keep(VISITOR, visitor);
        storage.keep(SESSION, &session);
        let identity = claim(&storage, NOW, || (VisitorId::new(NOW, &[1; 10]), SessionId::new(NOW, &[2; 10])));
        (identity, storage.into_inner())
    }

    #[wasm_bindgen_test]
    fn the_ids_of_the_tracker_are_taken_as_they_are() {
        let text = format!("{SESSION_ID} {} 7", NOW.0 - IDLE + 1);
        let (identity, storage) = claimed(VISITOR_ID, text.clone());
        assert_eq!((identity.visitor.as_str(), identity.session.as_str()), (VISITOR_ID, SESSION_ID));
        assert_eq!(storage[SESSION], text);
    }

    #[wasm_bindgen_test]
    fn a_secret_is_of_one_browser() {
        let storage = RefCell::new(BTreeMap::new());
        let of = |visitor: &str, new: &str| secret(&storage, visitor, || new.to_owned());
        assert_eq!((of("a", "1").as_str(), of("a", "2").as_str()), ("1", "1"));
        assert_eq!((of("b", "3").as_str(), of("b", "4").as_str()), ("3", "3"), "after a reset");
    }

    #[wasm_bindgen_test]
    fn missing_and_outdated_ones_are_made_and_stored_for_the_tracker() {
        for (visitor, session) in [
            (String::new(), String::new()),
            ("x".to_owned(), "x 1 2".to_owned()),
            (String::new(), format!("{SESSION_ID} {} 7", NOW.0 - IDLE)),
        ] {
            let (identity, storage) = claimed(&visitor, session);
            assert_eq!(storage[VISITOR], identity.visitor);
            assert_eq!(storage[SESSION], format!("{} {} 0", identity.session, NOW.0));
            assert!(VisitorId::parse(&identity.visitor).is_ok() && SessionId::parse(&identity.session).is_ok());
        }
    }
}
