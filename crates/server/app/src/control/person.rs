//! A person's data, given out or erased.

use super::Answer;
use crate::foundation::Core;
use crate::reading::read;
use anyhow::Context;
use knock_engine::Presenter;
use knock_engine::commands::{CatchUp, ErasePerson};
use knock_model::Email;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How much of a person was erased.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Erased {
    pub(crate) browsers: u64,
    pub(crate) signals: u64,
    pub(crate) conversations: u64,
    pub(crate) messages: u64,
    pub(crate) elsewhere: u64,
    #[serde(default)]
    pub(crate) files: u64,
    /// Why contents of their files may still be there, if they may.
    #[serde(default)]
    pub(crate) not_removed: Option<String>,
    /// Why remains may still be in the file, if they may.
    pub(crate) not_scrubbed: Option<String>,
}

impl Core {
    /// All that is stored of a person.
    pub(super) async fn export(&self, email: String) -> anyhow::Result<Answer> {
        let (address, now) = (parsed(&email)?, self.clock.now());
        self.catch_up(&address).await?;
        let files = Arc::clone(&self.files);
        let found = read(self.store.clone(), move |view| {
            let lead = view.lead_by_email(&address)?;
            lead.map(|lead| Presenter::new(view, now)?.export(&lead, &*files)).transpose()
        })
        .await?;
        Ok(found.map_or_else(|| nobody(&email), |document| Answer::Exported { document }))
    }

    /// Has done what of a person's browsers was put off: what was acknowledged is in their export.
    async fn catch_up(&self, address: &Email) -> anyhow::Result<()> {
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

    /// Erases a person, then the contents of their files and what is left of them in the database's file.
    pub(super) async fn erase(&self, email: String) -> anyhow::Result<Answer> {
        let address = parsed(&email)?;
        let named = address.clone();
        // Read beside all other work: it takes long.
        let naming = read(self.store.clone(), move |view| view.naming(&named)).await?;
        let erasing = ErasePerson { email: address, naming, now: self.clock.now() };
        let Some(erased) = self.writer.commit(erasing).await? else { return Ok(nobody(&email)) };
        let (store, files, theirs) = (Arc::clone(&self.store), Arc::clone(&self.files), erased.files.clone());
        let scrub = move || {
            // A failure does not stop the removal of the others.
            let removed = theirs.into_iter().map(|id| files.remove(id)).fold(Ok(()), Result::and);
            (removed, store.scrub())
        };
        let (removed, scrubbed) = tokio::task::spawn_blocking(scrub).await.context("scrubbing the file")?;
        Ok(Answer::Erased(Erased {
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

fn parsed(email: &str) -> anyhow::Result<Email> {
    Email::parse(email).map_err(|error| anyhow::anyhow!("--person {email}: {error}"))
}

fn nobody(email: &str) -> Answer {
    Answer::Refused { reason: format!("nothing is stored of anybody with the address {email}") }
}
