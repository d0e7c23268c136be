//! Whose signals these are: visitor, session and evidence, in the storage that all tabs share.

use crate::host::Host;
use crate::outbox::id_text;
use crate::tracker::Tracker;
use crate::visit::{Session, is_id};
use alloc::string::String;
use knock_intent::{Evidence, provisional_type};
use knock_model::{Category, IntentType, Millis, SignalId};

const VISITOR: &str = "knock_v";
const SESSION: &str = "knock_s";
const EVIDENCE: &str = "knock_e";

impl Tracker {
    /// The visitor and the session of something done at `at`, with its number in that.
    pub(crate) fn claim(&mut self, host: &dyn Host, at: Millis) -> (String, i64) {
        self.recognise(host, at);
        let before = Session::parse(&host.get(SESSION));
        let session = Session::next(before, at, || new_id(host, at, i64::from(host.random())));
        host.set(SESSION, &session.to_text());
        let mut owner = self.visitor.clone();
        owner.push(' ');
        owner.push_str(&session.id);
        (owner, session.seq)
    }

    pub(crate) fn forget_identity(&mut self, host: &dyn Host) {
        self.visitor = String::new();
        for key in [VISITOR, SESSION, EVIDENCE] {
            host.remove(key);
        }
    }

    /// The stored visitor wins, so that tabs agree; a storage that was emptied gets ours again.
    fn recognise(&mut self, host: &dyn Host, at: Millis) {
        let stored = host.get(VISITOR);
        if is_id(&stored) {
            self.visitor = stored;
            return;
        }
        if self.visitor.is_empty() {
            self.visitor = new_id(host, at, i64::from(host.random()));
        }
        host.set(VISITOR, &self.visitor);
    }
}

/// Adds an action to the evidence; returns what all evidence suggests.
pub(crate) fn learn(host: &dyn Host, category: Category, strength: f64, at: Millis) -> IntentType {
    let mut evidence = Evidence::from_text(&host.get(EVIDENCE)).unwrap_or_default();
    if strength > 0.0 {
        evidence.add(category, strength, at);
        host.set(EVIDENCE, &evidence.to_text());
    }
    provisional_type(&evidence, at)
}

/// A new id for something that happened at `at`; all ids of ours are made alike. Of two with the same instant
/// the one with the smaller number sorts first (RFC 9562, a counter in the first random bits).
pub(crate) fn new_id(host: &dyn Host, at: Millis, number: i64) -> String {
    let mut random = [0; 10];
    for four in random.chunks_mut(4) {
        for (to, from) in four.iter_mut().zip(host.random().to_le_bytes()) {
            *to = from;
        }
    }
    if let [_, _, .., high, low] = number.to_be_bytes()
        && let [first, second, ..] = &mut random
    {
        (*first, *second) = (high, low);
    }
    id_text(&SignalId::new(at, &random))
}
