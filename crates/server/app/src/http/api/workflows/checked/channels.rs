//! Channels of Slack that a draft names: where a workspace is connected, they are among those that it lists.

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_model::WorkflowId;
use knock_wire::{FieldError, StepContent, WorkflowDraft};
use std::sync::Arc;

const UNKNOWN: &str = "is no channel of the Slack workspace: a new one is listed within a minute, a private one once the \
    bot is invited to it";

/// Refuses channels that Slack does not list, unless the version before names them too. `at` is the place of the draft in
/// the body. As long as Slack has not listed all of them, each passes.
pub(in crate::http::api::workflows) async fn unknown_channels(
    state: &AppState,
    draft: &WorkflowDraft,
    id: Option<WorkflowId>,
    at: &str,
) -> Result<Vec<FieldError>, Problem> {
    let named: Vec<(&str, &str)> = channels(draft).filter(|(_, channel)| !channel.trim().is_empty()).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let Some(credentials) = state.slack.credentials().await? else { return Ok(Vec::new()) };
    let listed = state.slack.channels(&credentials.token).await;
    if !listed.is_complete {
        return Ok(Vec::new());
    }
    let newest = read(Arc::clone(&state.core.store), |view| view.newest_workflow_versions()).await?;
    let before = newest.into_iter().find(|version| Some(version.workflow) == id).map(|version| version.draft);
    let is_unknown = |(_, channel): &(&str, &str)| {
        let was_named = before.as_ref().is_some_and(|before| channels(before).any(|(_, known)| known == *channel));
        !was_named && !listed.channels.iter().any(|known| known.id == *channel)
    };
    let wrong = named.into_iter().filter(is_unknown).map(|(step, _)| {
        let step = step.replace('~', "~0").replace('/', "~1");
        FieldError { pointer: format!("{at}/contents/{step}/channel"), reason: UNKNOWN.to_owned() }
    });
    Ok(wrong.collect())
}

/// The channels of the posts, each with its step.
fn channels(draft: &WorkflowDraft) -> impl Iterator<Item = (&str, &str)> {
    draft.contents.iter().filter_map(|(step, content)| match content {
        StepContent::Slack { channel, .. } => Some((step.as_str(), channel.as_str())),
        StepContent::Nudge { .. }
        | StepContent::Message { .. }
        | StepContent::Mail { .. }
        | StepContent::Assign { .. }
        | StepContent::Tag { .. }
        | StepContent::SetField { .. }
        | StepContent::Webhook { .. }
        | StepContent::Task { .. } => None,
    })
}
