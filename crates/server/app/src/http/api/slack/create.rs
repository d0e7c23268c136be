//! `POST /api/v1/slack/channels`: a new channel, which shows every chat from then on.

use super::connect::unreachable_now;
use super::settings::settings;
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::SaveSlackChoice;
use knock_ports::SlackChoice;
use knock_slack::Refusal;
use knock_slack_workspace::is_temporary;
use knock_wire::{FieldError, SlackChannelDraft, SlackSettings};
use std::sync::Arc;

/// The longest name of a channel, in characters.
const LONGEST: usize = 80;

/// Creates a public channel with the bot in it, and makes it the monitoring channel.
#[utoipa::path(post, path = "/api/v1/slack/channels", tag = "team", request_body = SlackChannelDraft, responses(
    (status = 201, description = "Created; every chat is shown there from now on", body = SlackSettings),
    (status = 404, description = "No Slack workspace is connected"),
    (status = 422, description = "The name is wrong or taken, or Slack does not let the app create channels"),
    (status = 503, description = "Slack cannot be asked now"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(SlackChannelDraft { name }): JsonBody<SlackChannelDraft>,
) -> Result<(StatusCode, Json<SlackSettings>), Problem> {
    let name = checked(&name)?;
    let credentials = state.slack.credentials().await?.ok_or_else(Problem::not_found)?;
    let created = match state.slack.client.create_channel(&credentials.token, &name).await {
        Ok(created) => created,
        Err(refusal) => {
            state.slack.note_refusal(&refusal, "").await;
            return Err(refused(&refusal));
        }
    };
    let before = read(Arc::clone(&state.core.store), |view| view.slack_choice()).await?;
    let choice = SlackChoice { monitoring_channel: created.id, channel_name: created.name, ..before };
    state.core.make(caller.actor(), SaveSlackChoice { choice, now: state.core.clock.now() }).await?;
    state.slack.forget_channels();
    state.slack.look();
    Ok((StatusCode::CREATED, Json(settings(&state).await?)))
}

fn wrong(reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: "/name".into(), reason: reason.into() })
}

/// A name that Slack accepts, without `#`.
fn checked(text: &str) -> Result<String, Problem> {
    let name = text.trim().trim_start_matches('#');
    let is_plain = |letter: char| letter.is_alphanumeric() && !letter.is_uppercase() || matches!(letter, '-' | '_');
    if !name.is_empty() && name.chars().count() <= LONGEST && name.chars().all(is_plain) {
        return Ok(name.to_owned());
    }
    Err(wrong("is no name of a channel: lower-case letters, digits, - and _, 80 at most"))
}

fn refused(refusal: &Refusal) -> Problem {
    match refusal.code.as_str() {
        _ if is_temporary(refusal) => unreachable_now(&refusal.words),
        "name_taken" => wrong("is the name of a channel that is there already: choose that one, or another name"),
        "restricted_action" => wrong("cannot be created: the Slack workspace does not let apps create channels"),
        code if code.starts_with("invalid_name") => wrong("is a name that Slack does not take"),
        _ => wrong(format!("cannot be created: {}", refusal.words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_slack_takes() {
        for (text, name) in [(" #new-leads ", "new-leads"), ("kanal_\u{fc}1", "kanal_\u{fc}1")] {
            assert_eq!(checked(text).ok().as_deref(), Some(name));
        }
        for text in ["", "#", "New", "two words", "a.b", "a#b", &"a".repeat(81)] {
            assert!(checked(text).is_err(), "{text}");
        }
    }
}
