//! What is stored of a person: given out or erased, for the API and the command line.

use crate::foundation::Core;
use crate::reading::read;
use knock_engine::commands::{CatchUp, ErasePerson, NoteExport};
use knock_engine::{CommitError, Presenter};
use knock_model::Email;
use knock_ports::{Actor, StoreError};
use knock_wire::ErasureReceipt;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Core {
    /// All that is stored of a person; none when nothing is known of the address.
    pub(crate) async fn export_person(&self, actor: Actor, address: Email) -> Result<Option<Value>, CommitError> {
        let now = self.clock.now();
        self.catch_up(&address).await?;
        let wanted = address.clone();
        let Some(lead) = read(self.store.clone(), move |view| view.lead_by_email(&wanted)).await? else {
            return Ok(None);
        };
        // Before anything is given out: no export is without its entry in the audit log.
        self.make(actor, NoteExport { lead: lead.id }).await?;
        let files = Arc::clone(&self.files);
        let found = read(self.store.clone(), move |view| {
            let lead = view.lead_by_email(&address)?;
            lead.map(|lead| Presenter::new(view, now)?.export(&lead, &*files)).transpose()
        });
        Ok(found.await?)
    }

    /// Replays the backlog of a person's browsers, so that the export has all that was acknowledged.
    async fn catch_up(&self, address: &Email) -> Result<(), CommitError> {
        let address = address.clone();
        let waiting = read(self.store.clone(), move |view| {
            let Some(lead) = view.lead_by_email(&address)? else { return Ok(BTreeSet::new()) };
            let theirs: BTreeSet<_> = view.claims_of(lead.id)?.into_iter().map(|(_, visitor, _)| visitor).collect();
            let put_off = view.backlog()?.into_iter().map(|place| place.visitor);
            Ok(put_off.filter(|visitor| theirs.contains(visitor)).collect())
        });
        for visitor in waiting.await? {
            self.writer.commit(CatchUp { visitor }).await?;
        }
        Ok(())
    }

    /// Erases a person, then the contents of their files and what is left of them in the database's file; none when
    /// nothing is known of the address.
    pub(crate) async fn erase_person(
        &self,
        actor: Actor,
        address: Email,
    ) -> Result<Option<ErasureReceipt>, CommitError> {
        let named = address.clone();
        // Read beside all other work: it takes long.
        let naming = read(self.store.clone(), move |view| view.naming(&named)).await?;
        let (id, at, by) = (hex::encode(self.chance.bytes16()), self.clock.now(), shown(&actor));
        let erasing = ErasePerson { email: address, naming, receipt: id.clone(), now: at };
        let Some(erased) = self.make(actor, erasing).await? else { return Ok(None) };
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
        Actor::Key { id, name } if name.is_empty() => format!("API key {id}"),
        Actor::Member { .. } | Actor::Key { .. } => actor.name().to_owned(),
        Actor::CommandLine | Actor::Server => actor.kind().as_str().replace('_', " "),
    }
}
