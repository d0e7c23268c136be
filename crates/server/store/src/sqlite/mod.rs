//! The store on one SQLite file: one writer, as many readers as ask at once.

mod backup;
mod check;
mod checkpointer;
mod connection;
mod contents;
mod log;
mod reserve;
#[cfg(feature = "scratch")]
mod template;

pub use backup::{Backup, StateFile};
#[cfg(feature = "scratch")]
pub(crate) use connection::rows;
pub use log::TornLog;
#[cfg(feature = "scratch")]
pub(crate) use template::copy_tables;

use crate::postgres::{self, Copied};
use crate::sql::Db;
use checkpointer::{CHECKPOINT_PAGES, Checkpointer};
use connection::Statements;
use knock_model::search::fold;
use knock_ports::{Footprint, Ledger, Peers, Store, StoreError, View};
use reserve::Reserve;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, ffi};
use rusqlite_migration::{M, Migrations};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Steps are added, never changed.
const STEPS: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_start.sql"),
    include_str!("../../migrations/sqlite/0002_chat.sql"),
    include_str!("../../migrations/sqlite/0003_routing.sql"),
    include_str!("../../migrations/sqlite/0004_visits.sql"),
    include_str!("../../migrations/sqlite/0005_identify.sql"),
    include_str!("../../migrations/sqlite/0006_browsers.sql"),
    include_str!("../../migrations/sqlite/0007_missing.sql"),
    include_str!("../../migrations/sqlite/0008_audit.sql"),
    include_str!("../../migrations/sqlite/0009_retention.sql"),
    include_str!("../../migrations/sqlite/0010_backlog.sql"),
    include_str!("../../migrations/sqlite/0011_arrivals.sql"),
    include_str!("../../migrations/sqlite/0012_backlog_bytes.sql"),
    include_str!("../../migrations/sqlite/0013_outbox.sql"),
    include_str!("../../migrations/sqlite/0014_destinations.sql"),
    include_str!("../../migrations/sqlite/0015_files.sql"),
    include_str!("../../migrations/sqlite/0016_mail.sql"),
    include_str!("../../migrations/sqlite/0017_members.sql"),
    include_str!("../../migrations/sqlite/0018_secrets.sql"),
    include_str!("../../migrations/sqlite/0019_clock.sql"),
    include_str!("../../migrations/sqlite/0020_merged_leads.sql"),
    include_str!("../../migrations/sqlite/0021_audit_log.sql"),
    include_str!("../../migrations/sqlite/0022_sites.sql"),
    include_str!("../../migrations/sqlite/0023_contacts.sql"),
    include_str!("../../migrations/sqlite/0024_access.sql"),
    include_str!("../../migrations/sqlite/0025_agent.sql"),
    include_str!("../../migrations/sqlite/0026_lead_lists.sql"),
    include_str!("../../migrations/sqlite/0027_knowledge.sql"),
    include_str!("../../migrations/sqlite/0028_playbooks.sql"),
    include_str!("../../migrations/sqlite/0029_openers.sql"),
    include_str!("../../migrations/sqlite/0030_lead_lists_by_score.sql"),
    include_str!("../../migrations/sqlite/0031_inbox.sql"),
    include_str!("../../migrations/sqlite/0032_member_reads.sql"),
    include_str!("../../migrations/sqlite/0033_availability.sql"),
    include_str!("../../migrations/sqlite/0034_notifications.sql"),
    include_str!("../../migrations/sqlite/0035_notes.sql"),
    include_str!("../../migrations/sqlite/0036_saved_replies.sql"),
    include_str!("../../migrations/sqlite/0037_message_files.sql"),
    include_str!("../../migrations/sqlite/0038_meetings.sql"),
    include_str!("../../migrations/sqlite/0039_links.sql"),
    include_str!("../../migrations/sqlite/0040_calendars.sql"),
    include_str!("../../migrations/sqlite/0041_rules.sql"),
    include_str!("../../migrations/sqlite/0042_segment_templates.sql"),
    include_str!("../../migrations/sqlite/0043_custom_values.sql"),
    include_str!("../../migrations/sqlite/0044_message_cards.sql"),
    include_str!("../../migrations/sqlite/0045_enrichment.sql"),
    include_str!("../../migrations/sqlite/0046_slack.sql"),
    include_str!("../../migrations/sqlite/0047_crm.sql"),
    include_str!("../../migrations/sqlite/0048_slack_meetings.sql"),
    include_str!("../../migrations/sqlite/0049_session_sequences.sql"),
    include_str!("../../migrations/sqlite/0050_identified.sql"),
    include_str!("../../migrations/sqlite/0051_redeemed_handoffs.sql"),
    include_str!("../../migrations/sqlite/0052_mails_sent.sql"),
    include_str!("../../migrations/sqlite/0053_unconfirmed_bookings.sql"),
    include_str!("../../migrations/sqlite/0054_calendar_accounts.sql"),
    include_str!("../../migrations/sqlite/0055_queue.sql"),
    include_str!("../../migrations/sqlite/0056_work.sql"),
    include_str!("../../migrations/sqlite/0057_profiles.sql"),
    include_str!("../../migrations/sqlite/0058_contact_details.sql"),
    include_str!("../../migrations/sqlite/0059_inbox_filters.sql"),
    include_str!("../../migrations/sqlite/0060_contact_merges.sql"),
    include_str!("../../migrations/sqlite/0061_contact_progress.sql"),
    include_str!("../../migrations/sqlite/0062_tags.sql"),
    include_str!("../../migrations/sqlite/0063_mentions.sql"),
    include_str!("../../migrations/sqlite/0064_reminders.sql"),
    include_str!("../../migrations/sqlite/0065_invitations.sql"),
    include_str!("../../migrations/sqlite/0066_booking_links.sql"),
    include_str!("../../migrations/sqlite/0067_received_mail.sql"),
    include_str!("../../migrations/sqlite/0068_wordings.sql"),
    include_str!("../../migrations/sqlite/0070_test_sentences.sql"),
    include_str!("../../migrations/sqlite/0071_playbooks_of_sites.sql"),
    include_str!("../../migrations/sqlite/0074_sites_of_destinations.sql"),
    include_str!("../../migrations/sqlite/0075_slack_lead_posts.sql"),
    include_str!("../../migrations/sqlite/0078_integrations.sql"),
    include_str!("../../migrations/sqlite/0079_crm_companies.sql"),
    include_str!("../../migrations/sqlite/0080_looks.sql"),
    include_str!("../../migrations/sqlite/0081_visitor_facts.sql"),
    include_str!("../../migrations/sqlite/0083_link_greetings.sql"),
    include_str!("../../migrations/sqlite/0084_meeting_news.sql"),
    include_str!("../../migrations/sqlite/0086_first_steps.sql"),
    include_str!("../../migrations/sqlite/0087_workflows.sql"),
    include_str!("../../migrations/sqlite/0088_unread_events.sql"),
    include_str!("../../migrations/sqlite/0089_calendar_tokens.sql"),
    include_str!("../../migrations/sqlite/0090_calendar_channels.sql"),
    include_str!("../../migrations/sqlite/0091_reports.sql"),
    include_str!("../../migrations/sqlite/0092_report_mails.sql"),
    include_str!("../../migrations/sqlite/0093_warehouse.sql"),
];

/// Pages the writer keeps in memory, in KiB. SQLite looks through all of them after most commits (a page it numbers above
/// all others while it balances a tree makes it do so): the system's cache keeps the rest for less.
const CACHE_KB: i64 = 4 * 1_024;

/// The instants at which written data is synced to the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syncs {
    /// At each commit: what it acknowledged outlives a loss of power.
    #[default]
    AtCommit,
    /// Now and then: for measuring what the other one costs, and for the test that proves what it is for.
    AtCheckpoint,
}

/// One SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    reserve: Reserve,
    /// The log, to sync it; none without syncing at commit. Open for as long as the store: a failed write-out is
    /// reported once to each open descriptor.
    log: Option<File>,
    checkpointer: Checkpointer,
    idle_readers: Mutex<Vec<Connection>>,
    /// Closed after the checkpointer and the readers: the last connection brings the log into the file, and they may not write.
    writer: Mutex<Connection>,
    /// The database, to sync it. Closed after all connections: closing it takes the locks of this process away.
    _file: Arc<File>,
}

impl SqliteStore {
    /// Opens the file, makes it when it is not there and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or is no database of ours.
    pub fn open(path: &Path) -> Result<SqliteStore, StoreError> {
        SqliteStore::open_with(path, Syncs::AtCommit, 0)
    }

    /// The same, with so many bytes kept free beside it for when the disk is full.
    ///
    /// # Errors
    /// When the file cannot be opened or is no database of ours.
    pub fn open_with(path: &Path, syncs: Syncs, reserve: u64) -> Result<SqliteStore, StoreError> {
        let mut writer = connect(path, OpenFlags::default())?;
        writer.pragma_update(None, "journal_mode", "WAL").map_err(broken)?;
        writer.pragma_update(None, "synchronous", "FULL").map_err(broken)?;
        writer.pragma_update(None, "journal_size_limit", 2 * i64::from(CHECKPOINT_PAGES) * 4_096).map_err(broken)?;
        writer.pragma_update(None, "cache_size", -CACHE_KB).map_err(broken)?;
        Migrations::from_iter(STEPS.iter().map(|step| M::up(step))).to_latest(&mut writer).map_err(unmigrated)?;
        writer.pragma_update(None, "synchronous", "NORMAL").map_err(broken)?;
        let log = match syncs {
            Syncs::AtCommit => Some(File::open(log::of(path)).map_err(|error| StoreError::Broken(error.to_string()))?),
            Syncs::AtCheckpoint => None,
        };
        let unopened = |error: std::io::Error| StoreError::Broken(error.to_string());
        let file = Arc::new(File::open(path).map_err(unopened)?);
        let checkpointer =
            Checkpointer::of(&writer, connect(path, OpenFlags::default())?, Arc::clone(&file)).map_err(unopened)?;
        let (reserve, path) = (Reserve::beside(path, reserve), path.to_owned());
        let (writer, idle_readers) = (Mutex::new(writer), Mutex::default());
        Ok(SqliteStore { path, reserve, log, checkpointer, idle_readers, writer, _file: file })
    }

    /// All files that belong to a database at this path, whether or not they are there.
    pub fn files(path: &Path) -> Vec<PathBuf> {
        let reserve = Reserve::file_beside(path);
        // SQLite keeps its log and the log's index beside the file itself, not beside a link to it.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        vec![log::of(&path), log::index_of(&path), reserve, path]
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let idle = self.idle_readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        idle.map_or_else(|| connect(&self.path, flags), Ok)
    }
}

impl Store for SqliteStore {
    fn write_unsynced(
        &self,
        work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        // A panic of an earlier writer rolled its transaction back, so the connection is good.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.reserve.hold()?;
        let written = write(&mut writer, work);
        self.checkpointer.committed();
        if matches!(written, Err(StoreError::Full)) {
            self.reserve.give_up();
            bring_in(&writer);
        }
        written
    }

    /// SQLite syncs the log before it brings it into the file, and not at each commit (`synchronous = NORMAL`): that is
    /// done here, beside the writer.
    fn sync(&self) -> Result<(), StoreError> {
        let Some(log) = &self.log else { return Ok(()) };
        log.sync_data().map_err(|error| StoreError::Unsynced(error.to_string()))
    }

    /// One server has the file.
    fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError> {
        Ok(None)
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.reserve.hold()
    }

    fn footprint(&self) -> Result<Footprint, StoreError> {
        Ok(Footprint { data: length(&self.path)?, log: Some(length(&log::of(&self.path))?) })
    }

    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut reader = self.reader()?;
        let snapshot = reader.transaction().map_err(broken)?;
        work(&Db(Statements(&snapshot)))?;
        snapshot.commit().map_err(broken)?;
        self.idle_readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        Ok(())
    }

    fn scrub(&self) -> Result<(), StoreError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // Pages keep remains of what was deleted or moved: only a file written anew has none.
        writer.execute_batch("VACUUM").map_err(broken)?;
        let is_read: i64 = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(broken)?;
        if is_read == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }
}

fn write(
    writer: &mut Connection,
    work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(broken)?;
    work(&mut Db(Statements(&transaction)))?;
    transaction.commit().map_err(broken)
}

/// Brings what the log holds into the file, so that the log's room is free again.
fn bring_in(writer: &Connection) {
    if let Err(error) = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the log could not be brought into the database");
    }
}

/// The length of a file in bytes; 0 when it is not there.
fn length(file: &Path) -> Result<u64, StoreError> {
    match std::fs::metadata(file) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(StoreError::Broken(error.to_string())),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags).map_err(broken)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(broken)?;
    connection.pragma_update(None, "foreign_keys", "ON").map_err(broken)?;
    connection.set_prepared_statement_cache_capacity(128);
    add_folding(&connection)?;
    Ok(connection)
}

/// Adds the function by which a search compares texts; PostgreSQL has it from its tables' steps.
fn add_folding(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let folded = |context: &Context<'_>| -> rusqlite::Result<Option<String>> {
        Ok(context.get::<Option<String>>(0)?.map(|text| fold(&text)))
    };
    connection.create_scalar_function("knock_folded", 1, flags, folded).map_err(broken)
}

/// Copies a workspace from a SQLite file into a PostgreSQL database without one, in one transaction; the tables with
/// their rows, counted on both sides.
///
/// # Errors
/// When the file is no database of ours, when `url` cannot be opened or holds a workspace, or when a row does not fit;
/// then nothing is copied.
pub fn copy_to_postgres(file: &Path, url: &str) -> Result<Vec<Copied>, StoreError> {
    // Brings the tables up to date.
    drop(SqliteStore::open(file)?);
    let mut connection = connect(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let snapshot = connection.transaction().map_err(broken)?;
    postgres::copy(&Db(Statements(&snapshot)), url)
}

/// The meaning of an SQLite error for the rest of the server.
#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn broken(error: rusqlite::Error) -> StoreError {
    let Some(failure) = error.sqlite_error() else { return StoreError::Broken(error.to_string()) };
    match (failure.code, failure.extended_code) {
        // The index of the log is a file too.
        (rusqlite::ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => StoreError::Full,
        (rusqlite::ErrorCode::ReadOnly, _) => StoreError::ReadOnly(error.to_string()),
        (_, ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC) => StoreError::Unsynced(error.to_string()),
        (rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked, _) => StoreError::Busy,
        (rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase, _) => {
            StoreError::Damaged(error.to_string())
        }
        _ => StoreError::Broken(error.to_string()),
    }
}

fn unmigrated(error: rusqlite_migration::Error) -> StoreError {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => broken(err),
        other => StoreError::Broken(other.to_string()),
    }
}
