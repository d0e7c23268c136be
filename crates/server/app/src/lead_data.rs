//! Data about leads from outside: the enrichment provider and the CRMs are asked at the same time.

use crate::hold::Hold;
use knock_context::Who;
use knock_crm_sync::Crms;
use knock_enrichment::Enricher;
use knock_model::Email;
use knock_ports::Enrichment;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// The largest number of tasks in the background; more are left for the next occasion.
const MOST_TASKS: usize = 80;

/// Asks the provider and the CRMs.
#[derive(Clone)]
pub(crate) struct LeadData {
    pub(crate) enricher: Arc<Enricher>,
    crms: Arc<Crms>,
    hold: Hold,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

impl LeadData {
    /// The service; no request is made yet.
    pub(crate) fn new(enricher: Arc<Enricher>, crms: Arc<Crms>, hold: Hold) -> LeadData {
        LeadData { enricher, crms, hold, tasks: Arc::default() }
    }

    /// The data about a lead who is about to be routed, as far as it comes within 800 ms. None if no request is needed, or
    /// on a held copy.
    pub(crate) async fn at_once(&self, who: Who) -> Option<(Email, Enrichment)> {
        if self.hold.is_held() {
            return None;
        }
        let (said, known) = tokio::join!(self.enricher.at_once(who.clone()), self.crms.at_once(who));
        let Some((email, crm)) = known else { return said };
        let said = said.map(|(_, said)| said).unwrap_or_default();
        Some((email, Enrichment { crm, ..said }))
    }

    /// Asks independently of the caller; the responses are stored when they arrive.
    pub(crate) fn in_background(&self, who: Who) {
        if self.hold.is_held() {
            return;
        }
        let (enricher, crms) = (Arc::clone(&self.enricher), Arc::clone(&self.crms));
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        if tasks.len() < MOST_TASKS {
            tasks.spawn(async move {
                tokio::join!(enricher.in_background(who.clone()), crms.in_background(who));
            });
        }
    }
}
