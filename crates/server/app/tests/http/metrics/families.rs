//! The families of `/metrics` are valid for Prometheus, and exactly those of `docs/operations.md`.

use super::exposition::{Family, families, faults};
use crate::abuse::raw::Raw;
use crate::support::{Knock, batch, signal};
use knock_store::Scratch;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const DOCUMENT: &str = include_str!("../../../../../../docs/operations.md");

fn scraped(knock: &Knock) -> BTreeMap<String, Family> {
    let reply = knock.send("GET", "/metrics", &[], None);
    assert_eq!(reply.header("content-type"), Some("text/plain; version=0.0.4"));
    families(reply.body.as_str().expect("text"))
}

/// The value of the one sample with this name and these labels.
fn value(found: &BTreeMap<String, Family>, sample: &str, labels: &[(&str, &str)]) -> f64 {
    let samples = found.values().flat_map(|family| &family.samples);
    let mut fitting = samples.filter(|(name, known, _)| {
        name == sample && labels.iter().all(|(label, value)| known.get(*label).is_some_and(|known| known == value))
    });
    let (_, _, value) = fitting.next().unwrap_or_else(|| panic!("no {sample} {labels:?}"));
    assert!(fitting.next().is_none(), "several {sample} {labels:?}");
    *value
}

/// Name, type and labels of the table's rows, without the metrics that this database does not have.
fn documented(is_sqlite: bool) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let section = DOCUMENT.split("## Metrics").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.filter(|row| is_sqlite || !row.contains("SQLite only"));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let labels = cells[3].split('(').map(|part| part.rsplit(')').next().unwrap_or(part));
        let labels = labels.flat_map(|part| part.split('`').skip(1).step_by(2)).map(str::to_owned).collect();
        assert!(!cells[4].is_empty(), "no meaning: {row}");
        (cells[1].trim_matches('`').to_owned(), (cells[2].to_owned(), labels))
    })
    .collect()
}

#[test]
fn every_family_is_documented_and_every_documented_one_is_there() {
    let knock = Knock::start();
    // The families from the start, and those that the first request adds.
    assert_eq!(knock.send("GET", "/healthz", &[], None).code, 200);
    let found = scraped(&knock);
    let wrong: Vec<_> = found.iter().flat_map(|(name, family)| faults(name, family)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let exposed: BTreeMap<_, _> = found
        .into_iter()
        .map(|(name, family)| {
            let labels = family.samples.into_iter().flat_map(|(_, labels, _)| labels.into_keys());
            (name, (family.kind, labels.filter(|label| label != "le").collect::<BTreeSet<_>>()))
        })
        .collect();
    assert_eq!(exposed, documented(Scratch::new().database().is_empty()));
}

#[test]
fn commits_room_and_requests_are_measured() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    let before = scraped(&knock);
    for n in 0..3 {
        assert_eq!(knock.post_signals(&batch(&site, n, now, &[signal(now, n, "page_view", "/")])).code, 202);
    }
    assert_eq!(knock.post_signals(&json!({})).code, 400);
    let after = scraped(&knock);
    let grown = |sample: &str| value(&after, sample, &[]) - value(&before, sample, &[]);
    assert!(grown("knock_commit_duration_seconds_count") >= 3.0);
    assert!(grown("knock_commit_duration_seconds_sum") > 0.0);
    assert!(grown("knock_commit_commands_sum") >= 3.0);
    assert!(value(&after, "knock_database_bytes", &[("part", "data")]) > 0.0);
    assert_eq!(value(&after, "knock_ready", &[]), 1.0);
    assert_eq!(value(&after, "knock_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1.0);
    assert_eq!(value(&after, "knock_writer_queue_capacity_commands", &[]), 4_096.0);
    let answered = |code| {
        let labels = [("method", "POST"), ("route", "/v1/signals"), ("code", code)];
        value(&after, "knock_http_requests_total", &labels)
    };
    assert_eq!((answered("202"), answered("400")), (3.0, 1.0));
    let timed = [("route", "/v1/signals")];
    assert_eq!(value(&after, "knock_http_request_duration_seconds_count", &timed), 4.0);
    // The connection of the scrape counts too.
    assert!(value(&after, "knock_connections_open", &[]) >= 1.0);
}

#[test]
fn a_store_that_fails_is_reported_and_all_other_metrics_are_still_there() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    knock.execute("ALTER TABLE timers RENAME TO gone");
    let found = scraped(&knock);
    assert_eq!(value(&found, "knock_ready", &[]), 0.0);
    knock.execute("ALTER TABLE signals RENAME TO gone_too");
    let failed = knock.post_signals(&batch(&site, 1, now, &[signal(now, 1, "page_view", "/")]));
    assert_eq!(failed.code, 500, "{}", failed.body);
    let found = scraped(&knock);
    assert!(value(&found, "knock_commits_failed_total", &[("reason", "broken")]) >= 1.0);
    let labels = [("site", "1"), ("outcome", "rate_limited"), ("reason", "store")];
    assert_eq!(value(&found, "knock_signals_total", &labels), 1.0);
}

#[test]
fn a_client_that_is_cut_is_counted() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_HEADER_TIMEOUT_MS", "100")]);
    let mut raw = Raw::open(&knock);
    raw.say(b"GET /healthz HTTP/1.1\r\n");
    assert_eq!(raw.all(), "");
    assert_eq!(value(&scraped(&knock), "knock_connections_cut_total", &[("reason", "slow_head")]), 1.0);
}
