//! Signals a second, acknowledged from the disk, as ratios to a route that only parses them, in the same run.
//!
//! `cargo xtask bench ingest [-- --rows 10000000] [--seconds 10]`
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod floor;
mod measure;
mod server;
mod usage;

use knock_store::Scratch;
use measure::{Figures, Shape, measure};
use server::Server;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == "floor") {
        return floor::serve();
    }
    let seconds = number(&words, "--seconds").unwrap_or(5);
    println!("{:<34} {:>10} {:>8} {:>9} {:>8} {:>8}", "", "signals/s", "p50 ms", "p99 ms", "us CPU", "MB");
    for shape in [Shape::BATCHES, Shape::SINGLES] {
        let floor = Server::floor();
        let dir = tempfile::TempDir::new().expect("a directory");
        let knock = Server::knock(dir.path(), "");
        let site = knock.site();
        // Once each to warm up, then in turn, so that a noisy minute falls on both.
        let mut kept: Vec<(Figures, Figures)> = (0..4)
            .map(|_| (measure(&floor, &site, shape, 0, seconds), measure(&knock, &site, shape, 0, seconds)))
            .skip(1)
            .collect();
        kept.sort_by(|a, b| (a.1.rate / a.0.rate).total_cmp(&(b.1.rate / b.0.rate)));
        let (floor, full) = kept.swap_remove(1);
        println!("{}", floor.row(&format!("parse only, {}", shape.name)));
        println!("{}", full.row(&format!("everything, {}", shape.name)));
        println!("  rate {:.3} of parse only, CPU {:.1} times", full.rate / floor.rate, full.cpu / floor.cpu);
        let rate = (full.rate / 2.0) as u32;
        let half = measure(&knock, &site, shape, rate, seconds);
        println!("{}", half.row("  at half of that"));
        drop(knock);
        on_postgres(shape, &full, seconds);
    }
}

/// The same on the PostgreSQL for tests, where there is one.
fn on_postgres(shape: Shape, sqlite: &Figures, seconds: u64) {
    let scratch = Scratch::new();
    if scratch.database().is_empty() {
        return;
    }
    let knock = Server::knock(scratch.dir(), scratch.database());
    let site = knock.site();
    let mut runs: Vec<Figures> = (0..4).map(|_| measure(&knock, &site, shape, 0, seconds)).skip(1).collect();
    runs.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    println!("{}", runs[1].row(&format!("on PostgreSQL, {}", shape.name)));
    println!("  rate {:.3} of that on SQLite", runs[1].rate / sqlite.rate);
}

fn number(words: &[String], name: &str) -> Option<u64> {
    let place = words.iter().position(|word| word == name)?;
    words.get(place + 1)?.parse().ok()
}
