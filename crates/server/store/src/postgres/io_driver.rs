//! The I/O driver of a connection: moves its bytes.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use tokio::runtime::{Handle, Runtime};

/// Data that is sent at once is written in pieces of some kilobytes; a share of signals has fewer of them than this.
const TURNS: usize = 16;

/// The task that moves the bytes of a connection; it ends with it.
pub(super) type Moving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The place in which that task runs.
pub(super) enum IoDriver {
    /// On a thread that does it for all.
    Driver(Handle),
    /// On the thread that asks, while it waits.
    Asker(Asker),
}

/// A connection that moves with who asks.
pub(super) struct Asker {
    /// None only while it is dropped.
    runtime: Option<Runtime>,
    moving: RefCell<Option<Moving>>,
}

impl IoDriver {
    pub(super) fn asker(runtime: Runtime, moving: Moving) -> IoDriver {
        IoDriver::Asker(Asker { runtime: Some(runtime), moving: RefCell::new(Some(moving)) })
    }
}

impl Asker {
    /// Waits for an answer; none only while it is dropped.
    pub(super) fn wait<T>(&self, asked: impl Future<Output = T>) -> Option<T> {
        let mut moving = self.moving.borrow_mut();
        let both = async {
            let mut asked = pin!(asked);
            poll_fn(|context| {
                let answered = asked.as_mut().poll(context);
                if answered.is_pending()
                    && moving.as_mut().is_some_and(|moving| moving.as_mut().poll(context).is_ready())
                {
                    *moving = None;
                }
                answered
            })
            .await
        };
        self.runtime.as_ref().map(|runtime| runtime.block_on(both))
    }

    /// Moves what can be moved without waiting, as long as there is more to send; notices whether the connection has
    /// ended meanwhile.
    pub(super) fn look(&self, mut has_more: impl FnMut(&mut Context<'_>) -> bool) {
        let mut moving = self.moving.borrow_mut();
        let (Some(runtime), Some(known)) = (&self.runtime, moving.as_mut()) else { return };
        let is_over = runtime.block_on(async {
            // Only then what came in is looked at.
            tokio::task::yield_now().await;
            poll_fn(|context| {
                for _ in 0..TURNS {
                    let has_more = has_more(context);
                    if known.as_mut().poll(context).is_ready() {
                        return Poll::Ready(true);
                    }
                    if !has_more {
                        break;
                    }
                }
                Poll::Ready(false)
            })
            .await
        });
        if is_over {
            *moving = None;
        }
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        // Waiting for its end is not possible everywhere a store may be dropped.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
