//! `PATCH /api/v1/contacts/{id}`: the team mends name, telephone number and company of a contact.

use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_context::random10;
use knock_engine::Presenter;
use knock_engine::commands::MendContact;
use knock_model::{ContactField, Label, LeadId, PersonName, Phone, SignalId};
use knock_wire::{ContactChange, ContactRecord, FieldError};
use std::collections::BTreeMap;

/// The longest name and company, in characters.
const LONGEST: usize = PersonName::MAX;

/// Sets name, telephone number and company of a contact. A set value wins over what the contact says, until an empty one
/// takes it away again.
#[utoipa::path(patch, path = "/api/v1/contacts/{id}", tag = "team", request_body = ContactChange,
    params(("id" = String, Path, description = "Id of the contact")),
    responses(
        (status = 200, description = "The contact as it is now", body = ContactRecord),
        (status = 400, description = "Body does not match the schema"),
        (status = 404, description = "Contact not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn patch(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(change): JsonBody<ContactChange>,
) -> Result<Json<ContactRecord>, Problem> {
    let lead = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let (values, now, actor) = (values(&change)?, state.core.clock.now(), caller.actor());
    let member = actor.member();
    let id = SignalId::new(now, &random10(&*state.core.chance));
    let mended = state.core.make(actor, MendContact { lead, values, member, id, now }).await?;
    let lead = mended.ok_or_else(Problem::not_found)?;
    let shown = read(state.core.store.clone(), move |view| {
        view.lead(lead)?.map(|lead| Presenter::new(view, now)?.contact_record(&lead)).transpose()
    });
    shown.await?.map(Json).ok_or_else(Problem::not_found)
}

/// The values by field, cleaned.
fn values(ContactChange { name, phone, company }: &ContactChange) -> Result<BTreeMap<ContactField, String>, Problem> {
    let mut values = BTreeMap::new();
    if let Some(given) = name {
        let name = PersonName::parse(given);
        if is_too_long(given) {
            return Err(wrong("/name", too_long()));
        }
        // What is left of an address is no name.
        if given.split_whitespace().ne(name.split_whitespace()) {
            return Err(wrong("/name", "has a web or e-mail address, or signs that cannot be in a name".to_owned()));
        }
        values.insert(ContactField::Name, name.into_text());
    }
    if let Some(given) = phone {
        let phone = match given.trim() {
            "" => String::new(),
            given => Phone::parse(given).map_err(|error| wrong("/phone", error.to_string()))?.to_string(),
        };
        values.insert(ContactField::Phone, phone);
    }
    if let Some(given) = company {
        if is_too_long(given) {
            return Err(wrong("/company", too_long()));
        }
        values.insert(ContactField::Company, Label::parse(given).into_text());
    }
    Ok(values)
}

fn is_too_long(text: &str) -> bool {
    text.trim().chars().count() > LONGEST
}

fn too_long() -> String {
    format!("is longer than {LONGEST} characters")
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}
