//! Whether the server says that it can work.

use crate::support::Knock;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

#[test]
fn a_server_that_can_work_says_so() {
    let knock = Knock::start();
    for (path, expected) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let reply = knock.send("GET", path, &[], None);
        assert_eq!((reply.code, reply.body.as_str()), (200, Some(expected)), "{path}");
    }
}

/// A disk of 32 MiB; none where nobody may mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<SmallDisk> {
        let dir = TempDir::new().expect("a directory");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(dir.path()).output();
        mounted.is_ok_and(|mounted| mounted.status.success()).then(|| SmallDisk(dir))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(self.path()).output());
    }
}

#[test]
fn a_full_disk_is_told_and_nothing_needs_to_be_started_again() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("SKIPPED: only root can mount a small disk");
        return;
    };
    let knock = Knock::start_in(TempDir::new_in(disk.path()).expect("a directory"), &[]);
    assert_eq!(knock.send("GET", "/readyz", &[], None).code, 200);
    let filler = disk.path().join("filler");
    let block = vec![0; 1024 * 1024];
    let mut file = std::fs::File::create(&filler).expect("made");
    while std::io::Write::write_all(&mut file, &block).is_ok() {}
    let told = knock.send("GET", "/readyz", &[], None);
    assert_eq!((told.code, told.body["detail"].as_str()), (503, Some("The disk is full")), "{}", told.body);
    assert!(told.header("retry-after").is_some());
    assert_eq!(knock.send("GET", "/healthz", &[], None).code, 200, "it lives");
    drop(file);
    std::fs::remove_file(filler).expect("removed");
    assert_eq!(knock.send("GET", "/readyz", &[], None).code, 200);
}
