//! A reader as the system sees it: its limits, its rights, its files, and its end.

use crate::pdf::form_bomb;
use crate::reader;
use knock_reader::{Lost, NotRead, Reader};
use std::fs;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The processes that this one has started, dead ones that were not reaped included.
fn children() -> Vec<u32> {
    let own = std::process::id();
    let parent = |stat: &str| stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse::<u32>().ok();
    let all =
        fs::read_dir("/proc").expect("processes").filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let is_child =
        |id: &u32| fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| parent(&stat) == Some(own));
    all.filter(is_child).collect()
}

/// Waits for a condition.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        sleep(Duration::from_millis(5)).await;
    }
}

fn of_process(id: u32, file: &str) -> String {
    fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default()
}

/// The value of a line, in the files of a process.
fn value(text: &str, name: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line[name.len()..].split_whitespace().next().unwrap_or_default().to_owned()
}

/// The cores on which a process may run.
fn cores(status: &str) -> Vec<u32> {
    let list = value(status, "Cpus_allowed_list:");
    let range = |range: &str| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        first.parse::<u32>().expect("a core")..=last.parse().expect("a core")
    };
    list.split(',').flat_map(range).collect()
}

#[tokio::test]
async fn a_reader_has_few_rights_and_little_memory() {
    let (reader, bomb) = (reader(), form_bomb());
    let looks = async {
        until("it has given up its rights", || {
            children().first().is_some_and(|id| value(&of_process(*id, "status"), "Seccomp:") == "2")
        })
        .await;
        let id = children()[0];
        let (limits, status) = (of_process(id, "limits"), of_process(id, "status"));
        let memory: u64 = value(&limits, "Max address space").parse().expect("a limit");
        assert!(memory < 640 << 20, "{memory}");
        for (name, expected) in [
            ("Max cpu time", "20"),
            ("Max core file size", "0"),
            ("Max file size", "0"),
            ("Max open files", "3"),
            ("Max processes", "0"),
        ] {
            assert_eq!(value(&limits, name), expected, "{name}");
        }
        assert_eq!(value(&status, "NoNewPrivs:"), "1");
        let own = cores(&of_process(std::process::id(), "status"));
        assert_eq!(
            cores(&status),
            if own.len() == 1 { &own } else { &own[1..] },
            "the first one is left to the server"
        );
        let files = fs::read_dir(format!("/proc/{id}/fd")).expect("its files");
        let mut files: Vec<_> = files.filter_map(|file| file.ok()?.file_name().into_string().ok()).collect();
        files.sort();
        assert_eq!(files, ["0", "1", "2"]);
        assert_eq!(of_process(id, "environ"), "");
        assert_eq!(of_process(id, "oom_score_adj").trim(), "1000");
    };
    tokio::select! {
        read = reader.file(&bomb) => panic!("it ended: {read:?}"),
        () = looks => {}
    }
    until("it ended with the reading", || children().is_empty()).await;
}

#[tokio::test]
async fn a_killed_reader_is_a_reading_without_a_result() {
    let (reader, bomb) = (reader(), form_bomb());
    for (signal, expected) in [("-KILL", Lost::Slow), ("-ABRT", Lost::Exhausted), ("-TERM", Lost::Interrupted)] {
        let kills = async {
            until("it runs", || !children().is_empty()).await;
            let id = children()[0].to_string();
            let done = std::process::Command::new("kill").args([signal, &id]).status().expect("kill runs");
            assert!(done.success());
            std::future::pending::<()>().await
        };
        tokio::select! {
            read = reader.file(&bomb) => assert_eq!(read, Err(NotRead::Lost(expected)), "{signal}"),
            () = kills => {}
        }
    }
}

#[tokio::test]
async fn readings_above_the_places_wait_and_dropped_ones_leave_theirs() {
    let (reader, bomb) = (reader(), form_bomb());
    {
        let (one, two) = (reader.file(&bomb), reader.file(&bomb));
        let pictures = async {
            until("two read", || children().len() == 2).await;
            assert!(reader.attachment(b"text".to_vec(), "a", 9).await.is_ok(), "it has places of its own");
            assert_eq!(reader.file(b"text").await, Err(NotRead::Lost(Lost::Busy)));
        };
        tokio::select! {
            _ = one => panic!("it ended"),
            _ = two => panic!("it ended"),
            () = pictures => {}
        }
    }
    assert!(reader.file(b"text").await.is_ok());
    until("all ended", || children().is_empty()).await;
}

#[tokio::test]
async fn a_program_that_is_no_reader_reads_nothing() {
    for (program, expected) in
        [("/bin/false", Lost::NotStarted), ("/bin/true", Lost::Broken), ("/none", Lost::NotStarted)]
    {
        assert_eq!(Reader::by(program.into()).file(b"text").await, Err(NotRead::Lost(expected)), "{program}");
    }
    let bare = std::process::Command::new(env!("CARGO_BIN_EXE_knock-reader")).args(["reader", "else"]).status();
    assert_eq!(bare.expect("it runs").code(), Some(3));
}
