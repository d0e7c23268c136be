//! A server that was killed with many signals stored: how soon the next one takes something.

use crate::seed::{Plan, plan};
use crate::server::{Place, sqlite, start, stopwatch};
use crate::traffic::Traffic;
use knock_model::{Millis, SignalId, SiteId, VisitorId};
use knock_ports::{EVER, NewSignal, Store, TimelineScope};
use knock_store::SqliteStore;
use tempfile::TempDir;

/// Signals of one browser.
const EACH: u64 = 200;
/// Signals in one transaction.
const AT_ONCE: u64 = 2_000;

#[test]
fn after_a_kill_with_many_signals_the_next_is_soon_taken() {
    let Plan { mut chance, is_long, .. } = plan("restart", 1);
    let many = if is_long { 1_000_000 } else { 20_000 };
    let home = TempDir::new().expect("a directory");
    let place = sqlite(&home.path().join("data"));
    let first = start(&place, &[]);
    let traffic = Traffic::begin(&first);
    assert!(traffic.send_new(&first, 1, &mut chance));
    first.stop();
    keep(&place, many);
    let size = std::fs::metadata(place.dir().join("knock.db")).expect("it is there").len() >> 20;
    drop(start(&place, &[]));

    let begun = stopwatch();
    let server = start(&place, &[]);
    assert!(traffic.send_new(&server, 1, &mut chance));
    println!(
        "restart: {many} signals, {size} MiB: first 202 after {:?}, greeting after {:?}",
        begun.elapsed(),
        server.came_up_in()
    );
}

/// Writes signals of anonymous visitors straight into the store.
fn keep(place: &Place, many: u64) {
    let store = SqliteStore::open(&place.dir().join("knock.db")).expect("it opens");
    let pattern = pattern(&store);
    for first in (0..many).step_by(usize::try_from(AT_ONCE).expect("small")) {
        let kept = store.write(&mut |ledger| {
            for number in first..(first + AT_ONCE).min(many) {
                let at = Millis(pattern.at.0 - 86_400_000 + i64::try_from(number).expect("small"));
                let signal = NewSignal { id: SignalId::new(at, &random(number)), at, ..pattern.clone() };
                let visitor = VisitorId::new(Millis(1_700_000_000_000), &random(1_000_000 + number / EACH));
                assert!(ledger.append_signal(SiteId(1), visitor, &signal)?);
                ledger.note_arrival(SiteId(1), visitor, signal.received_at)?;
            }
            Ok(())
        });
        kept.expect("it is kept");
    }
}

/// One signal as the server itself stored it.
fn pattern(store: &SqliteStore) -> NewSignal {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = view.timeline(TimelineScope::All, None, EVER, 1)?.into_iter().next();
        Ok(())
    });
    read.expect("it is read");
    found.expect("one was sent").signal
}

fn random(number: u64) -> [u8; 10] {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    random
}
