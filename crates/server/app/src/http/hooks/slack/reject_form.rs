//! The form that asks for the reason of a rejection, and what is sent with it.

use super::lead_actions::{GONE, NO_MEMBER, act};
use super::verified::{member, repeatable};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use knock_model::ConversationId;
use knock_slack::blocks::{self, Lines, Modal, Need};
use knock_slack::incoming::ViewSubmission;
use knock_status::chat::{Event, Rejecter};
use knock_wire::LONGEST_REASON;
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

const FORM: &str = "reject";
const REASON: &str = "reason";
/// Slack opens no form later than three seconds after the choice, and waits no longer for an answer.
const PATIENCE: Duration = Duration::from_millis(2_500);
const LATE: &str = "Nothing was done: Slack did not open the form in time. Choose Other... again.";

/// Opens the form for the user who chose; what to tell them where it does not open.
pub(super) async fn open(
    state: &AppState,
    trigger_id: &str,
    conversation: ConversationId,
) -> Result<Option<String>, Problem> {
    let Some(credentials) = state.slack.credentials().await? else { return Ok(None) };
    let field = blocks::text_input(REASON, Lines::One, u32::try_from(LONGEST_REASON).unwrap_or(u32::MAX));
    let form = blocks::modal(Modal {
        callback_id: FORM,
        title: "Reject the lead",
        submit: "Reject",
        private_metadata: &conversation.to_string(),
        blocks: vec![blocks::input(REASON, "Reason", field, Need::Required)],
    });
    let opened = timeout(PATIENCE, state.slack.client.open_view(&credentials.token, trigger_id, &form)).await;
    Ok(match opened {
        Ok(Ok(_)) => None,
        Ok(Err(refusal)) => {
            tracing::warn!("Slack did not open the form for a reason: {refusal}");
            state.slack.note_refusal(&refusal, "").await;
            Some(LATE.to_owned())
        }
        Err(_) => Some(LATE.to_owned()),
    })
}

/// Rejects with the reason that was entered; what is wrong stands at its field, and the form stays open.
pub(super) async fn submitted(state: &AppState, sent: &ViewSubmission) -> Result<Response, Problem> {
    let (view, closed) = (&sent.view, StatusCode::OK.into_response());
    let (FORM, Ok(conversation)) = (view.callback_id.as_str(), ConversationId::parse(&view.private_metadata)) else {
        return Ok(closed);
    };
    let reason = view.values.get(REASON).map_or("", |entered| entered.trim());
    if reason.is_empty() {
        return Ok(wrong("Enter a reason."));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Ok(wrong(&format!("The reason is longer than {LONGEST_REASON} characters.")));
    }
    let Some(member) = member(state, &sent.user.id).await? else { return Ok(wrong(NO_MEMBER)) };
    let by = Some(member.id.to_string());
    let what = Event::Rejected { by: Rejecter::Rep, reason: Some(reason.to_owned()), member: by };
    let bits = repeatable(&["form", &view.id]);
    Ok(match act(state, &member, (conversation, what), bits).await? {
        None => closed,
        Some(_) => wrong(GONE),
    })
}

fn wrong(words: &str) -> Response {
    Json(json!({"response_action": "errors", "errors": {REASON: words}})).into_response()
}
