//! Outcomes of signals: counts by site and reason, and the last refused ones for the site's owner.

mod client_errors;
mod reason;

use knock_model::{Millis, SiteId};
use knock_ports::Site;
use knock_wire::{Refused, RefusedOutcome};
use reason::{field_of, scrubbed};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

pub(crate) use client_errors::{ClientErrorTotals, ClientReport};

/// Kinds of refusal remembered of each site.
const KINDS: usize = 100;

/// The least time between two notices to dashboards about one site.
const TELLING: Millis = Millis(1_000);

/// The outcome of a signal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    Accepted,
    Duplicate,
    Filtered,
    RateLimited,
    Invalid,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Duplicate => "duplicate",
            Outcome::Filtered => "filtered",
            Outcome::RateLimited => "rate_limited",
            Outcome::Invalid => "invalid",
        }
    }
}

/// Counts signals; a reason is one of few words, never what somebody sent.
pub(crate) fn count(site: &Site, outcome: Outcome, reason: &'static str, number: u32) {
    metrics::counter!(
        "knock_signals_total", "site" => site.key.clone(), "outcome" => outcome.as_str(), "reason" => reason
    )
    .increment(number.into());
}

/// Counts a batch that is of no site we know.
pub(crate) fn count_lost_batch(reason: &'static str) {
    count_lost_batches(reason, 1);
}

fn count_lost_batches(reason: &'static str, number: u64) {
    metrics::counter!("knock_batches_refused_total", "reason" => reason).increment(number);
}

/// Tells as 0 what never happened yet.
pub(crate) fn begin() {
    for reason in ["body", "shape", "number", "site", "removed"] {
        count_lost_batches(reason, 0);
    }
    for name in ["knock_unknown_fields_total", "knock_category_disagreements_total"] {
        metrics::counter!(name).increment(0);
    }
}

/// Tells as 0 what never happened yet to a site.
pub(crate) fn begin_site(site: &Site) {
    count(site, Outcome::Accepted, "", 0);
    for name in ["knock_tracker_errors_total", "knock_signals_given_up_total"] {
        metrics::counter!(name, "site" => site.key.clone()).increment(0);
    }
}

/// The reason for which signals were not stored, and their source as far as it may be shown.
#[derive(Default)]
pub(crate) struct Cause<'a> {
    /// The field at fault; empty when it is about none.
    pub(crate) pointer: &'a str,
    /// The error of the signal, or the reason that is counted.
    pub(crate) reason: &'a str,
    /// The origin, when that is what is wrong.
    pub(crate) origin: Option<String>,
    pub(crate) page: Option<String>,
}

/// The last signals of each site that were not stored, in memory: by kind, without what they held.
#[derive(Default)]
pub(crate) struct RefusedSignals(Mutex<HashMap<SiteId, OfSite>>);

#[derive(Default)]
struct OfSite {
    kinds: VecDeque<Refused>,
    /// The instant at which the last event about one was sent to dashboards.
    sent_at: Option<Millis>,
}

impl RefusedSignals {
    /// Counts and notes signals that cannot be used. Whether dashboards shall get an event: at most once a
    /// second, however many come.
    pub(crate) fn unusable(&self, site: &Site, cause: Cause<'_>, number: u32, now: Millis) -> bool {
        count(site, Outcome::Invalid, field_of(cause.pointer), number);
        let reason = scrubbed(cause.reason);
        self.note(site, RefusedOutcome::Invalid, Cause { reason: &reason, ..cause }, number, now);
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sent_at = &mut sites.entry(site.id).or_default().sent_at;
        // A clock that was set back must not silence the rest of the day.
        let is_due = sent_at.is_none_or(|sent| (now - sent).0.abs() >= TELLING.0);
        if is_due {
            *sent_at = Some(now);
        }
        is_due
    }

    /// Counts and notes signals that were left out on purpose.
    pub(crate) fn filtered(&self, site: &Site, reason: &'static str, number: u32, now: Millis) {
        count(site, Outcome::Filtered, reason, number);
        self.note(site, RefusedOutcome::Filtered, Cause { reason, ..Cause::default() }, number, now);
    }

    /// Counts and notes signals that were too many.
    pub(crate) fn rate_limited(&self, site: &Site, reason: &'static str, number: u32, now: Millis) {
        count(site, Outcome::RateLimited, reason, number);
        self.note(site, RefusedOutcome::RateLimited, Cause { reason, ..Cause::default() }, number, now);
    }

    fn note(&self, site: &Site, outcome: RefusedOutcome, cause: Cause<'_>, number: u32, now: Millis) {
        let Cause { pointer, reason, origin, page } = cause;
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kinds = &mut sites.entry(site.id).or_default().kinds;
        let known = kinds.iter().position(|one| {
            one.outcome == outcome && one.pointer == pointer && one.reason == reason && one.origin == origin
        });
        let before = known.and_then(|place| kinds.remove(place));
        let mut refused = before.unwrap_or_else(|| Refused {
            outcome,
            pointer: pointer.to_owned(),
            reason: reason.to_owned(),
            origin,
            page: None,
            count: 0,
            first_at: now,
            last_at: now,
        });
        refused.count += u64::from(number);
        refused.last_at = now;
        refused.page = page.or(refused.page);
        kinds.push_front(refused);
        kinds.truncate(KINDS);
    }

    /// Those of a site, the latest kind first.
    pub(crate) fn of(&self, site: SiteId) -> Vec<Refused> {
        let sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sites.get(&site).into_iter().flat_map(|site| &site.kinds).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::IdentifyPolicy;

    fn site() -> Site {
        Site {
            id: SiteId(1),
            key: "k".into(),
            name: "Acme".into(),
            origins: Vec::new(),
            base: String::new(),
            demo: false,
            categories: Vec::new(),
            identify: IdentifyPolicy::Open,
            identify_round: 1,
            removed_at: None,
        }
    }

    fn foreign(pointer: &'static str, origin: Option<&str>) -> Cause<'static> {
        Cause { pointer, reason: "is wrong", origin: origin.map(Into::into), page: None }
    }

    #[test]
    fn kinds_are_counted_and_the_latest_is_first() {
        let refused = RefusedSignals::default();
        let wrong = |page: Option<&str>| Cause { page: page.map(Into::into), ..foreign("/at", None) };
        refused.unusable(&site(), wrong(Some("/a")), 2, Millis(1));
        refused.unusable(&site(), foreign("header/Origin", Some("https://a.test")), 1, Millis(2));
        refused.filtered(&site(), "crawler", 7, Millis(2));
        refused.unusable(&site(), wrong(None), 3, Millis(3));
        assert_eq!(refused.of(SiteId(1))[0].page.as_deref(), Some("/a"), "the last known page");
        let found = refused.of(SiteId(1));
        let found: Vec<_> =
            found.iter().map(|one| (one.pointer.as_str(), one.count, one.first_at.0, one.last_at.0)).collect();
        assert_eq!(found, [("/at", 5, 1, 3), ("", 7, 2, 2), ("header/Origin", 1, 2, 2)]);
        assert!(refused.of(SiteId(2)).is_empty());
    }

    #[test]
    fn dashboards_are_sent_at_once_and_once_a_second() {
        let refused = RefusedSignals::default();
        let sent = |at: i64| refused.unusable(&site(), foreign("header/Origin", Some("https://a.test")), 1, Millis(at));
        assert_eq!([5_000, 5_001, 5_999, 6_000, 6_500, 1_000].map(sent), [true, false, false, true, false, true]);
    }

    #[test]
    fn however_many_kinds_there_are_few_are_remembered() {
        let refused = RefusedSignals::default();
        for number in 0..3 * KINDS {
            let origin = format!("https://{number}.test");
            refused.unusable(&site(), foreign("header/Origin", Some(&origin)), 1, Millis(number as i64));
        }
        let found = refused.of(SiteId(1));
        assert_eq!((found.len(), found[0].last_at), (KINDS, Millis(3 * KINDS as i64 - 1)));
    }
}
