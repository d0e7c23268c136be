//! How soon a large workspace answers: lists, searches, records and reports over HTTP, as the dashboard asks.
//!
//! `cargo xtask bench records [-- --contacts 100000 --signals 5000000 --asked 40 --fresh]`, on SQLite, and a copy of it on
//! PostgreSQL. The workspace is made by the engine's own commands and kept in cargo's folder for temporary files for the
//! next run.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod ask;
mod crowd;
mod fill;

use ask::Times;
use clap::Parser;
use crowd::Crowd;
use knock_store::{Scratch, copy_to_postgres};
use knock_testing::{Binary, Place, Setup, TestServer, stopwatch};
use std::fs;
use std::path::{Path, PathBuf};

/// The file of a workspace in its folder.
const DATABASE: &str = "knock.db";

/// Answer times of a large workspace.
#[derive(Debug, Parser)]
struct Wanted {
    /// Contacts: half of them with an address
    #[arg(long, default_value_t = 100_000)]
    contacts: u64,
    /// Signals of all of them
    #[arg(long, default_value_t = 5_000_000)]
    signals: u64,
    /// Requests of each kind
    #[arg(long, default_value_t = 40)]
    asked: u64,
    /// Make the workspace anew
    #[arg(long)]
    fresh: bool,
    /// Said by cargo to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let wanted = Wanted::parse();
    let crowd = Crowd { contacts: wanted.contacts, signals: wanted.signals };
    let data =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("records-{}-{}", wanted.contacts, wanted.signals));
    if wanted.fresh || !filled(&data).is_file() {
        make(&data, &crowd);
    }
    let size = fs::metadata(data.join(DATABASE)).map_or(0, |file| file.len());
    println!("{} contacts, {} signals, {:.1} GB", wanted.contacts, wanted.signals, size as f64 / 1e9);
    on("SQLite", serve(&data, ""), &crowd, &wanted);
    let scratch = Scratch::new();
    if scratch.is_postgres() {
        copy_to_postgres(&data.join(DATABASE), scratch.database()).expect("a copy");
        on("PostgreSQL", serve(&data, scratch.database()), &crowd, &wanted);
    } else {
        println!("\nPOSTGRESQL IS NOT MEASURED: KNOCK_TEST_POSTGRES names none");
    }
}

/// Asks a server that has the crowd.
fn on(database: &str, server: TestServer, crowd: &Crowd, wanted: &Wanted) {
    println!("\n{database}, load before: {}", load());
    println!("{:<44} {:>8} {:>8} {:>8}", "", "p50 ms", "p95 ms", "max ms");
    let missed = Times::all(&server, crowd, wanted.asked).iter().filter(|asked| !asked.print()).count();
    println!("load after: {}; goals missed: {missed}", load());
    server.stop();
}

/// There once the workspace is complete.
fn filled(data: &Path) -> PathBuf {
    data.join("filled")
}

fn make(data: &Path, crowd: &Crowd) {
    drop(fs::remove_dir_all(data));
    fs::create_dir_all(data).expect("a folder");
    // Makes the workspace: the demo site, the first admin.
    serve(data, "").stop();
    let start = stopwatch();
    let signals = fill::fill(&data.join(DATABASE), crowd);
    let took = start.elapsed().as_secs_f64();
    println!("made in {took:.0} s, {:.0} signals a second", signals as f64 / took);
    fs::write(filled(data), "").expect("written");
}

fn serve(data: &Path, database: &str) -> TestServer {
    let setup = Setup::on(Place::kept(data, database)).binary(Binary::built()).on_wall_clock();
    // A workspace that is kept for later runs keeps its signals.
    setup.settings(&[("KNOCK_RETENTION_SIGNALS_DAYS", "0")]).start()
}

/// How busy the machine is.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(1).collect()
}
