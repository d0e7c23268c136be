//! Binaries measured in turn: what a machine does in one moment and not in the next weighs more than what is compared.

use crate::measure::Figures;
use knock_testing::Binary;
use std::process::Command;

/// A binary and what the table calls it.
pub(crate) struct Contender {
    pub(crate) name: String,
    pub(crate) binary: Binary,
}

/// Measures each so many times and prints the one in the middle, by its rate; beside another binary, their ratios too.
pub(crate) fn in_turn(contenders: &[Contender], rounds: usize, measure: impl Fn(&Contender) -> Figures) {
    let mut seen: Vec<Vec<Figures>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds.max(1) {
        for (contender, figures) in contenders.iter().zip(&mut seen) {
            // Each begins with all of the other's files on the disk.
            Command::new("sync").status().expect("it is everywhere");
            figures.push(measure(contender));
        }
    }
    let middles: Vec<Figures> =
        contenders.iter().zip(seen).map(|(contender, all)| middle(&contender.name, all)).collect();
    if let [this, other] = &middles[..] {
        let (rate, p99) = (this.rate() / other.rate(), this.report.within(0.99) / other.report.within(0.99));
        println!("    rate {rate:.2} times, p99 {p99:.2} times, CPU {:.2} times", this.cpu / other.cpu);
    }
}

fn middle(name: &str, mut all: Vec<Figures>) -> Figures {
    all.sort_by(|one, other| one.rate().total_cmp(&other.rate()));
    let rates: Vec<f64> = all.iter().map(Figures::rate).collect();
    let middle = all.swap_remove(all.len() / 2);
    println!("{}", middle.row(name));
    println!("    of {rates:.0?}");
    for line in middle.report.refusals() {
        println!("    {line}");
    }
    middle
}
