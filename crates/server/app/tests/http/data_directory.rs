//! The permissions of the data directory: its owner's alone.

use crate::support::{Knock, signal};
use knock_testing::{Place, Setup};
use std::fs::{Permissions, metadata, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A directory and all its content, at any depth.
fn tree(of: &Path) -> Vec<PathBuf> {
    let mut found = vec![of.to_owned()];
    if of.is_dir() {
        let entries = of.read_dir().expect("a directory").map(|entry| entry.expect("an entry").path());
        found.extend(entries.flat_map(|entry| tree(&entry)));
    }
    found
}

fn mode(path: &Path) -> u32 {
    metadata(path).expect("it is there").permissions().mode() & 0o777
}

fn loosen(path: &Path) {
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
}

/// The paths that other accounts have any permission on.
fn open_to_others(data: &Path) -> Vec<PathBuf> {
    let mut open: Vec<PathBuf> = tree(data).into_iter().filter(|path| mode(path) & 0o077 != 0).collect();
    open.sort();
    open
}

fn started(data: &Path) -> Knock {
    Setup::on(Place::kept(data, "")).start()
}

#[test]
fn all_that_the_server_makes_is_for_its_owner_alone() {
    let home = tempfile::tempdir().expect("a directory");
    let data = home.path().join("new/data");
    let server = started(&data);
    let site = server.demo_site();
    server.set_clock(&serde_json::json!({"advance_ms": 1_000}));
    assert_eq!(site.visitor(1).sends(&server, &[signal(server.now(), 1, "page_view", "/pricing")]).code, 202);
    assert!(server.command(&["backup", home.path().to_str().expect("text")]).status.success());
    let names: Vec<PathBuf> = tree(&data);
    for name in ["knock.db", "knock.db-wal", "knock.db-shm", "secret.key", "reserve", "running", "lock", "control.sock"]
    {
        assert!(names.contains(&data.join(name)), "{name} in {names:?}");
    }
    assert_eq!(open_to_others(&data), Vec::<PathBuf>::new());
    let backup = home.path().read_dir().expect("a directory").map(|entry| entry.expect("an entry").path());
    let backup: Vec<_> = backup.filter(|path| path.extension().is_some_and(|kind| kind == "db")).collect();
    assert_eq!(backup.iter().map(|file| mode(file)).collect::<Vec<_>>(), [0o600]);
    assert!(!server.said().contains("other accounts"), "{}", server.said());
}

#[test]
fn what_an_earlier_version_left_open_is_closed_at_the_start_and_named() {
    let home = tempfile::tempdir().expect("a directory");
    let data = home.path().join("data");
    started(&data).stop();
    std::fs::create_dir(data.join("files")).expect("made");
    write(data.join("files/018f0000-0000-7000-8000-000000000000"), "a content").expect("written");
    std::fs::create_dir(data.join("before-20260601T120000Z")).expect("made");
    write(data.join("before-20260601T120000Z/knock.db"), "older").expect("written");
    write(data.join("notes.txt"), "of somebody else").expect("written");
    write(home.path().join("target"), "behind a link").expect("written");
    std::os::unix::fs::symlink(home.path().join("target"), data.join("last-backup")).expect("linked");
    tree(&data).iter().for_each(|path| loosen(path));
    let server = started(&data);
    assert_eq!(open_to_others(&data), [data.join("last-backup"), data.join("notes.txt")]);
    let said = server.said();
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("other accounts")).collect();
    let [line] = lines[..] else { panic!("{said}") };
    for name in ["knock.db", "secret.key", "files", "before-20260601T120000Z"] {
        assert!(line.contains(name), "{name}: {line}");
    }
    assert!(!line.contains("notes.txt") && line.contains("WARN"), "{line}");
    server.stop();
    assert!(!started(&data).said().contains("other accounts"));
}

#[test]
fn a_directory_that_all_accounts_share_stays_shared() {
    let home = tempfile::tempdir().expect("a directory");
    set_permissions(home.path(), Permissions::from_mode(0o1777)).expect("it is ours");
    let server = started(home.path());
    assert_eq!(mode(home.path()), 0o777);
    assert_eq!(open_to_others(home.path()), [home.path()]);
    drop(server);
}

#[test]
fn a_server_does_not_replace_the_lost_secret_of_a_workspace_unless_told_to() {
    let home = tempfile::tempdir().expect("a directory");
    let data = home.path().join("data");
    started(&data).stop();
    std::fs::remove_file(data.join("secret.key")).expect("it was there");
    let on = || Setup::on(Place::kept(&data, ""));
    let Err(ended) = on().try_start() else { panic!("it started") };
    assert_eq!(ended.status.code(), Some(2), "{}", ended.said);
    for part in ["secret.key", "knock restore", "--new-secret-key"] {
        assert!(ended.said.contains(part), "{part}: {}", ended.said);
    }
    assert!(!data.join("secret.key").exists(), "nothing was made");
    let server = on().arguments(&["--new-secret-key"]).start();
    assert_eq!(server.send("GET", "/readyz", &[], None).code, 200);
    server.stop();
    let made = std::fs::read(data.join("secret.key")).expect("it was made");
    on().arguments(&["--new-secret-key"]).start().stop();
    assert_eq!(std::fs::read(data.join("secret.key")).expect("it is there"), made, "one that is there stays");
}

#[test]
fn a_second_server_on_a_workspace_needs_the_secret_of_the_first() {
    let one = Knock::start();
    let database = one.database().to_owned();
    if database.is_empty() {
        return;
    }
    let home = tempfile::tempdir().expect("a directory");
    let Err(ended) = Setup::on(Place::kept(home.path(), &database)).try_start() else { panic!("it started") };
    assert!(ended.said.contains("secret.key") && ended.said.contains("--new-secret-key"), "{}", ended.said);
}
