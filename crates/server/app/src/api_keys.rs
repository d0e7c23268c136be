//! API keys, for the API and the command line: created, listed, found by their ids.

use crate::context::AppContext;
use knock_context::{new_secret, public_id};
use knock_engine::CommitError;
use knock_engine::commands::CreateApiKey;
use knock_model::Millis;
use knock_ports::{Actor, ApiKey, KnownKey, SecretHash, StoreError, View};
use knock_wire::{ApiKeyCreated, ApiKeyList, ApiKeyRow};

/// The longest name of a key, in characters.
pub(crate) const MAX_NAME: usize = 100;

/// Creates a key; its secret is in the answer and nowhere else.
pub(crate) async fn create(core: &AppContext, actor: Actor, key: ApiKey) -> Result<ApiKeyCreated, CommitError> {
    let (secret, hash) = new_secret(&*core.chance, "knk_");
    let (id, role) = (public_id(hash), key.role);
    core.make(actor, CreateApiKey { key, id: id.clone(), hash, now: core.clock.now() }).await?;
    Ok(ApiKeyCreated { id, key: secret, role })
}

/// All keys, the latest first.
pub(crate) fn list(view: &dyn View, now: Millis) -> Result<ApiKeyList, StoreError> {
    let keys = view.api_keys()?.into_iter().map(|known| row(view, known, now)).collect::<Result<_, _>>()?;
    Ok(ApiKeyList { keys })
}

pub(crate) fn find(view: &dyn View, id: &str) -> Result<Option<SecretHash>, StoreError> {
    Ok(view.api_keys()?.into_iter().map(|known| known.hash).find(|hash| public_id(*hash) == id))
}

fn row(view: &dyn View, known: KnownKey, now: Millis) -> Result<ApiKeyRow, StoreError> {
    let KnownKey { hash, key, created_at, used_at } = known;
    let creator = key.created_by.map(|member| view.member(member)).transpose()?.flatten();
    Ok(ApiKeyRow {
        id: public_id(hash),
        name: key.name,
        role: key.role.into(),
        created_by: creator.map(|member| member.email).unwrap_or_default(),
        created_at,
        used_at,
        ends_at: key.ends_at,
        has_ended: key.ends_at.is_some_and(|end| end <= now),
    })
}
