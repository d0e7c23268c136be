//! Messages of leads a second, acknowledged from the disk, while many conversations go on at once.
//!
//! `cargo xtask bench chat [-- --conversations 50,200 --seconds 10 --rounds 3 --against PATH]`, on SQLite and on a
//! PostgreSQL of its own; `KNOCK_TEST_POSTGRES` names another one.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod connection;
mod conversation;
mod guard;
mod measure;
mod reference;
mod report;
mod texts;
mod turns;

use clap::Parser;
use knock_store::Scratch;
use knock_testing::Binary;
use std::path::PathBuf;
use turns::{Contender, in_turn};

/// Messages of leads a second, acknowledged from the disk.
#[derive(Debug, Parser)]
struct Wanted {
    /// How many conversations go on at once; each number is a measurement
    #[arg(long, value_delimiter = ',', default_value = "50,200")]
    conversations: Vec<u32>,
    /// Seconds of one measurement
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Measurements of each binary; the one in the middle counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Another `knock` binary, measured in turn with this one
    #[arg(long)]
    against: Option<PathBuf>,
    /// Only the figures that have a budget, on SQLite
    #[arg(long)]
    guard: bool,
    /// Said by cargo to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let wanted = Wanted::parse();
    let mut contenders = vec![Contender { name: "this".into(), binary: Binary::built() }];
    if let Some(path) = &wanted.against {
        contenders.push(Contender { name: path.display().to_string(), binary: Binary::at(path) });
    }
    if wanted.guard {
        return contenders.iter().for_each(|contender| guard::guard(contender, wanted.rounds, wanted.seconds));
    }
    on("SQLite", &wanted, &contenders, Scratch::sqlite);
    if Scratch::new().is_postgres() {
        on("PostgreSQL", &wanted, &contenders, Scratch::new);
    } else {
        println!("\nPOSTGRESQL IS NOT MEASURED: KNOCK_TEST_POSTGRES names none");
    }
}

/// All measurements on one kind of database, each on a new workspace.
fn on(database: &str, wanted: &Wanted, contenders: &[Contender], place: fn() -> Scratch) {
    println!(
        "\n{database:<34} {:>10} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "messages/s", "p50 ms", "p99 ms", "max ms", "us CPU", "refused"
    );
    for &conversations in &wanted.conversations {
        println!("{conversations} conversations");
        in_turn(contenders, wanted.rounds, |contender| {
            measure::measure(&contender.binary, place(), conversations, wanted.seconds)
        });
    }
}
