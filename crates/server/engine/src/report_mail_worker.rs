//! The worker of the mail with the figures of a week: finds the members that it is due for, counts from a snapshot
//! outside the writer, and commits each mail.

use crate::blocking::run_blocking;
use crate::commands::SendReportMail;
use crate::monday::due_mail;
use crate::notice::changed_where;
use crate::present::week_mail;
use crate::writer::{CommitError, Writer};
use knock_model::{Millis, RepId};
use knock_ports::{Clock, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// The interval between looks at what is due.
const NAP: Duration = Duration::from_secs(10);

/// Sends the mail of the week.
#[derive(Clone)]
pub struct ReportMailWorker {
    pub clock: Arc<dyn Clock>,
    /// The store that is counted from.
    pub store: Arc<dyn Store>,
    pub writer: Writer,
}

impl ReportMailWorker {
    /// Sends all mails that are due now; returns their number. One that cannot be made keeps no other from being sent.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn catch_up(&self) -> Result<u32, CommitError> {
        let now = self.clock.now();
        let worker = self.clone();
        let (mut sent, mut failed) = (0, None);
        for member in run_blocking(move || worker.due(now)).await? {
            let worker = self.clone();
            match run_blocking(move || worker.write(member, now)).await {
                Ok(None) => {}
                Ok(Some(mail)) => sent += u32::from(self.writer.commit(mail).await?),
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(sent), |error| Err(CommitError::Store(error)))
    }

    /// Runs until the writer is gone.
    pub async fn run(self) {
        let mut changes = self.writer.watch();
        loop {
            match self.catch_up().await {
                Ok(_) => {}
                Err(CommitError::Stopping) => return,
                Err(error) => tracing::warn!(%error, "mails with the figures of a week failed; trying again"),
            }
            // No change makes one due; the end of the writer ends this.
            tokio::select! {
                () = tokio::time::sleep(NAP) => {}
                ended = changed_where(&mut changes, |_| false) => if ended.is_err() {
                    return;
                },
            }
        }
    }

    /// The members whose mail is due, if mail is sent at all.
    fn due(&self, now: Millis) -> Result<Vec<RepId>, StoreError> {
        let mut due = Vec::new();
        self.store.read(&mut |view| {
            due.clear();
            let rows = view.report_mails()?;
            if rows.is_empty() || !view.settings()?.sends_mail {
                return Ok(());
            }
            for row in rows {
                due.extend(due_mail(view, &row, now)?.map(|due| due.member.id));
            }
            Ok(())
        })?;
        Ok(due)
    }

    /// The mail of a member, from one snapshot; none if it is not due any more.
    fn write(&self, member: RepId, now: Millis) -> Result<Option<SendReportMail>, StoreError> {
        let mut written = None;
        self.store.read(&mut |view| {
            let Some(row) = view.report_mail(member)? else { return Ok(()) };
            let Some(due) = due_mail(view, &row, now)? else { return Ok(()) };
            let mail = week_mail(view, &due.member, &due.zone, due.week, now)?;
            written = Some(SendReportMail { member, week: due.week, mail, now });
            Ok(())
        })?;
        Ok(written)
    }
}
