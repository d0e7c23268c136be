//! `/api/v1/tags`: the tags of the workspace; and those of a contact.

use crate::http::auth::{Allowed, EditTags, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{DropTag, MOST_TAGS, SaveTag, TagLead, TagSaved, Tagged};
use knock_engine::shown_tag;
use knock_model::{LONGEST_TAG, LeadId, TagId, tag_name};
use knock_ports::{Actor, StoreError, Tag, View};
use knock_wire::{FieldError, TagChange, TagDraft, TagList, TagRow};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, post)).routes(routes!(patch, delete)).routes(routes!(put_on, delete_from))
}

/// The tags of the workspace, by name, with the number of leads that have each.
#[utoipa::path(get, path = "/api/v1/tags", tag = "team", responses(
    (status = 200, description = "The tags", body = TagList),
))]
async fn get(_: Allowed<UseInbox>, State(state): State<AppState>) -> Result<Json<TagList>, Problem> {
    read(state.core.store.clone(), list).await.map(Json)
}

/// Adds a tag to the workspace.
#[utoipa::path(post, path = "/api/v1/tags", tag = "team", request_body = TagDraft, responses(
    (status = 201, description = "The new tag", body = knock_wire::Tag),
    (status = 409, description = "Limit of 500 reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    JsonBody(TagDraft { name, color }): JsonBody<TagDraft>,
) -> Result<(StatusCode, Json<knock_wire::Tag>), Problem> {
    let tag = Tag { id: TagId::new(state.core.chance.bytes16()), name: checked(&name)?, color };
    Ok((StatusCode::CREATED, Json(save(&state, caller.actor(), tag, false).await?)))
}

/// Changes the name or the colour of a tag, everywhere it is shown.
#[utoipa::path(patch, path = "/api/v1/tags/{id}", tag = "team", request_body = TagChange,
    params(("id" = String, Path, description = "Id of the tag")),
    responses(
        (status = 200, description = "The tag as it is now", body = knock_wire::Tag),
        (status = 404, description = "Tag not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn patch(
    Allowed { caller, .. }: Allowed<EditTags>,
    State(state): State<AppState>,
    Path(id): Path<TagId>,
    JsonBody(TagChange { name, color }): JsonBody<TagChange>,
) -> Result<Json<knock_wire::Tag>, Problem> {
    let all = read(state.core.store.clone(), |view| view.tags()).await?;
    let known = all.into_iter().find(|known| known.id == id).ok_or_else(Problem::not_found)?;
    let name = name.map(|name| checked(&name)).transpose()?.unwrap_or(known.name);
    let tag = Tag { id, name, color: color.unwrap_or(known.color) };
    save(&state, caller.actor(), tag, true).await.map(Json)
}

/// Deletes a tag: no lead has it any more.
#[utoipa::path(delete, path = "/api/v1/tags/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the tag")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Tag not found"),
    ))]
async fn delete(
    Allowed { caller, .. }: Allowed<EditTags>,
    State(state): State<AppState>,
    Path(id): Path<TagId>,
) -> Result<StatusCode, Problem> {
    let is_known = state.core.make(caller.actor(), DropTag { id }).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// Adds a tag to a contact; one that has it keeps it.
#[utoipa::path(put, path = "/api/v1/contacts/{id}/tags/{tag}", tag = "team",
    params(("id" = String, Path, description = "Id of the contact"), ("tag" = String, Path, description = "Id of the tag")),
    responses(
        (status = 204, description = "The contact has the tag"),
        (status = 404, description = "Contact or tag not found"),
    ))]
async fn put_on(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path((id, tag)): Path<(LeadId, TagId)>,
) -> Result<StatusCode, Problem> {
    answer(tag_lead(&state, caller.actor(), id, (tag, true)).await?)
}

/// Removes a tag from a contact.
#[utoipa::path(delete, path = "/api/v1/contacts/{id}/tags/{tag}", tag = "team",
    params(("id" = String, Path, description = "Id of the contact"), ("tag" = String, Path, description = "Id of the tag")),
    responses(
        (status = 204, description = "The contact does not have the tag"),
        (status = 404, description = "Contact or tag not found"),
    ))]
async fn delete_from(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path((id, tag)): Path<(LeadId, TagId)>,
) -> Result<StatusCode, Problem> {
    answer(tag_lead(&state, caller.actor(), id, (tag, false)).await?)
}

/// Sets a tag of a lead, or takes it off.
pub(super) async fn tag_lead(
    state: &AppState,
    actor: Actor,
    lead: LeadId,
    (tag, is_set): (TagId, bool),
) -> Result<Tagged, Problem> {
    let member = actor.member();
    Ok(state.core.make(actor, TagLead { lead, tag, is_set, member, now: state.core.clock.now() }).await?)
}

fn answer(tagged: Tagged) -> Result<StatusCode, Problem> {
    match tagged {
        Tagged::Done => Ok(StatusCode::NO_CONTENT),
        Tagged::UnknownLead | Tagged::UnknownTag => Err(Problem::not_found()),
    }
}

fn list(view: &dyn View) -> Result<TagList, StoreError> {
    let uses = view.tag_uses()?;
    let tags = view.tags()?.into_iter().map(|tag| {
        let leads = uses.iter().find(|(id, _)| *id == tag.id).map_or(0, |(_, leads)| *leads);
        TagRow { id: tag.id, name: tag.name, color: tag.color, leads }
    });
    Ok(TagList { tags: tags.collect() })
}

async fn save(state: &AppState, actor: Actor, tag: Tag, is_known: bool) -> Result<knock_wire::Tag, Problem> {
    match state.core.make(actor, SaveTag { tag: tag.clone(), is_known }).await? {
        TagSaved::Saved => Ok(shown_tag(tag)),
        TagSaved::Unknown => Err(Problem::not_found()),
        TagSaved::NameTaken => Err(wrong("/name", "is the name of another tag".into())),
        TagSaved::TooMany => Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many tags")
            .detail(format!("There are {MOST_TAGS} already"))),
    }
}

fn checked(name: &str) -> Result<String, Problem> {
    tag_name(name).ok_or_else(|| wrong("/name", format!("must have 1 to {LONGEST_TAG} characters, on one line")))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}
