//! Files for a warehouse through the running server.

use super::Answer;
use crate::context::AppContext;
use crate::warehouse::{FolderAsk, Plan, write_folder};
use anyhow::Context;
use knock_engine::commands::NoteDone;
use knock_model::AuditAction;
use knock_ports::{Actor, Fields};
use std::sync::Arc;

impl AppContext {
    /// Writes a folder in parallel to all other work.
    pub(super) async fn export_folder(&self, ask: FolderAsk) -> anyhow::Result<Answer> {
        let plan = Plan::of(ask, self.clock.now())?;
        let result = Fields::from_iter([("tables".to_owned(), plan.tables().into())]);
        // Before anything is given out: no export is without its entry in the audit log.
        self.make(Actor::CommandLine, NoteDone { action: AuditAction::WarehouseExported, result }).await?;
        let store = Arc::clone(&self.store);
        let writing = tokio::task::spawn_blocking(move || write_folder(&*store, &plan));
        Ok(Answer::ExportedTables(writing.await.context("writing the folder")??))
    }
}
