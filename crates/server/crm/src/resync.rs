//! Execution of a full resync: a page of leads at a time, in batches that are one request each.

use crate::account::SyncedCrm;
use crate::prepared::Sent;
use knock_context::read;
use knock_engine::CommitError;
use knock_engine::commands::{
    ClaimCrmResync, CompleteCrmBatch, CompleteCrmWrite, CrmResyncPage, CrmResyncTurn, CrmSkips, PassCrmResync,
    PlanCrmBatch, PlannedCrmWrite, crm_resync_page,
};
use knock_model::{LeadId, Millis};
use knock_ports::{Crm, CrmWritten, Refusal};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// The recorded cause of the writes.
const CAUSE: &str = "resync";
/// The time limit for a batch.
const PATIENCE: Duration = Duration::from_secs(30);
/// The delay if the CRM states none.
const WAIT: Duration = Duration::from_secs(60);

/// A resync, by this server.
#[derive(Clone)]
pub(crate) struct Resync {
    account: Arc<SyncedCrm>,
    by: [u8; 16],
}

/// The outcome of a batch.
enum Batch {
    Settled,
    /// The CRM accepts no more for this long.
    Wait(Duration),
    /// The resync was stopped, started again, or is carried out by another server.
    Lost,
}

impl Resync {
    pub(crate) fn new(account: Arc<SyncedCrm>) -> Resync {
        let by = account.core.chance.bytes16();
        Resync { account, by }
    }

    /// Continues until the end; returns the delay if the CRM accepts no more for now.
    pub(crate) async fn go_on(&self) -> Result<Option<Duration>, CommitError> {
        let core = &self.account.core;
        loop {
            let claim = ClaimCrmResync { system: self.account.system(), by: self.by, now: core.clock.now() };
            let Some(turn) = core.writer.commit(claim).await? else { return Ok(None) };
            let Ok(crm) = self.account.connected().await else { return Ok(Some(WAIT)) };
            let now = core.clock.now();
            let page = read(Arc::clone(&core.store), move |view| crm_resync_page(view, &turn, now)).await;
            let CrmResyncPage { batches, past, leads, is_last } = match page {
                Ok(page) => page,
                Err(error) => {
                    tracing::warn!(%error, "the leads of a resync could not be read; trying again");
                    return Ok(Some(WAIT));
                }
            };
            for batch in batches {
                match self.write(&*crm, turn, batch).await? {
                    Batch::Settled => {}
                    Batch::Wait(wait) => return Ok(Some(wait)),
                    Batch::Lost => return Ok(None),
                }
            }
            core.writer.commit(PassCrmResync { turn, past, leads, is_last, now: core.clock.now() }).await?;
            if is_last {
                return Ok(None);
            }
        }
    }

    async fn write(&self, crm: &dyn Crm, turn: CrmResyncTurn, leads: Vec<LeadId>) -> Result<Batch, CommitError> {
        let core = &self.account.core;
        let plan = PlanCrmBatch { turn, leads, now: core.clock.now() };
        let Some(planned) = core.writer.commit(plan).await? else { return Ok(Batch::Lost) };
        if planned.is_empty() {
            return Ok(Batch::Settled);
        }
        let sending = timeout(PATIENCE, self.account.send(crm, planned.clone()));
        let sent = sending.await.unwrap_or_else(|_| self.unanswered(planned));
        let now = core.clock.now();
        let wait = sent.iter().filter_map(|one| wait_of(one.written.as_ref()?, now)).max();
        let writes = sent.into_iter().map(|sent| self.ended(turn, sent));
        core.writer.commit(CompleteCrmBatch { turn, writes: writes.collect(), now }).await?;
        Ok(wait.map_or(Batch::Settled, Batch::Wait))
    }

    fn ended(&self, turn: CrmResyncTurn, sent: Sent) -> CompleteCrmWrite {
        let Sent { planned, skips, written } = sent;
        let PlannedCrmWrite { lead, account, write, record } = planned;
        let (system, core) = (self.account.system(), &self.account.core);
        let (id, cause, now) = (core.chance.bytes16(), (CAUSE.to_owned(), turn.started_at), core.clock.now());
        CompleteCrmWrite { system, lead, account, write, sent: record.values, skips, written, id, cause, now }
    }

    fn unanswered(&self, planned: Vec<PlannedCrmWrite>) -> Vec<Sent> {
        let late = || CrmWritten::Refused(Refusal::Retry { after: None, words: self.account.late() });
        let unsent = |planned| Sent { planned, skips: CrmSkips::default(), written: Some(late()) };
        planned.into_iter().map(unsent).collect()
    }
}

/// The delay of a record that is not settled.
fn wait_of(written: &CrmWritten, now: Millis) -> Option<Duration> {
    let of = |wait: Millis| Duration::from_millis(u64::try_from(wait.0).unwrap_or_default());
    match written {
        CrmWritten::Done { .. } | CrmWritten::Merged { .. } | CrmWritten::Absent => None,
        CrmWritten::Refused(refusal) => match refusal {
            Refusal::Retry { after, .. } => Some(after.map_or(WAIT, of)),
            Refusal::Paused { until, .. } => Some(of(*until - now)),
            Refusal::Unauthorized { .. } => Some(WAIT),
            Refusal::Rejected { .. } => None,
        },
    }
}
