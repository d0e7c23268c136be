//! Backups through the running server.

use super::Answer;
use crate::context::AppContext;
use crate::data::backup::{self, POSTGRES};
use anyhow::{Context, ensure};
use knock_engine::commands::NoteDone;
use knock_model::AuditAction;
use knock_ports::{Actor, Fields};
use std::path::PathBuf;
use std::sync::Arc;

impl AppContext {
    /// Copies the database in parallel to all other work.
    pub(super) async fn back_up(&self, to: PathBuf) -> anyhow::Result<Answer> {
        ensure!(self.is_sqlite, POSTGRES);
        let (data, now) = (Arc::clone(&self.data), self.clock.now());
        let made = tokio::task::spawn_blocking(move || {
            let file = backup::back_up(&data, &to, now)?;
            backup::tell_last(&data);
            anyhow::Ok(file)
        })
        .await;
        let file = made.context("making the backup")??;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let result = Fields::from_iter([("file".to_owned(), name.into())]);
        self.make(Actor::CommandLine, NoteDone { action: AuditAction::BackupMade, result }).await?;
        Answer::of_backup(file)
    }
}

impl Answer {
    /// The answer for a finished backup.
    pub(crate) fn of_backup(file: PathBuf) -> anyhow::Result<Answer> {
        let bytes = std::fs::metadata(&file).with_context(|| format!("reading {}", file.display()))?.len();
        Ok(Answer::BackedUp { file, bytes })
    }
}
