//! `/api/v1/custom-fields`: custom fields of leads.

use crate::http::auth::{Allowed, EditRouting, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::commands::{CustomValuesSet, SaveCustomFields, SetCustomValues};
use knock_model::{CustomFieldSource, LeadId, SignalId};
use knock_wire::{CustomField, CustomFields, CustomValuesDraft, FieldError};

/// The largest number of fields of a workspace.
const MOST_FIELDS: usize = 50;
/// The longest name, in characters.
const LONGEST_NAME: usize = 40;
const LONGEST_LABEL: usize = 80;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, put)).routes(routes!(set))
}

/// The defined custom fields. Routing rules refer to them as `custom.NAME`.
#[utoipa::path(get, path = "/api/v1/custom-fields", tag = "team", responses(
    (status = 200, description = "The fields, in the order the team wants them", body = CustomFields),
))]
async fn get(_: Allowed<EditRouting>, State(state): State<AppState>) -> Result<Json<CustomFields>, Problem> {
    read(state.core.store.clone(), |view| view.custom_fields()).await.map(Json)
}

/// Defines all custom fields. Stored values of a field that is not among them are no longer read, and are read again
/// once it is defined.
#[utoipa::path(put, path = "/api/v1/custom-fields", tag = "team", request_body = CustomFields, responses(
    (status = 200, description = "The fields as they are now", body = CustomFields),
    (status = 400, description = "Body does not match the schema"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(fields): JsonBody<CustomFields>,
) -> Result<Json<CustomFields>, Problem> {
    let fields = checked(fields)?;
    state.core.make(caller.actor(), SaveCustomFields { fields: fields.clone() }).await?;
    Ok(Json(fields))
}

/// Sets custom fields of a contact that have the source `api`. The others do not change.
#[utoipa::path(put, path = "/api/v1/contacts/{id}/custom-fields", tag = "team", request_body = CustomValuesDraft,
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 204, description = "Set"),
        (status = 400, description = "Body does not match the schema"),
        (status = 404, description = "Contact not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn set(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(CustomValuesDraft { values }): JsonBody<CustomValuesDraft>,
) -> Result<StatusCode, Problem> {
    let lead = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let now = state.core.clock.now();
    let id = SignalId::new(now, &random10(&*state.core.chance));
    match state
        .core
        .make(caller.actor(), SetCustomValues { lead, values, source: CustomFieldSource::Api, id, now })
        .await?
    {
        CustomValuesSet::Set => Ok(StatusCode::NO_CONTENT),
        CustomValuesSet::UnknownContact => Err(Problem::not_found()),
        CustomValuesSet::UnknownField(name) => {
            Err(wrong(&format!("/values/{name}"), "is no custom field with the source `api`"))
        }
        CustomValuesSet::WrongType(name) => {
            Err(wrong(&format!("/values/{name}"), "is not of the type of the field, or longer than 500 characters"))
        }
    }
}

fn checked(CustomFields { mut fields }: CustomFields) -> Result<CustomFields, Problem> {
    if fields.len() > MOST_FIELDS {
        return Err(wrong("/fields", &format!("has more than {MOST_FIELDS}")));
    }
    for at in 0..fields.len() {
        let (before, field) = fields.split_at_mut(at);
        if let Some(field) = field.first_mut() {
            check(before, field).map_err(|(part, reason)| wrong(&format!("/fields/{at}/{part}"), &reason))?;
        }
    }
    Ok(CustomFields { fields })
}

/// Validates a field against those before it; trims its texts. The error names the part.
fn check(before: &[CustomField], field: &mut CustomField) -> Result<(), (&'static str, String)> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let CustomField { name, label, sources, form_field, .. } = field;
    if !(1..=LONGEST_NAME).contains(&name.len()) || !name.bytes().all(is_plain) {
        return Err(("name", format!("must have 1 to {LONGEST_NAME} of a-z, 0-9 and _")));
    }
    if before.iter().any(|other| other.name == *name) {
        return Err(("name", "is the name of another field".to_owned()));
    }
    *label = label.trim().to_owned();
    if !is_line(label) {
        return Err(("label", format!("must have 1 to {LONGEST_LABEL} characters, on one line")));
    }
    sources.sort_unstable();
    sources.dedup();
    if sources.is_empty() {
        return Err(("sources", "is empty; the field would never have a value".to_owned()));
    }
    if let Some(named) = form_field {
        *named = named.trim().to_owned();
        if !sources.contains(&CustomFieldSource::Form) {
            return Err(("form_field", "needs the source `form`".to_owned()));
        }
        if !is_line(named) {
            return Err(("form_field", format!("must have 1 to {LONGEST_LABEL} characters, on one line")));
        }
    }
    Ok(())
}

fn is_line(text: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

fn wrong(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}
