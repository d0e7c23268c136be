//! `kill -9`, at a random instant and at the worst ones: the ledger of a client against what is stored.

use crate::hearing::Hearing;
use crate::mailing::Mailing;
use crate::replay::{rebuilds_to_the_same, replays_to_the_same};
use crate::seed::{Plan, plan};
use crate::server::{Place, Server, place_in, said, start, try_start};
use crate::traffic::Traffic;
use knock_store::Scratch;
use std::fs;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Rounds that one workspace lives.
const LIFE: u64 = 20;
const HOUR: i64 = 3_600_000;

#[test]
fn what_was_acknowledged_before_a_kill_is_there_once() {
    let Plan { mut chance, rounds, .. } = plan("kill", 8);
    let mut slowest = Duration::ZERO;
    let mut left = rounds;
    while left > 0 {
        let life = left.min(LIFE);
        slowest = slowest.max(live(life, &mut chance));
        left -= life;
    }
    println!("kill: the slowest start after a kill took {slowest:?}");
}

/// A workspace from its first start to the replay of all that it stored; the slowest of its starts.
fn live(rounds: u64, chance: &mut fastrand::Rng) -> Duration {
    let home = Scratch::new();
    let place = place_in(&home);
    let mut mailing = Mailing::begin();
    let (traffic, hearing) = begin(&start(&place, &mailing.settings()), &mut mailing);
    let mut slowest = Duration::ZERO;
    for _ in 0..rounds {
        sleep_through(&place, &traffic, chance);
        die(&place, &traffic, &mailing, chance);
        let server = start(&place, &mailing.settings());
        slowest = slowest.max(server.came_up_in());
        traffic.check_batches(&server);
        traffic.send_unmarked(&server);
        traffic.check(&server);
        let passed = hearing.until_all_is_delivered(&server, &traffic.key);
        traffic.offset.fetch_add(passed, Ordering::SeqCst);
        let passed = mailing.until_all_is_mailed(&server, &traffic.key);
        traffic.offset.fetch_add(passed, Ordering::SeqCst);
        // Changes by the replies are delivered too.
        let passed = hearing.until_all_is_delivered(&server, &traffic.key);
        traffic.offset.fetch_add(passed, Ordering::SeqCst);
        hearing.check(&server, &traffic.key);
        mailing.check(&server, &traffic.key);
        drop(server);
        is_whole(&place);
    }
    let server = start(&place, &[]);
    rebuilds_to_the_same(&server);
    replays_to_the_same(&server, &traffic);
    println!("kill: {}; {}", hearing.summary(), mailing.summary());
    slowest
}

/// The clients of the server, a webhook receiver, and the recipients of its mail.
fn begin(server: &Server, mailing: &mut Mailing) -> (Traffic, Hearing) {
    let key = server.admin_key();
    let hearing = Hearing::begin(server, &key);
    mailing.open(server, &server.site());
    (Traffic::begin(server), hearing)
}

/// Time goes by while no server is there, so that timers are due at the next start.
fn sleep_through(place: &Place, traffic: &Traffic, chance: &mut fastrand::Rng) {
    let offset = traffic.offset.load(Ordering::SeqCst) + chance.i64(0..10 * HOUR);
    fs::write(place.dir().join("test-clock"), offset.to_string()).expect("the clock is set");
    traffic.offset.store(offset, Ordering::SeqCst);
}

/// A server that is killed while everybody talks to it, or even before.
fn die(place: &Place, traffic: &Traffic, mailing: &Mailing, chance: &mut fastrand::Rng) {
    // The first transactions of a server do what fell due while none was there.
    let number = if chance.bool() { chance.u8(1..5) } else { chance.u8(5..40) };
    let fault = match chance.u8(..6) {
        0 => String::new(),
        1 => format!("die_before_commit={number}"),
        2 => format!("die_before_sync={number}"),
        3 => format!("die_before_delivery={}", chance.u8(1..4)),
        4 => format!("die_after_delivery={}", chance.u8(1..4)),
        _ => format!("die_after_sync={number}"),
    };
    // Half of them put off whatever can be.
    let burst = if chance.bool() { "1" } else { "32" };
    // Only a fault may end a server before it greets.
    let [url, from, after] = mailing.settings();
    let settings = [("KNOCK_FAULTS", &*fault), ("KNOCK_INGEST_BURST", burst), url, from, after];
    match try_start(place, &settings) {
        Ok(server) => std::thread::scope(|scope| {
            scope.spawn(|| mailing.run(&server));
            traffic.run(&server, chance, 120);
        }),
        Err(ended) => assert!(!fault.is_empty(), "{ended:?}: {}", said(place)),
    }
}

/// The integrity check of SQLite; PostgreSQL was not killed.
pub(crate) fn is_whole(place: &Place) {
    if place.database().is_empty() {
        let file = rusqlite::Connection::open(place.dir().join("knock.db")).expect("it opens");
        let found: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it is read");
        assert_eq!(found, "ok");
    }
}
