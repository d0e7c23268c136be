//! Converts cumulative client error counts per session into increments.

use knock_model::SessionId;
use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, PoisonError};

/// Sessions remembered before the older half is dropped; only sessions with errors are stored.
const SESSIONS: usize = 10_000;
/// The highest count that one session can report of each: beyond, the page is broken or lies.
const MOST: u32 = 10_000;

/// The cumulative counts that a page reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClientReport {
    /// Internal tracker errors.
    pub(crate) errors: u32,
    /// Signals given up.
    pub(crate) lost: u32,
}

/// The highest counts that any page of each session has reported so far.
#[derive(Default)]
pub(crate) struct ClientErrorTotals(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    newer: HashMap<SessionId, ClientReport>,
    older: HashMap<SessionId, ClientReport>,
}

impl ClientErrorTotals {
    /// The increment over the earlier reports of a session. A page that reports no more than another one adds nothing:
    /// batches do not name their page, so too little may be counted, but never too much.
    pub(crate) fn grown(&self, session: SessionId, report: ClientReport) -> ClientReport {
        let report = ClientReport { errors: report.errors.min(MOST), lost: report.lost.min(MOST) };
        if report == ClientReport::default() {
            return report;
        }
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = halves.newer.get(&session).or_else(|| halves.older.get(&session)).copied().unwrap_or_default();
        let most = ClientReport { errors: report.errors.max(before.errors), lost: report.lost.max(before.lost) };
        if halves.newer.len() >= SESSIONS / 2 {
            halves.older = mem::take(&mut halves.newer);
        }
        halves.newer.insert(session, most);
        ClientReport { errors: most.errors - before.errors, lost: most.lost - before.lost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;

    fn session(number: usize) -> SessionId {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&number.to_be_bytes());
        SessionId::new(Millis(1_780_000_000_000), &random)
    }

    #[test]
    fn only_what_is_new_counts_and_no_more_than_is_believable() {
        let client_errors = ClientErrorTotals::default();
        let cases = [
            // (session, reported, new)
            (1, (0, 0), (0, 0)),
            (1, (2, 0), (2, 0)),
            (1, (2, 5), (0, 5)),
            (1, (1, 0), (0, 0)),
            (2, (1, 0), (1, 0)),
            (1, (3, 4), (1, 0)),
            (3, (u32::MAX, 1), (MOST, 1)),
        ];
        for (number, (errors, lost), (new_errors, new_lost)) in cases {
            let grown = client_errors.grown(session(number), ClientReport { errors, lost });
            assert_eq!(grown, ClientReport { errors: new_errors, lost: new_lost }, "{number} {errors} {lost}");
        }
    }

    #[test]
    fn however_many_sessions_report_few_are_remembered() {
        let client_errors = ClientErrorTotals::default();
        for number in 0..3 * SESSIONS {
            client_errors.grown(session(number), ClientReport { errors: 1, lost: 0 });
        }
        let halves = client_errors.0.lock().expect("not poisoned");
        assert!(halves.newer.len() + halves.older.len() <= SESSIONS);
    }
}
