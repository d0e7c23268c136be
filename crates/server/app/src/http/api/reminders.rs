//! `/api/v1/contacts/{id}/reminders`: the caller's reminders about a contact.

use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{AddReminder, MOST_REMINDERS, ReminderAdded, RemoveReminder};
use knock_model::{LeadId, Millis, ReminderId};
use knock_ports::Reminder;
use knock_wire::{FieldError, LONGEST_REMINDER, ReminderDraft, ReminderList};

/// The farthest reminder.
const FARTHEST: Millis = Millis::days(366);

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, post)).routes(routes!(delete))
}

/// The caller's reminders about a contact that are to come, the next one first.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/reminders", tag = "team",
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 200, description = "The reminders", body = ReminderList),
        (status = 403, description = "The API key is bound to no member"),
    ))]
async fn get(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(id): Path<LeadId>,
) -> Result<Json<ReminderList>, Problem> {
    let member = caller.need_member()?.id;
    let mut all = read(state.core.store.clone(), move |view| view.reminders_about(view.merged_into(id)?)).await?;
    all.retain(|reminder| reminder.member == member && reminder.fired_at.is_none());
    Ok(Json(ReminderList { reminders: all.into_iter().map(shown).collect() }))
}

/// Sets a reminder for the caller. At its instant they are notified, also in quiet hours; no one else is, and the chat does
/// not change.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/reminders", tag = "team", request_body = ReminderDraft,
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 201, description = "The new reminder", body = knock_wire::Reminder),
        (status = 403, description = "The API key is bound to no member"),
        (status = 404, description = "Contact not found"),
        (status = 409, description = "Limit of 20 reached"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn post(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(lead): Path<LeadId>,
    JsonBody(ReminderDraft { due_at, text }): JsonBody<ReminderDraft>,
) -> Result<(StatusCode, Json<knock_wire::Reminder>), Problem> {
    let (member, now) = (caller.need_member()?.id, state.core.clock.now());
    if !(now + Millis(1)..=now + FARTHEST).contains(&due_at) {
        return Err(wrong("/due_at", "is not in the future, or more than a year ahead".into()));
    }
    let text = checked(&text)?;
    let id = ReminderId::new(state.core.chance.bytes16());
    match state.core.writer.commit(AddReminder { id, lead, member, due_at, text, now }).await? {
        ReminderAdded::Added(reminder) => Ok((StatusCode::CREATED, Json(shown(reminder)))),
        ReminderAdded::UnknownLead => Err(Problem::not_found()),
        ReminderAdded::TooMany => Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many reminders")
            .detail(format!("There are {MOST_REMINDERS} about this contact already"))),
    }
}

/// Removes a reminder of the caller that is to come.
#[utoipa::path(delete, path = "/api/v1/reminders/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the reminder")),
    responses(
        (status = 204, description = "Removed"),
        (status = 403, description = "The API key is bound to no member"),
        (status = 404, description = "Reminder not found"),
    ))]
async fn delete(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(id): Path<ReminderId>,
) -> Result<StatusCode, Problem> {
    let member = caller.need_member()?.id;
    let is_known = state.core.writer.commit(RemoveReminder { id, member }).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

fn checked(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().count() > LONGEST_REMINDER || text.chars().any(char::is_control) {
        return Err(wrong("/text", format!("has more than {LONGEST_REMINDER} characters, or several lines")));
    }
    Ok(text.to_owned())
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

fn shown(reminder: Reminder) -> knock_wire::Reminder {
    let Reminder { id, due_at, text, .. } = reminder;
    knock_wire::Reminder { id, due_at, text }
}
