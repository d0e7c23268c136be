//! A connector that panics: its deliveries are tried again and given up in the end, and stop no other one.

use crate::outbox::{deliveries, subscribed_to_changes};
use crate::story::{Step, Still, Story};
use knock_engine::{Connectors, DeliveryWorker};
use knock_model::{DeliveryState, DestinationKind, Millis};
use knock_ports::{Connector, Delivery, DeliveryFuture, DeliveryOutcome, OutboxDelay, PANICKED};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// The numbers of the first deliveries, which panic: as many as may be under way at once.
const PANICS: i64 = 2;

/// Panics before its first await or after it, and delivers all others.
struct Panics;

impl Connector for Panics {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Webhook
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let number = delivery.entry.number;
        assert!(number != 1, "a fault of the connector");
        Box::pin(async move {
            tokio::task::yield_now().await;
            assert!(number > PANICS, "a fault of the connector");
            DeliveryOutcome::Done("answered 200".into())
        })
    }
}

/// Runs the worker from an instant on until the deliveries are as expected.
fn deliver_until(story: &Story, now: Millis, is_done: impl Fn() -> bool) {
    let worker = DeliveryWorker {
        clock: Arc::new(Still(now)),
        store: story.store.clone().expect("it is open"),
        writer: story.writer.clone().expect("it runs"),
        connectors: Connectors::new([Arc::new(Panics) as Arc<dyn Connector>]),
        wake: Arc::new(Notify::new()),
    };
    // Its own runtime ends with its tasks: the writer of the story waits for them.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let looking = async {
            while !is_done() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::select! {
            () = worker.run() => panic!("the worker ended"),
            done = tokio::time::timeout(Duration::from_secs(10), looking) => done.expect("delivered in time"),
        }
    });
}

fn states(story: &Story) -> Vec<(i64, DeliveryState, String)> {
    let all = deliveries(story).into_iter();
    all.map(|entry| (entry.number, entry.state, entry.answer)).collect()
}

fn delay(story: &Story, now: Millis) -> OutboxDelay {
    let mut delay = OutboxDelay::default();
    let read = story.store().read(&mut |view| {
        let all = view.outbox_delays(now)?;
        delay = all.into_iter().find(|(kind, _)| *kind == DestinationKind::Webhook).expect("all kinds").1;
        Ok(())
    });
    read.expect("read");
    delay
}

#[test]
fn deliveries_that_panic_are_tried_again_and_parked_and_stop_no_other() {
    let mut story = subscribed_to_changes();
    (1..=3).for_each(|visitor| story.step(Step::Open { visitor }));
    let begun = story.now;
    assert_eq!(delay(&story, begun), OutboxDelay { oldest: Some(deliveries(&story)[0].stored_at), panicked: 0 });
    deliver_until(&story, begun, || states(&story).iter().all(|(.., answer)| !answer.is_empty()));
    let (waiting, delivered) = (DeliveryState::Waiting, DeliveryState::Delivered);
    let expected = [(1, waiting, PANICKED), (2, waiting, PANICKED), (3, delivered, "answered 200")];
    assert_eq!(states(&story), expected.map(|(number, state, answer)| (number, state, answer.to_owned())));
    assert_eq!(delay(&story, begun), OutboxDelay { oldest: Some(deliveries(&story)[0].stored_at), panicked: 2 });
    // A day later they are given up, and shown as such.
    deliver_until(&story, begun + Millis::days(1), || {
        states(&story)[..2].iter().all(|(_, state, _)| *state == DeliveryState::Parked)
    });
    assert_eq!(delay(&story, begun + Millis::days(1)), OutboxDelay { oldest: None, panicked: 2 });
}
