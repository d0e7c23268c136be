//! Answers by mail: a mail is read, its tag opened, its files kept, and one command makes it a message of the lead.
//!
//! A mail comes from a mailbox, looked at every 20 seconds, or with a request of a mail provider. The tag is the only way
//! into a conversation: who wrote a mail proves nothing.

mod account;
mod files;
mod tag;
mod take;
mod worker;

pub use tag::{opened_tag, reply_tag};
pub use take::{NotTaken, Took};

use knock_context::Core;
use knock_imap::Imap;
use knock_model::Millis;
use knock_outbound::Guard;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, Semaphore};

/// Whether there is room for a file of so many bytes.
pub type HasRoom = Arc<dyn Fn(u64) -> bool + Send + Sync>;

/// Takes mails.
#[derive(Clone)]
pub struct Inbound {
    core: Core,
    imap: Imap,
    /// The largest file that is taken, in bytes.
    most_of_file: usize,
    has_room: HasRoom,
    /// The files that are read at once.
    permits: Arc<Semaphore>,
    /// The mailbox is looked at by one at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
    checked_at: Arc<Mutex<Option<Millis>>>,
    /// Notified when the mailbox is to be looked at at once.
    pub wake: Arc<Notify>,
}

impl Inbound {
    /// One that has not started: `run` starts it.
    pub fn new(core: &Core, guard: Guard, most_of_file: usize, has_room: HasRoom) -> Inbound {
        Inbound {
            core: core.clone(),
            imap: Imap::new(guard),
            most_of_file,
            has_room,
            permits: Arc::new(Semaphore::new(1)),
            turn: Arc::default(),
            checked_at: Arc::default(),
            wake: Arc::default(),
        }
    }

    /// The instant at which this server last looked at the mailbox.
    pub fn checked_at(&self) -> Option<Millis> {
        *self.checked_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
