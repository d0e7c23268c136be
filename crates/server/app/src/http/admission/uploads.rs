//! Limits of uploads: the number per hour, the size, the number at once.

use super::body_memory::{BodyMemory, Held};
use super::limiter::{Keyed, Limited};
use crate::config::Files;
use crate::proxies::neighbourhood;
use knock_model::ConversationId;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The number of files of the largest size that fit into their memory at once.
const AT_ONCE: u16 = 4;
/// The maximum size of the rest of the body around a file, in bytes.
const AROUND: usize = 64 << 10;

/// The limits in force.
pub(crate) struct Uploads {
    /// The largest size of a file, in bytes.
    pub(crate) most: usize,
    /// The size of all files from which on visitors can send none, in bytes.
    pub(crate) total: Option<u64>,
    /// The permit to inspect a file: one at a time, since pictures take memory.
    pub(crate) inspections: Arc<Semaphore>,
    memory: Arc<BodyMemory>,
    chats: Keyed<ConversationId>,
    addresses: Keyed<IpAddr>,
}

impl Uploads {
    /// Limits as configured.
    pub(crate) fn new(limits: &Files) -> Uploads {
        Uploads {
            most: usize::from(limits.max_mb.get()) << 20,
            total: (limits.total_mb > 0).then(|| u64::from(limits.total_mb) << 20),
            inspections: Arc::new(Semaphore::new(1)),
            // A quarter of it is reserved for small bodies.
            memory: Arc::new(BodyMemory::new(limits.max_mb.get().saturating_mul(AT_ONCE).saturating_add(2) / 3 * 4)),
            chats: Keyed::hourly("chat", limits.per_chat),
            addresses: Keyed::hourly("address", limits.per_ip),
        }
    }

    /// Takes a file of a visitor, before any of it is read.
    pub(crate) fn take(&self, conversation: ConversationId, from: IpAddr) -> Result<(), Limited> {
        self.chats.take(&conversation, 1)?;
        self.addresses.take(&neighbourhood(from), 1)
    }

    /// The share of the memory for a file of which nothing has arrived yet.
    pub(crate) fn hold(&self) -> Held {
        self.memory.hold()
    }

    /// The largest size of a body with a file, in bytes.
    pub(crate) const fn most_of_body(&self) -> usize {
        self.most + AROUND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_client_that_sends_too_many_files_waits() {
        let uploads = Uploads::new(&Files { per_chat: 2, per_ip: 3, ..Files::default() });
        let [one, other] = [1, 2].map(|number| ConversationId::new([number; 16]));
        let [here, there] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().expect("an address"));
        let take = |chat, address| uploads.take(chat, address).map_err(|limited| limited.by);
        assert_eq!([take(one, here), take(one, here)], [Ok(()), Ok(())]);
        assert_eq!(take(one, there), Err("chat"));
        assert_eq!([take(other, here), take(other, here)], [Ok(()), Err("address")]);
        assert_eq!(take(ConversationId::new([3; 16]), there), Ok(()));
    }

    #[test]
    fn some_files_of_the_largest_size_fit_at_once() {
        let uploads = Uploads::new(&Files::default());
        let mut held: Vec<Held> = (0..AT_ONCE).map(|_| uploads.hold()).collect();
        assert!(held.iter_mut().all(|held| held.take(uploads.most)));
        assert!(!uploads.hold().take(uploads.most));
    }
}
