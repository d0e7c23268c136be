//! Write-behind cache of a group of commands: rows prefetched for all of them, changes written back together.
//!
//! Between this server and its database lies a network. A command asks row by row; here its questions about browsers,
//! their signals, persons and companies are answered from what was read ahead, and what it changes is kept back.
//! A statement that could see what is kept back makes it be written first.

mod answers;
mod pending_writes;
mod prefetch_set;

pub(crate) use answers::Answers;
pub(crate) use pending_writes::{PendingSignal, PendingStatement, PendingWrites};
pub(crate) use prefetch_set::PrefetchSet;

use crate::statement::Scope;
use knock_identity::Claim;
use knock_intent::Change;
use knock_model::{AccountId, Category, LeadId, SessionId, SignalId, SignalType, SiteId, ViewId, VisitorId};
use knock_ports::{Account, Lead, NewSignal, SessionSequence, Span};
use std::collections::HashMap;

/// Sessions, browsers, persons or companies that are remembered.
const MOST: usize = 8_192;

pub(crate) type Browser = (SiteId, VisitorId);

/// All that is known ahead, and what of it is not written yet.
#[derive(Default)]
pub(crate) struct WriteBehind {
    /// The foreseen reads that are not done yet.
    pub(crate) foreseen: PrefetchSet,
    /// The writes that are not done yet.
    pub(crate) kept: PendingWrites,
    pub(crate) answers: Answers,
    signals: HashMap<(Browser, SignalId), Option<Category>>,
    engaged: HashMap<(Browser, ViewId), bool>,
    sequences: HashMap<(Browser, SessionId), SessionSequence>,
    spans: HashMap<Browser, Vec<Span>>,
    claims: HashMap<VisitorId, Vec<(SiteId, Claim)>>,
    leads: HashMap<LeadId, Option<Lead>>,
    accounts: HashMap<AccountId, Option<Account>>,
}

/// Signals.
impl WriteBehind {
    /// The category of a signal, none when it is not stored; nothing when that is not known.
    pub(crate) fn category_of(&self, browser: Browser, id: SignalId) -> Option<Option<Category>> {
        self.signals.get(&(browser, id)).copied()
    }

    pub(crate) fn know_signal(&mut self, browser: Browser, id: SignalId, category: Option<Category>) {
        self.signals.insert((browser, id), category);
    }

    /// Stores a signal of which is known whether it is there; false when it is.
    pub(crate) fn append_signal(&mut self, browser: Browser, signal: &NewSignal, detail: String) -> bool {
        if self.category_of(browser, signal.id).flatten().is_some() {
            return false;
        }
        self.know_signal(browser, signal.id, Some(signal.category));
        let is_engagement = signal.kind == SignalType::Engagement && signal.strength > 0.0;
        if let Some(view) = signal.view.filter(|view| is_engagement && signal.id.as_bytes() >= view.as_bytes()) {
            self.engaged.insert((browser, view), true);
        }
        self.answers.forget(&Scope::of("signals", browser.1.as_bytes()));
        self.kept.signals.push(PendingSignal { browser, signal: signal.clone(), detail });
        true
    }

    pub(crate) fn is_engaged(&self, browser: Browser, view: ViewId) -> Option<bool> {
        self.engaged.get(&(browser, view)).copied()
    }

    pub(crate) fn know_engaged(&mut self, browser: Browser, view: ViewId, is_engaged: bool) {
        self.engaged.insert((browser, view), is_engaged);
    }
}

/// Sessions.
impl WriteBehind {
    pub(crate) fn sequence(&self, browser: Browser, session: SessionId) -> Option<SessionSequence> {
        self.sequences.get(&(browser, session)).cloned()
    }

    pub(crate) fn knows_sequence(&self, browser: Browser, session: SessionId) -> bool {
        self.sequences.contains_key(&(browser, session))
    }

    pub(crate) fn know_no_sequence(&mut self, browser: Browser, session: SessionId) {
        self.sequences.insert((browser, session), SessionSequence::default());
    }

    pub(crate) fn know_sequence(&mut self, browser: Browser, session: SessionId, sequence: SessionSequence) {
        self.sequences.insert((browser, session), sequence);
    }

    /// Another session of which not enough is known.
    pub(crate) fn forget_sequence(&mut self, browser: Browser, session: SessionId) {
        self.sequences.remove(&(browser, session));
    }

    pub(crate) fn save_sequence(&mut self, browser: Browser, session: SessionId, sequence: &SessionSequence) {
        self.sequences.insert((browser, session), sequence.clone());
        self.kept.sequences.insert((browser, session), sequence.clone());
    }
}

/// Spans and claims.
impl WriteBehind {
    pub(crate) fn spans(&self, browser: Browser) -> Option<Vec<Span>> {
        self.spans.get(&browser).cloned()
    }

    /// Whether its spans and claims are known, and with them its persons and companies.
    pub(crate) fn knows_browser(&self, browser: Browser) -> bool {
        self.spans.contains_key(&browser) && self.claims.contains_key(&browser.1)
    }

    /// Records that a browser has no spans and no claims.
    pub(crate) fn know_nothing_of(&mut self, browser: Browser) {
        self.spans.insert(browser, Vec::new());
        self.claims.insert(browser.1, Vec::new());
    }

    pub(crate) fn know_spans(&mut self, browser: Browser, spans: Vec<Span>) {
        self.spans.insert(browser, spans);
    }

    /// Another span of a browser whose spans are known so far, after all of these.
    pub(crate) fn know_span(&mut self, span: Span) {
        self.spans.entry((span.site, span.visitor)).or_default().push(span);
    }

    /// Stores a span of a browser whose spans are known.
    pub(crate) fn save_span(&mut self, span: &Span) {
        let browser = (span.site, span.visitor);
        let spans = self.spans.entry(browser).or_default();
        match spans.binary_search_by_key(&span.from_at, |known| known.from_at) {
            Ok(at) => spans[at].clone_from(span),
            Err(at) => spans.insert(at, span.clone()),
        }
        if let Some(lead) = span.lead {
            self.answers.forget(&Scope::of("spans", lead.as_bytes()));
        }
        self.kept.spans.insert((browser, span.from_at), span.clone());
    }

    pub(crate) fn forget_spans(&mut self, browser: Browser) {
        self.spans.insert(browser, Vec::new());
        self.answers.forget(&Scope::table("spans"));
        self.kept.spans.retain(|(of, _), _| *of != browser);
        self.kept.forgotten.insert(browser);
    }

    /// The claims on a browser, by instant and cause.
    pub(crate) fn claims(&self, visitor: VisitorId) -> Option<Vec<(SiteId, Claim)>> {
        self.claims.get(&visitor).cloned()
    }

    pub(crate) fn know_claims(&mut self, visitor: VisitorId, claims: Vec<(SiteId, Claim)>) {
        self.claims.insert(visitor, claims);
    }

    /// Another claim on a browser whose claims are known so far, after all of these.
    pub(crate) fn know_claim(&mut self, visitor: VisitorId, site: SiteId, claim: Claim) {
        self.claims.entry(visitor).or_default().push((site, claim));
    }

    /// Stores a claim on a browser whose claims are known, unless it is there.
    pub(crate) fn append_claim(&mut self, (site, visitor): Browser, claim: Claim) {
        let claims = self.claims.entry(visitor).or_default();
        if !claims.iter().any(|(on, known)| *on == site && known.cause == claim.cause) {
            let at = claims.partition_point(|(_, known)| (known.at, known.cause) <= (claim.at, claim.cause));
            claims.insert(at, (site, claim));
            self.kept.claims.push(((site, visitor), claim));
        }
    }
}

/// Persons and companies.
impl WriteBehind {
    pub(crate) fn lead(&self, id: LeadId) -> Option<Option<Lead>> {
        self.leads.get(&id).cloned()
    }

    pub(crate) fn know_lead(&mut self, id: LeadId, lead: Option<Lead>) {
        self.leads.insert(id, lead);
    }

    pub(crate) fn save_lead(&mut self, lead: &Lead) {
        self.leads.insert(lead.id, Some(lead.clone()));
        self.kept.leads.insert(lead.id, lead.clone());
    }

    pub(crate) fn account(&self, id: AccountId) -> Option<Option<Account>> {
        self.accounts.get(&id).cloned()
    }

    pub(crate) fn know_account(&mut self, id: AccountId, account: Option<Account>) {
        self.accounts.insert(id, account);
    }

    pub(crate) fn save_account(&mut self, account: &Account) {
        self.accounts.insert(account.id, Some(account.clone()));
        self.kept.accounts.insert(account.id, account.clone());
    }

    pub(crate) fn append_change(&mut self, lead: LeadId, change: &Change) {
        let kept = self.kept.changes.entry((lead, change.at)).or_insert(*change);
        (kept.to, kept.cause) = (change.to, change.cause);
    }
}

/// The whole.
impl WriteBehind {
    /// The cache that is kept after all of it is written; none if it is too large. Signals are not kept.
    pub(crate) fn remembered(mut self) -> Option<WriteBehind> {
        (self.kept, self.foreseen) = Default::default();
        self.signals.clear();
        self.engaged.clear();
        self.answers.keep_tables();
        let largest = [
            self.sequences.len(),
            self.spans.len(),
            self.claims.len(),
            self.leads.len(),
            self.accounts.len(),
            self.answers.len(),
        ];
        largest.iter().all(|length| *length <= MOST).then_some(self)
    }

    /// Forgets what a statement may change. All that is kept back must be written before it runs.
    pub(crate) fn forget(&mut self, sql: &str) {
        self.answers.forget_named(sql);
        let mentions = |table: &str| sql.contains(table);
        if mentions("signals") {
            self.signals.clear();
            self.engaged.clear();
        }
        if mentions("session_sequences") {
            self.sequences.clear();
        }
        if mentions("spans") {
            self.spans.clear();
        }
        if mentions("claims") {
            self.claims.clear();
        }
        if mentions("leads") {
            self.leads.clear();
        }
        if mentions("accounts") {
            self.accounts.clear();
        }
    }
}
