//! The connector to HubSpot: brings a lead's contact there up to what is so now.

use crate::crm::HubSpotAccount;
use knock_engine::CommitError;
use knock_engine::commands::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite};
use knock_model::{DestinationKind, Millis};
use knock_ports::{
    ATTEMPT_TIMEOUT, Connector, Crm, CrmEffect, CrmWritten, Delivery, DeliveryFuture, DeliveryOutcome, OutboxEntry,
    Refusal,
};
use knock_routing::CrmSystem;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const TIMEOUT: Duration = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());
/// Before it is tried again where a person has to look.
const REFUSED: Millis = Millis(5 * Millis::MINUTE.0);

/// Writes leads.
#[derive(Clone)]
pub(super) struct HubSpotConnector {
    pub(super) account: Arc<HubSpotAccount>,
}

impl Connector for HubSpotConnector {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Hubspot
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let (connector, entry) = (self.clone(), delivery.entry.clone());
        Box::pin(async move {
            match timeout(TIMEOUT, connector.bring(&entry)).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(error)) => DeliveryOutcome::Retry(error.to_string(), None),
                Err(_) => DeliveryOutcome::Retry("HubSpot did not answer within ten seconds".to_owned(), None),
            }
        })
    }
}

impl HubSpotConnector {
    async fn bring(&self, entry: &OutboxEntry) -> Result<DeliveryOutcome, CommitError> {
        let effect = (entry.effect.kind == CrmEffect::KIND).then(|| serde_json::from_str(&entry.effect.data));
        let Some(Ok(CrmEffect { lead, cause })) = effect else {
            return Ok(DeliveryOutcome::Rejected("this version knows no such effect at HubSpot".to_owned()));
        };
        let hubspot = match self.account.connected().await {
            Ok(hubspot) => hubspot,
            Err(words) => return Ok(DeliveryOutcome::Retry(words, Some(REFUSED))),
        };
        let core = &self.account.core;
        let (system, now) = (CrmSystem::Hubspot, core.clock.now());
        let plan = core.writer.commit(PlanCrmWrite { system, lead, now }).await?;
        let (lead, account, write, record) = match plan {
            CrmWritePlan::Write { lead, account, write, record } => (lead, account, write, record),
            CrmWritePlan::Nothing(why) => return Ok(DeliveryOutcome::Done(why.to_owned())),
        };
        let written = hubspot.write(std::slice::from_ref(&*record)).await;
        let written = written.into_iter().next().unwrap_or(CrmWritten::Absent);
        let now = core.clock.now();
        let count = write.changes.len();
        let (id, cause) = (core.chance.bytes16(), (cause, entry.effect.at));
        let outcome = outcome(&written, count, now);
        core.writer.commit(CompleteCrmWrite { system, lead, account, write, written, id, cause, now }).await?;
        Ok(outcome)
    }
}

fn outcome(written: &CrmWritten, count: usize, now: Millis) -> DeliveryOutcome {
    match written {
        CrmWritten::Done { .. } | CrmWritten::Merged { .. } => {
            DeliveryOutcome::Done(format!("{count} properties are written"))
        }
        CrmWritten::Absent => {
            DeliveryOutcome::Done("there is no contact of the lead, and none may be created".to_owned())
        }
        CrmWritten::Refused(refusal) => match refusal {
            Refusal::Retry { after, words } => DeliveryOutcome::Retry(words.clone(), *after),
            Refusal::Rejected { words } => DeliveryOutcome::Rejected(words.clone()),
            Refusal::Unauthorized { words } => DeliveryOutcome::Retry(words.clone(), Some(REFUSED)),
            Refusal::Paused { until, words } => DeliveryOutcome::Retry(words.clone(), Some(*until - now)),
        },
    }
}
