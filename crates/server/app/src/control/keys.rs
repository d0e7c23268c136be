//! API keys through the command line.

use super::Answer;
use crate::api_keys;
use crate::context::AppContext;
use anyhow::bail;
use knock_context::read;
use knock_engine::commands::RevokeApiKey;
use knock_ports::Actor;

impl AppContext {
    pub(super) async fn api_keys(&self) -> anyhow::Result<Answer> {
        let now = self.clock.now();
        Ok(Answer::ApiKeys(read(self.store.clone(), move |view| api_keys::list(view, now)).await?))
    }

    pub(super) async fn revoke_api_key(&self, id: &str) -> anyhow::Result<Answer> {
        let wanted = id.to_owned();
        let is_revoked = match read(self.store.clone(), move |view| api_keys::find(view, &wanted)).await? {
            Some(hash) => self.make(Actor::CommandLine, RevokeApiKey { hash, id: id.to_owned() }).await?,
            None => false,
        };
        if !is_revoked {
            bail!("there is no key with the id {id}; `knock api-key list` shows all");
        }
        Ok(Answer::Done)
    }
}
