//! The live feed: changes of commits as frames for open dashboards.

use crate::blocking::run_blocking;
use crate::notice::Notice;
use crate::present::Presenter;
use crate::writer::Writer;
use knock_model::RepId;
use knock_ports::{Clock, Store, StoreError, View};
use knock_wire::LiveEvent;
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// Frames kept for a slow dashboard; past that it receives the number of frames it missed.
const KEPT: usize = 1_024;

/// A frame for dashboards.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The event as JSON.
    pub text: Arc<str>,
    /// The member whose dashboards alone get it; none for all.
    pub only: Option<RepId>,
}

/// The channel of the dashboards. Each frame is serialized once for all of them.
#[derive(Clone)]
pub struct Feed {
    frames: broadcast::Sender<Frame>,
}

impl Default for Feed {
    fn default() -> Feed {
        Feed { frames: broadcast::channel(KEPT).0 }
    }
}

impl Feed {
    /// Subscribes to all frames from now on.
    pub fn listen(&self) -> broadcast::Receiver<Frame> {
        self.frames.subscribe()
    }

    /// Turns notices into frames until the writer is gone.
    pub async fn run(self, writer: Writer, store: Arc<dyn Store>, clock: Arc<dyn Clock>) {
        let mut notices = writer.watch();
        drop(writer);
        loop {
            let sent = match notices.recv().await {
                Ok(changes) if self.frames.receiver_count() > 0 => {
                    let (feed, store, clock) = (self.clone(), Arc::clone(&store), Arc::clone(&clock));
                    run_blocking(move || feed.tell(&*store, &*clock, &changes)).await
                }
                Ok(_) => Ok(()),
                Err(RecvError::Lagged(missed)) => {
                    self.send(&LiveEvent::Missed(missed));
                    Ok(())
                }
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = sent {
                tracing::warn!(%error, "the live feed could not read what changed");
                self.send(&LiveEvent::Missed(1));
            }
        }
    }

    fn tell(&self, store: &dyn Store, clock: &dyn Clock, changes: &[Notice]) -> Result<(), StoreError> {
        store.read(&mut |view| {
            let presenter = Presenter::new(view, clock.now())?;
            changes.iter().try_for_each(|change| self.tell_one(view, &presenter, change))
        })
    }

    fn tell_one(&self, view: &dyn View, presenter: &Presenter<'_>, change: &Notice) -> Result<(), StoreError> {
        match change {
            Notice::Signal(stored) => {
                if let Some(entry) = presenter.live_entry(stored)? {
                    self.send(&LiveEvent::Signal(entry));
                }
            }
            Notice::Lead(id) => {
                if let Some(lead) = view.lead(*id)?.filter(|lead| !lead.is_spam) {
                    self.send(&LiveEvent::Contact(presenter.contact_row(&lead)?));
                }
            }
            Notice::Account(id) => {
                // Without a contact that is shown, an account is in no list.
                if let Some(account) = view.account(*id)?.filter(|account| account.contacts > 0) {
                    self.send(&LiveEvent::Account(presenter.account_row(&account)?));
                }
            }
            Notice::Chat(id) => {
                let chat = view.chat_summary(*id)?;
                if let Some(row) = chat.map(|chat| presenter.conversation_row(&chat)).transpose()?.flatten() {
                    self.send(&LiveEvent::Conversation(Box::new(row)));
                }
            }
            Notice::Knowledge(id) => {
                if let Some(site) = view.sites()?.into_iter().find(|site| site.id == *id) {
                    self.send(&LiveEvent::Knowledge(site.key));
                }
            }
            Notice::Note(id) => self.send(&LiveEvent::Note(*id)),
            Notice::Presence(presence) => {
                if let Some(shown) = presenter.presence(*presence)? {
                    self.send(&LiveEvent::Presence(shown));
                }
            }
            Notice::Meeting(notice) => {
                if let Some(changed) = presenter.meeting_changed(*notice)? {
                    self.send(&LiveEvent::Meeting(changed));
                }
            }
            Notice::Personal(personal) => {
                if let Some(shown) = presenter.personal(*personal)? {
                    self.send_to(Some(personal.member), &LiveEvent::Personal(shown));
                }
            }
            Notice::Unheard => self.send(&LiveEvent::Missed(1)),
            Notice::Missed(count) => self.send(&LiveEvent::Missed(*count)),
            Notice::Message(_)
            | Notice::Invitation(_)
            | Notice::Timer
            | Notice::Site
            | Notice::Access
            | Notice::Outbox
            | Notice::Workflows => {}
        }
        Ok(())
    }

    /// Sends an event to all listeners on this server.
    pub fn send(&self, event: &LiveEvent) {
        self.send_to(None, event);
    }

    /// Sends an event to the listeners of a member on this server; to all without one.
    fn send_to(&self, only: Option<RepId>, event: &LiveEvent) {
        match serde_json::to_string(event) {
            // No listener is fine.
            Ok(text) => drop(self.frames.send(Frame { text: text.into(), only })),
            Err(error) => tracing::error!(%error, "a live event has no JSON"),
        }
    }
}
