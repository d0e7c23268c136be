//! The power goes while everybody sends: what was acknowledged outlives it, and only because it was synced.

use crate::disk::{Disk, can_watch, files};
use crate::kill::is_whole;
use crate::seed::{Plan, plan};
use crate::server::{Ended, Place, Server, sqlite, start, try_start};
use crate::traffic::Traffic;

/// Rounds after which the files are so large that laying them out takes the time.
const LIFE: u64 = 20;

fn borrowed<'a>(env: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    env.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// A workspace on a disk of which everything is synced.
fn workspace(disk: &mut Disk) -> (Place, Traffic) {
    let place = sqlite(&disk.data());
    let server = start(&place, &[]);
    let traffic = Traffic::begin(&server);
    server.stop();
    disk.lay_out(files(place.dir()));
    (place, traffic)
}

/// Everybody sends until the power goes; the server on what is left, or how it refused to start from that.
fn lose_power(
    disk: &mut Disk,
    place: &Place,
    traffic: &Traffic,
    more: &[(&str, &str)],
    chance: &mut fastrand::Rng,
) -> Result<Server, Ended> {
    let watched = disk.watched();
    let mut env = borrowed(&watched);
    env.extend(more);
    traffic.run(&start(place, &env), chance, 200);
    let left = disk.after_power_loss(&disk.done(), chance);
    disk.lay_out(left);
    try_start(place, &[])
}

#[test]
fn what_was_acknowledged_outlives_a_loss_of_power() {
    if !can_watch("power") {
        return;
    }
    let Plan { mut chance, rounds, .. } = plan("power", 8);
    let (mut disk, mut life) = (Disk::new(), 0);
    let (mut place, mut traffic) = workspace(&mut disk);
    for _ in 0..rounds {
        if life == LIFE {
            (disk, life) = (Disk::new(), 0);
            (place, traffic) = workspace(&mut disk);
        }
        life += 1;
        let server = lose_power(&mut disk, &place, &traffic, &[], &mut chance).expect("it starts");
        traffic.check_batches(&server);
        traffic.send_unmarked(&server);
        traffic.check(&server);
        server.stop();
        is_whole(&place);
        disk.lay_out(files(place.dir()));
    }
}

/// Whether a loss of power took something that was acknowledged, or all of it.
fn loses(env: &[(&str, &str)], chance: &mut fastrand::Rng) -> bool {
    let mut disk = Disk::new();
    let (place, traffic) = workspace(&mut disk);
    for _ in 0..20 {
        match lose_power(&mut disk, &place, &traffic, env, chance) {
            Ok(server) if traffic.is_all_there(&server) => server.stop(),
            Ok(_) | Err(_) => return true,
        }
        disk.lay_out(files(place.dir()));
    }
    false
}

#[test]
fn without_a_sync_at_each_commit_a_loss_of_power_takes_something() {
    if can_watch("power, unsynced") {
        let mut chance = plan("power, unsynced", 1).chance;
        assert!(loses(&[("KNOCK_FAULTS", "unsynced")], &mut chance), "else the other test proves nothing");
    }
}

#[test]
fn on_a_disk_that_lies_a_loss_of_power_takes_something() {
    if can_watch("power, lying disk") {
        let mut chance = plan("power, lying disk", 1).chance;
        assert!(loses(&[("FAULTS_LIE", "1")], &mut chance), "else the other test proves nothing");
    }
}

#[test]
fn whenever_the_power_goes_during_the_first_start_the_next_one_succeeds() {
    if !can_watch("power, first start") {
        return;
    }
    let Plan { mut chance, rounds, is_long } = plan("power, first start", 6);
    let mut disk = Disk::new();
    let place = sqlite(&disk.data());
    disk.lay_out(std::collections::BTreeMap::new());
    let watched = disk.watched();
    drop(start(&place, &borrowed(&watched)));
    let done = disk.done();
    let empty = std::collections::BTreeMap::new();
    for round in 0..rounds {
        let moment = if is_long { (round as usize * done.len()) / rounds as usize } else { chance.usize(..done.len()) };
        disk.lay_out(empty.clone());
        let left = disk.after_power_loss(&done[..moment], &mut chance);
        disk.lay_out(left);
        let server = start(&place, &[]);
        assert!(!server.site().is_empty());
    }
}
