//! `POST /hooks/slack/commands`: `/knock links`, `/knock status`, `/knock help`. Only who asks sees the answer.

use super::verified::{Verified, is_ours, member, unreadable};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use knock_model::{Destination, Permission};
use knock_slack::incoming::CommandPost;
use knock_slack::text::Mrkdwn;
use serde_json::json;
use std::sync::Arc;

const HELP: &str = "/knock links: the Knock Links. /knock status: what Knock is doing. Answer a lead in the thread under \
                    my direct message to you.";
const NO_MEMBER: &str = "No member of Knock who answers chats has the e-mail address of your Slack account. An admin can \
                         invite you under Settings > Team.";
const NO_LINKS: &str = "Your role does not see the list of Knock Links: managers and admins do.";
/// Links that are listed.
const LINKS: usize = 50;

pub(super) async fn post(State(state): State<AppState>, Verified(body): Verified) -> Result<Response, Problem> {
    let command = match CommandPost::parse(&body).map_err(|error| unreadable(&error))? {
        CommandPost::SslCheck => return Ok(StatusCode::OK.into_response()),
        CommandPost::Command(command) => command,
    };
    if !is_ours(&state, &command.team).await? {
        return Ok(StatusCode::OK.into_response());
    }
    let said = match (member(&state, &command.user).await?, command.text.as_str()) {
        (None, _) => Mrkdwn::new().text(NO_MEMBER),
        // As `GET /api/v1/links`.
        (Some(member), "links") if !member.role.may(Permission::EditRouting) => Mrkdwn::new().text(NO_LINKS),
        (Some(_), "links") => links(&state).await?,
        (Some(_), "status") => status(&state).await?,
        (Some(_), _) => Mrkdwn::new().text(HELP),
    };
    Ok(Json(json!({"response_type": "ephemeral", "text": said.as_str()})).into_response())
}

async fn links(state: &AppState) -> Result<Mrkdwn, Problem> {
    let links = read(Arc::clone(&state.core.store), |view| view.links()).await?;
    let url = &state.core.address.url;
    // Those of the team: a booking link is one member's own.
    let lines = links.iter().filter(|link| !link.is_launcher() && link.owner.is_none()).take(LINKS);
    let said = lines.fold(Mrkdwn::new(), |said, link| said.link(&format!("{url}/l/{}", link.slug), &link.name).line());
    Ok(if said.as_str().is_empty() { said.text("There are no Knock Links.") } else { said })
}

async fn status(state: &AppState) -> Result<Mrkdwn, Problem> {
    let (counts, problems) = read(Arc::clone(&state.core.store), |view| {
        Ok((view.outbox_counts(Destination::SLACK)?, view.slack_problems()?))
    })
    .await?;
    let said = format!("Messages still to be posted: {}. Given up: {}.", counts.waiting, counts.parked);
    let said = Mrkdwn::new().text(&said);
    Ok(problems.iter().fold(said, |said, problem| said.line().text(&problem.text)))
}
