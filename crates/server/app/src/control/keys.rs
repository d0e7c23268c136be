//! API keys by the command line.

use super::Answer;
use crate::api_keys;
use crate::foundation::Core;
use anyhow::{Context, bail};
use knock_engine::commands::RevokeApiKey;
use std::sync::Arc;

impl Core {
    pub(super) async fn api_keys(&self) -> anyhow::Result<Answer> {
        let (store, now) = (Arc::clone(&self.store), self.clock.now());
        let listing = tokio::task::spawn_blocking(move || api_keys::list(&*store, now));
        Ok(Answer::ApiKeys(listing.await.context("reading the keys")??))
    }

    pub(super) async fn revoke_api_key(&self, id: &str) -> anyhow::Result<Answer> {
        let (store, wanted) = (Arc::clone(&self.store), id.to_owned());
        let finding = tokio::task::spawn_blocking(move || api_keys::find(&*store, &wanted));
        let is_revoked = match finding.await.context("reading the keys")?? {
            Some(hash) => self.writer.commit(RevokeApiKey { hash }).await?,
            None => false,
        };
        if !is_revoked {
            bail!("there is no key with the id {id}; `knock api-key list` shows all");
        }
        Ok(Answer::Done)
    }
}
