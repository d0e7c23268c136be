//! The keeper: brings the log into the file beside the writer, which then has little of that left to do.
//!
//! Without it, whoever writes when the log has reached its length waits until all of it is in the file. The keeper begins
//! shortly before, once for each round of the log, and again for what was written meanwhile; the last of it is left to
//! the writer, since only who writes nothing meanwhile can see the log's end, and so begin it anew.

use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Pages of the log (4 KiB) after which all of it is brought into the file: those that change often go there once then,
/// not once a few commits.
pub(super) const CHECKPOINT_PAGES: i32 = 8_000;
/// When the keeper begins with that.
const EARLY: i32 = CHECKPOINT_PAGES / 8 * 7;

/// How often the keeper looks at most for what was written meanwhile: each time that is less, and what it leaves is what
/// everybody waits for.
const PASSES: u32 = 3;
/// So few pages are not worth another time.
const LITTLE: i32 = 200;

thread_local! {
    /// The length of the log after the last commit of this thread, in pages.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

/// A thread with a connection of its own; it ends with this.
pub(super) struct Keeper {
    begin: Option<SyncSender<()>>,
    /// Whether it was asked to in this round of the log.
    is_asked: AtomicBool,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Looks after the log that `writer` writes.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn of(writer: &Connection, own: Connection) -> std::io::Result<Keeper> {
        // In the place of SQLite's own hook, which does the second half only.
        writer.wal_hook(Some(after_commit));
        let (begin, asked) = sync_channel(1);
        let thread = std::thread::Builder::new().name("keeper".into()).spawn(move || keep(&own, &asked))?;
        Ok(Keeper { begin: Some(begin), is_asked: AtomicBool::new(false), thread: Some(thread) })
    }

    /// After a commit of this thread.
    pub(super) fn committed(&self) {
        let is_time = PAGES.get() >= EARLY;
        let is_asked = self.is_asked.swap(is_time, Ordering::Relaxed);
        if let Some(begin) = self.begin.as_ref().filter(|_| is_time && !is_asked) {
            // Whoever is at it already will do.
            begin.try_send(()).ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.begin = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// As SQLite does it by itself: what fails here is tried again, and a failed write tells.
fn after_commit(log: &Wal, pages: i32) -> rusqlite::Result<()> {
    PAGES.set(pages);
    if pages >= CHECKPOINT_PAGES {
        drop(log.checkpoint());
    }
    Ok(())
}

fn keep(own: &Connection, asked: &Receiver<()>) {
    while asked.recv().is_ok() {
        let mut before = 0;
        for _ in 0..PASSES {
            match own.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i32>(2)) {
                // Less than a few commits write is left to the writer.
                Ok(brought) if brought - before < LITTLE => break,
                Ok(brought) => before = brought,
                Err(error) => {
                    tracing::debug!(%error, "the log was not brought into the database; the writer will");
                    break;
                }
            }
        }
    }
}
