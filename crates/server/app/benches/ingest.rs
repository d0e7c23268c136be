//! Signals a second through everything up to the disk, as a ratio to reading and checking them alone, in one run.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use knock_engine::Writer;
use knock_engine::commands::AppendSignals;
use knock_ingest::{Received, Request, receive};
use knock_model::{IdentifyPolicy, Millis, SignalId, SiteId, VisitorId};
use knock_ports::{Site, Store};
use knock_store::Scratch;
use std::sync::Arc;
use std::time::{Duration, Instant};

const NOW: Millis = Millis(1_780_315_200_000);
const SIGNALS: u64 = 20;
const ROUND: Duration = Duration::from_secs(3);
const SENDERS: u64 = 64;

fn site() -> Site {
    Site {
        id: SiteId(1),
        key: "k".into(),
        name: String::new(),
        origins: vec!["https://a.example".into()],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
    }
}

fn random(number: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// The body of one beacon of twenty signals.
fn body(number: u64) -> String {
    let visitor = VisitorId::new(NOW, &random(number % 1_000));
    let signals: Vec<String> = (0..SIGNALS)
        .map(|place| {
            let id = SignalId::new(NOW, &random(number * SIGNALS + place));
            let at = NOW.0;
            format!(r#"{{"id":"{id}","at":{at},"type":"page_view","url":"https://a.example/pricing?x={place}","title":"Pricing - A","seq":{place}}}"#)
        })
        .collect();
    let (at, signals) = (NOW.0, signals.join(","));
    format!(r#"{{"v":1,"site":"k","visitor":"{visitor}","session":"{visitor}","sent_at":{at},"signals":[{signals}]}}"#)
}

fn received(body: &str) -> Received {
    let request = Request {
        body: body.as_bytes(),
        origin: Some("https://a.example"),
        own_origins: &[],
        has_ingest_key: false,
        user_agent: "Mozilla/5.0",
        purpose: "",
        received_at: NOW,
        identify_secret: &|_| String::new(),
    };
    receive(&request, |_| Some(site())).expect("a good batch")
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

/// Signals a second of `batch`, called with ever new numbers.
fn rate(mut batch: impl FnMut(u64)) -> f64 {
    let start = now();
    let mut number = 0;
    while start.elapsed() < ROUND {
        batch(number);
        number += 1;
    }
    (number * SIGNALS) as f64 / start.elapsed().as_secs_f64()
}

fn stored(received: Received) -> AppendSignals {
    AppendSignals {
        site: received.site.id,
        visitor: received.visitor,
        received_at: NOW,
        signals: received.signals,
        fresh: Vec::new(),
    }
}

fn main() {
    let checked = rate(|number| assert_eq!(received(&body(number)).signals.len(), 20));
    let kept = rate_kept(Scratch::sqlite().store());
    println!("ingest: read and checked {checked:.0} signals/s; kept on disk {kept:.0} signals/s");
    println!("ingest: kept / checked = {:.3}", kept / checked);
    let scratch = Scratch::new();
    if !scratch.database().is_empty() {
        let postgres = rate_kept(scratch.store());
        println!("ingest: kept by PostgreSQL {postgres:.0} signals/s; / by SQLite = {:.3}", postgres / kept);
    }
}

/// Signals a second up to the disk.
fn rate_kept(store: Arc<dyn Store>) -> f64 {
    let (writer, _thread) = Writer::start(store).expect("it starts");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    // One call is one batch of each sender, all of them waiting for the disk together.
    rate(|number| {
        let batches = (0..SENDERS).map(|sender| stored(received(&body(number * SENDERS + sender))));
        runtime.block_on(async {
            let mut waiting = tokio::task::JoinSet::new();
            for batch in batches {
                let writer = writer.clone();
                waiting.spawn(async move { writer.commit(batch).await.expect("stored").accepted });
            }
            while let Some(accepted) = waiting.join_next().await {
                assert_eq!(accepted.expect("it ends"), 20);
            }
        });
    }) * SENDERS as f64
}
