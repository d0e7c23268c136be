//! Opening the services of a data directory: store, writer, clock, randomness and public address.

use crate::clock::{SystemChance, SystemClock, TestClock};
use crate::config::Config;
use crate::data::directory::DataDir;
use crate::data::layout;
use crate::data::running::Before;
use crate::data::server_key::{self, LostKey};
use crate::faults;
use crate::hold::Hold;
use anyhow::Context;
use knock_context::{Core, PublicAddress};
use knock_engine::{CommitError, Writer};
use knock_ingest::Origin;
use knock_ports::{Clock, Files, Store, StoreError};
use knock_reader::Reader;
use knock_store::{FileDirectory, PostgresStore, SqliteStore, TornLog};
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// The writer thread; it ends when the last sender of commands is dropped.
pub(crate) struct WriterThread(Mutex<Option<JoinHandle<()>>>);

impl WriterThread {
    /// Waits for its end; whether it ended without a panic.
    pub(crate) fn join(&self) -> bool {
        let thread = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let has_panicked = thread.is_some_and(|thread| thread.join().is_err());
        if has_panicked {
            tracing::error!("the writer thread panicked");
        }
        !has_panicked
    }
}

/// The services of every command and request, and what belongs to this process.
#[derive(Clone)]
pub(crate) struct AppContext {
    pub(crate) core: Core,
    pub(crate) thread: Arc<WriterThread>,
    pub(crate) test_clock: Option<Arc<TestClock>>,
    pub(crate) data: Arc<Path>,
    /// Whether the database is one file in the data directory.
    pub(crate) is_sqlite: bool,
    /// What tells a PostgreSQL database from its copies; none for SQLite.
    pub(crate) database: Option<Arc<str>>,
    pub(crate) hold: Hold,
}

impl Deref for AppContext {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

/// The advice for a damaged database.
const RESTORE_HINT: &str = "bring a backup back with `knock restore`";

impl AppContext {
    /// The context of a data directory, with the clock of its server: the real one, unless a test has set it.
    pub(crate) fn open(config: &Config, data: &DataDir) -> anyhow::Result<AppContext> {
        let listen =
            if config.public_url.is_empty() { format!("http://{}", config.listen) } else { config.public_url.clone() };
        let clock = Arc::new(TestClock::open(data.path())?);
        AppContext::with_clock(config, data, clock, None, (listen, LostKey::Refuse))
    }

    /// The context with this clock, reached at `url`. Without its `secret.key` a workspace is not opened, unless that is
    /// to be replaced.
    pub(crate) fn with_clock(
        config: &Config,
        data: &DataDir,
        clock: Arc<dyn Clock>,
        test_clock: Option<Arc<TestClock>>,
        (url, lost_key): (String, LostKey),
    ) -> anyhow::Result<AppContext> {
        let Opened { store, files, identity } = open_store(config, data)?;
        let key = Arc::new(server_key::open(data.path(), &SystemChance, || lost_key.check(&*store))?);
        lost_key.compare(&*store, &key, data.path())?;
        let burst = config.ingest.burst(config.database.is_empty());
        let (writer, thread) = Writer::start_with(Arc::clone(&store), burst).context("starting the writer thread")?;
        let address = Arc::new(public_address(&url));
        let thread = Arc::new(WriterThread(Mutex::new(Some(thread))));
        let (chance, data, is_sqlite) = (Arc::new(SystemChance), data.path().into(), config.database.is_empty());
        let reader = Reader::of_this_program().context("finding the program of this server")?;
        let core = Core { store, files, writer, clock, chance, key, address, reader };
        Ok(AppContext { core, thread, test_clock, data, is_sqlite, database: identity, hold: Hold::default() })
    }
}

fn public_address(url: &str) -> PublicAddress {
    let origin = Origin::parse(url).map(|origin| origin.to_text());
    PublicAddress { url: url.trim_end_matches('/').to_owned(), origin }
}

struct Opened {
    store: Arc<dyn Store>,
    /// The contents of files: beside the database, or in it where servers share it.
    files: Arc<dyn Files>,
    /// What tells a PostgreSQL database from its copies.
    identity: Option<Arc<str>>,
}

/// The database of the configuration.
fn open_store(config: &Config, data: &DataDir) -> anyhow::Result<Opened> {
    if config.database.is_empty() {
        let reserve = u64::from(config.reserve_mb) << 20;
        let store = SqliteStore::open_with(&data.database(), faults::syncs(), reserve).map_err(unreadable)?;
        let files = FileDirectory::at(data.path().join(layout::FILES));
        return Ok(Opened { store: faults::around(store), files: Arc::new(files), identity: None });
    }
    let store = PostgresStore::open(config.database.reveal())?;
    let (files, identity) = (Arc::new(store.files()), Some(store.identity()?.into()));
    Ok(Opened { store: faults::around(store), files, identity })
}

/// Checks for damage after a stop that was not clean. Reads the whole file, unless the system has kept running: then
/// its pages are as they were written.
pub(crate) fn check_integrity(file: &Path, before: Before) -> anyhow::Result<()> {
    if let Some(torn) = SqliteStore::torn_log(file) {
        let TornLog { frames, transactions } = torn;
        metrics::counter!("knock_log_frames_lost_total").increment(frames);
        metrics::counter!("knock_log_transactions_lost_total").increment(transactions);
        tracing::error!(frames, transactions, "the log of the database was damaged; what stands behind it is ignored");
    }
    if before == Before::Killed {
        tracing::warn!(
            "the server had not been stopped in order; the system ran on, so the database is as it was written"
        );
        return Ok(());
    }
    let begun = SystemClock.now();
    SqliteStore::check(file).map_err(unreadable)?;
    let took = (SystemClock.now() - begun).0;
    tracing::warn!(milliseconds = took, "the server had not been stopped in order; the database is whole");
    Ok(())
}

/// Adds the advice to restore to an error of a start that found damage after the database was opened.
pub(crate) fn with_restore_hint(error: anyhow::Error) -> anyhow::Error {
    let is_damaged = error.chain().any(|cause| {
        let of_commit = cause.downcast_ref::<CommitError>();
        let is_of_store = matches!(cause.downcast_ref(), Some(StoreError::Damaged(_)));
        is_of_store || matches!(of_commit, Some(CommitError::Store(StoreError::Damaged(_))))
    });
    let is_named = format!("{error:#}").contains(RESTORE_HINT);
    if is_damaged && !is_named { error.context(RESTORE_HINT) } else { error }
}

fn unreadable(error: StoreError) -> anyhow::Error {
    let is_damaged = matches!(error, StoreError::Damaged(_));
    let error = anyhow::Error::new(error);
    if is_damaged { error.context(format!("nothing was changed; {RESTORE_HINT}")) } else { error }
}
