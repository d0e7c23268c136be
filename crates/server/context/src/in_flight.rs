//! Requests that are in flight, by their subject: who needs the same waits for the same response.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The largest number of requests at once.
const MOST: usize = 64;

/// Where a response arrives; closed without one if the request failed.
type Response<T> = watch::Receiver<Option<T>>;

/// Requests that are in flight.
pub struct Requests<T>(Mutex<BTreeMap<String, Response<T>>>);

/// What the caller has to do for a response.
pub enum Turn<T> {
    /// Wait for the response to a request that is in flight.
    Wait(Response<T>),
    /// Send the request now.
    Send(watch::Sender<Option<T>>, Response<T>),
}

impl<T> Default for Requests<T> {
    fn default() -> Requests<T> {
        Requests(Mutex::default())
    }
}

impl<T> Requests<T> {
    /// The request about a subject; none if too many are in flight.
    pub fn join(&self, about: &str) -> Option<Turn<T>> {
        let mut known = self.lock();
        // A request that broke off without an end is no longer in flight.
        if let Some(response) = known.get(about).filter(|response| response.has_changed().is_ok()) {
            return Some(Turn::Wait(response.clone()));
        }
        if known.len() >= MOST {
            return None;
        }
        let (sender, response) = watch::channel(None);
        known.insert(about.to_owned(), response.clone());
        Some(Turn::Send(sender, response))
    }

    /// Ends the request about a subject.
    pub fn end(&self, about: &str) {
        self.lock().remove(about);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Response<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sends_and_others_wait_for_the_same() {
        let requests = Requests::default();
        let Some(Turn::Send(sender, _)) = requests.join("acme.example") else { panic!("the first one sends") };
        let Some(Turn::Wait(response)) = requests.join("acme.example") else { panic!("the second one waits") };
        assert!(matches!(requests.join("other.example"), Some(Turn::Send(..))));
        sender.send_replace(Some(1));
        assert_eq!(*response.borrow(), Some(1));
        requests.end("acme.example");
        assert!(matches!(requests.join("acme.example"), Some(Turn::Send(..))));
        let more = (0..).map(|number| number.to_string()).find(|about| requests.join(about).is_none());
        assert_eq!(more.as_deref(), Some("62"), "two are in flight");
    }
}
