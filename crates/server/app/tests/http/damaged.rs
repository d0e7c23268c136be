//! A damaged database: the server names the command that restores it, wherever it meets the damage.

use crate::support::{Knock, batch, signal};
use knock_testing::{Place, Setup};
use std::path::Path;

/// Overwrites a part of a file.
fn overwrite(file: &Path, from: usize, bytes: &[u8]) {
    let mut content = std::fs::read(file).expect("it is there");
    content[from..from + bytes.len()].copy_from_slice(bytes);
    std::fs::write(file, content).expect("written");
}

/// The data of a server after a clean stop.
fn stopped() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a directory");
    let server: Knock = Setup::on(Place::kept(home.path(), "")).start();
    let now = server.now();
    let page_views: Vec<_> = (0..200).map(|n| signal(now, n, "page_view", "/pricing")).collect();
    assert_eq!(server.post_signals(&batch(&server.site(), 1, now, &page_views)).code, 202);
    server.stop();
    home
}

/// A copy of that data, as after that stop or as after a crash of the system.
fn copied(home: &Path, in_order: bool) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a directory");
    // The socket of the stopped server is no file.
    let entries = std::fs::read_dir(home).expect("it is there").map(|entry| entry.expect("a file").path());
    for file in entries.filter(|path| path.is_file()) {
        std::fs::copy(&file, copy.path().join(file.file_name().expect("a name"))).expect("copied");
    }
    if !in_order {
        std::fs::write(copy.path().join("running"), "").expect("written");
    }
    copy
}

fn check_refused(home: &Path, what: &str, damage: impl Fn(&Path)) {
    for in_order in [true, false] {
        let home = copied(home, in_order);
        let file = home.path().join("knock.db");
        damage(&file);
        let damaged = std::fs::read(&file).expect("it is there");
        let Err(ended) = Setup::on(Place::kept(home.path(), "")).try_start() else {
            panic!("{what}: it started ({in_order})")
        };
        assert_eq!(ended.status.code(), Some(2), "{what}: {}", ended.said);
        assert!(ended.said.contains("knock restore"), "{what} ({in_order}): {}", ended.said);
        assert!(std::fs::read(&file).expect("it is there") == damaged, "{what}: it was changed");
    }
}

/// Wherever a page is met: while the file is opened, checked, migrated, or while due work is done.
#[test]
fn a_start_that_meets_a_damaged_page_names_the_way_back() {
    let home = stopped();
    let whole = std::fs::read(home.path().join("knock.db")).expect("it is there");
    let mut refused = 0;
    for from in (0..whole.len()).step_by(4_096).skip(1).take(30) {
        std::fs::write(home.path().join("knock.db"), &whole).expect("written");
        overwrite(&home.path().join("knock.db"), from, &[0xa5; 4_096]);
        drop(std::fs::remove_file(home.path().join("running")));
        match Setup::on(Place::kept(home.path(), "")).try_start() {
            // That page was not read yet.
            Ok(server) => drop(server),
            Err(ended) => {
                assert!(ended.said.contains("knock restore"), "page at {from}: {}", ended.said);
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
}

#[test]
fn a_database_that_is_refused_at_the_start_names_the_way_back() {
    let stopped = stopped();
    let home = stopped.path();
    check_refused(home, "no database", |file| overwrite(file, 0, &[b'x'; 100]));
    check_refused(home, "no database at all", |file| {
        std::fs::write(file, "not a database, but a text".repeat(400)).expect("written")
    });
    check_refused(home, "a first page without its tables", |file| overwrite(file, 100, &[0xff; 3_900]));
    check_refused(home, "half a file", |file| {
        let content = std::fs::read(file).expect("it is there");
        std::fs::write(file, &content[..4_096]).expect("written");
    });
    check_refused(home, "pages of something else", |file| {
        let length = std::fs::metadata(file).expect("it is there").len();
        overwrite(file, 4_096, &vec![0xa5; usize::try_from(length).expect("small") - 4_096]);
    });
}
