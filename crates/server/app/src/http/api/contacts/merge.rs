//! `/api/v1/contacts/{id}/merge` and `merges`: the team merges two contacts, and undoes it.

use crate::http::auth::{Allowed, MergeContacts as MayMerge, SeeRecords};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::Presenter;
use knock_engine::commands::{ContactsMerged, MergeContacts, MergeUndone, UndoMerge};
use knock_model::{AccountId, LeadId, SignalId};
use knock_wire::{ContactRecord, FieldError, MergeDraft, MergePreview};
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct With {
    /// Id of the contact that would be merged into this one.
    goes: String,
}

/// Two contacts beside the one that they would be; it writes nothing.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/merge", tag = "team",
    params(("id" = String, Path, description = "Id of the contact that stays"), With),
    responses(
        (status = 200, description = "Both contacts, and the merged one", body = MergePreview),
        (status = 404, description = "One of both contacts is not found"),
    ))]
pub(super) async fn preview(
    _: Allowed<SeeRecords>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(With { goes }): Query<With>,
) -> Result<Json<MergePreview>, Problem> {
    let [stays, goes] = [parse(&id)?, parse(&goes)?];
    let now = state.core.clock.now();
    let shown = read(state.core.store.clone(), move |view| {
        let (stays, goes) = (view.lead(view.merged_into(stays)?)?, view.lead(view.merged_into(goes)?)?);
        let (Some(stays), Some(goes)) = (stays, goes) else { return Ok(None) };
        Presenter::new(view, now)?.merge_preview(&stays, &goes).map(Some)
    });
    shown.await?.map(Json).ok_or_else(Problem::not_found)
}

/// Merges a contact into this one: both addresses reach it from then on.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/merges", tag = "team", request_body = MergeDraft,
    params(("id" = String, Path, description = "Id of the contact that stays")),
    responses(
        (status = 200, description = "The merged contact", body = ContactRecord),
        (status = 404, description = "One of both contacts is not found"),
        (status = 422, description = "They cannot be merged; `errors` says why"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<MayMerge>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(MergeDraft { goes }): JsonBody<MergeDraft>,
) -> Result<Json<ContactRecord>, Problem> {
    let (stays, now, actor) = (parse(&id)?, state.core.clock.now(), caller.actor());
    let member = actor.member();
    let id = SignalId::new(now, &random10(&*state.core.chance));
    let fresh = AccountId::new(state.core.chance.bytes16());
    match state.core.make(actor, MergeContacts { stays, goes, id, member, now, fresh }).await? {
        ContactsMerged::Merged(lead) => record(&state, lead).await,
        ContactsMerged::Unknown => Err(Problem::not_found()),
        ContactsMerged::Refused(reason) => {
            Err(Problem::invalid(FieldError { pointer: "/goes".into(), reason: reason.words().to_owned() }))
        }
    }
}

/// Undoes a merge, as long as nothing new has happened to the contact: then both are as they were.
#[utoipa::path(delete, path = "/api/v1/contacts/{id}/merges/{merge}", tag = "team",
    params(
        ("id" = String, Path, description = "Id of the merged contact"),
        ("merge" = String, Path, description = "Id of the merge"),
    ),
    responses(
        (status = 200, description = "The contact that stayed, as it is now", body = ContactRecord),
        (status = 404, description = "Contact or merge not found"),
        (status = 409, description = "Something new has happened to the contact since"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<MayMerge>,
    State(state): State<AppState>,
    Path((id, merge)): Path<(String, String)>,
) -> Result<Json<ContactRecord>, Problem> {
    let (lead, now) = (parse(&id)?, state.core.clock.now());
    let merge = SignalId::parse(&merge).map_err(|_| Problem::not_found())?;
    let fresh = [(); 2].map(|()| AccountId::new(state.core.chance.bytes16()));
    match state.core.make(caller.actor(), UndoMerge { lead, merge, now, fresh }).await? {
        MergeUndone::Undone => record(&state, lead).await,
        MergeUndone::Unknown => Err(Problem::not_found()),
        MergeUndone::Changed => Err(Problem::new(StatusCode::CONFLICT, "changed", "The merge can no longer be undone")
            .detail("Something new has happened to the contact since, or another contact was merged into it.")),
    }
}

fn parse(id: &str) -> Result<LeadId, Problem> {
    LeadId::parse(id).map_err(|_| Problem::not_found())
}

async fn record(state: &AppState, lead: LeadId) -> Result<Json<ContactRecord>, Problem> {
    let now = state.core.clock.now();
    let shown = read(state.core.store.clone(), move |view| {
        let lead = view.lead(view.merged_into(lead)?)?;
        lead.map(|lead| Presenter::new(view, now)?.contact_record(&lead)).transpose()
    });
    shown.await?.map(Json).ok_or_else(Problem::not_found)
}
