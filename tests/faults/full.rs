//! A disk that is full, and has room again.

use crate::kill::is_whole;
use crate::seed::plan;
use crate::server::{Server, sqlite, start};
use crate::traffic::Traffic;
use knock_testing::eventually;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const MIB: usize = 1 << 20;

/// A small file system of its own, gone when this is dropped.
struct Mount(TempDir);

impl Mount {
    /// None where this user may not mount anything.
    fn small() -> Option<Mount> {
        let dir = TempDir::new().expect("a directory");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(dir.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Mount(dir))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(self.0.path()).status());
    }
}

/// Takes all room that is left.
fn fill(file: &Path) {
    let mut filler = File::create(file).expect("it is made");
    for size in [MIB, 4_096, 1] {
        let bytes = vec![1; size];
        loop {
            match filler.write(&bytes) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// Asks until the server says it is ready, or not.
fn await_readiness(server: &Server, code: u16) {
    eventually(&format!("/readyz answers {code}"), || server.get("/readyz", "").code == code);
}

#[test]
fn a_full_disk_refuses_and_takes_again_when_there_is_room() {
    let Some(mount) = Mount::small() else {
        println!("full: NOT RUN, it mounts a tmpfs, which only root may");
        return;
    };
    let mut chance = plan("full", 1).chance;
    let place = sqlite(&mount.path().join("data"));
    let reserve = place.dir().join("reserve");
    let server = start(&place, &[("KNOCK_RESERVE_MB", "4")]);
    let traffic = Traffic::begin(&server);
    assert!(traffic.send_new(&server, 1, &mut chance));
    assert_eq!(server.get("/readyz", "").code, 200);
    assert_eq!(fs::metadata(&reserve).expect("it is there").len(), 4 * MIB as u64);

    // The room of the log may be enough to go on for a while: somebody takes that too.
    for filler in 0.. {
        fill(&mount.path().join(format!("filler{filler}")));
        let refused = send_until_refused(&server, &traffic, &mut chance);
        assert_eq!(refused.as_deref(), Some("30"), "it says when to come back");
        if server.get("/readyz", "").code == 503 {
            break;
        }
    }
    assert!(!reserve.exists(), "the reserve was given up");
    // The log was brought in with the room of the reserve, and all can be read.
    assert_eq!(fs::metadata(place.dir().join("knock.db-wal")).map_or(0, |log| log.len()), 0);
    traffic.check(&server);
    for page in ["/api/v1/contacts", "/api/v1/timeline", "/api/v1/conversations", "/metrics", "/healthz"] {
        assert_eq!(server.get(page, &traffic.key).code, 200, "{page}");
    }

    fs::remove_file(mount.path().join("filler0")).expect("there is room again");
    await_readiness(&server, 200);
    assert!(reserve.exists(), "the reserve was made again");
    traffic.send_unmarked(&server);
    traffic.check(&server);
    server.stop();
    is_whole(&place);
}

/// Sends until the server refuses with a problem document; what it says of trying again.
fn send_until_refused(server: &Server, traffic: &Traffic, chance: &mut fastrand::Rng) -> Option<String> {
    loop {
        let sending = traffic.signals(2, chance);
        let number = traffic.ledger.note(&sending);
        let mut body = sending.body.clone();
        body["sent_at"] = traffic.now().into();
        let reply = server.post(&sending.path, &body);
        if reply.code == 202 {
            traffic.ledger.mark(number);
            continue;
        }
        assert_eq!((reply.code, &reply.body["type"]), (503, &"urn:knock:problem:unavailable".into()), "{}", reply.body);
        return reply.header("retry-after").map(str::to_owned);
    }
}
