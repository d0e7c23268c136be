//! Readers as processes: good files, files that take them down, their limits and their end.

mod calendars;
mod deflated;
mod documents;
mod mails;
mod pdf;
mod pictures;
mod processes;

use knock_reader::Reader;
use std::fmt::Debug;
use std::time::Duration;
use tokio::time::timeout;

/// Longer than any deadline.
const LONGEST: Duration = Duration::from_secs(45);

pub(crate) fn reader() -> Reader {
    Reader::by(env!("CARGO_BIN_EXE_knock-reader").into())
}

/// Awaits a reading that has to fail in time, without memory of this process; returns the words.
pub(crate) async fn refused<T: Debug, E: ToString>(name: &str, read: impl Future<Output = Result<T, E>>) -> String {
    let read = timeout(LONGEST, read).await.unwrap_or_else(|_| panic!("{name}: it does not end"));
    assert!(knock_testing::memory(std::process::id()).peak < 400 << 10, "{name}: this process holds it");
    read.expect_err(name).to_string()
}
