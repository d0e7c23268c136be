//! Channels of the Slack workspace, and the manifest of the app.

use super::problems::problems_of_channels;
use crate::http::auth::{Allowed, EditRouting, ManageConnections};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_slack::Channel;
use knock_wire::{SlackChannel, SlackChannels, SlackManifest};
use std::sync::Arc;
use url::Url;

/// The page of Slack that creates an app from a manifest.
const CREATE: &str = "https://api.slack.com/apps?new_app=1";

/// The channels as last listed: public ones, and private ones with the bot in them. A long list is loaded page by page;
/// repeat the request for the rest, or use the id of a channel.
#[utoipa::path(get, path = "/api/v1/slack/channels", tag = "team", responses(
    (status = 200, description = "The channels", body = SlackChannels),
    (status = 404, description = "No Slack workspace is connected"),
))]
pub(super) async fn channels(
    // Routing rules refer to channels too.
    _: Allowed<EditRouting>,
    State(state): State<AppState>,
) -> Result<Json<SlackChannels>, Problem> {
    let credentials = state.slack.credentials().await?.ok_or_else(Problem::not_found)?;
    let shown = state.slack.channels(&credentials.token).await;
    let channel = |Channel { id, name, is_private, is_member, .. }| SlackChannel { id, name, is_private, is_member };
    Ok(Json(SlackChannels {
        channels: shown.channels.into_iter().map(channel).collect(),
        is_complete: shown.is_complete,
        problem: shown.problem.map(|refusal| refusal.words).unwrap_or_default(),
        problems: read(Arc::clone(&state.core.store), problems_of_channels).await?,
    }))
}

/// The manifest of an app for this server, and the address at which Slack creates an app from it.
#[utoipa::path(get, path = "/api/v1/slack/manifest", tag = "team", responses(
    (status = 200, description = "The manifest", body = SlackManifest),
))]
pub(super) async fn manifest(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<SlackManifest>, Problem> {
    let url = &state.core.address.url;
    let manifest = knock_slack::manifest(url);
    let mut create = Url::parse(CREATE).map_err(|_| Problem::not_found())?;
    create.query_pairs_mut().append_pair("manifest_json", &manifest.to_string());
    let is_secure = url.starts_with("https://");
    let problem = "Slack posts to https:// addresses on the public internet only: set public_url in the \
                   configuration to the address of this server there";
    let problem = if is_secure { String::new() } else { problem.to_owned() };
    Ok(Json(SlackManifest { manifest, create_url: create.into(), problem }))
}
