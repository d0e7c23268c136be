//! All CRMs that this server can be connected to, each with its look-ups and its worker.

use crate::account::SyncedCrm;
use crate::configured::Configured;
use crate::delivery::CrmConnector;
use crate::look_up::LookUps;
use crate::worker::CrmWorker;
use knock_context::{Core, Who};
use knock_model::{CrmSystem, Email};
use knock_ports::{Connector, CrmKnown, CrmVendor};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// A CRM: its account, and the work beside requests.
#[derive(Clone)]
pub struct CrmParts {
    pub account: Arc<SyncedCrm>,
    look_ups: Arc<LookUps>,
    worker: CrmWorker,
}

/// The CRMs by their systems.
#[derive(Default)]
pub struct Crms(BTreeMap<CrmSystem, CrmParts>);

impl Crms {
    /// The CRMs of these vendors; no request is made yet.
    pub fn new(core: &Core, vendors: impl IntoIterator<Item = (Arc<dyn CrmVendor>, Configured)>) -> Crms {
        let parts = vendors.into_iter().map(|(vendor, configured)| {
            let account = SyncedCrm::new(core.clone(), vendor, configured);
            let (look_ups, worker) = (LookUps::new(Arc::clone(&account)), CrmWorker::new(Arc::clone(&account)));
            (account.system(), CrmParts { account, look_ups, worker })
        });
        Crms(parts.collect())
    }

    /// A CRM; none if this version cannot be connected to it.
    pub fn get(&self, system: CrmSystem) -> Option<&CrmParts> {
        self.0.get(&system)
    }

    /// The connectors that deliver their part of the outbox.
    pub fn connectors(&self) -> impl Iterator<Item = Arc<dyn Connector>> {
        self.0.values().map(|parts| {
            let account = Arc::clone(&parts.account);
            Arc::new(CrmConnector { account }) as Arc<dyn Connector>
        })
    }

    /// The workers beside the outbox.
    pub fn workers(&self) -> impl Iterator<Item = impl Future<Output = ()> + Send + use<>> {
        self.0.values().map(|parts| parts.worker.clone().run())
    }

    /// What wakes the workers.
    pub fn wakes(&self) -> impl Iterator<Item = Arc<Notify>> {
        self.0.values().map(|parts| Arc::clone(&parts.worker.wake))
    }

    /// The results of the look-ups for a lead who is about to be routed, of those that come within 800 ms.
    pub async fn at_once(&self, who: Who) -> Option<(Email, BTreeMap<CrmSystem, CrmKnown>)> {
        let mut asked = JoinSet::new();
        for (system, parts) in &self.0 {
            let (system, look_ups, who) = (*system, Arc::clone(&parts.look_ups), who.clone());
            asked.spawn(async move { (system, look_ups.at_once(who).await) });
        }
        let mut found = None;
        while let Some(ended) = asked.join_next().await {
            let Ok((system, Some((email, known)))) = ended else { continue };
            found.get_or_insert_with(|| (email, BTreeMap::new())).1.insert(system, known);
        }
        found
    }

    /// Looks up independently of a lead; the results are stored when they arrive.
    pub async fn in_background(&self, who: Who) {
        for parts in self.0.values() {
            parts.look_ups.in_background(who.clone()).await;
        }
    }
}

impl CrmParts {
    /// The sync has changed: nothing that was known of it counts any more.
    pub fn forget(&self) {
        self.look_ups.forget();
    }

    /// Has the worker look for work now.
    pub fn wake(&self) {
        self.worker.wake.notify_one();
    }
}
