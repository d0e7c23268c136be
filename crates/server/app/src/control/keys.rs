//! API keys through the command line.

use super::Answer;
use crate::api_keys;
use crate::context::AppContext;
use anyhow::{Context, bail};
use knock_context::read;
use knock_engine::commands::{KeyAuthor, RevokeApiKey};
use knock_model::IntegrationId;
use knock_ports::{Actor, ApiKey};
use serde::{Deserialize, Serialize};

/// Who writes with a key that the command line creates.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyAuthorWord {
    /// The member with this address.
    Member(String),
    /// The integration of this name.
    Integration(String),
}

impl AppContext {
    pub(super) async fn create_api_key(&self, key: ApiKey, author: Option<KeyAuthorWord>) -> anyhow::Result<Answer> {
        let author = match author {
            None => KeyAuthor::None,
            Some(KeyAuthorWord::Member(email)) => {
                let wanted = email.clone();
                let member = read(self.store.clone(), move |view| view.member_by_email(&wanted)).await?;
                KeyAuthor::Member(member.with_context(|| format!("there is no member {email}"))?.id)
            }
            Some(KeyAuthorWord::Integration(name)) => {
                KeyAuthor::Integration { name, fresh: IntegrationId::new(self.chance.bytes16()) }
            }
        };
        let made = api_keys::create(self, Actor::CommandLine, (key, author)).await?;
        made.map(Answer::ApiKey).context("the member has not signed in yet, or has left the team")
    }

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
