//! A person summed up from their signals, a company from its persons.

use knock_intent::{Change, Evidence, History, Weighed};
use knock_model::Millis;
use knock_ports::{Account, Lead};

/// Sums up all signals of a person, sorted by instant and id, as of `now`; how their bucket changed.
/// First and last seen stay as they are when there is no signal.
pub(crate) fn person(lead: &mut Lead, signals: &[Weighed], now: Millis) -> Vec<Change> {
    let mut changes = Vec::new();
    lead.history = History::default();
    lead.history.add(signals, &mut changes);
    lead.history.advance(now, &mut changes);
    lead.signals = count(signals);
    if let (Some(first), Some(last)) = (signals.first(), signals.last()) {
        (lead.first_seen_at, lead.last_seen_at) = (first.at, last.at);
    }
    changes
}

/// Sums up a company as of `now`. Who is marked as spam adds nothing (MS-08); when that is everybody,
/// it was still they who were seen.
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

/// How many there are, as numbers are stored.
pub(crate) fn count<T>(things: &[T]) -> i64 {
    i64::try_from(things.len()).unwrap_or(i64::MAX)
}
