//! `GET /hooks/slack/oauth`: Slack sends the browser of an admin back here with a code for the token of the bot.

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::Query;
use crate::http::hooks::oauth::{Back, Begun, Ended, begun, failed, to_page};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::response::Response;
use knock_context::Installer;
use knock_engine::commands::ConnectSlack;
use knock_slack::{OauthCode, Refusal};
use knock_slack_workspace::{App, Credentials, Slack, identity, is_temporary};

const INSTALLER: Installer = Slack::INSTALLER;

pub(super) async fn get(
    State(state): State<AppState>,
    allowed: Result<Allowed<ManageConnections>, Problem>,
    back: Result<Query<Back>, Problem>,
) -> Response {
    let back = back.map(|Query(back)| back).unwrap_or_default();
    let ended = install(&state, allowed, back).await.err().unwrap_or(Ended::Done);
    to_page(INSTALLER, &ended)
}

/// Exchanges the code, and stores what lets in.
async fn install(
    state: &AppState,
    allowed: Result<Allowed<ManageConnections>, Problem>,
    back: Back,
) -> Result<(), Ended> {
    let Begun { caller, app, code } = begun::<App, _, _>(state, INSTALLER, allowed, back).await?;
    if state.slack.is_configured() {
        return Err(Ended::Refused("configured".to_owned()));
    }
    let (client, core) = (&state.slack.client, &state.core);
    let oauth = app.oauth(INSTALLER.redirect_uri(core));
    let installed = client.oauth_exchange(&oauth, &OauthCode(code)).await.map_err(|refusal| refused(&refusal))?;
    let test = client.auth_test(&installed.token).await.map_err(|refusal| refused(&refusal))?;
    let stored = Credentials::installed(&app, installed.token).sealed(&core.key, &*core.chance);
    let change = ConnectSlack { app: stored, identity: identity(&test), now: core.clock.now() };
    core.make(caller.actor(), change).await.map_err(|error| failed(INSTALLER, &error))?;
    state.slack.forget_channels();
    state.slack.look();
    Ok(())
}

fn refused(refusal: &Refusal) -> Ended {
    tracing::warn!("Slack did not install the app: {refusal}");
    if is_temporary(refusal) { Ended::Unreachable } else { Ended::Refused(refusal.code.clone()) }
}
