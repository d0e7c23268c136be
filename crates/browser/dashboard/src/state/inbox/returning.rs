//! Mailing replies again to an address from which a mail was returned.

use futures_util::FutureExt;
use leptos::prelude::*;

use super::thread::Thread;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};

/// The request of the open conversation.
#[derive(Clone, Copy)]
pub(crate) struct Returning {
    session: Session,
    thread: Thread,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Returning {
    pub(crate) fn new(thread: Thread) -> Returning {
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        Returning { session: use_session(), thread, is_busy, failure }
    }

    /// Has replies mailed to the address again; `done` once they are.
    pub(crate) fn mail_anyway(self, done: impl FnOnce() + 'static) {
        let (client, id) = (self.session.client(), self.thread.id);
        let work = async move {
            match client.mail_anyway(id).await {
                // Another member was faster.
                Ok(()) | Err(Failure::NotFound) => Ok(()),
                Err(failure) => Err(failure),
            }
        };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.thread.record.load();
                done();
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
