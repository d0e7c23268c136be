//! The memory budget of request bodies, however many arrive at once and however slowly.

use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The size up to which a body is small, in bytes.
const SMALL: usize = 16 * 1024;

/// The memory of all bodies together. A quarter of it is reserved for small ones, so that large ones keep no small one
/// out.
pub(crate) struct BodyMemory {
    bytes: usize,
    /// A permit for each byte.
    free: Semaphore,
    /// Permits for the bytes of a body beyond the small size.
    free_for_large: Semaphore,
}

/// The memory of one body; released when this is dropped.
pub(crate) struct Held {
    memory: Arc<BodyMemory>,
    bytes: usize,
}

impl BodyMemory {
    /// The memory, in MiB.
    pub(crate) fn new(mib: u16) -> BodyMemory {
        let bytes = usize::from(mib) << 20;
        BodyMemory { bytes, free: Semaphore::new(bytes), free_for_large: Semaphore::new(bytes / 4 * 3) }
    }

    /// The share of a body of which nothing has arrived yet.
    pub(crate) fn hold(self: &Arc<BodyMemory>) -> Held {
        Held { memory: Arc::clone(self), bytes: 0 }
    }

    /// The memory in use.
    pub(crate) fn held(&self) -> usize {
        self.bytes - self.free.available_permits()
    }
}

impl Held {
    /// Holds so many more bytes; `false` if they are not free.
    #[must_use]
    pub(crate) fn take(&mut self, more: usize) -> bool {
        let large = beyond_small(self.bytes + more) - beyond_small(self.bytes);
        let Some(taken) = permits(&self.memory.free, more) else { return false };
        let Some(taken_for_large) = permits(&self.memory.free_for_large, large) else { return false };
        taken.forget();
        taken_for_large.forget();
        self.bytes += more;
        true
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.memory.free.add_permits(self.bytes);
        self.memory.free_for_large.add_permits(beyond_small(self.bytes));
    }
}

fn permits(of: &Semaphore, bytes: usize) -> Option<SemaphorePermit<'_>> {
    of.try_acquire_many(u32::try_from(bytes).ok()?).ok()
}

const fn beyond_small(bytes: usize) -> usize {
    bytes.saturating_sub(SMALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIB: usize = 1_024;

    #[test]
    fn what_is_held_is_given_back_and_what_is_refused_is_not_held() {
        let memory = Arc::new(BodyMemory::new(1));
        let mut body = memory.hold();
        assert!(body.take(100 * KIB) && body.take(156 * KIB));
        assert!(!body.take(KIB * KIB));
        assert_eq!(memory.held(), 256 * KIB);
        drop(body);
        assert_eq!((memory.held(), memory.free_for_large.available_permits()), (0, 768 * KIB));
    }

    #[test]
    fn large_bodies_leave_a_quarter_to_small_ones() {
        let memory = Arc::new(BodyMemory::new(1));
        let mut large = memory.hold();
        assert!(large.take(SMALL + 768 * KIB));
        assert!(!large.take(1));
        let mut other = memory.hold();
        assert!(other.take(SMALL), "small until here");
        assert!(!other.take(1));
        let small: Vec<Held> =
            (0..).map(|_| memory.hold()).map_while(|mut one| one.take(SMALL).then_some(one)).collect();
        assert_eq!((small.len(), memory.held()), (14, KIB * KIB));
        assert!(!memory.hold().take(1), "that is all there is");
    }
}
