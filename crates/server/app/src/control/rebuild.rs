//! Rebuilding through the running server.

use super::{Answer, Recomputed};
use crate::context::AppContext;
use anyhow::Context;
use knock_engine::commands::{NoteDone, Tally};
use knock_engine::{FilesChecked, check_files, rebuild};
use knock_model::AuditAction;
use knock_ports::{Actor, Fields};
use std::sync::Arc;

impl AppContext {
    pub(super) async fn rebuild(&self) -> anyhow::Result<Answer> {
        let rebuilt = rebuild(&self.writer, &*self.clock, &*self.chance).await?;
        let row = |what: &str, tally: Tally| Recomputed {
            what: what.to_owned(),
            all: tally.recomputed,
            changed: tally.changed,
        };
        let recomputed = vec![
            row("persons", rebuilt.persons),
            row("companies", rebuilt.companies),
            row("chats", rebuilt.chats),
            row("browsers", rebuilt.browsers),
        ];
        let (store, files, now) = (Arc::clone(&self.store), Arc::clone(&self.files), self.clock.now());
        let checking = tokio::task::spawn_blocking(move || check_files(&*store, &*files, now));
        let FilesChecked { leftovers, damaged } = checking.await.context("comparing files with their rows")??;
        let changed = recomputed.iter().map(|row| (row.what.clone(), row.changed.into()));
        let result = Fields::from_iter(changed);
        self.make(Actor::CommandLine, NoteDone { action: AuditAction::WorkspaceRebuilt, result }).await?;
        Ok(Answer::Rebuilt { recomputed, leftovers: rebuilt.leftovers + leftovers, damaged })
    }
}
