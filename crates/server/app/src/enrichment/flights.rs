//! Requests that are under way, by their subject.

use knock_ports::Enrichment;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The largest number of requests at once.
const MOST: usize = 64;

/// The receiver of a result; closed without one if the request failed.
type Heard = watch::Receiver<Option<Enrichment>>;

/// Requests that are under way.
#[derive(Default)]
pub(super) struct Flights(Mutex<BTreeMap<String, Heard>>);

/// The way in which a lead gets a result.
pub(super) enum Said {
    /// A request that is under way.
    Flying(Heard),
    /// A request that the caller sends now.
    ToAsk(watch::Sender<Option<Enrichment>>, Heard),
}

impl Flights {
    /// The request about a subject; none if too many are under way.
    pub(super) fn join(&self, about: &str) -> Option<Said> {
        let mut flights = self.lock();
        // A request that broke off without an end is no longer under way.
        if let Some(heard) = flights.get(about).filter(|heard| heard.has_changed().is_ok()) {
            return Some(Said::Flying(heard.clone()));
        }
        if flights.len() >= MOST {
            return None;
        }
        let (answer, heard) = watch::channel(None);
        flights.insert(about.to_owned(), heard.clone());
        Some(Said::ToAsk(answer, heard))
    }

    /// Ends the request about a subject.
    pub(super) fn end(&self, about: &str) {
        self.lock().remove(about);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Heard>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_asks_and_others_wait_for_the_same() {
        let flights = Flights::default();
        let Some(Said::ToAsk(answer, _)) = flights.join("acme.example") else { panic!("the first one asks") };
        let Some(Said::Flying(heard)) = flights.join("acme.example") else { panic!("the second one waits") };
        assert!(matches!(flights.join("other.example"), Some(Said::ToAsk(..))));
        answer.send_replace(Some(Enrichment::default()));
        assert_eq!(*heard.borrow(), Some(Enrichment::default()));
        flights.end("acme.example");
        assert!(matches!(flights.join("acme.example"), Some(Said::ToAsk(..))));
        let more = (0..).map(|number| number.to_string()).find(|about| flights.join(about).is_none());
        assert_eq!(more.as_deref(), Some("62"), "two are under way");
    }
}
