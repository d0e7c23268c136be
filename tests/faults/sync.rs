//! A disk that fails on sync.

use crate::disk::{Disk, can_watch, files};
use crate::seed::plan;
use crate::server::{said, sqlite, start};
use crate::traffic::Traffic;
use std::fs::{self, File};

#[test]
fn after_a_failed_sync_nothing_is_acknowledged_and_the_server_ends_and_says_why() {
    if !can_watch("sync") {
        return;
    }
    let mut chance = plan("sync", 1).chance;
    let mut disk = Disk::new();
    let place = sqlite(&disk.data());
    let first = start(&place, &[]);
    let traffic = Traffic::begin(&first);
    first.stop();
    disk.lay_out(files(place.dir()));

    let watched = disk.watched();
    let env: Vec<_> = watched.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut server = start(&place, &env);
    assert!(traffic.send_new(&server, 1, &mut chance));
    File::create(disk.eio()).expect("syncs fail from now on");
    let sending = traffic.signals(1, &mut chance);
    traffic.ledger.note(&sending);
    let answer = traffic.post(&server, &sending);
    // The request is refused, or the connection ends with the server.
    assert!(answer.as_ref().is_none_or(|(code, _)| *code == 503), "{answer:?}");
    assert_eq!(server.ended().code(), Some(2));
    assert!(said(&place).contains("the disk did not keep what was written"), "{}", said(&place));

    fs::remove_file(disk.eio()).expect("the disk is well again");
    let left = disk.after_power_loss(&disk.done(), &mut chance);
    disk.lay_out(left);
    let server = start(&place, &[]);
    traffic.send_unmarked(&server);
    traffic.check(&server);
}
