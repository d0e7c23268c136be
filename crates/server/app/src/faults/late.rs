//! Delays as on a slow machine and a slow network: with `KNOCK_LATE=<seed>` every response, delivery, answer of a vendor
//! and notice of a change is late, and the test clock jumps. What is right must not depend on how fast things are.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use fastrand::Rng;
use knock_engine::Writer;
use knock_model::{DestinationKind, Millis};
use knock_outbound::Outbound;
use knock_ports::{Connector, Delivery, DeliveryFuture, Setup};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

/// The longest delay, in seconds.
const LONGEST: f64 = 0.3;
/// Of so many readings of the test clock one makes it jump.
const READINGS: u32 = 32;
/// The longest jump of the test clock.
const LONGEST_JUMP: i64 = 300;

/// The random source of all delays; none if nothing is late.
static CHANCE: LazyLock<Option<Mutex<Rng>>> = LazyLock::new(|| {
    #[expect(clippy::disallowed_methods, reason = "no part of the configuration: a release does not know it")]
    let seed = std::env::var("KNOCK_LATE").ok()?;
    Some(Mutex::new(Rng::with_seed(seed.parse().expect("KNOCK_LATE is a number"))))
});

fn draw<T>(what: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    let chance = CHANCE.as_ref()?;
    Some(what(&mut chance.lock().unwrap_or_else(PoisonError::into_inner)))
}

/// The next delay: most are short, so that a test with a thousand requests still ends.
fn delay() -> Duration {
    let share = draw(Rng::f64).unwrap_or_default();
    Duration::from_secs_f64(LONGEST * share * share * share)
}

fn is_late() -> bool {
    CHANCE.is_some()
}

pub(super) fn around_router(router: Router) -> Router {
    if !is_late() {
        return router;
    }
    router.layer(from_fn(async |request: Request, next: Next| {
        let response = next.run(request).await;
        tokio::time::sleep(delay()).await;
        response
    }))
}

pub(super) fn around_outbound(outbound: Outbound) -> Outbound {
    if is_late() { outbound.with_delay(delay) } else { outbound }
}

pub(super) fn around_writer(writer: Writer) -> (Writer, Option<impl Future<Output = ()> + Send + 'static>) {
    if !is_late() {
        return (writer, None);
    }
    let (writer, relay) = writer.with_late_notices(delay);
    (writer, Some(relay))
}

pub(super) fn jump_of_clock() -> Option<Millis> {
    let jump = draw(|chance| (chance.u32(..READINGS) == 0).then(|| chance.i64(1..=LONGEST_JUMP)))?;
    jump.map(Millis)
}

pub(super) fn around_connector(connector: Arc<dyn Connector>) -> Arc<dyn Connector> {
    if is_late() { Arc::new(Late(connector)) } else { connector }
}

/// A connector that waits before a delivery and after its response.
struct Late(Arc<dyn Connector>);

impl Connector for Late {
    fn kind(&self) -> DestinationKind {
        self.0.kind()
    }

    fn setup(&self) -> Setup {
        self.0.setup()
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let delivering = self.0.deliver(delivery);
        Box::pin(async move {
            tokio::time::sleep(delay()).await;
            let outcome = delivering.await;
            tokio::time::sleep(delay()).await;
            outcome
        })
    }
}
