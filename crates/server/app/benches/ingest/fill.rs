//! A store with many signals in it, made through the engine: what a server without HTTP keeps.

use crate::load::Crowd;
use crate::measure::Shape;
use knock_engine::Writer;
use knock_engine::commands::{AppendSignals, FreshIds};
use knock_ingest::{Request, receive};
use knock_model::{AccountId, LeadId, Millis, SignalType};
use knock_ports::{Site, Store};
use knock_testing::{now, stopwatch};
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Batches that wait for the disk together.
const WAITING: usize = 256;
/// Over so many days the signals of a filled store are spread.
const DAYS: i64 = 60;

/// Adds signals of the past; how many were kept a second.
pub(crate) fn fill(store: Arc<dyn Store>, seed: u64, rows: u64) -> f64 {
    let site = demo(&*store);
    let batches = rows.div_ceil(u64::from(Shape::BATCHES.batch));
    let (end, days) = (now(), Millis(Millis::DAY.0 * DAYS));
    let crowd = Crowd {
        site: site.key.clone(),
        origin: site.origins.first().cloned().unwrap_or_else(|| "http://127.0.0.1".into()),
        batch: Shape::BATCHES.batch,
        visitors: 1_000,
        start: end - days,
        seed,
    };
    let (writer, thread) = Writer::start(store).expect("it starts");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let start = stopwatch();
    runtime.block_on(async {
        let mut waiting = JoinSet::new();
        for number in 0..batches {
            if waiting.len() >= WAITING {
                drop(waiting.join_next().await);
            }
            let at =
                end - days + Millis(days.0 / i64::try_from(batches).unwrap_or(1) * i64::try_from(number).unwrap_or(0));
            let command = command(&site, &crowd, at, number);
            let writer = writer.clone();
            waiting.spawn(async move { writer.commit(command).await.expect("kept") });
        }
        while waiting.join_next().await.is_some() {}
    });
    let rate = (batches * u64::from(Shape::BATCHES.batch)) as f64 / start.elapsed().as_secs_f64();
    drop(writer);
    thread.join().expect("the writer ends");
    rate
}

fn demo(store: &dyn Store) -> Site {
    let mut found = Vec::new();
    store
        .read(&mut |view| {
            found = view.sites()?;
            Ok(())
        })
        .expect("it reads");
    found.into_iter().find(|site| site.demo).expect("the demo site")
}

fn command(site: &Site, crowd: &Crowd, at: Millis, number: u64) -> AppendSignals {
    let (body, (user_agent, language)) = (crowd.body(number, at), crowd.browser(number));
    let request = Request {
        body: body.as_bytes(),
        origin: Some(&crowd.origin),
        own_origins: &[],
        has_ingest_key: false,
        user_agent,
        language,
        from: Ipv4Addr::LOCALHOST.into(),
        locations: None,
        purpose: "",
        gpc: "",
        dnt: "",
        received_at: at,
        identify_secret: &|_| String::new(),
    };
    let received = receive(&request, |_| Some(site.clone())).expect("a good batch");
    let identified = received.signals.iter().filter(|signal| signal.kind == SignalType::Identify);
    let fresh = identified.enumerate().map(|(place, _)| FreshIds {
        lead: LeadId::new(random(number, place as u64 * 2)),
        account: AccountId::new(random(number, place as u64 * 2 + 1)),
    });
    AppendSignals {
        site: site.id,
        visitor: received.visitor,
        received_at: at,
        fresh: fresh.collect(),
        signals: received.signals,
    }
}

fn random(number: u64, place: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    bytes[8..].copy_from_slice(&place.to_be_bytes());
    bytes
}
