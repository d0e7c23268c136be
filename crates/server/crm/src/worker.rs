//! Polls a CRM for changes, and continues a resync.

use crate::account::SyncedCrm;
use crate::resync::Resync;
use knock_engine::CommitError;
use knock_engine::commands::{NoteCrmUnread, TakeCrmChanges};
use knock_ports::Refusal;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// The interval of the polling of changes.
const EVERY: Duration = Duration::from_secs(60);
/// The largest number of pages of changes that are read at once.
const PAGES: usize = 100;

/// The worker of CRM Sync beside the outbox.
#[derive(Clone)]
pub(crate) struct CrmWorker {
    account: Arc<SyncedCrm>,
    resync: Resync,
    /// Notified when there is something to do at once.
    pub(crate) wake: Arc<Notify>,
}

impl CrmWorker {
    /// A worker that has not started: `run` starts it.
    pub(crate) fn new(account: Arc<SyncedCrm>) -> CrmWorker {
        CrmWorker { resync: Resync::new(Arc::clone(&account)), account, wake: Arc::default() }
    }

    /// Works until the writer has ended.
    pub(crate) async fn run(self) {
        let crm = self.account.label();
        loop {
            if self.account.is_unknown().await {
                self.account.know_configured().await;
            }
            let mut pause = EVERY;
            let resync = self.resync.go_on().await.map(|wait| pause = wait.map_or(EVERY, |wait| wait.min(EVERY)));
            for done in [resync, self.read_changes().await] {
                match done {
                    Ok(()) => {}
                    Err(CommitError::Stopping) => return,
                    Err(error) => tracing::warn!(crm, %error, "CRM Sync could not go on; trying again"),
                }
            }
            tokio::select! {
                // Changes are polled: Knock registers no webhook at a CRM.
                () = tokio::time::sleep(pause) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    async fn read_changes(&self) -> Result<(), CommitError> {
        let Some((sync, mut cursor)) = self.account.cursor().await.filter(|(sync, _)| sync.is_on && !sync.is_paused)
        else {
            return Ok(());
        };
        let Ok(crm) = self.account.of(&sync) else { return Ok(()) };
        let core = &self.account.core;
        for _ in 0..PAGES {
            let changes = match self.account.asked(crm.changes(cursor.as_deref())).await {
                Ok(changes) => changes,
                Err(refusal) => return self.note(&refusal).await,
            };
            let is_more = changes.is_more;
            cursor = Some(changes.cursor.clone());
            let account = sync.account().to_owned();
            core.writer
                .commit(TakeCrmChanges { system: self.account.system(), account, changes, now: core.clock.now() })
                .await?;
            if !is_more {
                break;
            }
        }
        Ok(())
    }

    /// Records a problem that needs a person; all other failures are retried automatically.
    async fn note(&self, refusal: &Refusal) -> Result<(), CommitError> {
        tracing::info!(crm = self.account.label(), %refusal, "a CRM did not say what has changed");
        let (Refusal::Unauthorized { words } | Refusal::Paused { words, .. }) = refusal else { return Ok(()) };
        let (words, now) = (words.clone(), self.account.core.clock.now());
        self.account.core.writer.commit(NoteCrmUnread { system: self.account.system(), words, now }).await
    }
}
