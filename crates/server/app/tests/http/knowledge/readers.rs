//! Files that take down the process that reads them: the server goes on, and stops when it is asked to.

use super::Team;
use super::files::pdf_of;
use crate::chat::open_as;
use knock_testing::{eventually, memory, stopwatch};
use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The number of readers that are killed, if this variable does not name another one.
const KILLS: usize = 50;
const KILLS_NAMED: &str = "KNOCK_READER_KILLS";

fn form(draws: &str, object: usize) -> String {
    format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {object} 0 R >> >> /Length {} >>\n\
         stream\n{draws}\nendstream",
        draws.len()
    )
}

/// A page that draws a form, followed by this one and others.
fn page(forms: impl IntoIterator<Item = String>) -> Vec<u8> {
    let head = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ];
    pdf_of(&head.map(str::to_owned).into_iter().chain(forms).collect::<Vec<_>>())
}

/// Thirty forms, each of which draws the next one twice.
fn form_bomb() -> Vec<u8> {
    page((0..30).map(|n| form("/X Do /X Do", 6 + n)).chain([form("", 5)]))
}

/// The readers of a server.
fn readers(server: u32) -> Vec<u32> {
    let parent = |stat: &str| stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse::<u32>().ok();
    let all =
        fs::read_dir("/proc").expect("processes").filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    all.filter(|id| fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| parent(&stat) == Some(server)))
        .collect()
}

fn kill(process: u32) -> bool {
    Command::new("kill").args(["-KILL", &process.to_string()]).status().is_ok_and(|status| status.success())
}

#[test]
fn a_file_that_takes_down_its_reader_is_unreadable() {
    let team = Team::start();
    let circle = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        "<< /Length 12 >>\nstream\nBT (A) Tj ET\nendstream",
    ];
    for (name, file) in [
        ("itself.pdf", page([form("/X Do", 5)])),
        ("each-other.pdf", page([form("/X Do", 6), form("/X Do", 5)])),
        ("circle.pdf", pdf_of(&circle.map(str::to_owned))),
    ] {
        let refused = team.upload(name, &file);
        let reason = refused.body["errors"][0]["reason"].as_str().unwrap_or_default().to_owned();
        assert_eq!(refused.code, 422, "{name}: {}", refused.body);
        assert!(reason.starts_with("Reading it takes too much memory"), "{name}: {reason}");
        assert_eq!(team.upload(&format!("{name}.txt"), b"The next file is read.").code, 201);
    }
    assert!(memory(team.knock.process()).peak < 400 << 10, "the files took none of its memory");
    let metrics = team.knock.send("GET", "/metrics", &[], None).body;
    let metrics = metrics.as_str().expect("a text");
    assert!(metrics.contains("knock_reader_runs_total{format=\"file\",outcome=\"exhausted\"} 3"), "{metrics}");
}

#[test]
fn chats_go_on_while_readers_are_killed() {
    let team = Team::start();
    let (server, bomb, is_over) = (team.knock.process(), form_bomb(), AtomicBool::new(false));
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
    let kills = std::env::var(KILLS_NAMED).ok().and_then(|number| number.parse().ok()).unwrap_or(KILLS);
    thread::scope(|scope| {
        for uploader in 0..2 {
            let (team, bomb, is_over) = (&team, &bomb, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::SeqCst) {
                    let refused = team.upload(&format!("{uploader}.pdf"), bomb);
                    assert_eq!(refused.code, 422, "{}", refused.body);
                }
            });
        }
        let chat = open_as(&team.knock, &team.site, 1);
        for number in 0..kills {
            eventually("a reader runs", || readers(server).into_iter().any(kill));
            // A chat takes few messages a second.
            if number % 10 == 0 {
                assert_eq!(chat.write(&team.knock, 1 + number as u64 / 10, "Are you there?").code, 201);
            }
        }
        is_over.store(true, Ordering::SeqCst);
        eventually("no reader is left", || {
            readers(server).into_iter().for_each(|id| _ = kill(id));
            readers(server).is_empty()
        });
    });
    assert_eq!(team.upload("last.txt", b"It goes on.").code, 201);
}

#[test]
fn a_server_whose_reader_is_busy_stops_in_time() {
    let Team { knock, key, site } = Team::start();
    let (server, team) = (knock.process(), Team { knock, key, site });
    thread::scope(|scope| {
        let upload = scope.spawn(|| {
            let bomb = form_bomb();
            // The connection is cut.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| team.upload("bomb.pdf", &bomb)));
        });
        eventually("a reader runs", || !readers(server).is_empty());
        let reader = readers(server)[0];
        let begun = stopwatch();
        team.knock.ask_to_stop();
        eventually("the server has ended", || !is_running(server));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        eventually("its reader has ended", || !is_running(reader));
        upload.join().expect("it ended");
    });
}

/// Whether a process runs; a dead one may not have been reaped yet.
fn is_running(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().and_then(|fields| fields.split_whitespace().next().map(str::to_owned));
    state.is_some_and(|state| state != "Z" && state != "X")
}
