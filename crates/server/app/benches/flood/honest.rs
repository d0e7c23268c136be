//! A visitor who reads pages of the same site meanwhile, from another address.

use knock_testing::{JSON, ORIGIN, TestServer, batch, now, signal, stopwatch};
use std::thread;
use std::time::Duration;

/// A number that no attacker has.
const NUMBER: u64 = u64::MAX >> 1;

/// What a visitor noticed.
#[derive(Debug, Default)]
pub(crate) struct Noticed {
    /// Batches that were not taken.
    pub(crate) lost: u64,
    /// The wait for each response.
    waits: Vec<Duration>,
}

impl Noticed {
    /// The wait that half of the responses took at most.
    pub(crate) fn wait(&mut self) -> Duration {
        self.waits.sort_unstable();
        self.waits.get(self.waits.len() / 2).copied().unwrap_or_default()
    }
}

/// Reads pages for so long, one each time in `pause`, from numbers that begin with `first`.
pub(crate) fn visit(server: &TestServer, site: &str, time: Duration, (pause, first): (Duration, u64)) -> Noticed {
    let begun = stopwatch();
    let mut noticed = Noticed::default();
    let mut number = first;
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
        let sent = stopwatch();
        let reply = server.send("POST", "/v1/signals", &headers, Some(body.as_bytes()));
        noticed.waits.push(sent.elapsed());
        noticed.lost += u64::from(reply.code != 202);
        thread::sleep(pause);
    }
    noticed
}
