//! Modes of the data directory: only the account that Knock runs as can read and write Knock's files there.

use crate::clock::TestClock;
use crate::data::layout;
use knock_model::FileId;
use knock_store::SqliteStore;
use rustix::fs::Mode;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The permission bits of the group and all other accounts.
const OTHERS: u32 = 0o077;
/// Set on a directory that all accounts share, such as `/tmp`.
const STICKY: u32 = 0o1000;

/// Knock's own files beside those of the database.
const OWN: [&str; 9] = [
    layout::LOCK,
    layout::RUNNING,
    layout::CONTROL_SOCKET,
    layout::LAST_BACKUP,
    layout::IDENTITY,
    layout::IDENTITY_DRAFT,
    layout::SERVER_KEY,
    layout::SERVER_KEY_DRAFT,
    TestClock::FILE,
];

/// Closes every file that this process makes from now on to other accounts, whichever library makes it.
pub(crate) fn keep_new_files_private() {
    rustix::process::umask(Mode::from_raw_mode(OTHERS));
}

/// Closes Knock's files in a data directory to other accounts, if an earlier version left them open; logs which.
pub(crate) fn close_to_others(data: &Path) {
    let mut report = Report::default();
    close_directory(data, &mut report);
    if !report.closed.is_empty() {
        let files = report.closed.join(", ");
        tracing::warn!(data = %data.display(), files, "other accounts of this machine could open these; now they cannot");
    }
    if let Some((path, error)) = report.failed {
        tracing::warn!(file = %path.display(), %error, "other accounts of this machine may be able to open this");
    }
}

/// The result.
#[derive(Default)]
struct Report {
    closed: Vec<String>,
    failed: Option<(PathBuf, io::Error)>,
}

/// Closes a data directory, or one that a restore moved aside: first its contents, so that a directory that is already
/// closed was completed.
fn close_directory(data: &Path, report: &mut Report) {
    let own = OWN.iter().map(|name| data.join(name));
    for file in own.chain(SqliteStore::files(&data.join(layout::DATABASE))) {
        close(&file, report);
    }
    close_contents(&data.join(layout::FILES), report);
    for directory in children(data).filter(|path| is_named(path, layout::is_directory_of_restore)) {
        close_directory(&directory, report);
    }
    close(data, report);
}

/// Closes the contents of stored files, which may be many: checked only if their directory was open.
fn close_contents(files: &Path, report: &mut Report) {
    if !is_open(files) {
        return;
    }
    let is_content = |name: &str| FileId::parse(name.split_once('.').map_or(name, |(id, _)| id)).is_ok();
    let named = report.closed.len();
    for content in children(files).filter(|path| is_named(path, is_content)) {
        close(&content, report);
    }
    let contents = report.closed.drain(named..).count();
    if contents > 0 {
        report.closed.push(format!("{contents} stored files in {}", files.display()));
    }
    close(files, report);
}

fn close(path: &Path, report: &mut Report) {
    if !is_open(path) {
        return;
    }
    let closed = fs::metadata(path).map(|now| now.permissions().mode() & 0o7777 & !OTHERS);
    match closed.and_then(|mode| fs::set_permissions(path, Permissions::from_mode(mode))) {
        Ok(()) => report.closed.push(path.display().to_string()),
        Err(error) => report.failed = Some((path.to_owned(), error)),
    }
}

/// Whether other accounts have permissions for it that they should not have. Targets of symbolic links are not ours.
fn is_open(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|of| {
        let mode = of.permissions().mode();
        let is_shared = of.is_dir() && mode & STICKY != 0;
        mode & OTHERS != 0 && !of.is_symlink() && !is_shared
    })
}

fn children(of: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(of).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
}

fn is_named(path: &Path, test: impl Fn(&str) -> bool) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(test)
}
