//! The checkpointer: moves the write-ahead log into the database file beside the writer.
//!
//! Without it, the writer that fills the log to its length waits until all of it is in the file and on the disk.
//! The checkpointer does a piece at a time, and each piece is brought onto the disk at once: SQLite does that only with the
//! last one, and everybody whose commit waits for the same disk then waited for all of them. The last piece is left to
//! the writer, since only who writes nothing meanwhile can see the log's end, and so begin it anew.

use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::cell::Cell;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Pages of the log (4 KiB) after which it begins anew.
pub(super) const CHECKPOINT_PAGES: i32 = 8_000;
/// Pages that the checkpointer brings into the file at a time: with fewer, those that change often go there too often.
const PIECE: i32 = CHECKPOINT_PAGES / 8;

thread_local! {
    /// The length of the log after the last commit of this thread, in pages.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

/// A thread with a connection of its own; it ends with this.
pub(super) struct Checkpointer {
    begin: Option<SyncSender<()>>,
    /// The length of the log when it was last asked to, in pages.
    asked_at: AtomicI32,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// Looks after the log that `writer` writes of the database `file`, which stays open until all connections of this
    /// process are closed: closing it would take their locks away.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn of(writer: &Connection, own: Connection, file: Arc<File>) -> std::io::Result<Checkpointer> {
        // In the place of SQLite's own hook, which does the second half only.
        writer.wal_hook(Some(after_commit));
        let (begin, asked) = sync_channel(1);
        let thread =
            std::thread::Builder::new().name("checkpointer".into()).spawn(move || keep(&own, &file, &asked))?;
        Ok(Checkpointer { begin: Some(begin), asked_at: AtomicI32::new(0), thread: Some(thread) })
    }

    /// After a commit of this thread.
    pub(super) fn committed(&self) {
        let pages = PAGES.get();
        let asked_at = self.asked_at.load(Ordering::Relaxed);
        let is_new = pages < asked_at;
        if !is_new && pages - asked_at < PIECE {
            return;
        }
        self.asked_at.store(if is_new { 0 } else { pages }, Ordering::Relaxed);
        if let Some(begin) = self.begin.as_ref().filter(|_| !is_new) {
            // A checkpoint that already runs will do.
            begin.try_send(()).ok();
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.begin = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Checkpoints in the same way as SQLite: a failure is retried, and a failed write is reported by the next one.
fn after_commit(log: &Wal, pages: i32) -> rusqlite::Result<()> {
    PAGES.set(pages);
    if pages >= CHECKPOINT_PAGES {
        drop(log.checkpoint());
    }
    Ok(())
}

fn keep(own: &Connection, file: &File, asked: &Receiver<()>) {
    while asked.recv().is_ok() {
        if let Err(error) = own.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
            tracing::debug!(%error, "the log was not brought into the database; the writer will");
        }
        // A failure here recurs where SQLite syncs the file, and is reported there.
        drop(file.sync_data());
    }
}
