//! The connector to a CRM: brings a lead's contact there up to date.

mod company;
mod timeline;

use crate::account::SyncedCrm;
use crate::prepared::Sent;
use knock_engine::CommitError;
use knock_engine::commands::{CompleteCrmWrite, CrmWritePlan, PlanCrmWrite, PlannedCrmWrite};
use knock_model::{DestinationKind, LeadId, Millis};
use knock_ports::{
    ATTEMPT_TIMEOUT, Connector, Crm, CrmCompanyEffect, CrmEffect, CrmKey, CrmMeetingEffect, CrmNoteEffect, CrmRecord,
    CrmWritten, Delivery, DeliveryFuture, DeliveryOutcome, OutboxEntry, Refusal,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const TIMEOUT: Duration = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());
/// The delay of a retry after a refusal that a person has to resolve.
const REFUSED: Millis = Millis(5 * Millis::MINUTE.0);

const RESYNC: &str = "the full resync is writing this lead";

enum CrmChangeEffect {
    Lead(CrmEffect),
    Company(CrmCompanyEffect),
    Note(CrmNoteEffect),
    Meeting(CrmMeetingEffect),
}

impl CrmChangeEffect {
    fn read(entry: &OutboxEntry) -> Option<CrmChangeEffect> {
        let data = &entry.effect.data;
        match &entry.effect.kind {
            kind if *kind == CrmEffect::KIND => serde_json::from_str(data).ok().map(CrmChangeEffect::Lead),
            kind if *kind == CrmCompanyEffect::KIND => serde_json::from_str(data).ok().map(CrmChangeEffect::Company),
            kind if *kind == CrmNoteEffect::KIND => serde_json::from_str(data).ok().map(CrmChangeEffect::Note),
            kind if *kind == CrmMeetingEffect::KIND => serde_json::from_str(data).ok().map(CrmChangeEffect::Meeting),
            _ => None,
        }
    }
}

/// Writes leads, their companies, notes and meetings.
#[derive(Clone)]
pub(crate) struct CrmConnector {
    pub(crate) account: Arc<SyncedCrm>,
}

impl Connector for CrmConnector {
    fn kind(&self) -> DestinationKind {
        DestinationKind::crm(self.account.system())
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let (connector, entry, label) = (self.clone(), delivery.entry.clone(), self.account.label());
        Box::pin(async move {
            match timeout(TIMEOUT, connector.reconcile(&entry)).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(error)) => DeliveryOutcome::Retry(error.to_string(), None),
                Err(_) => DeliveryOutcome::Retry(format!("{label} did not answer within ten seconds"), None),
            }
        })
    }
}

impl CrmConnector {
    async fn reconcile(&self, entry: &OutboxEntry) -> Result<DeliveryOutcome, CommitError> {
        let Some(effect) = CrmChangeEffect::read(entry) else {
            return Ok(DeliveryOutcome::Rejected(format!(
                "this version knows no such effect at {}",
                self.account.label()
            )));
        };
        let crm = match self.account.connected().await {
            Ok(crm) => crm,
            Err(words) => return Ok(DeliveryOutcome::Retry(words, Some(REFUSED))),
        };
        let (lead, cause) = match effect {
            CrmChangeEffect::Lead(CrmEffect { lead, cause }) => (lead, cause),
            CrmChangeEffect::Company(company) => return self.company(&*crm, entry, company).await,
            CrmChangeEffect::Note(CrmNoteEffect { lead }) => return self.note(&*crm, lead).await,
            CrmChangeEffect::Meeting(CrmMeetingEffect { meeting, .. }) => return self.meeting(&*crm, meeting).await,
        };
        let (outcome, is_deleted) = self.write(&*crm, entry, lead, &cause).await?;
        if !is_deleted {
            return Ok(outcome);
        }
        // The lead may have another contact by its address, or gets one where the settings say so.
        let (outcome, _) = self.write(&*crm, entry, lead, &cause).await?;
        Ok(if outcome == absent() { DeliveryOutcome::Done(self.deleted()) } else { outcome })
    }

    fn deleted(&self) -> String {
        format!("the contact was deleted in {}, and stays so", self.account.label())
    }

    /// Writes the current state; also whether the contact that was written to is gone.
    async fn write(
        &self,
        crm: &dyn Crm,
        entry: &OutboxEntry,
        lead: LeadId,
        cause: &str,
    ) -> Result<(DeliveryOutcome, bool), CommitError> {
        let core = &self.account.core;
        let (system, now) = (self.account.system(), core.clock.now());
        let planned = match core.writer.commit(PlanCrmWrite { system, lead, now }).await? {
            CrmWritePlan::Write(planned) => planned,
            CrmWritePlan::Nothing(why) => return Ok((DeliveryOutcome::Done(why.to_owned()), false)),
            CrmWritePlan::Later => return Ok((DeliveryOutcome::Retry(RESYNC.to_owned(), None), false)),
        };
        let sent = self.account.send(crm, vec![planned]).await;
        let Some(Sent { planned, skips, written }) = sent.into_iter().next() else { return Ok((absent(), false)) };
        let PlannedCrmWrite { lead, account, write, record } = planned;
        let CrmRecord { key, values: sent, .. } = *record;
        let now = core.clock.now();
        let (id, cause) = (core.chance.bytes16(), (cause.to_owned(), entry.effect.at));
        let outcome = match &written {
            Some(written) => outcome(written, sent.len(), now),
            None => DeliveryOutcome::Done("there is nothing that the CRM takes".to_owned()),
        };
        let is_deleted = written == Some(CrmWritten::Absent) && matches!(key, CrmKey::Id(_));
        let complete = CompleteCrmWrite { system, lead, account, write, sent, skips, written, id, cause, now };
        core.writer.commit(complete).await?;
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
