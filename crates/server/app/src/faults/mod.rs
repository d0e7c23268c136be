//! Injected faults, for tests of the state after a crash. A build with optimisations has none of them.
//!
//! `KNOCK_FAULTS` lists them, separated by commas: `die_before_commit=3`, `die_before_sync=3` and `die_after_sync=3`
//! end the process, as `kill -9` does, in the third transaction that is written, or before or after it is synced;
//! `die_before_delivery=3` and `die_after_delivery=3` do so before the third delivery is sent, and between its response
//! and the record of it; `unsynced` opens SQLite so that it acknowledges what a loss of power would take.
//!
//! `hubspot_as=salesforce` puts HubSpot in the place of another CRM: nothing above the port may notice.
//!
//! `KNOCK_LATE` has the seed of random delays: see `late`.

#[cfg(debug_assertions)]
mod late;

use axum::Router;
use knock_engine::Writer;
use knock_model::{CrmSystem, Millis};
use knock_outbound::Outbound;
use knock_ports::{Connector, Store};
use knock_store::Syncs;
use std::sync::Arc;

/// The mode in which SQLite syncs to the disk.
pub(crate) fn syncs() -> Syncs {
    #[cfg(debug_assertions)]
    if on_demand::listed().any(|fault| fault == "unsynced") {
        return Syncs::AtCheckpoint;
    }
    Syncs::AtCommit
}

/// A store with injected faults.
pub(crate) fn around(store: impl Store + 'static) -> Arc<dyn Store> {
    #[cfg(debug_assertions)]
    let store = on_demand::Faulty::around(store);
    Arc::new(store)
}

/// A connector that ends the process at the delivery that `KNOCK_FAULTS` names, and is late.
pub(crate) fn around_connector(connector: Arc<dyn Connector>) -> Arc<dyn Connector> {
    #[cfg(debug_assertions)]
    let connector = late::around_connector(Arc::new(on_demand::Deadly::around(connector)));
    connector
}

/// Routes whose responses are late.
pub(crate) fn around_router(router: Router) -> Router {
    #[cfg(debug_assertions)]
    let router = late::around_router(router);
    router
}

/// A client that gets every answer late.
pub(crate) fn around_outbound(outbound: Outbound) -> Outbound {
    #[cfg(debug_assertions)]
    let outbound = late::around_outbound(outbound);
    outbound
}

/// A writer whose notices are late, and the task that passes them on.
pub(crate) fn around_writer(writer: Writer) -> (Writer, Option<impl Future<Output = ()> + Send + 'static>) {
    #[cfg(debug_assertions)]
    return late::around_writer(writer);
    #[cfg(not(debug_assertions))]
    (writer, None::<std::future::Ready<()>>)
}

/// How far a test clock jumps at this reading of it.
pub(crate) fn jump_of_clock() -> Option<Millis> {
    #[cfg(debug_assertions)]
    return late::jump_of_clock();
    #[cfg(not(debug_assertions))]
    None
}

/// The CRM in whose place the connector of another one is.
pub(crate) fn place_of_crm() -> Option<CrmSystem> {
    #[cfg(debug_assertions)]
    return on_demand::listed().find_map(|fault| CrmSystem::parse(fault.strip_prefix("hubspot_as=")?));
    #[cfg(not(debug_assertions))]
    None
}

#[cfg(debug_assertions)]
mod on_demand {
    use knock_model::DestinationKind;
    use knock_ports::{Connector, Delivery, DeliveryFuture, Footprint, Ledger, Peers, Setup, Store, StoreError, View};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, LazyLock};

    static FAULTS: LazyLock<String> = LazyLock::new(|| {
        #[expect(clippy::disallowed_methods, reason = "no part of the configuration: a release does not know it")]
        std::env::var("KNOCK_FAULTS").unwrap_or_default()
    });

    pub(super) fn listed() -> impl Iterator<Item = &'static str> {
        FAULTS.split(',').map(str::trim)
    }

    /// The number of the transaction in which a fault occurs; 0 is none.
    fn nth(name: &str) -> u64 {
        let found = listed().find_map(|fault| fault.strip_prefix(name)?.strip_prefix('='));
        found.map_or(0, |number| number.parse().expect("KNOCK_FAULTS counts transactions"))
    }

    /// A store that ends the process during a transaction.
    pub(super) struct Faulty<S> {
        store: S,
        writes: AtomicU64,
        dies_before_commit: u64,
        dies_before_sync: u64,
        dies_after_sync: u64,
    }

    impl<S: Store> Faulty<S> {
        pub(super) fn around(store: S) -> Faulty<S> {
            let dies_before_commit = nth("die_before_commit");
            let (dies_before_sync, dies_after_sync) = (nth("die_before_sync"), nth("die_after_sync"));
            Faulty { store, writes: AtomicU64::new(0), dies_before_commit, dies_before_sync, dies_after_sync }
        }

        /// Ends the process once so many transactions are written.
        fn die_at(&self, number: u64) {
            if number > 0 && self.writes.load(Ordering::SeqCst) >= number {
                std::process::abort();
            }
        }
    }

    impl<S: Store> Store for Faulty<S> {
        fn write_unsynced(
            &self,
            work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
        ) -> Result<(), StoreError> {
            let number = self.writes.load(Ordering::SeqCst) + 1;
            self.store.write_unsynced(&mut |ledger| {
                work(ledger)?;
                if number == self.dies_before_commit {
                    std::process::abort();
                }
                Ok(())
            })?;
            self.writes.store(number, Ordering::SeqCst);
            Ok(())
        }

        fn sync(&self) -> Result<(), StoreError> {
            self.die_at(self.dies_before_sync);
            self.store.sync()?;
            self.die_at(self.dies_after_sync);
            Ok(())
        }

        fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError> {
            self.store.read(work)
        }

        fn scrub(&self) -> Result<(), StoreError> {
            self.store.scrub()
        }

        fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError> {
            self.store.peers()
        }

        fn ready(&self) -> Result<(), StoreError> {
            self.store.ready()
        }

        fn footprint(&self) -> Result<Footprint, StoreError> {
            self.store.footprint()
        }
    }

    /// Deliveries started and answered, of all connectors.
    static BEGUN: AtomicU64 = AtomicU64::new(0);
    static ANSWERED: AtomicU64 = AtomicU64::new(0);

    /// A connector that ends the process before a delivery is sent, or after its response.
    pub(super) struct Deadly {
        connector: Arc<dyn Connector>,
        dies_before: u64,
        dies_after: u64,
    }

    impl Deadly {
        pub(super) fn around(connector: Arc<dyn Connector>) -> Deadly {
            Deadly { connector, dies_before: nth("die_before_delivery"), dies_after: nth("die_after_delivery") }
        }
    }

    impl Connector for Deadly {
        fn kind(&self) -> DestinationKind {
            self.connector.kind()
        }

        fn setup(&self) -> Setup {
            self.connector.setup()
        }

        fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
            if BEGUN.fetch_add(1, Ordering::SeqCst) + 1 == self.dies_before {
                std::process::abort();
            }
            let (delivering, dies_after) = (self.connector.deliver(delivery), self.dies_after);
            Box::pin(async move {
                let outcome = delivering.await;
                if ANSWERED.fetch_add(1, Ordering::SeqCst) + 1 == dies_after {
                    std::process::abort();
                }
                outcome
            })
        }
    }
}
