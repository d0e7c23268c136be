//! Channels and users of the Slack workspace, and the manifest of the app.

use crate::http::auth::{Allowed, EditRouting, ManageConnections};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::slack_member;
use knock_model::MemberState;
use knock_ports::{Member, SlackPerson};
use knock_slack::Channel;
use knock_wire::{SlackChannel, SlackChannels, SlackManifest, SlackUser, SlackUsers};
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
    }))
}

/// The people of the Slack workspace, without guests and bots; each with the member who has the same address. The
/// others can be invited. Of those who have left, only current members are listed.
#[utoipa::path(get, path = "/api/v1/slack/users", tag = "team", responses(
    (status = 200, description = "The people", body = SlackUsers),
))]
pub(super) async fn users(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<SlackUsers>, Problem> {
    let (people, members) =
        read(Arc::clone(&state.core.store), |view| Ok((view.slack_people()?, view.members()?))).await?;
    let users = people.into_iter().filter_map(|person| {
        let has_left = person.has_left();
        let is_invited =
            !has_left && same_address(&person, &members).is_some_and(|member| member.state == MemberState::Invited);
        let member = if has_left { Some(same_address(&person, &members)?) } else { slack_member(&person, &members) };
        let (is_shown, member) = (has_left || person.is_colleague(), member.map(|member| member.id));
        is_shown.then_some(SlackUser {
            id: person.id,
            name: person.name.into(),
            email: person.email,
            member,
            is_invited,
            has_left,
        })
    });
    Ok(Json(SlackUsers { users: users.collect() }))
}

/// The member with the same address, including those who answer no chats.
fn same_address<'m>(person: &SlackPerson, members: &'m [Member]) -> Option<&'m Member> {
    members.iter().find(|member| !person.email.is_empty() && member.email.eq_ignore_ascii_case(&person.email))
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
    let problem = "Slack posts to https:// addresses on the public internet only: set `public_url` to the address of \
                   this server there";
    let problem = if is_secure { String::new() } else { problem.to_owned() };
    Ok(Json(SlackManifest { manifest, create_url: create.into(), problem }))
}
