//! `POST /api/v1/slack/test`: whether a message arrives.

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::{MendSlack, ResendSlack, TestSlack};
use knock_slack::Post;
use knock_wire::SlackTested;
use std::sync::Arc;

/// Posts a message to the monitoring channel now. If it succeeds, parked posts are retried.
#[utoipa::path(post, path = "/api/v1/slack/test", tag = "team", responses(
    (status = 200, description = "The result", body = SlackTested),
    (status = 404, description = "No Slack workspace is connected"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<SlackTested>, Problem> {
    let credentials = state.slack.credentials().await?.ok_or_else(Problem::not_found)?;
    let channel = read(Arc::clone(&state.core.store), |view| view.slack_choice()).await?.monitoring_channel;
    let failed = |problem: String| Ok(Json(SlackTested { is_posted: false, problem }));
    if channel.is_empty() {
        return failed("no channel is chosen".to_owned());
    }
    if let Err(refusal) = state.slack.enter(&credentials, &channel).await {
        state.slack.note_failed_check(&refusal, &channel).await;
        return failed(refusal.words);
    }
    let text = "Knock can write here: new chats will be shown in this channel.".to_owned();
    let post = Post { channel: channel.clone(), text, ..Post::default() };
    if let Err(refusal) = state.slack.client.post(&credentials.token, &post).await {
        state.slack.note_failed_check(&refusal, &channel).await;
        return failed(refusal.words);
    }
    state.core.make(caller.actor(), TestSlack).await?;
    for channel in [Some(channel), None] {
        state.core.writer.commit(MendSlack { channel, now: state.core.clock.now() }).await?;
    }
    // The problems of other channels may be solved too.
    state.slack.look();
    // Also posts parked without a visible problem, as after a long outage.
    while state.core.writer.commit(ResendSlack { now: state.core.clock.now() }).await? {}
    Ok(Json(SlackTested { is_posted: true, problem: String::new() }))
}
