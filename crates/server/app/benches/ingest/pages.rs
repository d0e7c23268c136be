//! How long pages of timelines take, asked for as the dashboard asks.

use crate::server::Server;
use knock_testing::stopwatch;

const ASKED: usize = 60;

/// Milliseconds: the median and the slowest but one of twenty, of everybody's timeline and of a contact's.
pub(crate) fn pages(server: &Server, key: &str) -> [(f64, f64); 2] {
    let contact = server.api(key, "/api/v1/contacts?limit=1");
    let contact = contact["contacts"][0]["id"].as_str().expect("a contact").to_owned();
    ["/api/v1/timeline?limit=50".to_owned(), format!("/api/v1/timeline?limit=50&contact={contact}")].map(|path| {
        let mut times: Vec<f64> = (0..ASKED)
            .map(|_| {
                let start = stopwatch();
                let page = server.api(key, &path);
                assert!(page["entries"].as_array().is_some_and(|entries| !entries.is_empty()), "{page}");
                start.elapsed().as_secs_f64() * 1_000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        (times[ASKED / 2], times[ASKED * 19 / 20])
    })
}
