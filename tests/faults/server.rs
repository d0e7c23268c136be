//! Servers on places that outlive them, with anything in their environment.

pub(crate) use knock_testing::{Ended, Place, TestServer as Server, stopwatch};

use knock_store::Scratch;
use knock_testing::Setup;
use std::fs;
use std::path::{Path, PathBuf};

/// A directory with a SQLite file.
pub(crate) fn sqlite(data: &Path) -> Place {
    Place::kept(data, "")
}

/// A directory beside a database that is a test's own, so that what servers say is kept between them.
pub(crate) fn place_in(home: &Scratch) -> Place {
    Place::kept(&home.dir().join("data"), home.database())
}

pub(crate) fn start(place: &Place, settings: &[(&str, &str)]) -> Server {
    setup(place, settings).start()
}

/// A server, or how it ended before it greeted.
pub(crate) fn try_start(place: &Place, settings: &[(&str, &str)]) -> Result<Server, Ended> {
    setup(place, settings).try_start()
}

fn setup(place: &Place, settings: &[(&str, &str)]) -> Setup {
    let own = [
        ("KNOCK_INGEST_RATE_PER_IP", "0"),
        ("KNOCK_INGEST_BYTES_PER_IP", "0"),
        ("KNOCK_INGEST_BYTES_PER_SITE", "0"),
        ("KNOCK_CHAT_MESSAGES_PER_IP", "0"),
        ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.1"),
    ];
    Setup::on(place.clone()).settings(settings).settings(&own).logged_to(&log_of(place))
}

/// The output of all servers of a place.
pub(crate) fn said(place: &Place) -> String {
    fs::read_to_string(log_of(place)).unwrap_or_default()
}

pub(crate) fn log_of(place: &Place) -> PathBuf {
    place.dir().with_extension("log")
}
