//! Files that are not what the server wrote: a torn log, turned bits, an overwritten page.

use crate::disk::{files, started_anew};
use crate::kill::is_whole;
use crate::seed::{Plan, plan};
use crate::server::{Place, Server, log_of, said, sqlite, start, try_start};
use crate::traffic::{Traffic, timeline};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

type Files = BTreeMap<String, Vec<u8>>;

/// A directory for one workspace.
fn place(home: &TempDir) -> Place {
    sqlite(&home.path().join("data"))
}

fn lay_out(data: &Path, files: &Files) {
    drop(fs::remove_dir_all(data));
    fs::create_dir_all(data).expect("it is made");
    let mut files = files.clone();
    started_anew(&mut files);
    for (name, bytes) in &files {
        fs::write(data.join(name), bytes).expect("it is written");
    }
}

/// A workspace whose server was killed: everything lies in the log, or half of it.
fn killed(place: &Place, chance: &mut fastrand::Rng) -> (Traffic, Files) {
    let first = start(place, &[]);
    let traffic = Traffic::begin(&first);
    first.stop();
    assert!(!place.dir().join("knock.db-wal").exists(), "a server that stops leaves one whole file");
    traffic.run(&start(place, &[]), chance, 40);
    let mut left = files(place.dir());
    left.retain(|name, _| !name.ends_with("-shm"));
    (traffic, left)
}

fn ids(server: &Server, key: &str) -> BTreeSet<String> {
    let entries = timeline(server, key, "");
    let ids: BTreeSet<_> = entries.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(ids.len(), entries.len(), "nothing is there twice");
    ids
}

#[test]
fn a_damaged_log_is_cut_at_the_damage_and_the_server_goes_on() {
    let Plan { mut chance, rounds, is_long } = plan("log", 6);
    let rounds = if is_long { rounds * 5 } else { rounds };
    let home = TempDir::new().expect("a directory");
    let place = place(&home);
    let (traffic, left) = killed(&place, &mut chance);
    let whole = ids(&start(&place, &[]), &traffic.key);
    let (mut lost, mut reported) = (0, 0);
    for _ in 0..rounds {
        let mut damaged = left.clone();
        let log = damaged.get_mut("knock.db-wal").expect("a log");
        let at = chance.usize(..log.len());
        let is_torn = chance.bool();
        if is_torn {
            log.truncate(at)
        } else {
            log[at] ^= 1 << chance.u8(..8)
        }
        lay_out(place.dir(), &damaged);
        drop(fs::remove_file(log_of(&place)));
        let server = start(&place, &[]);
        let stored = ids(&server, &traffic.key);
        assert!(stored.is_subset(&whole));
        let is_reported = said(&place).contains("the log of the database was damaged");
        let counted = counted(&server)["knock_log_frames_lost_total"];
        assert_eq!(is_reported, counted > 0.0);
        (lost, reported) = (lost + u32::from(stored.len() < whole.len()), reported + u32::from(is_reported));
        // It goes on: what browsers still have comes again and is kept.
        assert!(traffic.send_new(&server, 1, &mut chance));
        drop(server);
        is_whole(&place);
    }
    println!("log: {lost} of {rounds} damages lost something, {reported} were reported");
}

/// Metrics without labels.
fn counted(server: &Server) -> BTreeMap<String, f64> {
    let metrics = server.get("/metrics", "").body;
    let lines = metrics.as_str().expect("text").lines().filter_map(|line| line.split_once(' '));
    lines.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect()
}

#[test]
fn a_turned_bit_in_the_middle_of_the_log_is_reported_and_counted() {
    let mut chance = plan("log, middle", 1).chance;
    let home = TempDir::new().expect("a directory");
    let place = place(&home);
    let (_, mut left) = killed(&place, &mut chance);
    let log = left.get_mut("knock.db-wal").expect("a log");
    // In the first page: all transactions stand behind it.
    log[32 + 24 + 200] ^= 4;
    lay_out(place.dir(), &left);
    let server = start(&place, &[]);
    let said = said(&place);
    assert!(said.contains("the log of the database was damaged"), "{said}");
    let counted = counted(&server);
    assert!(counted["knock_log_frames_lost_total"] > 0.0 && counted["knock_log_transactions_lost_total"] > 0.0);
}

#[test]
fn an_overwritten_page_is_found_at_the_start_after_a_crash_and_named() {
    let mut chance = plan("page", 1).chance;
    let home = TempDir::new().expect("a directory");
    let place = place(&home);
    let (_, mut left) = killed(&place, &mut chance);
    let pages = left["knock.db"].len() / 4_096;
    for page in [0, 1, pages / 2, pages - 1] {
        let file = left.get_mut("knock.db").expect("a file");
        let before = file.clone();
        file[page * 4_096..(page + 1) * 4_096].fill_with(|| chance.u8(..));
        // What the log has of that page would mend it.
        let mut files = left.clone();
        files.remove("knock.db-wal");
        lay_out(place.dir(), &files);
        let ended = try_start(&place, &[]).err().expect("it does not serve from that");
        assert_eq!(ended.status.code(), Some(2));
        assert!(said(&place).contains("knock restore"), "{}", said(&place));
        assert_eq!(fs::read(place.dir().join("knock.db")).ok(), files.get("knock.db").cloned(), "nothing was changed");
        left.insert("knock.db".into(), before);
        fs::remove_file(log_of(&place)).expect("it is there");
    }
}

#[test]
fn only_after_a_crash_of_the_system_the_whole_file_is_read() {
    let home = TempDir::new().expect("a directory");
    let place = place(&home);
    start(&place, &[]).stop();
    start(&place, &[]).stop();
    assert!(!said(&place).contains("had not been stopped in order"), "{}", said(&place));
    drop(start(&place, &[]));
    drop(start(&place, &[]));
    assert!(said(&place).contains("had not been stopped in order; the system ran on"), "{}", said(&place));
    assert!(!said(&place).contains("the database is whole"), "{}", said(&place));
    lay_out(place.dir(), &files(place.dir()));
    drop(start(&place, &[]));
    assert!(said(&place).contains("had not been stopped in order; the database is whole"), "{}", said(&place));
}
