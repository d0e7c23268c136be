//! A PostgreSQL that crashes under load: it loses writes that are not on its disk, and none of them was acknowledged.

use crate::replay::rebuilds_to_the_same;
use crate::seed::{Plan, plan};
use crate::server::{place_in, start};
use crate::traffic::Traffic;
use knock_store::Scratch;
use std::fs;
use std::process::Command;

#[test]
fn what_was_acknowledged_before_the_database_crashed_is_there_once() {
    let home = Scratch::new();
    let Some(process) = home.process() else {
        println!("crash: NOT RUN, SQLite is part of the server");
        return;
    };
    let database = parent(process);
    let Plan { mut chance, rounds, .. } = plan("crash", 3);
    let place = place_in(&home);
    let server = start(&place, &[]);
    let traffic = Traffic::begin(&server);
    for _ in 0..rounds {
        let number = chance.usize(..);
        traffic.live_through(&server, &mut chance, || crash(database, number));
        traffic.check_batches(&server);
        traffic.send_unmarked(&server);
        traffic.check(&server);
    }
    rebuilds_to_the_same(&server);
}

/// Kills one of its processes: all others end with it, and what they held in memory is gone.
fn crash(database: i64, number: usize) {
    let children = fs::read_to_string(format!("/proc/{database}/task/{database}/children")).expect("its processes");
    let children: Vec<&str> = children.split_whitespace().collect();
    let killed = Command::new("kill").args(["-9", children[number % children.len()]]).status();
    assert!(killed.expect("kill runs").success());
}

fn parent(process: i64) -> i64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a process of this machine");
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")).expect("it has one");
    parent.trim().parse().expect("a number")
}
