//! A PostgreSQL that another session keeps busy: requests are refused with a pause, and no acknowledged write is lost.

use crate::seed::plan;
use crate::server::{Server, place_in, start, stopwatch};
use crate::traffic::Traffic;
use knock_store::Scratch;

const SENDERS: u64 = 6;

/// Holds what each write begins with, as a server of ours does that is stuck.
const WRITING: &str = "BEGIN; SELECT pg_advisory_xact_lock(1802401643, hashtext(current_schema()))";
/// Holds what reading wants too, as somebody does who changes tables by hand.
const EVERYTHING: &str = "BEGIN; LOCK TABLE signals, timers";

#[test]
fn while_the_database_is_held_requests_are_refused_with_a_pause() {
    let home = Scratch::new();
    if home.database().is_empty() {
        println!("slow: NOT RUN, only the server writes to SQLite");
        return;
    }
    let mut chance = plan("slow", 1).chance;
    let place = place_in(&home);
    let server = start(&place, &[]);
    let traffic = Traffic::begin(&server);
    assert!(traffic.send_new(&server, 1, &mut chance));
    for held in [WRITING, EVERYTHING] {
        home.execute(held);
        let begun = stopwatch();
        all_are_refused(&server, &traffic, &mut chance);
        println!("slow: {SENDERS} batches were refused within {:?}", begun.elapsed());
        home.execute("COMMIT");
        traffic.send_unmarked(&server);
        assert!((1..=SENDERS).all(|visitor| traffic.send_new(&server, visitor, &mut chance)));
        traffic.check(&server);
        assert_eq!(server.get("/readyz", "").code, 200);
    }
}

/// All visitors send at once and are answered, and meanwhile the server reports that it is not ready.
fn all_are_refused(server: &Server, traffic: &Traffic, chance: &mut fastrand::Rng) {
    let was_unready = std::thread::scope(|scope| {
        let senders: Vec<_> = (1..=SENDERS)
            .map(|visitor| {
                let sending = traffic.signals(visitor, chance);
                traffic.ledger.note(&sending);
                scope.spawn(move || {
                    let reply = server.post(&sending.path, &sending.body);
                    assert_eq!((reply.code, reply.header("retry-after")), (503, Some("1")), "{}", reply.body);
                })
            })
            .collect();
        let mut was_unready = false;
        while senders.iter().any(|sender| !sender.is_finished()) {
            was_unready |= server.get("/readyz", "").code == 503;
        }
        was_unready
    });
    assert!(was_unready, "/readyz says so");
    assert_eq!(server.get("/healthz", "").code, 200, "it lives");
}
