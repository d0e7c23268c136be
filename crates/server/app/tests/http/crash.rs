//! Acknowledged signals are durable: the server is killed during traffic, again and again.

use crate::support::{Knock, ORIGIN, batch, signal};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const ROUNDS: u64 = 3;
const SENDERS: u64 = 4;

/// Posts a batch on a connection of its own; whether it was acknowledged.
fn acknowledged(address: &str, body: &str) -> bool {
    let post = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        let length = body.len();
        let head = format!(
            "POST /v1/signals HTTP/1.1\r\nhost: {address}\r\norigin: {ORIGIN}\r\ncontent-type: text/plain\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    post().is_ok_and(|answer| answer.starts_with("HTTP/1.1 202"))
}

/// Sends until the server is killed; records the sent and the acknowledged signals.
fn send_until_killed(
    knock: &Knock,
    site: &str,
    first: u64,
    now: i64,
    ledger: &Mutex<Vec<(Value, bool)>>,
    enough: &AtomicBool,
) {
    let address = knock.url.trim_start_matches("http://").to_owned();
    for n in first.. {
        let signals = [signal(now, n * 2, "page_view", "/pricing"), signal(now, n * 2 + 1, "click", "/docs")];
        let body = batch(site, first, now, &signals);
        let is_acknowledged = acknowledged(&address, &body.to_string());
        let mut ledger = ledger.lock().expect("not poisoned");
        ledger.push((body, is_acknowledged));
        if ledger.len() > 40 {
            enough.store(true, Ordering::SeqCst);
        }
        if !is_acknowledged {
            return;
        }
    }
}

#[test]
fn every_acknowledged_signal_is_there_once_after_a_kill() {
    let mut knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let mut sent = BTreeSet::new();
    let mut marked = BTreeSet::new();
    for round in 0..ROUNDS {
        let ledger = Mutex::new(Vec::new());
        let enough = AtomicBool::new(false);
        // Read before: a sender that begins late may find the server killed.
        let now = knock.now();
        std::thread::scope(|scope| {
            for sender in 0..SENDERS {
                let first = 1 + (round * SENDERS + sender) * 1_000_000;
                let (knock, site, ledger, enough) = (&knock, &site, &ledger, &enough);
                scope.spawn(move || send_until_killed(knock, site, first, now, ledger, enough));
            }
            while !enough.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
            knock.kill_now();
        });
        knock = knock.kill_and_restart();
        for (body, is_acknowledged) in ledger.into_inner().expect("not poisoned") {
            for one in body["signals"].as_array().expect("a list") {
                let id = one["id"].as_str().expect("an id").to_owned();
                sent.insert(id.clone());
                if is_acknowledged {
                    marked.insert(id);
                }
            }
            // A client without a response sends again: harmless, whether the batch was stored or not.
            if !is_acknowledged {
                assert_eq!(knock.post_signals(&body).code, 202);
                marked.extend(
                    body["signals"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|one| one["id"].as_str())
                        .map(str::to_owned),
                );
            }
        }
    }
    let stored = all_ids(&knock, &key);
    let unique: BTreeSet<_> = stored.iter().cloned().collect();
    assert_eq!(stored.len(), unique.len(), "nothing is stored twice");
    assert!(marked.is_subset(&unique), "all that was acknowledged is there");
    assert!(unique.is_subset(&sent), "nothing is there that was never sent");
    assert!(marked.len() > 100);
}

pub(crate) fn all_ids(knock: &Knock, key: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = Value::Null;
    loop {
        let before = next.as_str().map(|cursor| format!("&before={cursor}")).unwrap_or_default();
        let page = knock.get(&format!("/api/v1/timeline?limit=200{before}"), key).body;
        ids.extend(
            page["entries"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|entry| entry["id"].as_str().expect("an id").to_owned()),
        );
        next = page["next"].clone();
        if next.is_null() {
            return ids;
        }
    }
}
