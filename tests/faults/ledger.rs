//! The facts that a client knows for certain: each id is on its disk before it is sent, and marked after the
//! acknowledgement.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A request that was sent, or is about to be.
#[derive(Clone)]
pub(crate) struct Sending {
    pub(crate) path: String,
    /// The token of a chat; empty for signals.
    pub(crate) token: String,
    pub(crate) body: serde_json::Value,
    pub(crate) ids: Vec<String>,
}

/// Everything sent to one workspace.
pub(crate) struct Ledger {
    entries: Mutex<Entries>,
    marked: AtomicUsize,
}

struct Entries {
    file: File,
    all: Vec<(Sending, bool)>,
}

impl Ledger {
    pub(crate) fn new(file: &Path) -> Ledger {
        let file = File::create(file).expect("a ledger");
        Ledger { entries: Mutex::new(Entries { file, all: Vec::new() }), marked: AtomicUsize::new(0) }
    }

    /// Notes what will be sent; the number to mark it by.
    pub(crate) fn note(&self, sending: &Sending) -> usize {
        let mut entries = self.entries();
        let ids = sending.ids.join(" ");
        entries.write(&format!("sends {ids}\n"));
        entries.all.push((sending.clone(), false));
        entries.all.len() - 1
    }

    /// Notes that it was acknowledged.
    pub(crate) fn mark(&self, number: usize) {
        let mut entries = self.entries();
        entries.write(&format!("kept {number}\n"));
        entries.all[number].1 = true;
        self.marked.fetch_add(1, Ordering::SeqCst);
    }

    /// The requests that are not acknowledged yet, with their numbers.
    pub(crate) fn unmarked(&self) -> Vec<(usize, Sending)> {
        let entries = self.entries();
        let unmarked = entries.all.iter().enumerate().filter(|(_, (_, is_marked))| !is_marked);
        unmarked.map(|(number, (sending, _))| (number, sending.clone())).collect()
    }

    /// Ids of one kind: of signals, or of messages.
    pub(crate) fn ids(&self, is_chat: bool, is_wanted: fn(bool) -> bool) -> BTreeSet<String> {
        let entries = self.entries();
        let wanted = entries
            .all
            .iter()
            .filter(|(sending, is_marked)| sending.token.is_empty() != is_chat && is_wanted(*is_marked));
        wanted.flat_map(|(sending, _)| sending.ids.iter().cloned()).collect()
    }

    /// The number of acknowledged batches and messages.
    pub(crate) fn marked(&self) -> usize {
        self.marked.load(Ordering::SeqCst)
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn write(&mut self, line: &str) {
        self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data()).expect("the ledger is kept");
    }
}
