//! Who a visitor's request is for: a site's launcher, a link, or their conversation.

use crate::http::auth::bearer;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::site::site_for;
use crate::secret::hash;
use axum::http::HeaderMap;
use knock_model::ConversationId;
use knock_ports::{Secret, Site};
use std::net::IpAddr;
use std::sync::Arc;

/// The site that a link's chats belong to: the first one; links are the workspace's.
pub(super) async fn site_of_link(state: &AppState, headers: &HeaderMap, slug: &str) -> Result<Arc<Site>, Problem> {
    let slug = slug.to_owned();
    let link = read(state.core.store.clone(), move |view| view.link(&slug)).await?;
    link.ok_or_else(Problem::not_found)?;
    let site = state.sites.first().ok_or_else(Problem::not_found)?;
    site_for(state, headers, &site.key)
}

/// Lets the holder of a token into their conversation, and nobody else.
pub(super) async fn let_in(
    state: &AppState,
    from: IpAddr,
    headers: &HeaderMap,
    id: &str,
) -> Result<ConversationId, Problem> {
    let token = bearer(headers).ok_or_else(Problem::unauthorized)?;
    let id = ConversationId::parse(id).map_err(|_| Problem::not_found())?;
    state.limiter.look_up(from)?;
    if opens(state, token).await? == Some(id) { Ok(id) } else { Err(Problem::unauthorized()) }
}

/// The conversation that a token opens.
pub(super) async fn opens(state: &AppState, token: &str) -> Result<Option<ConversationId>, Problem> {
    let hash = hash(token);
    let secret = read(state.core.store.clone(), move |view| view.secret(hash)).await?;
    Ok(match secret {
        Some(Secret::Chat { conversation }) => Some(conversation),
        Some(Secret::ApiKey { .. } | Secret::LoginLink { .. } | Secret::Session { .. }) | None => None,
    })
}
