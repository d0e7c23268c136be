//! The connector to HubSpot: brings a lead's contact there up to date.

mod timeline;

use crate::crm::HubSpotAccount;
use knock_engine::CommitError;
use knock_engine::commands::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite, PlannedCrmWrite};
use knock_hubspot::HubSpot;
use knock_model::{DestinationKind, LeadId, Millis};
use knock_ports::{
    ATTEMPT_TIMEOUT, Connector, Crm, CrmEffect, CrmKey, CrmMeetingEffect, CrmNoteEffect, CrmWritten, Delivery,
    DeliveryFuture, DeliveryOutcome, OutboxEntry, Refusal,
};
use knock_routing::CrmSystem;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const TIMEOUT: Duration = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());
/// The delay of a retry after a refusal that a person has to resolve.
const REFUSED: Millis = Millis(5 * Millis::MINUTE.0);

const RESYNC: &str = "the full resync is writing this lead";

const DELETED: &str =
    "The contact was deleted in HubSpot, and the settings create none for this lead: create one there and retry.";

enum HubSpotEffect {
    Lead(CrmEffect),
    Note(CrmNoteEffect),
    Meeting(CrmMeetingEffect),
}

impl HubSpotEffect {
    fn read(entry: &OutboxEntry) -> Option<HubSpotEffect> {
        let data = &entry.effect.data;
        match &entry.effect.kind {
            kind if *kind == CrmEffect::KIND => serde_json::from_str(data).ok().map(HubSpotEffect::Lead),
            kind if *kind == CrmNoteEffect::KIND => serde_json::from_str(data).ok().map(HubSpotEffect::Note),
            kind if *kind == CrmMeetingEffect::KIND => serde_json::from_str(data).ok().map(HubSpotEffect::Meeting),
            _ => None,
        }
    }
}

/// Writes leads, notes and meetings.
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
        let Some(effect) = HubSpotEffect::read(entry) else {
            return Ok(DeliveryOutcome::Rejected("this version knows no such effect at HubSpot".to_owned()));
        };
        let hubspot = match self.account.connected().await {
            Ok(hubspot) => hubspot,
            Err(words) => return Ok(DeliveryOutcome::Retry(words, Some(REFUSED))),
        };
        let (lead, cause) = match effect {
            HubSpotEffect::Lead(CrmEffect { lead, cause }) => (lead, cause),
            HubSpotEffect::Note(CrmNoteEffect { lead }) => return self.note(&hubspot, lead).await,
            HubSpotEffect::Meeting(CrmMeetingEffect { meeting, .. }) => return self.meeting(&hubspot, meeting).await,
        };
        let (outcome, is_deleted) = self.write(&hubspot, entry, lead, &cause).await?;
        if !is_deleted {
            return Ok(outcome);
        }
        // The lead may have another contact by its address, or gets one.
        let (outcome, _) = self.write(&hubspot, entry, lead, &cause).await?;
        Ok(if outcome == absent() { DeliveryOutcome::Rejected(DELETED.to_owned()) } else { outcome })
    }

    /// Writes the current state; also whether the contact that was written to is gone.
    async fn write(
        &self,
        hubspot: &HubSpot,
        entry: &OutboxEntry,
        lead: LeadId,
        cause: &str,
    ) -> Result<(DeliveryOutcome, bool), CommitError> {
        let core = &self.account.core;
        let (system, now) = (CrmSystem::Hubspot, core.clock.now());
        let plan = core.writer.commit(PlanCrmWrite { system, lead, now }).await?;
        let PlannedCrmWrite { lead, account, write, record } = match plan {
            CrmWritePlan::Write(planned) => planned,
            CrmWritePlan::Nothing(why) => return Ok((DeliveryOutcome::Done(why.to_owned()), false)),
            CrmWritePlan::Later => return Ok((DeliveryOutcome::Retry(RESYNC.to_owned(), None), false)),
        };
        let written = hubspot.write(std::slice::from_ref(&*record)).await;
        let written = written.into_iter().next().unwrap_or(CrmWritten::Absent);
        let now = core.clock.now();
        let count = write.changes.len();
        let (id, cause) = (core.chance.bytes16(), (cause.to_owned(), entry.effect.at));
        let outcome = outcome(&written, count, now);
        let is_deleted = written == CrmWritten::Absent && matches!(record.key, CrmKey::Id(_));
        core.writer.commit(CompleteCrmWrite { system, lead, account, write, written, id, cause, now }).await?;
        Ok((outcome, is_deleted))
    }
}

fn absent() -> DeliveryOutcome {
    DeliveryOutcome::Done("there is no contact of the lead, and none may be created".to_owned())
}

fn outcome(written: &CrmWritten, count: usize, now: Millis) -> DeliveryOutcome {
    match written {
        CrmWritten::Done { .. } | CrmWritten::Merged { .. } => {
            DeliveryOutcome::Done(format!("{count} properties are written"))
        }
        CrmWritten::Absent => absent(),
        CrmWritten::Refused(refusal) => refused(refusal, now),
    }
}

fn refused(refusal: &Refusal, now: Millis) -> DeliveryOutcome {
    match refusal {
        Refusal::Retry { after, words } => DeliveryOutcome::Retry(words.clone(), *after),
        Refusal::Rejected { words } => DeliveryOutcome::Rejected(words.clone()),
        Refusal::Unauthorized { words } => DeliveryOutcome::Retry(words.clone(), Some(REFUSED)),
        Refusal::Paused { until, words } => DeliveryOutcome::Retry(words.clone(), Some(*until - now)),
    }
}
