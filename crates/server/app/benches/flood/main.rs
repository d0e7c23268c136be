//! How much one address without a key can make a server store, at default settings, and what a visitor of the same site
//! notices of it.
//!
//! `cargo xtask bench flood [-- --attacks fat,small --seconds 600]`, on SQLite.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod attack;
mod disk;
mod honest;
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
/// What makes the attackers one address and the visitor another.
const SETTINGS: [(&str, &str); 1] = [("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")];

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
        "{:<10} {:>10} {:>10} {:>10} {:>12} {:>14}",
        "attack", "GB/hour", "stored MB", "taken", "refused", "visitor's lost"
    );
    for attack in &ATTACKS {
        if wanted.attacks.is_empty() || wanted.attacks.iter().any(|name| name == attack.name) {
            measure(attack, Duration::from_secs(wanted.seconds));
        }
    }
}

/// One attack on a new workspace, with a visitor of the same site beside it.
fn measure(attack: &Attack, time: Duration) {
    let server = Setup::on(Scratch::sqlite()).on_wall_clock().settings(&SETTINGS).start();
    let site = server.site();
    let before = disk::bytes(&server.data());
    let (taken, refused, is_over) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let begun = stopwatch();
    let lost = thread::scope(|scope| {
        for attacker in 0..ATTACKERS {
            let (server, site, is_over, taken, refused) = (&server, &site, &is_over, &taken, &refused);
            scope.spawn(move || run(attack, server, site, attacker, is_over, taken, refused));
        }
        let visitor = scope.spawn(|| honest::visit(&server, &site, time));
        let lost = visitor.join().expect("the visitor leaves");
        is_over.store(true, Ordering::Relaxed);
        lost
    });
    let seconds = begun.elapsed().as_secs_f64();
    let stored = disk::bytes(&server.data()).saturating_sub(before) as f64;
    let (taken, refused) = (taken.into_inner(), refused.into_inner());
    println!(
        "{:<10} {:>10.2} {:>10.0} {taken:>10} {refused:>12} {lost:>14}",
        attack.name,
        stored / seconds * 3_600.0 / 1e9,
        stored / 1e6
    );
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
