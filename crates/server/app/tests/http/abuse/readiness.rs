//! Readiness of the server.

use crate::support::Knock;
use knock_store::Scratch;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn a_server_that_can_work_says_so() {
    let knock = Knock::start();
    for (path, expected) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let reply = knock.send("GET", path, &[], None);
        assert_eq!((reply.code, reply.body.as_str()), (200, Some(expected)), "{path}");
    }
}

/// A small disk.
pub(crate) struct SmallDisk(pub(crate) PathBuf);

impl SmallDisk {
    /// Mounts one of this size over a directory; `None` where mounting is not permitted.
    pub(crate) fn mount(dir: &Path, mib: u32) -> Option<SmallDisk> {
        let size = format!("size={mib}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(dir).output();
        mounted.is_ok_and(|mounted| mounted.status.success()).then(|| SmallDisk(dir.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(&self.0).output());
        drop(std::fs::remove_dir(&self.0));
    }
}

#[test]
fn a_full_disk_is_reported_and_no_restart_is_needed() {
    let home = Scratch::new();
    let Some(disk) = SmallDisk::mount(home.dir(), 32) else {
        eprintln!("SKIPPED: only root can mount a small disk");
        return;
    };
    let knock = Knock::start_in(home, &[]);
    assert_eq!(knock.send("GET", "/readyz", &[], None).code, 200);
    let filler = disk.0.join("filler");
    let block = vec![0; 1024 * 1024];
    let mut file = std::fs::File::create(&filler).expect("made");
    while std::io::Write::write_all(&mut file, &block).is_ok() {}
    let full = knock.send("GET", "/readyz", &[], None);
    assert_eq!((full.code, full.body["detail"].as_str()), (503, Some("The disk is full")), "{}", full.body);
    assert!(full.header("retry-after").is_some());
    assert_eq!(knock.send("GET", "/healthz", &[], None).code, 200, "it lives");
    drop(file);
    std::fs::remove_file(filler).expect("removed");
    assert_eq!(knock.send("GET", "/readyz", &[], None).code, 200);
}
