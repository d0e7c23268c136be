//! Connecting and disconnecting a Slack workspace.

use super::settings::settings;
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{ConnectSlack, DisconnectSlack};
use knock_slack::Token;
use knock_slack_workspace::{Credentials, identity};
use knock_wire::{FieldError, RawSecret, SlackConnect, SlackSettings};

/// The longest signing secret, in bytes.
const LONGEST: usize = 200;

/// Connects the Slack workspace of the token. Slack is asked for its name; both secrets are stored sealed.
#[utoipa::path(post, path = "/api/v1/slack/connect", tag = "team", request_body = SlackConnect, responses(
    (status = 200, description = "Connected", body = SlackSettings),
    (status = 409, description = "Token and secret stand in the configuration of the server"),
    (status = 422, description = "A field is wrong, or Slack does not take the token"),
    (status = 503, description = "Slack cannot be asked now"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(SlackConnect { bot_token, signing_secret }): JsonBody<SlackConnect>,
) -> Result<Json<SlackSettings>, Problem> {
    if state.slack.is_configured() {
        return Err(configured());
    }
    let wrong = |pointer: &str, reason: String| Problem::invalid(FieldError { pointer: pointer.into(), reason });
    let token = Token::parse(bot_token.reveal()).map_err(|error| wrong("/bot_token", error.to_string()))?;
    let signing_secret = checked_signing_secret(&signing_secret)?;
    let test = state.slack.client.auth_test(&token).await.map_err(|refusal| match refusal.broken() {
        Some(_) => wrong("/bot_token", refusal.words),
        None => unreachable_now(&refusal.words),
    })?;
    if test.bot_id.is_none() {
        return Err(wrong("/bot_token", "is the token of a person: the bot token of the app is wanted".to_owned()));
    }
    let credentials = Credentials { token, signing_secret, client: None };
    let app = credentials.sealed(&state.core.key, &*state.core.chance);
    let change = ConnectSlack { app, identity: identity(&test), now: state.core.clock.now() };
    state.core.make(caller.actor(), change).await?;
    state.slack.forget_channels();
    state.slack.look();
    settings(&state).await.map(Json)
}

/// Disconnects the Slack workspace, and drops pending posts. Earlier posts remain there.
#[utoipa::path(delete, path = "/api/v1/slack", tag = "team", responses(
    (status = 204, description = "Disconnected"),
    (status = 404, description = "None was connected"),
    (status = 409, description = "Token and secret stand in the configuration of the server"),
))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    if state.slack.is_configured() {
        return Err(configured());
    }
    let was_there = state.core.make(caller.actor(), DisconnectSlack).await?;
    state.slack.forget_channels();
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// Validates a signing secret as a person pastes it.
pub(super) fn checked_signing_secret(pasted: &RawSecret) -> Result<RawSecret, Problem> {
    let secret = pasted.reveal().trim().to_owned();
    if secret.is_empty() || secret.len() > LONGEST || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        let reason = "is no signing secret: it stands under Basic Information of the app in Slack".to_owned();
        return Err(Problem::invalid(FieldError { pointer: "/signing_secret".into(), reason }));
    }
    Ok(secret.into())
}

pub(super) fn configured() -> Problem {
    Problem::new(StatusCode::CONFLICT, "configured", "Slack is set up in the configuration of the server")
        .detail("`slack.bot_token` and `slack.signing_secret` stand there, and are changed there")
}

pub(super) fn unreachable_now(words: &str) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "slack-unreachable", "Slack cannot be asked now")
        .detail(words)
        .retry_after(30)
}
