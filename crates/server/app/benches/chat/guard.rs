//! The figures that have a budget, as ratios to plain SQLite in the same run: what a message costs, and a start.

use crate::measure::{Figures, measure};
use crate::reference::{row_cost, rows};
use crate::turns::Contender;
use knock_testing::{Place, Setup};

/// Conversations at once.
const CONVERSATIONS: u32 = 50;

/// Prints a line `guard NAME FIGURE` for each figure: of several rounds the smallest, which the machine disturbed least.
pub(crate) fn guard(contender: &Contender, rounds: usize, seconds: u64) {
    let all: Vec<[f64; 4]> = (0..rounds.max(1)).map(|_| round(contender, seconds)).collect();
    for (place, name) in ["message", "message-rows", "start", "memory"].into_iter().enumerate() {
        let smallest = all.iter().map(|figures| figures[place]).fold(f64::INFINITY, f64::min);
        println!("guard {name} {smallest:.3}");
    }
}

/// The processor time of a message in rows that plain SQLite writes in that time, the rows that it stores, the processor
/// time of the start in thousands of such rows, and megabytes of the idle server.
fn round(contender: &Contender, seconds: u64) -> [f64; 4] {
    let dir = tempfile::TempDir::new().expect("a directory");
    let place = Place::kept(dir.path(), "");
    // Its first start makes the tables.
    drop(Setup::on(place.clone()).binary(contender.binary.clone()).on_wall_clock().start());
    let database = dir.path().join("knock.db");
    let before = rows(&database);
    let Figures { cpu, report, idle, .. } = measure(&contender.binary, place, CONVERSATIONS, seconds);
    let messages = report.acknowledged();
    let transactions = usize::try_from(messages.div_ceil(u64::from(CONVERSATIONS))).expect("few");
    let row = row_cost(&database, transactions);
    println!("{}: {cpu:.0} us a message, {row:.2} us a row of plain SQLite", contender.name);
    let rows = (rows(&database) - before) as f64 / messages as f64;
    [cpu / row, rows, idle.cpu * 1e3 / row, idle.memory]
}
