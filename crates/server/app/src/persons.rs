//! Export and erasure of all data of a person, for the API and the command line.

use crate::context::AppContext;
use knock_context::read;
use knock_engine::commands::{CatchUp, ErasePerson, NoteExport, Whose};
use knock_engine::{Change, CommitError, Presenter};
use knock_ports::{Actor, StoreError};
use knock_wire::ErasureReceipt;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

impl AppContext {
    /// All that is stored of a person; none when nothing is known of them.
    pub(crate) async fn export_person(&self, actor: Actor, whose: Whose) -> Result<Option<Value>, CommitError> {
        let now = self.clock.now();
        self.catch_up(&whose).await?;
        let wanted = whose.clone();
        let Some(lead) = read(self.store.clone(), move |view| wanted.lead(view)).await? else {
            return Ok(None);
        };
        // Before anything is given out: no export is without its entry in the audit log.
        self.make(actor, NoteExport { lead: lead.id }).await?;
        let files = Arc::clone(&self.files);
        let found = read(self.store.clone(), move |view| {
            let lead = whose.lead(view)?;
            lead.map(|lead| Presenter::new(view, now)?.export(&lead, &*files)).transpose()
        });
        Ok(found.await?)
    }

    /// Replays the backlog of a person's browsers, so that the export has all that was acknowledged.
    async fn catch_up(&self, whose: &Whose) -> Result<(), CommitError> {
        let whose = whose.clone();
        let waiting = read(self.store.clone(), move |view| {
            let Some(lead) = whose.lead(view)? else { return Ok(BTreeSet::new()) };
            let theirs: BTreeSet<_> = view.claims_of(lead.id)?.into_iter().map(|(_, visitor, _)| visitor).collect();
            let deferred = view.backlog()?.into_iter().map(|place| place.visitor);
            Ok(deferred.filter(|visitor| theirs.contains(visitor)).collect())
        });
        for visitor in waiting.await? {
            self.writer.commit(CatchUp { visitor }).await?;
        }
        Ok(())
    }

    /// Erases a person, then the contents of their files and what is left of them in the database's file; none when
    /// nothing is known of them.
    pub(crate) async fn erase_person(&self, actor: Actor, whose: Whose) -> Result<Option<ErasureReceipt>, CommitError> {
        let named = whose.clone();
        // Read beside all other work: it takes long.
        let naming = read(self.store.clone(), move |view| {
            let mut naming = Vec::new();
            for address in named.addresses(view)? {
                naming.extend(view.naming(&address)?);
            }
            Ok(naming)
        });
        let naming = naming.await?;
        let (id, at, by) = (hex::encode(self.chance.bytes16()), self.clock.now(), shown(&actor));
        let erasing = ErasePerson { whose, naming, receipt: id.clone(), now: at };
        // The receipt and the entry of the audit log name the same instant.
        let Some(erased) = self.writer.commit(erasing.by(actor, at)).await? else { return Ok(None) };
        let (store, files, theirs) = (Arc::clone(&self.store), Arc::clone(&self.files), erased.files.clone());
        let scrub = move || {
            // A failure does not stop the removal of the others.
            let removed = theirs.into_iter().map(|id| files.remove(id)).fold(Ok(()), Result::and);
            (removed, store.scrub())
        };
        let (removed, scrubbed) = tokio::task::spawn_blocking(scrub)
            .await
            .map_err(|error| StoreError::Broken(format!("scrubbing the file: {error}")))?;
        Ok(Some(ErasureReceipt {
            id,
            at,
            by,
            browsers: erased.browsers,
            signals: erased.signals,
            conversations: erased.conversations,
            messages: erased.messages,
            elsewhere: erased.elsewhere,
            files: u64::try_from(erased.files.len()).unwrap_or(u64::MAX),
            not_removed: removed.err().map(|error| error.to_string()),
            not_scrubbed: scrubbed.err().map(|error| error.to_string()),
        }))
    }
}

/// An actor as a receipt names it.
fn shown(actor: &Actor) -> String {
    match actor {
        Actor::Key { id, name, .. } if name.is_empty() => format!("API key {id}"),
        Actor::Member { .. } | Actor::Key { .. } | Actor::Workflow { .. } => actor.name().to_owned(),
        Actor::CommandLine | Actor::Server => actor.kind().as_str().replace('_', " "),
    }
}
