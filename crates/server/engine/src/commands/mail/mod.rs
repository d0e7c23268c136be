//! Mails for the outbox, and the mails about replies in chats.

pub(in crate::commands) mod budget;
mod read;
mod reply;
mod sign_in;
mod stop;
mod test;

pub use read::NoteRead;
pub(super) use reply::{bring_forward, fire_replies, schedule_reply, set_timer};
pub use sign_in::MailSignInLink;
pub use stop::StopMail;
pub use test::SendTestMail;

use crate::notice::Notice;
use knock_model::{Destination, EffectKind, LeadId, Millis};
use knock_ports::{Effect, Endpoint, Ledger, NewDelivery, StoreError};
use serde::Serialize;

/// A mail for the outbox.
pub(super) struct Letter<'l, T> {
    pub(super) kind: EffectKind,
    pub(super) data: &'l T,
    /// The lead of the mail, if any.
    pub(super) lead: Option<LeadId>,
    /// Mails with the same key are sent in order.
    pub(super) ordering_key: [u8; 16],
    pub(super) now: Millis,
}

impl<T: Serialize> Letter<'_, T> {
    pub(super) fn enqueue(self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        let now = self.now;
        self.enqueue_for(now, ledger, notices)
    }

    /// Enqueues a mail that is sent from an instant on.
    pub(super) fn enqueue_for(
        self,
        due: Millis,
        ledger: &mut dyn Ledger,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let (to, now) = (Destination::MAIL, self.now);
        if !ledger.endpoints(None)?.iter().any(|known| known.destination == to) {
            let (settings, events, why_stopped) = ("{}".to_owned(), Vec::new(), String::new());
            let mail = Endpoint { destination: to, settings, events, is_active: true, why_stopped, created_at: now };
            ledger.save_endpoint(&mail)?;
        }
        let data = serde_json::to_string(self.data).map_err(|error| StoreError::Broken(error.to_string()))?;
        let effect = Effect { kind: self.kind, data, at: now };
        let (lead, ordering_key) = (self.lead, self.ordering_key);
        ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at: due })?;
        notices.push(Notice::Outbox);
        Ok(())
    }
}
