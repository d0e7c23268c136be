//! API keys, for the API and the command line: created, listed, found by their ids.

use crate::context::AppContext;
use knock_context::{new_secret, public_id};
use knock_engine::CommitError;
use knock_engine::commands::{CreateApiKey, KeyAuthor, KeyMade};
use knock_model::Millis;
use knock_ports::{Actor, ApiKey, KnownKey, SecretHash, StoreError, TeamAuthor, View};
use knock_wire::{ApiKeyAuthorKind, ApiKeyAuthorShown, ApiKeyCreated, ApiKeyList, ApiKeyRow};

/// The longest name of a key, in characters.
pub(crate) const MAX_NAME: usize = 100;

/// The longest name of an integration, in characters.
pub(crate) const MAX_INTEGRATION: usize = 60;

/// The name of an integration as it is kept; none if it cannot be one.
pub(crate) fn integration_name(text: &str) -> Option<String> {
    let name = text.trim();
    let is_one = !name.is_empty() && name.chars().count() <= MAX_INTEGRATION && !name.chars().any(char::is_control);
    is_one.then(|| name.to_owned())
}

/// Creates a key; its secret is in the answer and nowhere else. None if its author is no active member.
pub(crate) async fn create(
    core: &AppContext,
    actor: Actor,
    (key, author): (ApiKey, KeyAuthor),
) -> Result<Option<ApiKeyCreated>, CommitError> {
    let (secret, hash) = new_secret(&*core.chance, "knk_");
    let (id, role) = (public_id(hash), key.role);
    let change = CreateApiKey { key, author, id: id.clone(), hash, now: core.clock.now() };
    Ok(match core.make(actor, change).await? {
        KeyMade::Made => Some(ApiKeyCreated { id, key: secret, role }),
        KeyMade::NoMember => None,
    })
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
        author: key.author.map(|author| shown(view, author)).transpose()?,
        created_by: creator.map(|member| member.email).unwrap_or_default(),
        created_at,
        used_at,
        ends_at: key.ends_at,
        has_ended: key.ends_at.is_some_and(|end| end <= now),
    })
}

fn shown(view: &dyn View, author: TeamAuthor) -> Result<ApiKeyAuthorShown, StoreError> {
    let (kind, name) = match author {
        TeamAuthor::Member(id) => (ApiKeyAuthorKind::Member, view.member(id)?.map(|member| member.email)),
        TeamAuthor::Integration(id) => (ApiKeyAuthorKind::Integration, view.integration(id)?.map(|known| known.name)),
    };
    Ok(ApiKeyAuthorShown { kind, name: name.unwrap_or_default() })
}
