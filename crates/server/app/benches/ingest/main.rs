//! Signals a second, acknowledged from the disk, as ratios to a route that only parses them, in the same run.
//!
//! `cargo xtask bench ingest [-- --rows 10000000 --seconds 10 --idle 5000 --burst 60]`; with `KNOCK_TEST_POSTGRES` naming a
//! database, the same on PostgreSQL. `-- --workflows` compares a server with active workflows and one without.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod burst;
mod feed;
mod fill;
mod floor;
mod idle;
mod load;
mod measure;
mod pages;
mod server;
mod turns;
mod workflows;

use knock_ports::Store;
use knock_store::{PostgresStore, SqliteStore};
use measure::{Figures, Shape, measure};
use server::Server;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use turns::{in_turn, middle};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == "floor") {
        return floor::serve();
    }
    let seconds = number(&words, "--seconds").unwrap_or(5);
    if words.iter().any(|word| word == "--guard") {
        return guard(seconds);
    }
    if words.iter().any(|word| word == "--workflows") {
        return workflows::workflows(seconds);
    }
    let rows = number(&words, "--rows").unwrap_or(1_000_000);
    let idle = number(&words, "--idle").unwrap_or(1_000);
    println!("SQLite\n");
    let rate = on("", seconds, rows);
    idle::idling(u32::try_from(idle).unwrap_or(u32::MAX), (rate / 2.0) as u32, seconds);
    burst::burst(number(&words, "--burst").unwrap_or(60));
    #[expect(clippy::disallowed_methods, reason = "as the tests of the store")]
    if let Some(database) = std::env::var("KNOCK_TEST_POSTGRES").ok().filter(|database| !database.is_empty()) {
        println!("\nPostgreSQL\n");
        beside(&database, seconds);
        on(&database, seconds, 0);
    }
}

/// Only the figures that have a budget, a line `guard NAME FIGURE` for each.
fn guard(seconds: u64) {
    let dir = tempfile::TempDir::new().expect("a directory");
    let (floor, full) = both(&Server::knock(dir.path(), ""), Shape::BATCHES, seconds);
    println!("guard signals-rate {:.3}", full.rate / floor.rate);
    println!("guard signals {:.3}", full.cpu / floor.cpu);
}

/// All figures of one database; signals a second in batches while it is empty.
fn on(database: &str, seconds: u64, rows: u64) -> f64 {
    println!("{:<34} {:>10} {:>8} {:>9} {:>8} {:>8}", "", "signals/s", "p50 ms", "p99 ms", "us CPU", "MB");
    let dir = tempfile::TempDir::new().expect("a directory");
    let knock = Server::knock(dir.path(), database);
    let empty = beside_floor(&knock, Shape::BATCHES, seconds);
    beside_floor(&knock, Shape::SINGLES, seconds);
    beside_floor(&knock, Shape::PROXIED, seconds);
    drop(knock);
    let kept = fill::fill(open(dir.path(), database), 1, 200_000);
    println!("without HTTP, 20 a batch           {kept:>10.0}");
    if rows > 0 {
        let before = size(dir.path());
        fill::fill(open(dir.path(), database), 2, rows);
        let size = size(dir.path()) - before;
        let knock = Server::knock(dir.path(), database);
        let key = knock.key();
        println!("\nwith {rows} more signals stored: {:.0} bytes each", size as f64 / rows as f64);
        let full = beside_floor(&knock, Shape::BATCHES, seconds);
        println!("  rate {:.2} of that of an empty store", full.rate / empty.rate);
        for ((half, most), of) in pages::pages(&knock, &key).into_iter().zip(["everybody", "a contact"]) {
            println!("  timeline of {of}: {half:.1} ms, p95 {most:.1} ms");
        }
        live(&knock, &key, (full.rate / 2.0) as u32, seconds);
    }
    empty.rate
}

/// A database of PostgreSQL beside SQLite's, both new.
fn beside(database: &str, seconds: u64) {
    let dirs = [(); 2].map(|()| tempfile::TempDir::new().expect("a directory"));
    let servers = [Server::knock(dirs[0].path(), database), Server::knock(dirs[1].path(), "")];
    for shape in [Shape::BATCHES, Shape::PROXIED] {
        let seen = in_turn(servers.each_ref(), shape, 0, seconds);
        let [(rate, all), (other, others)] = seen.each_ref().map(|figures| middle(figures, |one| one.rate));
        println!("{}, in turn with SQLite: {:.2} of its rate", shape.name, rate / other);
        println!("  {rate:.0} of {all:.0?}, {other:.0} of {others:.0?}\n");
    }
}

fn open(data: &Path, database: &str) -> Arc<dyn Store> {
    if database.is_empty() {
        Arc::new(SqliteStore::open(&data.join("knock.db")).expect("it opens"))
    } else {
        Arc::new(PostgresStore::open(database).expect("it opens"))
    }
}

/// The server beside the route that only parses, and at half of its rate.
fn beside_floor(knock: &Server, shape: Shape, seconds: u64) -> Figures {
    let (floor, full) = both(knock, shape, seconds);
    println!("{}", floor.row(&format!("parse only, {}", shape.name)));
    println!("{}", full.row(&format!("everything, {}", shape.name)));
    println!("  rate {:.3} of parse only, CPU {:.1} times", full.rate / floor.rate, full.cpu / floor.cpu);
    let half = measure(knock, &knock.site(), shape, (full.rate / 2.0) as u32, seconds);
    println!("{}", half.row("  at half of that"));
    full
}

/// The route that only parses, and the server: three rounds in turn after one to warm up; the middle one counts.
fn both(knock: &Server, shape: Shape, seconds: u64) -> (Figures, Figures) {
    let floor = Server::floor();
    let site = knock.site();
    let mut rounds: Vec<(Figures, Figures)> = (0..4)
        .map(|_| (measure(&floor, &site, shape, 0, seconds), measure(knock, &site, shape, 0, seconds)))
        .skip(1)
        .collect();
    rounds.sort_by(|a, b| (a.1.rate / a.0.rate).total_cmp(&(b.1.rate / b.0.rate)));
    rounds.swap_remove(1)
}

/// How soon a dashboard shows what happens, at half load.
fn live(knock: &Server, key: &str, rate: u32, seconds: u64) {
    let site = knock.site();
    let (half, most, lost) = std::thread::scope(|scope| {
        let load = scope.spawn(|| measure(knock, &site, Shape::BATCHES, rate, seconds + 1));
        let seen = feed::feed(knock, key, &site, Duration::from_secs(seconds));
        drop(load.join());
        seen
    });
    println!("  post to live feed at half load: {half:.0} ms, p99 {most:.0} ms, {lost} not shown");
}

/// Bytes of the database and its log.
fn size(data: &Path) -> u64 {
    let files =
        ["knock.db", "knock.db-wal"].map(|name| std::fs::metadata(data.join(name)).map_or(0, |file| file.len()));
    files.iter().sum()
}

fn number(words: &[String], name: &str) -> Option<u64> {
    let place = words.iter().position(|word| word == name)?;
    words.get(place + 1)?.parse().ok()
}
