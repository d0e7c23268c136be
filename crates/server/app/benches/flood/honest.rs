//! A visitor who reads pages of the same site meanwhile, from another address.

use knock_testing::{JSON, ORIGIN, TestServer, batch, now, signal, stopwatch};
use std::thread;
use std::time::Duration;

/// Between two pages.
const READING: Duration = Duration::from_secs(1);
/// A number that no attacker has.
const NUMBER: u64 = u64::MAX >> 1;

/// Reads pages for so long; how many of the batches were not taken.
pub(crate) fn visit(server: &TestServer, site: &str, time: Duration) -> u64 {
    let begun = stopwatch();
    let mut lost = 0;
    let mut number = 0;
    while begun.elapsed() < time {
        let at = now().0;
        let signals: Vec<_> = ["page_view", "click", "cta"]
            .into_iter()
            .map(|kind| {
                number += 1;
                signal(at, NUMBER - number, kind, "/pricing")
            })
            .collect();
        let body = batch(site, NUMBER, at, &signals).to_string();
        let headers = [JSON, ("origin", ORIGIN), ("x-forwarded-for", "198.51.100.7")];
        lost += u64::from(server.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code != 202);
        thread::sleep(READING);
    }
    lost
}
