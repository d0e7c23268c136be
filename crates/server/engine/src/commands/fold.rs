//! From signals to the score of a person and of their company.

use super::chat_status;
use crate::notice::Notice;
use knock_intent::{Evidence, History, Weighed};
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{Account, Lead, Ledger, StoreError, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// The persons whose signals changed.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// New signals of each, sorted by instant.
    grown: BTreeMap<LeadId, Vec<Weighed>>,
    /// Those whose older signals are not what they were.
    recut: BTreeSet<LeadId>,
    /// Those who took over what another record held.
    merged: BTreeSet<LeadId>,
}

impl Touched {
    /// A person got a new signal.
    pub(super) fn extend(&mut self, lead: LeadId, signal: Weighed) {
        self.grown.entry(lead).or_default().push(signal);
    }

    /// Two persons turned out to be one.
    pub(super) fn merged(&mut self, from: LeadId, into: LeadId) {
        self.grown.remove(&from);
        self.recut.remove(&from);
        self.recut.insert(into);
        self.merged.insert(into);
    }

    /// Those who were two persons before.
    pub(super) fn merged_into(&self) -> impl Iterator<Item = LeadId> {
        self.merged.iter().copied()
    }

    /// A person's signals must be read again.
    pub(super) fn refold(&mut self, lead: LeadId) {
        self.recut.insert(lead);
    }
}

/// Brings everybody touched, and their companies, up to `now`.
pub(super) fn fold(
    ledger: &mut dyn Ledger,
    touched: &Touched,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let mut accounts: BTreeMap<AccountId, Growth<'_>> = BTreeMap::new();
    let leads: BTreeSet<LeadId> = touched.grown.keys().chain(&touched.recut).copied().collect();
    for id in leads {
        let Some(mut lead) = ledger.lead(id)? else { continue };
        let new = touched.grown.get(&id).map(Vec::as_slice).unwrap_or_default();
        let is_recut = touched.recut.contains(&id);
        if is_recut || new.iter().any(|signal| signal.at <= lead.history.until) {
            refold(ledger, &mut lead, now)?;
        } else {
            grow(ledger, &mut lead, new, now)?;
        }
        ledger.save_lead(&lead)?;
        ledger.set_timer(Subject::LeadScore(id), lead.history.next_change_at)?;
        notices.push(Notice::Lead(id));
        if let Some(account) = lead.account {
            let growth = accounts.entry(account).or_default();
            growth.new.extend(new.iter().filter(|_| !lead.is_spam));
            growth.is_recut |= is_recut;
        }
    }
    for id in touched.merged_into() {
        chat_status::settle(ledger, id, now, notices)?;
    }
    for (id, growth) in accounts {
        fold_account(ledger, id, &growth, now, notices)?;
    }
    notices.push(Notice::Timer);
    Ok(())
}

/// What a company's persons did.
#[derive(Default)]
struct Growth<'t> {
    new: Vec<&'t Weighed>,
    is_recut: bool,
}

/// The common case: what is new lies after all that was folded.
fn grow(ledger: &mut dyn Ledger, lead: &mut Lead, new: &[Weighed], now: Millis) -> Result<(), StoreError> {
    let mut changes = Vec::new();
    lead.history.add(new, &mut changes);
    lead.history.advance(now, &mut changes);
    ledger.append_changes(lead.id, &changes)?;
    lead.signals += count(new);
    lead.last_seen_at = new.iter().map(|signal| signal.at).fold(lead.last_seen_at, Ord::max);
    Ok(())
}

/// Something lies before what was folded: the history is read and folded again, as it should have been.
fn refold(ledger: &mut dyn Ledger, lead: &mut Lead, now: Millis) -> Result<(), StoreError> {
    let mut signals = Vec::new();
    for (span, to) in ledger.spans_of_lead(lead.id)? {
        signals.extend(ledger.weighed(span.site, span.visitor, span.from_at, to)?);
    }
    signals.sort_by_key(|signal| (signal.at, signal.id));
    let mut changes = Vec::new();
    lead.history = History::default();
    lead.history.add(&signals, &mut changes);
    lead.history.advance(now, &mut changes);
    ledger.forget_changes(lead.id)?;
    ledger.append_changes(lead.id, &changes)?;
    lead.signals = count(&signals);
    lead.first_seen_at = signals.first().map_or(lead.first_seen_at, |signal| signal.at);
    lead.last_seen_at = signals.last().map_or(lead.last_seen_at, |signal| signal.at);
    Ok(())
}

/// A company is the sum of its persons; the sums are exact, so adding what is new or adding all up again is the same.
fn fold_account(
    ledger: &mut dyn Ledger,
    id: AccountId,
    growth: &Growth<'_>,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let Some(mut account) = ledger.account(id)? else { return Ok(()) };
    if growth.is_recut {
        sum_up(&mut account, &ledger.leads_of_account(id)?, now);
    } else {
        add_up(&mut account, &growth.new, now);
    }
    ledger.save_account(&account)?;
    ledger.set_timer(Subject::AccountScore(id), account.history.next_change_at)?;
    notices.push(Notice::Account(id));
    Ok(())
}

fn add_up(account: &mut Account, new: &[&Weighed], now: Millis) {
    let mut evidence = std::mem::take(&mut account.history.evidence);
    for signal in new {
        evidence.add(signal.category, signal.strength, signal.at);
        account.first_seen_at = account.first_seen_at.min(signal.at);
        account.last_seen_at = account.last_seen_at.max(signal.at);
    }
    account.history.restate(evidence, now);
    account.signals += i64::try_from(new.len()).unwrap_or(i64::MAX);
}

fn sum_up(account: &mut Account, leads: &[Lead], now: Millis) {
    let leads: Vec<&Lead> = leads.iter().filter(|lead| !lead.is_spam).collect();
    let mut evidence = Evidence::default();
    leads.iter().for_each(|lead| evidence.merge(&lead.history.evidence));
    account.history.restate(evidence, now);
    account.contacts = i64::try_from(leads.len()).unwrap_or(i64::MAX);
    account.signals = leads.iter().map(|lead| lead.signals).sum();
    account.first_seen_at = leads.iter().map(|lead| lead.first_seen_at).min().unwrap_or(account.first_seen_at);
    account.last_seen_at = leads.iter().map(|lead| lead.last_seen_at).max().unwrap_or(account.last_seen_at);
}

fn count(signals: &[Weighed]) -> i64 {
    i64::try_from(signals.len()).unwrap_or(i64::MAX)
}
