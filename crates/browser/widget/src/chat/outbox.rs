//! The outbox: sends messages one after the other, in the order of writing.

use knock_model::{MessageId, Millis};

use super::backoff::Backoff;
use super::{Draft, Failure, Moment};

/// A draft on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outgoing {
    draft: Draft,
    refusal: Option<String>,
}

/// All messages that the server has not acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outbox {
    all: Vec<Outgoing>,
    in_flight: Option<MessageId>,
    /// The progress of its upload, in percent; files only.
    progress: Option<u8>,
    backoff: Backoff,
}

impl Outbox {
    /// The outbox with the stored drafts of an earlier page; sorts them, oldest first.
    pub(crate) fn restore(drafts: Vec<Draft>) -> Outbox {
        let mut all: Vec<Outgoing> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let Err(at) = all.binary_search_by_key(&draft.id, |one| one.draft.id) {
                all.insert(at, Outgoing { draft, refusal: None });
            }
        }
        Outbox { all, ..Outbox::default() }
    }

    /// Adds a message at the end.
    pub(crate) fn push(&mut self, draft: Draft) {
        if self.all.iter().all(|one| one.draft.id != draft.id) {
            self.all.push(Outgoing { draft, refusal: None });
        }
    }

    /// An instant for the next id, so that ids are in the order of writing.
    pub(crate) fn next_at(&self, now: Millis) -> Millis {
        self.all.iter().map(|one| one.draft.id.at() + Millis(1)).fold(now, Millis::max)
    }

    /// Every draft, with the reason of its refusal, if any.
    pub(crate) fn drafts(&self) -> impl Iterator<Item = (&Draft, Option<&str>)> {
        self.all.iter().map(|one| (&one.draft, one.refusal.as_deref()))
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.first().is_some()
    }

    /// Whether sending has failed more than once in a row.
    pub(crate) fn is_late(&self) -> bool {
        self.backoff.failures() > 1
    }

    /// The instant from which the next draft may be sent; none while one is under way.
    pub(crate) fn due(&self) -> Option<Millis> {
        (self.in_flight.is_none() && self.is_waiting()).then(|| self.backoff.due())
    }

    /// Takes the next draft to send, if it is due.
    pub(crate) fn send(&mut self, now: Millis) -> Option<Draft> {
        if self.in_flight.is_some() || !self.backoff.is_due(now) {
            return None;
        }
        let draft = self.first()?.clone();
        self.in_flight = Some(draft.id);
        self.progress = draft.file.map(|_| 0);
        Some(draft)
    }

    /// Whether a message without a file is under way.
    pub(crate) fn is_sending(&self) -> bool {
        self.in_flight.is_some() && self.progress.is_none()
    }

    /// Records the progress of the current upload.
    pub(crate) fn advance(&mut self, percent: u8) {
        self.progress = self.progress.map(|_| percent);
    }

    /// The progress of this file's upload, if it is the current one.
    pub(crate) fn progress_of(&self, id: MessageId) -> Option<u8> {
        self.progress.filter(|_| self.in_flight == Some(id))
    }

    /// Removes a message that is stored, however this was learned.
    pub(crate) fn remove(&mut self, id: MessageId) -> Option<Draft> {
        let at = self.all.iter().position(|one| one.draft.id == id)?;
        self.backoff.succeed();
        Some(self.all.remove(at).draft)
    }

    /// Takes a response: the next draft may be sent.
    pub(crate) fn landed(&mut self, id: MessageId) {
        if self.in_flight == Some(id) {
            self.in_flight = None;
        }
    }

    /// Records that a message was not stored.
    pub(crate) fn fail(&mut self, id: MessageId, failure: Failure, moment: Moment) {
        match failure {
            Failure::Later(pause) => self.backoff.fail_for(moment, pause),
            // Sent again with a new token,
            // which the chat itself requests.
            Failure::SignedOut | Failure::Replaced(_) => {}
            Failure::Refused(reason) => {
                if let Some(one) = self.all.iter_mut().find(|one| one.draft.id == id) {
                    one.refusal = Some(reason);
                }
            }
        }
    }

    /// Sends a message again, refused or not.
    pub(crate) fn retry(&mut self, id: MessageId) {
        if let Some(one) = self.all.iter_mut().find(|one| one.draft.id == id) {
            one.refusal = None;
        }
        self.hurry();
    }

    /// The connection may work again: retries now.
    pub(crate) fn hurry(&mut self) {
        self.backoff.hurry();
    }

    fn first(&self) -> Option<&Draft> {
        self.all.iter().find(|one| one.refusal.is_none()).map(|one| &one.draft)
    }
}
