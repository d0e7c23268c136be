//! `POST /api/v1/slack/install`: starts the installation of an app to the Slack workspace.

use super::connect::{checked_signing_secret, configured};
use crate::http::auth::{Allowed, ManageConnections, NoKey};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_context::begin;
use knock_slack_workspace::{App, Slack};
use knock_wire::{FieldError, InstallStarted, SlackInstall};

/// The longest id or secret of an app, in bytes.
const LONGEST: usize = 200;

/// Starts the installation of an app: the response is the next address for the browser. Slack redirects it to
/// `/hooks/slack/oauth` within ten minutes, in the same session. Empty fields stand for the known app.
#[utoipa::path(post, path = "/api/v1/slack/install", tag = "team", request_body = SlackInstall, responses(
    (status = 200, description = "The URL of Slack's consent page", body = InstallStarted),
    (status = 409, description = "The token stands in the configuration of the server"),
    (status = 422, description = "A field is wrong"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections, NoKey>,
    State(state): State<AppState>,
    JsonBody(asked): JsonBody<SlackInstall>,
) -> Result<Json<InstallStarted>, Problem> {
    if state.slack.is_configured() {
        return Err(configured());
    }
    let app = match state.slack.known_app().await? {
        Some(known) if is_empty(&asked) => known,
        Some(_) | None => checked(&asked)?,
    };
    let token = begin(&state.core, Slack::INSTALLER, caller.secret, &app).await?;
    let oauth = app.oauth(Slack::INSTALLER.redirect_uri(&state.core));
    let url = state.slack.client.authorize_url(&oauth, token.reveal());
    Ok(Json(InstallStarted { url: url.to_string().into() }))
}

fn is_empty(SlackInstall { client_id, client_secret, signing_secret }: &SlackInstall) -> bool {
    client_id.is_empty() && client_secret.reveal().is_empty() && signing_secret.reveal().is_empty()
}

fn checked(asked: &SlackInstall) -> Result<App, Problem> {
    let client_id = asked.client_id.trim().to_owned();
    let is_id = client_id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if client_id.is_empty() || client_id.len() > LONGEST || !is_id {
        return Err(wrong("/client_id", "is no Client ID, such as 1234567890.1234567890123"));
    }
    let secret = asked.client_secret.reveal().trim().to_owned();
    if secret.is_empty() || secret.len() > LONGEST || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong("/client_secret", "is no Client Secret"));
    }
    let signing_secret = checked_signing_secret(&asked.signing_secret)?;
    Ok(App { client_id, client_secret: secret.into(), signing_secret })
}

fn wrong(pointer: &str, reason: &str) -> Problem {
    let reason = format!("{reason}: it stands under Basic Information of the app in Slack");
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}
