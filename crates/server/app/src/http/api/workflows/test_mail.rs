//! `POST /api/v1/workflows/test-mail`: the mail of a step, sent to the member who edits it.

use super::checked::checked;
use crate::http::admission::ClientAddress;
use crate::http::api::rules::refuse;
use crate::http::auth::{Allowed, KeyOfMember, ManageWorkflows};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_agent::Language;
use knock_engine::commands::SendWorkflowTestMail;
use knock_ports::Member;
use knock_wire::{FieldError, StepContent, WorkflowTestMail};

/// Mails the mail of a step to the caller, its placeholders filled with their fallbacks. It is listed among the mails.
#[utoipa::path(post, path = "/api/v1/workflows/test-mail", tag = "team", request_body = WorkflowTestMail, responses(
    (status = 202, description = "Queued for delivery"),
    (status = 403, description = "An API key: it has no address"),
    (status = 409, description = "Mail is not set up"),
    (status = 422, description = "Invalid field; `errors` names it"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageWorkflows, KeyOfMember>,
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    JsonBody(WorkflowTestMail { draft, step, language }): JsonBody<WorkflowTestMail>,
) -> Result<StatusCode, Problem> {
    let Member { id, email, .. } = caller.need_member()?;
    let wrong =
        |pointer: &str, reason: &str| Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() });
    let Some(StepContent::Mail { subject, body }) = draft.contents.get(&step).cloned() else {
        return Err(wrong("/step", "is not a step with the action `mail`"));
    };
    let language = language.map(|language| Language::parse(&language).ok_or(language)).transpose();
    let language = language.map_err(|_| wrong("/language", "is no language of Knock"))?;
    if !state.is_mail_set_up() {
        let problem = Problem::new(StatusCode::CONFLICT, "no-mail", "Mail is not set up");
        return Err(problem.detail("Set up the mail server in Settings > Mail, or `smtp.url` and `smtp.from`."));
    }
    let (edited, place) = (draft.clone(), format!("/draft/contents/{step}"));
    let mut errors = read(state.core.store.clone(), move |view| checked(view, &edited, None, "/draft")).await?;
    errors.retain(|error| error.pointer.starts_with(&place));
    refuse(errors)?;
    state.limiter.sign_in_link(from)?;
    let now = state.core.clock.now();
    let mail =
        SendWorkflowTestMail { member: *id, email: email.clone(), workflow: draft.name, subject, body, language, now };
    state.core.make(caller.actor(), mail).await?;
    Ok(StatusCode::ACCEPTED)
}
