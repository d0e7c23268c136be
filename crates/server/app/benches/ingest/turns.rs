//! Two servers measured in turn: what a machine does in one moment and not in the next weighs more than what is compared.

use crate::measure::{Figures, Shape, measure};
use crate::server::Server;
use std::process::Command;

/// Measurements of each.
const ROUNDS: usize = 9;

/// The figures of both, round by round. Each begins with all of the other's files on the disk.
pub(crate) fn in_turn(servers: [&Server; 2], shape: Shape, rate: u32, seconds: u64) -> [Vec<Figures>; 2] {
    let sites = servers.map(Server::site);
    let mut seen = [vec![], vec![]];
    for _ in 0..ROUNDS {
        for (which, figures) in seen.iter_mut().enumerate() {
            Command::new("sync").status().expect("it is everywhere");
            figures.push(measure(servers[which], &sites[which], shape, rate, seconds));
        }
    }
    seen
}

/// The one in the middle, and all of them in order.
pub(crate) fn middle(figures: &[Figures], of: fn(&Figures) -> f64) -> (f64, Vec<f64>) {
    let mut all: Vec<f64> = figures.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    (all[all.len() / 2], all)
}
