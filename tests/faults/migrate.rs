//! A server of a newer version is killed, or loses its power, while it brings the tables of an old one up to date.

use crate::disk::{Disk, can_watch, files};
use crate::seed::{Plan, plan};
use crate::server::{sqlite, start};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// Signals of the old workspace.
const MANY: u32 = 300;

/// A workspace as the first version left it: an admin, a site, visitors and what they did.
fn old(data: &Path) {
    std::fs::create_dir_all(data).expect("it is made");
    let file = Connection::open(data.join("knock.db")).expect("it opens");
    file.execute_batch(include_str!("../../crates/server/store/migrations/sqlite/0001_start.sql")).expect("it runs");
    file.execute_batch(
        "PRAGMA user_version = 1;
         INSERT INTO sites VALUES (1, 'k1', 'Shop', 'https://shop.example', '', 0, 5);",
    )
    .expect("the rows fit");
    for number in 1..=MANY {
        let signal = format!(
            "INSERT INTO signals VALUES (1, x'019e6f6e1c0070008000{:012x}', x'019e6f6e1c0070008000{number:012x}',
                 x'019e6f6e1c0070008000000000000002', NULL, 0, 5, {number}, 0, 0, 0, {number}, '{{}}')",
            number % 7
        );
        file.execute_batch(&signal).expect("the signal fits");
    }
}

/// The numbers that must not change: the rows from before, and the tables of today.
fn counts(data: &Path) -> BTreeMap<String, i64> {
    let file = Connection::open(data.join("knock.db")).expect("it opens");
    let count = |sql: &str| {
        file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    let wanted = [
        ("steps", "PRAGMA user_version"),
        ("signals", "SELECT COUNT(*) FROM signals"),
        ("their sum", "SELECT SUM(at) FROM signals"),
        ("arrivals", "SELECT COUNT(*) FROM arrivals"),
        ("shop", "SELECT COUNT(*) FROM sites WHERE key = 'k1'"),
        ("numbered", "SELECT COUNT(*) FROM session_sequences"),
    ];
    wanted.iter().map(|(name, sql)| ((*name).to_owned(), count(sql))).collect()
}

#[test]
fn tables_are_brought_up_to_date_however_often_that_is_cut_short() {
    if !can_watch("migrate") {
        return;
    }
    let Plan { mut chance, rounds, is_long } = plan("migrate", 10);
    let mut disk = Disk::new();
    let place = sqlite(&disk.data());
    old(place.dir());
    let before = files(place.dir());
    disk.lay_out(before.clone());
    let watched = disk.watched();
    let env: Vec<_> = watched.iter().map(|(name, value)| (*name, value.as_str())).collect();
    drop(start(&place, &env));
    let done = disk.done();
    let expected = counts(place.dir());
    assert_eq!(expected["signals"], i64::from(MANY));
    println!("migrate: {} things done to the disk", done.len());
    let moments = if is_long { done.len() } else { usize::try_from(rounds).expect("few") };
    for round in 0..moments {
        let moment = if is_long { round } else { chance.usize(..done.len()) };
        disk.lay_out(before.clone());
        let done = &done[..moment];
        let left = if chance.bool() { disk.after(done) } else { disk.after_power_loss(done, &mut chance) };
        disk.lay_out(left);
        drop(start(&place, &[]));
        assert_eq!(counts(place.dir()), expected, "after {moment} of {} things", done.len());
    }
}
