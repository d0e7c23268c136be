//! What is kept back until the end of the group, or until a statement could see it.

use super::Browser;
use knock_intent::Change;
use knock_model::{AccountId, LeadId, Millis, SessionId};
use knock_ports::{Account, Claim, Lead, NewSignal, Span, Visit};
use std::collections::{BTreeMap, BTreeSet};

/// A signal with its detail as text.
pub(crate) struct KeptSignal {
    pub(crate) browser: Browser,
    pub(crate) signal: NewSignal,
    pub(crate) detail: String,
}

/// Rows in the order of their keys: two servers never wait for each other's rows crosswise.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) signals: Vec<KeptSignal>,
    pub(crate) arrivals: BTreeSet<(Browser, Millis)>,
    pub(crate) visits: BTreeMap<(Browser, SessionId), Visit>,
    /// Browsers whose spans go, before those that are kept.
    pub(crate) forgotten: BTreeSet<Browser>,
    pub(crate) spans: BTreeMap<(Browser, Millis), Span>,
    pub(crate) claims: Vec<(Browser, Claim)>,
    pub(crate) leads: BTreeMap<LeadId, Lead>,
    pub(crate) accounts: BTreeMap<AccountId, Account>,
    pub(crate) changes: BTreeMap<(LeadId, Millis), Change>,
    /// For other servers.
    pub(crate) told: Option<String>,
    /// By kind and subject.
    pub(crate) timers: BTreeMap<(i64, [u8; 16]), Option<Millis>>,
}

impl Kept {
    /// Whether a statement could see or overwrite something of it.
    pub(crate) fn concerns(&self, sql: &str) -> bool {
        let tables = [
            ("signals", self.signals.is_empty()),
            ("arrivals", self.arrivals.is_empty()),
            ("visits", self.visits.is_empty()),
            ("spans", self.spans.is_empty() && self.forgotten.is_empty()),
            ("claims", self.claims.is_empty()),
            ("leads", self.leads.is_empty()),
            ("accounts", self.accounts.is_empty()),
            ("bucket_changes", self.changes.is_empty()),
            ("timers", self.timers.is_empty()),
        ];
        tables.iter().any(|(table, is_empty)| !is_empty && sql.contains(table))
    }
}
