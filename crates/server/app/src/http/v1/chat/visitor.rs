//! The subject of a visitor's request: a site's launcher, a link, or their conversation.

use crate::http::auth::bearer;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use axum::http::HeaderMap;
use knock_context::hash;
use knock_model::ConversationId;
use knock_ports::{Secret, SecretHash, Site, StoredSecret};
use std::net::IpAddr;
use std::sync::Arc;

/// The site that a link's chats and meetings belong to: its own, else the first one.
pub(in crate::http::v1) async fn site_of_link(
    state: &AppState,
    headers: &HeaderMap,
    slug: &str,
) -> Result<Arc<Site>, Problem> {
    let slug = slug.to_owned();
    let link = read(state.core.store.clone(), move |view| view.link(&slug)).await?;
    let link = link.filter(|link| link.archived_at.is_none()).ok_or_else(Problem::not_found)?;
    let site = state.sites.of_link(&link).ok_or_else(Problem::not_found)?;
    site_for(state, headers, &site.key)
}

/// Authorizes the holder of a conversation's token for that conversation only.
pub(in crate::http::v1) async fn let_in(
    state: &AppState,
    from: IpAddr,
    headers: &HeaderMap,
    id: &str,
) -> Result<ConversationId, Problem> {
    let token = bearer(headers).ok_or_else(Problem::unauthorized)?;
    let id = ConversationId::parse(id).map_err(|_| Problem::not_found())?;
    state.limiter.look_up(from)?;
    if opens(state, from, hash(token)).await? == Some(id) { Ok(id) } else { Err(Problem::unauthorized()) }
}

/// The conversation that a token opens. Who sends wrong ones waits.
pub(super) async fn opens(
    state: &AppState,
    from: IpAddr,
    token: SecretHash,
) -> Result<Option<ConversationId>, Problem> {
    state.guesses.may_try(from, token)?;
    let stored = valid(state, token).await?;
    let Some((stored, conversation)) = stored else {
        state.guesses.wrong(from);
        return Ok(None);
    };
    state.guesses.right(token);
    state.uses.note(token, &stored, state.core.clock.now());
    Ok(Some(conversation))
}

/// A token that has not ended, and the conversation that it opens.
pub(super) async fn valid(
    state: &AppState,
    token: SecretHash,
) -> Result<Option<(StoredSecret, ConversationId)>, Problem> {
    let now = state.core.clock.now();
    let stored = read(state.core.store.clone(), move |view| view.secret(token)).await?;
    Ok(stored.and_then(|stored| match stored.secret {
        Secret::Chat { conversation, expires_at, .. } if now < expires_at => Some((stored, conversation)),
        Secret::Chat { .. } | Secret::ApiKey(_) | Secret::LoginLink { .. } | Secret::Session { .. } => None,
    }))
}
