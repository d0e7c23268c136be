//! Mailing the transcript of an open conversation: whom to, and the request.

use futures_util::FutureExt;
use knock_wire::{TranscriptDraft, TranscriptRecipient, TranscriptSent};
use leptos::prelude::*;

use super::thread::Thread;
use crate::api::Failure;
use crate::api::conversations::transcript_path;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};

/// The transcript of the open conversation by mail.
#[derive(Clone, Copy)]
pub(crate) struct Transcribing {
    session: Session,
    thread: Thread,
    /// Whether the form is open.
    pub(crate) is_asked: RwSignal<bool>,
    pub(crate) to: RwSignal<TranscriptRecipient>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Transcribing {
    pub(crate) fn new(thread: Thread) -> Transcribing {
        Transcribing {
            session: use_session(),
            thread,
            is_asked: RwSignal::new(false),
            to: RwSignal::new(TranscriptRecipient::Me),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// The address at which the lead can be mailed, if they can.
    pub(crate) fn lead_address(self) -> Option<String> {
        self.thread.record.value.with(|record| record.as_ref().and_then(|record| record.mail_to.clone()))
    }

    /// The address of the file.
    pub(crate) fn file(self) -> String {
        transcript_path(&self.thread.id.to_string())
    }

    /// Opens the form.
    pub(crate) fn ask(self) {
        self.to.set(TranscriptRecipient::Me);
        self.failure.set(None);
        self.is_asked.set(true);
    }

    pub(crate) fn close(self) {
        self.is_asked.set(false);
    }

    /// Mails it; `done` gets the address once the server has taken it.
    pub(crate) fn mail(self, done: impl FnOnce(String) + 'static) {
        let (client, id) = (self.session.client(), self.thread.id);
        let draft = TranscriptDraft { to: self.to.get_untracked() };
        let sent = RwSignal::new(None);
        let work = async move {
            let TranscriptSent { to } = client.mail_transcript(id, draft).await?;
            sent.set(Some(to));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| match sent.get_untracked().filter(|_| failure.is_none()) {
            Some(to) => {
                self.close();
                done(to);
            }
            None => self.failure.set(failure),
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
