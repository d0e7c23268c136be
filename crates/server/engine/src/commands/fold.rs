//! Folding of signals into the scores of persons and companies.

use crate::changes::Changes;
use crate::first_touch::first_touch;
use crate::happened::{Happened, LastSentOfPerson};
use crate::notice::Notice;
use crate::sum;
use knock_intent::Weighed;
use knock_model::{AccountId, Bucket, LeadId, Millis};
use knock_ports::{Account, EVER, FirstTouch, Lead, Ledger, StoreError, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// The fields that follow from an address.
const ADDRESS: [&str; 4] = ["email", "email.is_disposable", "email.is_fake", "email.is_free"];

/// The persons whose signals changed.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// The new signals of each person, sorted by instant.
    grown: BTreeMap<LeadId, Vec<Weighed>>,
    /// The persons with a new page view.
    viewers: BTreeSet<LeadId>,
    /// The persons whose older signals changed.
    recut: BTreeSet<LeadId>,
    /// The persons into whom another record was merged, with their last sent state before.
    merged: BTreeMap<LeadId, LastSentOfPerson>,
    /// The persons with a new record, and the instant of its cause.
    created: Vec<(LeadId, Millis)>,
    /// The persons whose address became known: no event about them was sent yet.
    introduced: BTreeSet<LeadId>,
}

impl Touched {
    /// Adds a new signal of a person.
    pub(super) fn extend(&mut self, lead: LeadId, signal: Weighed) {
        self.grown.entry(lead).or_default().push(signal);
    }

    /// Notes a new page view of a person: it may be the first one.
    pub(super) fn viewed(&mut self, lead: LeadId) {
        self.viewers.insert(lead);
    }

    /// Notes the merge of two persons.
    pub(super) fn merged(&mut self, from: LeadId, into: LeadId, last_sent: LastSentOfPerson) {
        self.grown.remove(&from);
        self.recut.remove(&from);
        self.recut.insert(into);
        self.merged.entry(into).or_insert(last_sent);
    }

    /// Returns the persons into whom a record was merged, with their last sent state before: the chats are merged, too.
    pub(super) fn merges(&self) -> impl Iterator<Item = (LeadId, &LastSentOfPerson)> {
        self.merged.iter().map(|(lead, last_sent)| (*lead, last_sent))
    }

    /// Notes a new record of a person and the instant of its cause.
    pub(super) fn created(&mut self, lead: LeadId, at: Millis) {
        self.created.push((lead, at));
    }

    /// Notes that the address of a person became known.
    pub(super) fn introduced(&mut self, lead: LeadId) {
        self.introduced.insert(lead);
    }

    /// Notes that the signals of a person must be read again.
    pub(super) fn refold(&mut self, lead: LeadId) {
        self.recut.insert(lead);
    }
}

/// Brings all touched persons and their companies up to `now`.
pub(super) fn fold(
    ledger: &mut dyn Ledger,
    touched: &Touched,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (lead, at) in &touched.created {
        changes.happened(now, Happened::ContactCreated { lead: *lead, at: *at });
    }
    let mut accounts: BTreeMap<AccountId, Growth<'_>> = BTreeMap::new();
    let leads: BTreeSet<LeadId> = touched.grown.keys().chain(&touched.recut).copied().collect();
    for id in leads {
        let Some(mut lead) = ledger.lead(id)? else { continue };
        let former = lead.history.bucket;
        let is_introduced = touched.introduced.contains(&id);
        let before = former.filter(|_| !is_introduced);
        let new = touched.grown.get(&id).map(Vec::as_slice).unwrap_or_default();
        // A person without signals counts as seen at the claim; the first signal replaces that.
        let is_recut = touched.recut.contains(&id) || lead.signals == 0;
        if is_recut || new.iter().any(|signal| signal.at <= lead.history.until) {
            refold(ledger, &mut lead, now, changes)?;
        } else {
            grow(ledger, &mut lead, new, now)?;
            // The first page view may come after the record.
            if touched.viewers.contains(&id) && lead.first_touch.get(FirstTouch::LANDING_PAGE).is_empty() {
                lead.first_touch = first_touch(ledger, id)?;
            }
            keep(ledger, &lead, changes)?;
        }
        if lead.history.bucket != before {
            changes.happened(
                now,
                Happened::Scored {
                    lead: id,
                    previous: before,
                    former,
                    bucket: lead.history.bucket,
                    is_hidden: lead.is_spam,
                },
            );
        }
        if is_introduced {
            let before = ADDRESS.map(|field| (field.to_owned(), None));
            changes.happened(now, Happened::FieldsChanged { lead: id, before: before.to_vec() });
        }
        if !new.is_empty() && lead.email.is_some() {
            changes.happened(now, Happened::SignalsAdded { lead: id });
        }
        if let Some(account) = lead.account {
            let growth = accounts.entry(account).or_default();
            growth.new.extend(new);
            // Signals of a hidden person count only while all persons of the company are hidden.
            growth.is_recut |= is_recut || lead.is_spam;
        }
    }
    for (id, growth) in accounts {
        let scores = if growth.is_recut {
            refold_account(ledger, id, now, changes)?
        } else {
            grow_account(ledger, id, &growth.new, now, changes)?
        };
        tell_of_account(id, scores, now, changes);
    }
    changes.push(Notice::Timer);
    Ok(())
}

/// The new signals of a company's persons.
#[derive(Default)]
struct Growth<'t> {
    new: Vec<&'t Weighed>,
    is_recut: bool,
}

/// Adds new signals in the common case: all are later than the folded ones.
fn grow(ledger: &mut dyn Ledger, lead: &mut Lead, new: &[Weighed], now: Millis) -> Result<(), StoreError> {
    let mut changes = Vec::new();
    lead.history.add(new, &mut changes);
    lead.history.advance(now, &mut changes);
    ledger.append_changes(lead.id, &changes)?;
    lead.signals += sum::count(new);
    lead.last_seen_at = new.iter().map(|signal| signal.at).fold(lead.last_seen_at, Ord::max);
    Ok(())
}

/// A signal is older than the folded history: the history is read and folded again in the right order.
pub(super) fn refold(
    ledger: &mut dyn Ledger,
    lead: &mut Lead,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let signals = ledger.signals_of(lead.id, EVER)?;
    let past = ledger.past_of(lead.id)?;
    let horizon = past.horizon;
    if let Some(claimed) = ledger.claimed(lead.id)?.filter(|_| signals.is_empty() && past.seen.is_none()) {
        (lead.first_seen_at, lead.last_seen_at) = claimed;
    }
    let steps = sum::person(lead, past, &signals, now);
    lead.first_touch = first_touch(ledger, lead.id)?;
    let since = steps.partition_point(|change| change.at < horizon);
    ledger.forget_changes(lead.id, if since == 0 { Millis(i64::MIN) } else { horizon })?;
    ledger.append_changes(lead.id, &steps[since..])?;
    keep(ledger, lead, changes)
}

fn keep(ledger: &mut dyn Ledger, lead: &Lead, changes: &mut Changes) -> Result<(), StoreError> {
    ledger.save_lead(lead)?;
    ledger.set_timer(Subject::LeadScore(lead.id), lead.history.next_change_at)?;
    changes.push(Notice::Lead(lead.id));
    Ok(())
}

/// The bucket of a company before and after a change.
pub(super) type AccountScores = [Option<Bucket>; 2];

/// Says that the bucket of a company changed, if it did.
pub(super) fn tell_of_account(
    account: AccountId,
    [previous, bucket]: AccountScores,
    now: Millis,
    changes: &mut Changes,
) {
    if previous != bucket {
        changes.happened(now, Happened::AccountScored { account, previous, bucket });
    }
}

/// Computes a company from its persons again; the sums are exact, so adding only new signals gives the same result.
pub(super) fn refold_account(
    ledger: &mut dyn Ledger,
    id: AccountId,
    now: Millis,
    changes: &mut Changes,
) -> Result<AccountScores, StoreError> {
    let Some(mut account) = ledger.account(id)? else { return Ok([None, None]) };
    let before = account.history.bucket;
    sum::company(&mut account, &ledger.everybody_of(id)?, now);
    keep_account(ledger, &account, changes)?;
    Ok([before, account.history.bucket])
}

fn grow_account(
    ledger: &mut dyn Ledger,
    id: AccountId,
    new: &[&Weighed],
    now: Millis,
    changes: &mut Changes,
) -> Result<AccountScores, StoreError> {
    let Some(mut account) = ledger.account(id)? else { return Ok([None, None]) };
    let before = account.history.bucket;
    let mut evidence = std::mem::take(&mut account.history.evidence);
    for signal in new {
        evidence.add(signal.category, signal.strength, signal.at);
        account.first_seen_at = account.first_seen_at.min(signal.at);
        account.last_seen_at = account.last_seen_at.max(signal.at);
    }
    account.history.restate(evidence, now);
    account.signals += sum::count(new);
    keep_account(ledger, &account, changes)?;
    Ok([before, account.history.bucket])
}

fn keep_account(ledger: &mut dyn Ledger, account: &Account, changes: &mut Changes) -> Result<(), StoreError> {
    ledger.save_account(account)?;
    ledger.set_timer(Subject::AccountScore(account.id), account.history.next_change_at)?;
    changes.push(Notice::Account(account.id));
    Ok(())
}
