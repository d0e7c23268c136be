//! Sums of signals for a person and of persons for a company.

use knock_intent::{Change, Evidence, History, Weighed};
use knock_model::Millis;
use knock_ports::{Account, Lead, Past};

/// Sums up a person as of `now` from the carry-over and all stored signals, sorted by instant and id; returns the
/// changes of their bucket. First and last seen stay unchanged if there is no signal.
pub(crate) fn person(lead: &mut Lead, past: Past, signals: &[Weighed], now: Millis) -> Vec<Change> {
    lead.signals = past.signals + count(signals);
    let seen = signals.first().zip(signals.last()).map(|(first, last)| (first.at, last.at));
    let seen = past.seen.into_iter().chain(seen).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    if let Some(seen) = seen {
        (lead.first_seen_at, lead.last_seen_at) = seen;
    }
    let (before, since) = signals.split_at(signals.partition_point(|signal| signal.at < past.horizon));
    let mut changes = past.changes.clone();
    lead.history = resumed(past, before, &mut changes);
    lead.history.add(since, &mut changes);
    lead.history.advance(now, &mut changes);
    changes
}

/// Returns the history at the horizon.
fn resumed(past: Past, before: &[Weighed], changes: &mut Vec<Change>) -> History {
    let last = past.seen.map(|(_, last)| last).max(before.last().map(|signal| signal.at));
    let Some(last) = last else {
        // The earlier signals belong to another person now.
        changes.clear();
        return History::default();
    };
    let mut evidence = past.evidence;
    before.iter().for_each(|signal| evidence.add(signal.category, signal.strength, signal.at));
    let until = changes.last().map_or(last, |change| last.max(change.at));
    History::resume(evidence, changes.last().map(|change| change.to), until, past.horizon, changes)
}

/// Sums up a company as of `now`. Leads marked as spam add nothing (MS-08); if all are, first and last seen are still
/// theirs.
pub(crate) fn company(account: &mut Account, leads: &[Lead], now: Millis) {
    let visible: Vec<&Lead> = leads.iter().filter(|lead| !lead.is_spam).collect();
    let mut evidence = Evidence::default();
    visible.iter().for_each(|lead| evidence.merge(&lead.history.evidence));
    account.history.restate(evidence, now);
    account.contacts = count(&visible);
    account.signals = visible.iter().map(|lead| lead.signals).sum();
    let seen = if visible.is_empty() { leads.iter().collect() } else { visible };
    account.first_seen_at = seen.iter().map(|lead| lead.first_seen_at).min().unwrap_or(account.first_seen_at);
    account.last_seen_at = seen.iter().map(|lead| lead.last_seen_at).max().unwrap_or(account.last_seen_at);
}

/// Returns the whole evidence of a person, for their score.
pub(crate) fn evidence(past: Past, signals: &[Weighed]) -> Evidence {
    let mut evidence = past.evidence;
    signals.iter().for_each(|signal| evidence.add(signal.category, signal.strength, signal.at));
    evidence
}

/// The number of things, as numbers are stored.
pub(crate) fn count<T>(things: &[T]) -> i64 {
    i64::try_from(things.len()).unwrap_or(i64::MAX)
}
