//! Pending writes: held back until the end of the group, or until a statement could see them.

use super::Browser;
use crate::statement::{Query, Scope, Value};
use knock_identity::Claim;
use knock_intent::Change;
use knock_model::{AccountId, LeadId, Millis, SessionId, SiteId};
use knock_ports::{Account, Lead, NewSignal, SessionSequence, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A signal with its detail as text.
pub(crate) struct PendingSignal {
    pub(crate) browser: Browser,
    pub(crate) signal: NewSignal,
    pub(crate) detail: String,
}

/// A statement that answers nothing.
pub(crate) struct PendingStatement {
    /// The scope of the change.
    pub(crate) scope: Scope,
    pub(crate) sql: String,
    pub(crate) params: Vec<Value<'static>>,
}

/// Rows in the order of their keys: two servers never wait for each other's rows crosswise.
#[derive(Default)]
pub(crate) struct PendingWrites {
    pub(crate) signals: Vec<PendingSignal>,
    pub(crate) arrivals: BTreeSet<(Browser, Millis)>,
    pub(crate) sequences: BTreeMap<(Browser, SessionId), SessionSequence>,
    /// Browsers whose spans go, before those that are kept.
    pub(crate) forgotten: BTreeSet<Browser>,
    pub(crate) spans: BTreeMap<(Browser, Millis), Span>,
    pub(crate) claims: Vec<(Browser, Claim)>,
    pub(crate) leads: BTreeMap<LeadId, Lead>,
    pub(crate) accounts: BTreeMap<AccountId, Account>,
    pub(crate) changes: BTreeMap<(LeadId, Millis), Change>,
    /// New browsers, by the begin of the quarter, the site and the first touch as it is stored.
    pub(crate) visits: BTreeMap<(Millis, SiteId, String), i64>,
    /// The notice for peer servers.
    pub(crate) notice: Option<String>,
    /// By kind and subject.
    pub(crate) timers: BTreeMap<(i64, [u8; 16]), Option<Millis>>,
    /// In the order they were given, after all of the above.
    pub(crate) statements: Vec<PendingStatement>,
}

impl PendingWrites {
    /// Whether a statement could see or overwrite something of it.
    pub(crate) fn concerns(&self, sql: &str) -> bool {
        let tables = [
            ("signals", self.signals.is_empty()),
            ("arrivals", self.arrivals.is_empty()),
            ("session_sequences", self.sequences.is_empty()),
            ("spans", self.spans.is_empty() && self.forgotten.is_empty()),
            ("claims", self.claims.is_empty()),
            ("leads", self.leads.is_empty()),
            ("accounts", self.accounts.is_empty()),
            ("bucket_changes", self.changes.is_empty()),
            ("timers", self.timers.is_empty()),
            ("visit_counts", self.visits.is_empty()),
        ];
        tables.iter().any(|(table, is_empty)| !is_empty && sql.contains(table))
            || self.statements.iter().any(|kept| sql.contains(kept.scope.table))
    }

    /// Whether a query could see something of it.
    pub(crate) fn concerns_query(&self, query: &Query) -> bool {
        let scope = &query.scope;
        match scope.table {
            "signals" => self.signals.iter().any(|kept| scope.key == Some(*kept.browser.1.as_bytes())),
            "spans" => {
                !self.forgotten.is_empty()
                    || self.spans.values().any(|span| span.lead.is_some_and(|lead| scope.key == Some(*lead.as_bytes())))
            }
            _ => self.statements.iter().any(|kept| kept.scope.meets(scope)),
        }
    }
}
