//! What counts as a copy of a data directory.

use super::is_held;
use crate::support::Knock;
use knock_store::Scratch;
use knock_testing::{Binary, Place, Setup};
use std::path::Path;
use std::process::Command;

fn started(data: &Path) -> Knock {
    Setup::on(Place::kept(data, "")).start()
}

fn backup(data: &Path, to: &Path) {
    let args = ["backup", to.to_str().expect("text"), "--data", data.to_str().expect("text")];
    let output = Binary::built().command(&args).env_remove("KNOCK_DATABASE").output().expect("the binary runs");
    assert!(output.status.success(), "{output:?}");
}

fn restore(file: &Path, data: &Path) {
    let args = ["restore", file.to_str().expect("text"), "--data", data.to_str().expect("text")];
    let output = Binary::built().command(&args).env_remove("KNOCK_DATABASE").output().expect("the binary runs");
    assert!(output.status.success(), "{output:?}");
}

/// Turns a stopped data directory into one of a version that knew no places.
fn forget(data: &Path) {
    let database = rusqlite::Connection::open(data.join("knock.db")).expect("it opens");
    database.execute("DELETE FROM settings WHERE name IN ('place', 'key_fingerprint')", []).expect("it runs");
    std::fs::remove_file(data.join("identity")).expect("it was there");
}

#[test]
fn a_directory_that_is_new_moved_or_of_an_earlier_version_is_no_copy() {
    let home = tempfile::tempdir().expect("a directory");
    let (data, moved) = (home.path().join("data"), home.path().join("moved"));
    let knock = started(&data);
    assert!(!is_held(&knock), "a new one");
    assert!(!knock.said().contains("copy"), "{}", knock.said());
    let knock = knock.kill_and_restart();
    assert!(!is_held(&knock), "after a crash");
    knock.stop();
    std::fs::rename(&data, &moved).expect("moved");
    let knock = started(&moved);
    assert!(!is_held(&knock), "a moved one");
    knock.stop();
    forget(&moved);
    let knock = started(&moved);
    assert!(!is_held(&knock), "one of an earlier version");
    knock.stop();
    assert!(moved.join("identity").is_file(), "it is marked from now on");
    assert!(!is_held(&started(&moved)));
}

#[test]
fn a_directory_that_was_copied_by_hand_is_a_copy() {
    let home = tempfile::tempdir().expect("a directory");
    let (data, copy) = (home.path().join("data"), home.path().join("copy"));
    started(&data).stop();
    let copied = Command::new("cp").arg("-a").arg(&data).arg(&copy).status().expect("cp runs");
    assert!(copied.success());
    assert!(is_held(&started(&copy)));
    assert!(!is_held(&started(&data)), "the original goes on");
}

#[test]
fn a_backup_of_an_earlier_version_is_a_copy_where_it_is_restored() {
    let home = tempfile::tempdir().expect("a directory");
    let (data, copy, file) = (home.path().join("data"), home.path().join("copy"), home.path().join("backup.db"));
    started(&data).stop();
    forget(&data);
    backup(&data, &file);
    restore(&file, &copy);
    assert!(is_held(&started(&copy)));
}

#[test]
fn a_copy_that_moves_to_postgresql_stays_one_and_an_original_does_not_become_one() {
    for is_copy in [false, true] {
        let target = Scratch::bare();
        if !target.is_postgres() {
            return;
        }
        let home = tempfile::tempdir().expect("a directory");
        let (data, file) = (home.path().join("data"), home.path().join("backup.db"));
        started(&data).stop();
        let from = if is_copy {
            backup(&data, &file);
            restore(&file, &home.path().join("copy"));
            home.path().join("copy")
        } else {
            data
        };
        let args = ["migrate", "--from", &format!("sqlite:{}", from.display()), "--to", target.database()];
        let output = Binary::built().command(&args).output().expect("the binary runs");
        assert!(output.status.success(), "{output:?}");
        let knock = Setup::on(Place::kept(&from, target.database())).start();
        assert_eq!(is_held(&knock), is_copy);
    }
}
