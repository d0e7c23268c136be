//! A server that is asked to stop while many clients send requests.

use super::raw::Raw;
use super::sockets::{connect, ending};
use crate::chat::open_as;
use crate::support::{Knock, ORIGIN, batch, signal};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tungstenite::protocol::frame::coding::CloseCode;

/// Sends one batch after the other on one connection until it closes; the acknowledged ids.
fn send_all(knock: &Knock, site: &str, sender: u64, now: i64, done: &AtomicUsize) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut raw = Raw::open(knock);
    for n in 0.. {
        let one = signal(now, sender * 1_000_000 + n, "page_view", "/");
        let body = batch(site, sender, now, std::slice::from_ref(&one)).to_string();
        let head = format!(
            "POST /v1/signals HTTP/1.1\r\nhost: knock\r\norigin: {ORIGIN}\r\ncontent-type: text/plain\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        if !raw.try_say(head.as_bytes()) || !raw.try_say(body.as_bytes()) {
            break;
        }
        if !raw.one_answer().starts_with("HTTP/1.1 202") {
            break;
        }
        acknowledged.push(one["id"].as_str().expect("an id").to_owned());
        done.fetch_add(1, Ordering::SeqCst);
    }
    acknowledged
}

#[test]
fn all_acknowledged_signals_are_stored_and_every_connection_is_closed_properly() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let mut socket = connect(&knock, &open_as(&knock, &site, 1));
    let mut resting = Raw::kept(&knock);
    let ledger = Mutex::new(Vec::new());
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for sender in 1..=4 {
            let (knock, site, ledger, done) = (&knock, &site, &ledger, &done);
            scope.spawn(move || {
                let acknowledged = send_all(knock, site, sender, now, done);
                ledger.lock().expect("not poisoned").extend(acknowledged);
            });
        }
        while done.load(Ordering::SeqCst) < 40 {
            std::thread::yield_now();
        }
        knock.ask_to_stop();
        assert_eq!(ending(&mut socket), Some(CloseCode::Away));
        assert_eq!(resting.all(), "", "closed");
    });
    let (code, dir) = knock.stopped();
    assert_eq!(code, Some(0));
    let knock = Knock::start_in(dir, &[]);
    let stored = crate::crash::all_ids(&knock, &key);
    let acknowledged = ledger.into_inner().expect("not poisoned");
    assert!(acknowledged.len() >= 40);
    assert!(acknowledged.iter().all(|id| stored.contains(id)), "all that was acknowledged is there");
}

#[test]
fn who_never_ends_does_not_keep_the_server() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_DRAIN_TIMEOUT_MS", "300")]);
    let mut endless = Raw::open(&knock);
    endless.say(&super::raw::head("content-length: 5000\r\n"));
    // The server reads it: it has responded to a later one.
    drop(Raw::kept(&knock));
    knock.ask_to_stop();
    assert_eq!(endless.drip(b' '), "", "cut");
    assert_eq!(knock.stopped().0, Some(0));
}
