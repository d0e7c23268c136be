//! Files on a small disk and on one that cannot be written.

use super::{Shop, refused};
use crate::abuse::readiness::SmallDisk;
use crate::support::Knock;
use knock_store::Scratch;
use std::process::Command;

const NO_LIMITS: [(&str, &str); 2] = [("KNOCK_FILES_PER_CHAT", "0"), ("KNOCK_FILES_PER_IP", "0")];

/// A file of 4 MiB of text.
fn large() -> Vec<u8> {
    "a line of text..".repeat(1 << 18).into_bytes()
}

fn shop(home: Scratch) -> Shop {
    let knock = Knock::start_in(home, &NO_LIMITS);
    let (chat, key) = (crate::chat::open_as(&knock, &knock.site(), 1), knock.admin_key());
    Shop { knock, chat, key }
}

#[test]
fn files_leave_the_room_that_the_server_needs() {
    let home = Scratch::sqlite();
    let Some(_disk) = SmallDisk::mount(home.dir(), 96) else {
        eprintln!("SKIPPED: only root can mount a small disk");
        return;
    };
    let shop = shop(home);
    let refusal = (1..40).map(|n| shop.chat.sends_file(&shop.knock, n, "a.txt", &large()));
    let refusal = refusal.into_iter().find(|reply| reply.code != 201).expect("in the end");
    assert_eq!(refused(&refusal), (507, "/file".into()), "{}", refusal.body);
    let ready = || shop.knock.send("GET", "/readyz", &[], None).code;
    assert_eq!(ready(), 200);
    // The team goes on for a while, and leaves room too.
    assert_eq!(shop.chat.rep_sends_file(&shop.knock, 50, "a.txt", b"a line").code, 201);
    let of_team = (60..99).map(|n| shop.chat.rep_sends_file(&shop.knock, n, "a.txt", &large()));
    let of_team = of_team.into_iter().find(|reply| reply.code != 201).expect("in the end");
    assert_eq!(refused(&of_team), (507, "/file".into()), "{}", of_team.body);
    assert_eq!(ready(), 200);
    assert_eq!(shop.chat.write(&shop.knock, 99, "We are still here").code, 201);
}

#[test]
fn a_directory_that_cannot_be_written_is_no_fault_of_the_file() {
    let shop = shop(Scratch::sqlite());
    let files = shop.knock.data().join("files");
    assert_eq!(shop.chat.sends_file(&shop.knock, 1, "a.txt", b"a line").code, 201);
    let mount = |arguments: &[&str]| Command::new("mount").args(arguments).arg(&files).status();
    let path = files.to_str().expect("a path");
    if !mount(&["--bind", path]).is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: only root can make a directory read-only for root");
        return;
    }
    let is_read_only = mount(&["-o", "remount,ro,bind"]).is_ok_and(|status| status.success());
    let refused = shop.chat.sends_file(&shop.knock, 2, "a.txt", b"a line");
    drop(Command::new("umount").arg("--lazy").arg(&files).status());
    assert!(is_read_only);
    assert_eq!((refused.code, refused.header("retry-after").is_some()), (503, true), "{}", refused.body);
    assert_eq!(shop.chat.sends_file(&shop.knock, 2, "a.txt", b"a line").code, 201, "once it can be written again");
}
