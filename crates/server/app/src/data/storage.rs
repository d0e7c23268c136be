//! The fill level of the storage: signals are refused before chats and the team run out of space.

use crate::data::directory::DataDir;
use knock_ports::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The interval between measurements.
const INTERVAL: Duration = Duration::from_secs(1);
/// Free space on the disk that signals never take, in bytes; of a small disk a twentieth.
const KEPT_FREE: u64 = 256 << 20;
/// Free space that files of visitors never take at least, in bytes, and that files of the team leave: more than the least
/// that a server needs to be ready.
const KEPT_FROM_FILES: u64 = 16 << 20;
const KEPT_FROM_TEAM: u64 = 12 << 20;
/// Free space below this multiple of the space kept free is low.
const LOW_FREE: u64 = 4;

/// The fill level of the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Level {
    /// There is enough space.
    Ample = 0,
    /// More than four fifths are taken: space should be freed.
    Low = 1,
    /// Full for signals.
    Full = 2,
}

/// The space for the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Room {
    /// The size of the database.
    used: u64,
    /// The free space and the size of its disk; none if the disk is another program's.
    disk: Option<Disk>,
    /// The configured limit; none is the size of the disk.
    configured: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Disk {
    free: u64,
    size: u64,
}

impl Disk {
    fn of(directory: &Path) -> Option<Disk> {
        let disk = rustix::fs::statvfs(directory).ok()?;
        let bytes = |blocks: u64| blocks.saturating_mul(disk.f_frsize);
        Some(Disk { free: bytes(disk.f_bavail), size: bytes(disk.f_blocks) })
    }

    fn kept_free(self) -> u64 {
        KEPT_FREE.min(self.size / 20)
    }

    /// Whether a file may take so many bytes.
    fn takes_file(self, bytes: u64, by: FileSender) -> bool {
        let kept = match by {
            FileSender::Visitor => self.kept_free().max(KEPT_FROM_FILES),
            FileSender::Team => (self.kept_free() / 4).max(KEPT_FROM_TEAM),
        };
        self.free >= kept.saturating_add(bytes)
    }
}

/// The sender of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileSender {
    Visitor,
    Team,
}

impl Room {
    /// The limit in bytes; none when there is no limit.
    fn limit(&self) -> Option<u64> {
        let by_disk = self.disk.map(|disk| (self.used + disk.free).saturating_sub(disk.kept_free()));
        [self.configured, by_disk].into_iter().flatten().min()
    }

    fn level(&self) -> Level {
        let Some(limit) = self.limit() else { return Level::Ample };
        if self.used >= limit {
            return Level::Full;
        }
        let is_disk_low = self.disk.is_some_and(|disk| disk.free < LOW_FREE * disk.kept_free());
        if is_disk_low || self.used / 4 >= limit / 5 { Level::Low } else { Level::Ample }
    }
}

/// Measures the fill level of the storage.
pub(crate) struct Storage {
    store: Arc<dyn Store>,
    directory: PathBuf,
    is_sqlite: bool,
    configured: Option<u64>,
    level: AtomicU8,
}

impl Storage {
    /// The storage of this store and data directory; `max_database_mb` limits the database, 0 is the space of the disk.
    pub(crate) fn new(store: Arc<dyn Store>, data: &DataDir, is_sqlite: bool, max_database_mb: u32) -> Storage {
        Storage {
            store,
            directory: data.path().to_owned(),
            is_sqlite,
            configured: (max_database_mb > 0).then(|| u64::from(max_database_mb) << 20),
            level: AtomicU8::new(Level::Ample as u8),
        }
    }

    /// The level at the last measurement.
    pub(crate) fn level(&self) -> Level {
        match self.level.load(Ordering::Relaxed) {
            0 => Level::Ample,
            1 => Level::Low,
            _ => Level::Full,
        }
    }

    /// Measures periodically until the server ends.
    pub(crate) async fn run(self: Arc<Storage>) {
        loop {
            let storage = Arc::clone(&self);
            // A level that cannot be measured now stays as it was.
            drop(tokio::task::spawn_blocking(move || storage.measure()).await);
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Whether the disk has room for a file now; true where files are stored by another program.
    pub(crate) fn takes_file(&self, bytes: u64, by: FileSender) -> bool {
        let disk = Disk::of(&self.directory).filter(|_| self.is_sqlite);
        disk.is_none_or(|disk| disk.takes_file(bytes, by))
    }

    pub(crate) fn measure(&self) {
        let Ok(footprint) = self.store.footprint() else { return };
        let disk = Disk::of(&self.directory);
        metrics::gauge!("knock_disk_free_bytes").set(disk.map_or(0, |disk| disk.free) as f64);
        let room = Room {
            used: footprint.data + footprint.log.unwrap_or_default(),
            disk: disk.filter(|_| self.is_sqlite),
            configured: self.configured,
        };
        metrics::gauge!("knock_database_limit_bytes").set(room.limit().unwrap_or_default() as f64);
        let level = room.level();
        if self.level.swap(level as u8, Ordering::Relaxed) != level as u8 {
            report(level, room);
        }
    }
}

/// Logs that the level has changed.
fn report(level: Level, room: Room) {
    let (used, limit) = (room.used, room.limit().unwrap_or_default());
    match level {
        Level::Ample => tracing::warn!(used, limit, "the storage has room again"),
        Level::Low => tracing::warn!(
            used,
            limit,
            "the storage is nearly full: make room on the disk, shorten retention.signals_days or raise max_database_mb"
        ),
        Level::Full => tracing::error!(used, limit, "the storage is full: signals are refused, chats go on"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;
    const GIB: u64 = 1 << 30;

    #[test]
    fn files_leave_room_and_those_of_visitors_more() {
        let disk = |free, size| Disk { free, size };
        let cases = [
            (disk(256 * MIB, 100 * GIB), 0, [true, true]),
            (disk(256 * MIB, 100 * GIB), 1, [false, true]),
            (disk(64 * MIB, 100 * GIB), 1, [false, false]),
            (disk(20 * MIB, 96 * MIB), 4 * MIB, [true, true]),
            (disk(19 * MIB, 96 * MIB), 4 * MIB, [false, true]),
            (disk(15 * MIB, 96 * MIB), 4 * MIB, [false, false]),
        ];
        for (disk, bytes, expected) in cases {
            let takes = [FileSender::Visitor, FileSender::Team].map(|by| disk.takes_file(bytes, by));
            assert_eq!(takes, expected, "{disk:?} {bytes}");
        }
    }

    #[test]
    fn levels_follow_the_limit_and_the_disk() {
        let disk = |free, size| Some(Disk { free, size });
        let cases = [
            ("a new server", MIB, disk(50 * GIB, 100 * GIB), None, Level::Ample),
            ("much is stored, much is free", 60 * GIB, disk(39 * GIB, 100 * GIB), None, Level::Ample),
            ("a fifth is left", 80 * GIB, disk(20 * GIB, 100 * GIB), None, Level::Low),
            ("others fill the disk", MIB, disk(GIB - 1, 100 * GIB), None, Level::Low),
            ("nothing but what is kept free", 60 * GIB, disk(256 * MIB, 100 * GIB), None, Level::Full),
            ("a small disk", MIB, disk(8 * MIB, 24 * MIB), None, Level::Ample),
            ("a small disk, nearly full", MIB, disk(4 * MIB, 24 * MIB), None, Level::Low),
            ("a small disk that is full", MIB, disk(MIB, 24 * MIB), None, Level::Full),
            ("below what is configured", 799 * MIB, disk(50 * GIB, 100 * GIB), Some(1_000 * MIB), Level::Ample),
            ("near what is configured", 800 * MIB, disk(50 * GIB, 100 * GIB), Some(1_000 * MIB), Level::Low),
            ("what is configured", 1_000 * MIB, disk(50 * GIB, 100 * GIB), Some(1_000 * MIB), Level::Full),
            ("another program's disk", 900 * GIB, None, None, Level::Ample),
            ("another program's disk, limited", 9 * GIB, None, Some(10 * GIB), Level::Low),
        ];
        for (name, used, disk, configured, expected) in cases {
            assert_eq!(Room { used, disk, configured }.level(), expected, "{name}");
        }
    }
}
