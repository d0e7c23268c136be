//! How much one address without a key can make a server store, at default settings, and what a visitor of the same site
//! notices of it.
//!
//! `cargo xtask bench flood [-- --attacks fat,small --seconds 600]`, on SQLite.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod attack;
mod bookings;
mod calendars;
mod disk;
mod heads;
mod honest;
mod pdfs;
mod texts;

use attack::{ATTACKS, Attack};
use clap::Parser;
use knock_store::Scratch;
use knock_testing::{Setup, TestServer, stopwatch};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// So many attackers at once, all from one address.
const ATTACKERS: u64 = 8;
/// Who is refused waits as long: asking faster gets no more stored.
const PAUSE: Duration = Duration::from_millis(250);
/// Between two pages of the visitor; less while the server is at rest, for a wait to compare with.
const READING: Duration = Duration::from_millis(250);
const AT_REST: Duration = Duration::from_millis(50);
/// The most memory of the server, in KiB.
const MOST_MEMORY: u64 = 400 << 10;
/// What makes the attackers one address and the visitor another, and lets the server read a calendar of this machine.
const SETTINGS: [(&str, &str); 2] =
    [("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8"), ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")];

/// How much one address can make a server store.
#[derive(Debug, Parser)]
struct Wanted {
    /// The attacks, by name; all of them by default
    #[arg(long, value_delimiter = ',')]
    attacks: Vec<String>,
    /// Seconds of each
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Said by cargo to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let wanted = Wanted::parse();
    println!(
        "{:<10} {:>10} {:>10} {:>10} {:>12} {:>14} {:>16} {:>10}",
        "attack", "GB/hour", "stored MB", "taken", "refused", "visitor's lost", "waits (at rest)", "memory MB"
    );
    let mut harm = Vec::new();
    for attack in &ATTACKS {
        if wanted.attacks.is_empty() || wanted.attacks.iter().any(|name| name == attack.name) {
            harm.extend(measure(attack, Duration::from_secs(wanted.seconds)));
        }
    }
    assert!(harm.is_empty(), "{}", harm.join("; "));
}

/// One attack on a new workspace, with a visitor of the same site beside it; what it did to others, in words.
fn measure(attack: &Attack, time: Duration) -> Vec<String> {
    let server = Setup::on(Scratch::sqlite()).on_wall_clock().settings(&SETTINGS).start();
    let site = server.site();
    (attack.prepare)(&server);
    let mut rest = honest::visit(&server, &site, Duration::from_secs(2), (AT_REST, 0));
    let before = disk::bytes(&server.data());
    let (taken, refused, is_over) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let begun = stopwatch();
    let mut noticed = thread::scope(|scope| {
        for attacker in 0..ATTACKERS {
            let (server, site, is_over, taken, refused) = (&server, &site, &is_over, &taken, &refused);
            scope.spawn(move || run(attack, server, site, attacker, is_over, taken, refused));
        }
        let visitor = scope.spawn(|| honest::visit(&server, &site, time, (READING, 1_000_000)));
        let noticed = visitor.join().expect("the visitor leaves");
        is_over.store(true, Ordering::Relaxed);
        noticed
    });
    let seconds = begun.elapsed().as_secs_f64();
    let stored = disk::bytes(&server.data()).saturating_sub(before) as f64;
    let (taken, refused) = (taken.into_inner(), refused.into_inner());
    let (lost, wait, calm, memory) = (noticed.lost, noticed.wait(), rest.wait(), server.memory().peak);
    println!(
        "{:<10} {:>10.2} {:>10.0} {taken:>10} {refused:>12} {lost:>14} {:>16} {:>10}",
        attack.name,
        stored / seconds * 3_600.0 / 1e9,
        stored / 1e6,
        format!("{:.1} ({:.1}) ms", wait.as_secs_f64() * 1e3, calm.as_secs_f64() * 1e3),
        memory >> 10
    );
    let harm = [
        (lost > 0, format!("the visitor lost {lost} batches")),
        (wait > 2 * calm, format!("the visitor waited {wait:?} instead of {calm:?}")),
        (memory > MOST_MEMORY, format!("the server took {memory} KiB")),
    ];
    harm.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| format!("{}: {what}", attack.name)).collect()
}

/// Attacks until it is over.
fn run(
    attack: &Attack,
    server: &TestServer,
    site: &str,
    attacker: u64,
    is_over: &AtomicBool,
    taken: &AtomicU64,
    refused: &AtomicU64,
) {
    // Numbers that no other attacker has.
    for round in (attacker..).step_by(ATTACKERS as usize) {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        if (attack.send)(server, site, round) {
            taken.fetch_add(1, Ordering::Relaxed);
        } else {
            refused.fetch_add(1, Ordering::Relaxed);
            thread::sleep(PAUSE);
        }
    }
}
